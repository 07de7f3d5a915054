"""Databases lost and brought back: with the bus as it was, and with an empty one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from cli.demo.telling import tell, world_of
from cli.demo.world import World, eventually
from cli.running import Running
from cli.verify.command import findings_of
from deploy.local.environment import operator_environment
from deploy.local.plan import PROCESSES
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem
from deploy.prepare import SERVICES
from shared.contracts.topics import TOPICS
from tests.support.command_line import printed, shangju

pytestmark = pytest.mark.timeout(600)
NAMES = [f"{service}-{process}" for service in SERVICES for process in PROCESSES[service]]


@pytest.fixture(scope="module")
async def system(shared_home: Path) -> AsyncIterator[LocalSystem]:
    """One of its own: it is stopped, robbed and mended."""
    async with LocalSystem(shared_home / "backed", free_ports()) as running:
        yield running


@pytest.fixture(scope="module")
def where(system: LocalSystem) -> Running:
    return Running(operator_environment(system.site))


@pytest.fixture(scope="module")
async def mails(where: Running) -> int:
    """How many mails the main job caused, told before the backup."""
    async with world_of(where) as world:
        await tell(world, step=lambda _: nullcontext())
        return await _told_of_cases(world)


@pytest.fixture(scope="module")
def folder(where: Running, mails: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, taken while everything ran."""
    made = tmp_path_factory.mktemp("backups") / "monday"
    assert "5 databases" in shangju(where, "backup", made)
    return made


async def _told_of_cases(world: World) -> int:
    return sum(bool(mail.case_id) for mail in await world.mailbox.mails())


async def stop(system: LocalSystem) -> None:
    for name in NAMES:
        await system.process(name).stop()


async def start(system: LocalSystem) -> None:
    for name in NAMES:
        await system.process(name).start()
    for name in NAMES:
        await system.process(name).until_ready()


async def rob(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    finally:
        await connection.close()


async def everything_adds_up(where: Running) -> None:
    findings = await eventually(
        lambda: findings_of(where),
        lambda found: not any(one.waiting or one.breaks for one in found),
        "everything has arrived",
    )
    assert [one.breaks for one in findings if one.breaks] == []
    assert sum(one.counted for one in findings) > 0
    for service in ("complaints", "mediation", "notifications"):
        printed(where, "replay", "--service", service, "--dry-run")


async def calendar_days(where: Running) -> int:
    connection = await asyncpg.connect(where.database_url("complaints"))
    try:
        days: int = await connection.fetchval("SELECT count(*) FROM calendar_days")
    finally:
        await connection.close()
    return days


def test_given_a_running_service_when_restored_then_it_is_refused(where: Running, folder: Path) -> None:
    assert "stop its processes first" in shangju(where, "restore", folder, "--bus", "kept", code=1)


def test_given_a_backup_when_looked_at_then_nobody_else_may_read_it(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o077 for file in folder.glob("*.dump")} == {0}


def test_given_a_spoilt_backup_when_restored_then_nothing_is_touched(
    where: Running, folder: Path, tmp_path: Path
) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "mediation.dump").write_bytes(b"half of it")
    assert "is not the file that was written" in shangju(where, "restore", tmp_path, "--bus", "kept", code=1)
    (tmp_path / "backup.json").unlink()
    assert "no finished backup" in shangju(where, "restore", tmp_path, "--bus", "kept", code=1)


async def test_given_one_lost_database_when_restored_then_what_came_since_takes_effect_again(
    system: LocalSystem, where: Running, folder: Path
) -> None:
    async with world_of(where) as world:
        zhou = await world.arrives("周敏", "zhou@shanbei.example")
        before = await calendar_days(where)
        await zhou.put("alliance", "/v1/calendar/2027-03-06", {"kind": "works", "source": "国办发明电"})
        await eventually(lambda: calendar_days(where), lambda days: days == before + 1, "it is told")
    await stop(system)
    await rob(where.database_url("complaints"))

    words = shangju(where, "restore", folder, "--bus", "kept", "--only", "complaints")
    assert words.startswith("complaints: as of")
    assert await calendar_days(where) == before

    await start(system)
    await eventually(lambda: calendar_days(where), lambda days: days == before + 1, "it is told again")
    await everything_adds_up(where)


async def test_given_all_lost_with_the_bus_when_restored_then_the_relays_fill_a_new_one_and_nobody_is_told_twice(
    system: LocalSystem, where: Running, folder: Path, mails: int
) -> None:
    await stop(system)
    admin = AIOKafkaAdminClient(bootstrap_servers=where.kafka_bootstrap)
    await admin.start()
    await admin.delete_topics([topic.name for topic in TOPICS])
    await eventually(admin.list_topics, lambda names: not {t.name for t in TOPICS} & set(names), "gone")
    await admin.close()
    shangju(where, "topics", "apply")
    for service in SERVICES:
        await rob(where.database_url(service))

    shangju(where, "restore", folder, "--bus", "new")
    waiting = printed(where, "relay", "status", code=1)
    assert waiting["complaints"]["unpublished"] > 0

    await start(system)
    await everything_adds_up(where)
    assert {state["unpublished"] for state in printed(where, "relay", "status").values()} == {0}
    async with world_of(where) as world:
        assert await _told_of_cases(world) == mails
