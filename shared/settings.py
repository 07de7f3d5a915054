"""What every service process is told by its environment (prefix `SHANGJU_`)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.clock import Clock, DevelopmentClock, SystemClock


class BrokerSettings(BaseModel):
    """Where the broker is and who asks it: the services and the command line read it alike."""

    kafka_bootstrap: str
    kafka_user: str = ""
    """With a name the process proves itself by SCRAM-SHA-512; without one the broker must take anybody."""
    kafka_password: SecretStr = SecretStr("")
    kafka_tls: bool = False
    kafka_authority: Path | None = None
    """The certificate that signs the brokers'; else those the machine trusts."""


class ServiceSettings(BaseSettings, BrokerSettings):
    """Common settings; a service adds its own in its settings.py. Secrets print as stars."""

    model_config = SettingsConfigDict(env_prefix="SHANGJU_", extra="ignore", frozen=True)

    environment: Literal["development", "production"] = "production"
    database_url: SecretStr
    database_pool: int = 8
    http_host: str = "127.0.0.1"
    http_port: int
    alliance_url: str
    public_url: str = "http://127.0.0.1:8000"
    link_secret: SecretStr
    checkpoint_secret: SecretStr = SecretStr("")
    """What checkpoints of the journals are signed with; without it, or without a store, none are made."""
    checkpoint_store: str = ""
    """Where they are kept, out of reach of who runs the databases: `file:///…` or `s3://bucket/…`."""
    checkpoint_seconds: float = 60
    clock_file: Path | None = None
    otlp_endpoint: str = ""

    def clock(self) -> Clock:
        """The machine's clock; in development one that stories may move forward."""
        if self.environment == "development" and self.clock_file is not None:
            return DevelopmentClock(self.clock_file)
        return SystemClock()
