"""What the complaints processes are told by their environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from shared.settings import ServiceSettings

_MIB = 1024 * 1024


class Settings(ServiceSettings):
    """Beyond what all services have: the committee's telephone, where evidence lies and how much of it we take."""

    http_port: int = 8002
    committee_landline: str = ""
    """Where somebody without a mobile telephone reaches the committee; stands on paper receipts."""
    evidence_folder: Path = Path(".shangju/evidence")
    """Where files lie unless a bucket is named."""
    evidence_bucket: str = ""
    """An S3 bucket; the other S3 settings are asked only with it."""
    evidence_s3_endpoint: str = ""
    evidence_s3_region: str = "cn-east-1"
    evidence_s3_access_key: SecretStr = SecretStr("")
    evidence_s3_secret_key: SecretStr = SecretStr("")
    evidence_s3_silence_seconds: float = 15
    """How long the bucket may say nothing before it counts as away: whoever sends a file waits for it."""
    evidence_photo_bytes: int = 20 * _MIB
    evidence_audio_bytes: int = 30 * _MIB
    evidence_video_bytes: int = 100 * _MIB
    evidence_document_bytes: int = 20 * _MIB
    evidence_picture_pixels: int = 50_000_000
    evidence_picture_edge: int = 2560
    evidence_cleaning_seconds: float = 30
    evidence_sweep_seconds: float = 600
    """How often what no case knows of is removed; also how soon erased evidence is gone."""
    evidence_orphan_hours: float = 1
    """How long bytes may lie before the case knows of them; longer than any upload's transaction."""

    @property
    def evidence_limits(self) -> dict[Literal["photo", "audio", "video", "document"], int]:
        """How many bytes of each kind are taken."""
        return {
            "photo": self.evidence_photo_bytes,
            "audio": self.evidence_audio_bytes,
            "video": self.evidence_video_bytes,
            "document": self.evidence_document_bytes,
        }
