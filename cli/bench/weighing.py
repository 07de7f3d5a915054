"""What one case costs: whole stories told on a whole system, and what is there afterwards that was not there before."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil  # type: ignore[import-untyped]

from cli.bench.plan import Measured
from cli.demo.story import Story
from cli.demo.telling import world_of
from cli.demo.world import World
from cli.running import Running
from deploy.local.environment import operator_environment
from deploy.local.system import LocalSystem
from deploy.prepare import SERVICES

OF_A_CASE = ("complaints", "mediation", "notifications")
"""Whose databases grow with cases; the others grow with people."""
DATABASE, BROKER = "postgres", "java"

_SIZES = """
SELECT relname, pg_total_relation_size(oid) AS size FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_DRAINED = "SELECT NOT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"


@dataclass(frozen=True)
class Standing:
    """All that a case adds to."""

    seconds: Mapping[str, float]
    tables: Mapping[str, Mapping[str, float]]
    topics: Mapping[str, float]
    events: int
    effects: int
    mails: int


async def weigh(system: LocalSystem, *, cases: int) -> Measured:
    """Over so many stories, after one that nobody counts."""
    where = Running(operator_environment(system.site))
    async with world_of(where) as world:
        await _tell(world, system)
        before = await _standing(world, system)
        for _ in range(cases):
            await _tell(world, system)
        after = await _standing(world, system)
    return Measured(
        cases,
        _each(before.seconds, after.seconds, cases),
        {name: _each(before.tables[name], after.tables[name], cases) for name in OF_A_CASE},
        _each(before.topics, after.topics, cases),
        (after.events - before.events) / cases,
        (after.effects - before.effects) / cases,
        (after.mails - before.mails) / cases,
    )


def _each(before: Mapping[str, float], after: Mapping[str, float], cases: int) -> dict[str, float]:
    """What has grown; less than a page over all of them counts as nothing."""
    grown = {name: round((value - before.get(name, 0)) / cases, 3) for name, value in sorted(after.items())}
    return {name: each for name, each in grown.items() if each}


async def _tell(world: World, system: LocalSystem) -> None:
    for chapter in Story(world).chapters:
        await chapter()
    for service in SERVICES:
        while not await _asked(system.database_url(service), _DRAINED):  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def _standing(world: World, system: LocalSystem) -> Standing:
    """After the dead rows are gone, and what the broker keeps in memory is written."""
    tables = {}
    for service in OF_A_CASE:
        connection = await asyncpg.connect(system.database_url(service))
        try:
            await connection.execute("VACUUM ANALYZE")
            rows = await connection.fetch(_SIZES)
            tables[service] = {row["relname"]: float(row["size"]) for row in rows}
        finally:
            await connection.close()
    urls = [system.database_url(service) for service in OF_A_CASE]
    return Standing(
        _processor_seconds(),
        tables,
        _topics(system.site.kafka.home),
        sum([await _asked(url, "SELECT count(*)::int FROM outbox") for url in urls]),
        sum([await _asked(url, "SELECT count(*)::int FROM inbox") for url in urls]),
        len(await world.mailbox.mails()),
    )


async def _asked(url: str, query: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        answer: int = await connection.fetchval(query)
    finally:
        await connection.close()
    return answer


def _processor_seconds() -> dict[str, float]:
    """Of all that was started here, whoever has ended since included."""
    seconds = {"services": 0.0, "database": 0.0, "broker": 0.0}
    for process in psutil.Process().children(recursive=True):
        who = {DATABASE: "database", BROKER: "broker"}.get(process.name(), "services")
        seconds[who] += sum(process.cpu_times()[:4])
    return seconds


def _topics(folder: Path) -> dict[str, float]:
    """Bytes in the partitions' logs; indexes are laid out ahead and would not be counted by what is in them."""
    sizes: dict[str, float] = {}
    for log in folder.rglob("shangju.*/*.log"):
        topic = log.parent.name.rpartition("-")[0]
        sizes[topic] = sizes.get(topic, 0.0) + log.stat().st_size
    return sizes
