"""The system in one block, as end-to-end and fault tests use it; here with its infrastructure only."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import httpx
import pytest

from deploy.local.environment import operator_environment, read
from deploy.local.plan import infrastructure
from deploy.local.ports import free_ports, is_free
from deploy.local.problems import AlreadyRunning, NotRunning
from deploy.local.site import Site
from deploy.local.steps import Plan
from deploy.local.system import LocalSystem


def mailbox_only(site: Site) -> Plan:
    return (site.mailbox.daemon(),)


async def test_infrastructure_can_be_taken_away_and_brought_back(home: Path):
    ports = free_ports()
    async with LocalSystem(home, ports, plan=infrastructure) as system:
        kafka = system.process("kafka")
        await kafka.stop()
        assert kafka.pid is None
        assert is_free(ports.kafka)
        with pytest.raises(NotRunning, match="kafka is not running"):
            kafka.kill()

        await kafka.start()
        assert kafka.is_ready
        assert not is_free(ports.kafka)

        postgres = system.process("postgres")
        struck = postgres.kill()
        await postgres.until_ready()
        assert postgres.pid not in {None, struck}
        connection = await asyncpg.connect(system.site.postgres.url("postgres"))
        await connection.close()

    assert ports.first_taken() is None


async def test_a_command_line_elsewhere_finds_the_system_by_its_home(home: Path):
    async with LocalSystem(home, free_ports(), plan=mailbox_only) as system:
        left = read(home / "system.env")

        assert left == operator_environment(system.site)
        assert left["SHANGJU_COMPLAINTS_DATABASE_URL"] == system.database_url("complaints")
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{left['SHANGJU_MAILBOX_URL']}/api/messages")
        assert answer.json() == []


async def test_a_home_holds_one_system_at_a_time(home: Path):
    async with LocalSystem(home, free_ports(), plan=mailbox_only) as first:
        with pytest.raises(AlreadyRunning):
            async with LocalSystem(home, free_ports(), plan=mailbox_only):
                pass
        assert first.process("mailbox").is_ready
