"""Which port belongs to whom. Every port moves by one offset, so that two copies can run side by side."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from dataclasses import dataclass

from deploy.local.problems import PortTaken

HOST = "127.0.0.1"
API_PORTS = {
    "portal": 8000,
    "alliance": 8001,
    "complaints": 8002,
    "mediation": 8003,
    "notifications": 8004,
}
WORKER_DISTANCE = 100
# Below the range from which Linux takes the ports of outgoing connections.
FREE_OFFSETS = range(2000, 20000, 200)


@dataclass(frozen=True)
class Ports:
    offset: int = 0

    @property
    def postgres(self) -> int:
        return 5532 + self.offset

    @property
    def kafka(self) -> int:
        return 9092 + self.offset

    @property
    def kafka_controller(self) -> int:
        return 9093 + self.offset

    @property
    def smtp(self) -> int:
        return 8025 + self.offset

    @property
    def mailbox(self) -> int:
        return 8026 + self.offset

    def api(self, service: str) -> int:
        return API_PORTS[service] + self.offset

    def worker(self, service: str) -> int:
        return self.api(service) + WORKER_DISTANCE

    def owners(self) -> dict[int, str]:
        apis = {self.api(service): service for service in API_PORTS}
        workers = {self.worker(service): f"{service} worker" for service in API_PORTS}
        return (
            apis
            | workers
            | {
                self.postgres: "PostgreSQL",
                self.kafka: "Kafka",
                self.kafka_controller: "Kafka controller",
                self.smtp: "SMTP sink",
                self.mailbox: "mailbox page",
            }
        )

    def first_taken(self) -> PortTaken | None:
        taken = ((port, owner) for port, owner in sorted(self.owners().items()) if not is_free(port))
        return next((PortTaken(port, owner) for port, owner in taken), None)

    async def require_free(self, *, patience_seconds: float = 0.0) -> None:
        """Raise PortTaken unless all are free; patience is for children of a killed run, still ending."""
        deadline = time.monotonic() + patience_seconds
        while (problem := self.first_taken()) is not None:
            if time.monotonic() >= deadline:
                raise problem
            await asyncio.sleep(0.1)


def free_ports() -> Ports:
    """Ports for one more copy on this machine, as tests need them."""
    candidates = (Ports(offset) for offset in random.sample(FREE_OFFSETS, len(FREE_OFFSETS)))
    return next(ports for ports in candidates if ports.first_taken() is None)


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
