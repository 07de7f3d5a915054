"""Where the local system lives and which ports it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.local.ports import Ports

ROOT = Path(__file__).resolve().parents[2]


class LocalSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHANGJU_")

    home: Annotated[Path, AfterValidator(Path.resolve)] = ROOT / ".shangju"
    port_offset: Annotated[int, Field(ge=0, le=50_000)] = 0

    @property
    def ports(self) -> Ports:
        return Ports(self.port_offset)
