"""How a client proves to the broker who it is, and how it knows the broker."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faststream.kafka.security import parse_security
from faststream.security import BaseSecurity, SASLScram512

from shared.settings import BrokerSettings


@dataclass(frozen=True)
class Login:
    """Nobody over an open line unless said otherwise; with a user name by SCRAM-SHA-512, with `tls` encrypted."""

    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    authority: Path | None = None
    """The certificate that signs the brokers'; else those this machine trusts."""

    @property
    def security(self) -> BaseSecurity:
        """As FastStream takes it."""
        context = ssl.create_default_context(cafile=self.authority) if self.tls else None
        if not self.user:
            return BaseSecurity(ssl_context=context, use_ssl=self.tls)
        return SASLScram512(self.user, self.password, ssl_context=context, use_ssl=self.tls)

    @property
    def options(self) -> dict[str, Any]:
        """As aiokafka's clients take it."""
        return parse_security(self.security)


OPEN = Login()


def login_of(settings: BrokerSettings) -> Login:
    """As the process was told."""
    return Login(
        settings.kafka_user,
        settings.kafka_password.get_secret_value(),
        settings.kafka_tls,
        settings.kafka_authority,
    )
