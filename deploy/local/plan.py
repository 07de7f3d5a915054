"""Which steps the local system consists of, and which step needs which; the order follows from that."""

from __future__ import annotations

import sys
from collections.abc import Collection
from functools import partial

from deploy.local.children import output_of
from deploy.local.environment import operator_environment, service_environment
from deploy.local.forked import Forkserver
from deploy.local.probes import http_ready
from deploy.local.site import Site
from deploy.local.steps import Daemon, Launch, Plan, Task
from deploy.prepare import SERVICES, create_databases
from shared.messaging import topics
from shared.persistence.migrate import migrate

PROCESSES = {
    "alliance": ("api", "worker"),
    "complaints": ("api", "worker"),
    "mediation": ("api", "worker"),
    "notifications": ("api", "worker"),
    "portal": ("api",),
}
IMPORTED = (*(f"services.{name}.main" for name in SERVICES), "shared.worker")
NEEDS: dict[str, tuple[str, ...]] = {"api": (), "worker": ("topics", "mailbox")}


def infrastructure(site: Site) -> Plan:
    return (site.postgres.daemon(), site.kafka.daemon(), site.mailbox.daemon())


def preparations(site: Site) -> Plan:
    """Migrations and topics run in our own process: a Python each would cost seconds."""
    databases = Task("databases", partial(create_databases, site.postgres.server_url), after=("postgres",))
    migrations = [
        Task(f"migrate-{name}", partial(migrate, name, site.database_url(name)), after=("databases",))
        for name in SERVICES
    ]
    return (
        databases,
        *migrations,
        Task("topics", partial(topics.apply, site.kafka.bootstrap, alter=True), after=("kafka",)),
    )


def services(site: Site, names: Collection[str] = SERVICES) -> Plan:
    """The processes of the named; their code is imported while the databases start."""
    forkserver = Forkserver(IMPORTED)
    return (
        forkserver.daemon(),
        *(_service(site, forkserver, name, process) for name in names for process in PROCESSES[name]),
    )


def _service(site: Site, forkserver: Forkserver, service: str, process: str) -> Daemon:
    port = {"api": site.ports.api, "worker": site.ports.worker}[process](service)

    async def launch() -> Launch:
        program = (sys.executable, "-m", f"services.{service}", process)
        return Launch(program, service_environment(site, service))

    after = ("forkserver", f"migrate-{service}", *NEEDS[process])
    return Daemon(f"{service}-{process}", launch, http_ready(port), after=after, spawn=forkserver.spawn)


def seed(site: Site, *, after: Plan) -> Task:
    """The demonstration neighbourhood, safe to plant again; it returns its words on how to sign in."""

    async def plant() -> str:
        launch = Launch((sys.executable, "-m", "cli.main", "seed"), operator_environment(site))
        return await output_of(launch, name="seed")

    return Task("seed", plant, after=tuple(step.name for step in after))


def whole_plan(site: Site) -> Plan:
    running = services(site)
    return (*infrastructure(site), *preparations(site), *running, seed(site, after=running))
