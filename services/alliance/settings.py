"""What the alliance service is told by its environment."""

from __future__ import annotations

from pydantic import SecretStr

from shared.mailing import MailingSettings


class Settings(MailingSettings):
    http_port: int = 8001
    key_secret: SecretStr
    """Locks the signing keys and blinds one-time codes. Changed, it needs `rotate_keys` and ends open codes."""
    invitation_days: int = 14
    """How long a link to a home or shop opens it."""
    erasure_late_hours: int = 24
    """After how long an erasure that waits for a service is shown as stuck."""
    codes_per_hour: int = 30
    """One-time codes that one network address may ask for in an hour."""
