"""What the alliance service is told by its environment."""

from __future__ import annotations

from pydantic import SecretStr

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    http_port: int = 8001
    key_secret: SecretStr
    """Locks the signing keys and blinds one-time codes. Changed, it needs `rotate_keys` and ends open codes."""
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8025
    mail_from: str = "商居联盟 <no-reply@shangju.example>"
    invitation_days: int = 14
    """How long a link to a home or shop opens it."""
    erasure_late_hours: int = 24
    """After how long an erasure that waits for a service is shown as stuck."""
    codes_per_hour: int = 30
    """One-time codes that one network address may ask for in an hour."""
