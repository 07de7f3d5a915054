"""Where the running system is: what it wrote into its home when it started, unless the environment says otherwise.

In production there is no home: `SHANGJU_<SERVICE>_URL`, `SHANGJU_<SERVICE>_DATABASE_URL`,
`SHANGJU_KAFKA_BOOTSTRAP` and the rest of deploy/local/environment.py come from the environment alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from deploy.local.environment import read
from deploy.local.settings import LocalSettings
from deploy.prepare import SERVICES
from shared.clock import DevelopmentClock
from shared.settings import BrokerSettings

BUS_SERVICES = tuple(service for service in SERVICES if service != "portal")
"""Services that keep a journal and speak on the bus."""


class NotHere(Exception):
    """Asked of a system that does not do this; `str()` is the whole message."""


@dataclass(frozen=True)
class Running:
    """The system that commands speak to, by its operator's environment."""

    environment: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)
    """Of it, what does not come from a home on this machine."""

    def __getitem__(self, name: str) -> str:
        try:
            return self.environment[f"SHANGJU_{name}"]
        except KeyError:
            raise NotHere(
                f"SHANGJU_{name} is not known: start the system with `make run`, "
                "or name it in the environment"
            ) from None

    def api(self, service: str) -> str:
        return self[f"{service.upper()}_URL"]

    def database_url(self, service: str) -> str:
        return self[f"{service.upper()}_DATABASE_URL"]

    @property
    def broker(self) -> BrokerSettings:
        """The broker and the operator's user there, told in the words the services are told. Raises NotHere."""
        told = {name: self.environment.get(f"SHANGJU_{name.upper()}") for name in BrokerSettings.model_fields}
        told["kafka_bootstrap"] = self["KAFKA_BOOTSTRAP"]
        try:
            return BrokerSettings.model_validate(
                {name: word for name, word in told.items() if word is not None}
            )
        except ValidationError as error:
            raise NotHere(f"SHANGJU_{str(error.errors()[0]['loc'][0]).upper()} cannot be read") from None

    @property
    def kafka_bootstrap(self) -> str:
        return self["KAFKA_BOOTSTRAP"]

    @property
    def is_development(self) -> bool:
        return self.environment.get("SHANGJU_ENVIRONMENT") == "development"

    def require_development(self, what: str) -> None:
        """Raises NotHere in production."""
        if self["ENVIRONMENT"] != "development":
            raise NotHere(f"{what} exists in development only")

    @property
    def development_clock(self) -> DevelopmentClock:
        """The clock all local processes read. Raises NotHere in production, where time is not ours to move."""
        self.require_development("a clock that can be moved")
        return DevelopmentClock(Path(self["CLOCK_FILE"]))


def running() -> Running:
    """The system this command is for."""
    left = LocalSettings().home / "system.env"
    return Running({**(read(left) if left.exists() else {}), **os.environ}, dict(os.environ))
