"""The whole system with lines that can be broken, processes that can die at named points, and second workers."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, Self

from cli.running import Running
from deploy.local import supervised
from deploy.local.environment import operator_environment, service_environment
from deploy.local.kafka import Kafka
from deploy.local.plan import PROCESSES, whole_plan
from deploy.local.ports import Ports, free_ports, is_free
from deploy.local.probes import http_ready
from deploy.local.site import Site
from deploy.local.steps import Daemon, Launch, Plan, Task
from deploy.local.supervised import Supervised, running
from deploy.local.system import LocalSystem
from tests.faults.mail import ANSWER_SECONDS, MailServer
from tests.faults.proxy import Proxy

SECOND = 150
"""How far above its service's ports a second worker listens."""


class FaultyPorts(Ports):
    """Those of the lines beside those of the system."""

    @property
    def postgres_line(self) -> int:
        return self.postgres + 10

    @property
    def kafka_line(self) -> int:
        return self.kafka + 10

    @property
    def mail_line(self) -> int:
        return self.smtp + 10

    @classmethod
    def free(cls) -> Self:
        """For one more copy on this machine, with its lines."""
        while True:
            ports = cls(free_ports().offset)
            if all(is_free(port) for port in (ports.postgres_line, ports.kafka_line, ports.mail_line)):
                return ports


class KafkaBehindALine(Kafka):
    """Clients go where the broker says that it is: to the line."""

    def __init__(self, home: Path, *, line: int, port: int, controller_port: int) -> None:
        super().__init__(home, port=port, controller_port=controller_port)
        self._line = line

    def _properties(self) -> dict[str, str | int]:
        return super()._properties() | {"advertised.listeners": f"PLAINTEXT://127.0.0.1:{self._line}"}


@dataclass(frozen=True)
class FaultySite(Site):
    ports: FaultyPorts

    @cached_property
    def kafka(self) -> Kafka:
        ports = self.ports
        return KafkaBehindALine(
            self.home, line=ports.kafka_line, port=ports.kafka, controller_port=ports.kafka_controller
        )

    @property
    def points(self) -> Path:
        """Where a file named after a fault point lets the next process that passes it die."""
        return self.home / "points"

    def environment(self, service: str) -> dict[str, str]:
        told = service_environment(self, service)
        return told | {
            "SHANGJU_DATABASE_URL": told["SHANGJU_DATABASE_URL"].replace(
                f":{self.ports.postgres}/", f":{self.ports.postgres_line}/"
            ),
            "SHANGJU_KAFKA_BOOTSTRAP": f"127.0.0.1:{self.ports.kafka_line}",
            "SHANGJU_SMTP_PORT": str(self.ports.mail_line if service == "notifications" else self.ports.smtp),
            "SHANGJU_SMTP_ANSWER_SECONDS": str(ANSWER_SECONDS),
            "SHANGJU_FAULT_POINTS": str(self.points),
        }


def plan(site: FaultySite) -> Plan:
    """As of `make run`; the services are told of the lines and run as the test build."""
    return tuple(_faulty(site, step) for step in whole_plan(site))


def _faulty(site: FaultySite, step: Daemon | Task) -> Daemon | Task:
    service, _, process = step.name.rpartition("-")
    if isinstance(step, Daemon) and process in PROCESSES.get(service, ()):
        return replace(step, launch=_launch(site, service, process))
    return step


def _launch(site: FaultySite, service: str, process: str, **more: str) -> Any:
    async def launch() -> Launch:
        program = (sys.executable, "-m", "tests.faults.build", service, process)
        return Launch(program, site.environment(service) | more)

    return launch


@dataclass(frozen=True)
class Town:
    """What the faults are done to."""

    system: LocalSystem
    site: FaultySite
    where: Running
    postgres: Proxy
    kafka: Proxy
    mail: MailServer

    @property
    def services(self) -> list[Supervised]:
        """Every process of ours."""
        return [
            self.system.process(f"{service}-{process}")
            for service, processes in PROCESSES.items()
            for process in processes
        ]

    def second_worker(self, service: str) -> Daemon:
        """One more of the same, as during growth, or by mistake."""
        port = self.site.ports.api(service) + SECOND
        launch = _launch(self.site, service, "worker", SHANGJU_HTTP_PORT=str(port))
        return Daemon(f"{service}-second-worker", launch, http_ready(port + 100))

    @asynccontextmanager
    async def beside(self, service: str) -> AsyncIterator[Supervised]:
        async with running(self.second_worker(service), logs=self.site.logs) as second:
            yield second


@contextmanager
def _at_once() -> Iterator[None]:
    """A supervisor whose pauses grow with each death would soon leave nothing running that could be broken."""
    usual, supervised.LONGEST_PAUSE_SECONDS = supervised.LONGEST_PAUSE_SECONDS, supervised.FIRST_PAUSE_SECONDS
    try:
        yield
    finally:
        supervised.LONGEST_PAUSE_SECONDS = usual


@asynccontextmanager
async def town(home: Path, dice: Random) -> AsyncIterator[Town]:
    """Started, seeded, all lines open."""
    site = FaultySite(home, FaultyPorts.free())
    site.points.mkdir(parents=True)
    async with AsyncExitStack() as stack:
        stack.enter_context(_at_once())
        postgres = await stack.enter_async_context(Proxy(site.ports.postgres_line, site.ports.postgres))
        kafka = await stack.enter_async_context(Proxy(site.ports.kafka_line, site.ports.kafka))
        mail = await stack.enter_async_context(MailServer(site.ports.mail_line, site.ports.smtp, dice))
        system = LocalSystem(home, site.ports, plan=lambda _: plan(site))
        await stack.enter_async_context(system)
        yield Town(system, site, Running(operator_environment(site)), postgres, kafka, mail)
