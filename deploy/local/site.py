"""One copy of the system on this machine: its folder, its ports, and the addresses that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deploy.local.kafka import Kafka
from deploy.local.mailbox import Mailbox
from deploy.local.ports import HOST, Ports
from deploy.local.postgres import Postgres
from deploy.prepare import database_of


@dataclass(frozen=True)
class Site:
    home: Path
    ports: Ports

    @cached_property
    def postgres(self) -> Postgres:
        return Postgres(self.home, port=self.ports.postgres)

    @cached_property
    def kafka(self) -> Kafka:
        return Kafka(self.home, port=self.ports.kafka, controller_port=self.ports.kafka_controller)

    @cached_property
    def mailbox(self) -> Mailbox:
        return Mailbox(self.home, smtp_port=self.ports.smtp, http_port=self.ports.mailbox)

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def clock_file(self) -> Path:
        return self.home / "clock"

    def url(self, service: str) -> str:
        return f"http://{HOST}:{self.ports.api(service)}"

    def database_url(self, service: str) -> str:
        return self.postgres.url(database_of(service))
