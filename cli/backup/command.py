"""`shangju backup DIR` and `shangju restore DIR`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from aiokafka import TopicPartition
from cyclopts import Parameter

from cli import bus
from cli.backup import dumping, manifest
from cli.backup.manifest import Dumped, Manifest
from cli.checkpoints import Outside, go_on_from_backup, outside_of
from cli.inside import database_of, subscriptions_of
from cli.output import console
from cli.running import BUS_SERVICES, NotHere, Running, running
from deploy.local.plan import infrastructure, preparations
from deploy.local.settings import LocalSettings
from deploy.local.system import LocalSystem
from deploy.local.up import quieten_libraries
from deploy.prepare import SERVICES
from shared.messaging.retention import send_again
from shared.persistence.migrate import migrate

BusIs = Annotated[
    Literal["kept", "new"], Parameter(help="Whether the topics still hold what they held, or are empty.")
]


async def backup(folder: Path, /) -> None:
    """Write every service's database to DIR, all of one moment, while everything runs.

    Evidence files and secrets are not in it; people's data is, so keep it as you keep the databases.
    """
    where = running()
    files = manifest.make_room(folder, SERVICES)
    stood = {name: await _stood(name, where) for name in SERVICES}
    async with dumping.one_moment(_urls(where)) as snapshots:
        taken_at = datetime.now(UTC)
        for name, snapshot in snapshots.items():
            await dumping.dump(where.database_url(name), snapshot, files[name])
    services = {
        name: Dumped(
            file=files[name].name,
            sha256=manifest.digest(files[name]),
            groups={group: manifest.places(offsets) for group, offsets in stood[name].items()},
        )
        for name in SERVICES
    }
    size = manifest.write(folder, Manifest(taken_at=taken_at, services=services))
    console.print(f"{len(services)} databases as of {taken_at:%Y-%m-%d %H:%M:%S} UTC, {size:,} bytes")


async def restore(folder: Path, /, *, bus_is: Annotated[BusIs, Parameter("--bus")], only: str = "") -> None:
    """Make the databases what they were when DIR was written. The services must be stopped.

    With the bus `kept`, the consumers begin where they stood then: what came since takes effect again, once.
    With a `new` bus, the relays send everything the outboxes hold, and the consumers begin at the beginning.

    Parameters
    ----------
    only
        One service, where only its database was lost.
    """
    quieten_libraries()
    kept = manifest.read(folder)
    if only and only not in kept.services:
        raise NotHere(f"the backup holds no database of {only}; it holds {', '.join(kept.services)}")
    names = [only] if only else list(kept.services)
    async with _servers_of_this_machine():
        where = running()
        outside = outside_of(where)
        for name in names:
            await dumping.require_alone(name, where.database_url(name))
        for name in names:
            await dumping.bring_back(where.database_url(name), folder / kept.services[name].file)
            await migrate(name, where.database_url(name))
            waiting = await _meet_the_bus(name, kept.services[name], where, outside, new=bus_is == "new")
            console.print(f"{name}: as of {kept.taken_at:%Y-%m-%d %H:%M:%S} UTC, {waiting} events to be sent")
    console.print(
        "start the services, wait until `shangju relay status` shows nothing unpublished, then verify"
    )


def _servers_of_this_machine() -> AbstractAsyncContextManager[object]:
    """PostgreSQL and Kafka of a stopped `make run`, unless the environment names others."""
    if "SHANGJU_KAFKA_BOOTSTRAP" in running().given:
        return nullcontext()
    settings = LocalSettings()
    return LocalSystem(
        settings.home, settings.ports, plan=lambda site: (*infrastructure(site), *preparations(site))
    )


def _urls(where: Running) -> Mapping[str, str]:
    return {name: where.database_url(name) for name in SERVICES}


async def _stood(name: str, where: Running) -> dict[str, dict[TopicPartition, int]]:
    """Noted before the databases: so at or before what their inboxes hold, never behind it."""
    return await bus.committed(where.broker, [one.group for one in await subscriptions_of(name, where)])


async def _meet_the_bus(
    name: str, dumped: Dumped, where: Running, outside: Outside | None, *, new: bool
) -> int:
    """Sets where the service goes on reading, and returns how many events it has yet to send."""
    for one in await subscriptions_of(name, where):
        offsets = {} if new else dumped.offsets(one.group)
        await bus.begin_at(where.broker, one.group, one.topics, offsets)
    async with database_of(name, where) as database:
        if outside and name in BUS_SERVICES:
            await go_on_from_backup(name, database, outside)
        async with database.transaction() as tx:
            if new:
                await send_again(tx)
            waiting: int = await tx.fetchval("SELECT count(*) FROM outbox WHERE published_at IS NULL")
            return waiting
