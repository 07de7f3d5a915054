"""What the complaints processes are told by their environment."""

from __future__ import annotations

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beyond what all services have, but its own port."""

    http_port: int = 8002
