"""The exercises of the operators' guide, typed as they stand there: a lag seen from outside, and one that passed."""

from __future__ import annotations

import os
import signal

import asyncpg

from cli.demo.telling import Told
from cli.demo.world import eventually
from cli.running import Running
from deploy.local.system import LocalSystem
from shared.contracts import topics
from tests.support import guide
from tests.support.command_line import printed, shangju

LAG = "A lag, as an exercise"
DESCRIBED = guide.command(LAG, "kafka-consumer-groups")


async def test_given_a_worker_that_hangs_when_looked_at_from_outside_then_it_is_behind_and_catches_up(
    told: Told, where: Running, system: LocalSystem
) -> None:
    worker = system.process("mediation-worker").pid
    assert worker is not None
    before = await told_of(where, told.story.case["id"])
    os.kill(worker, signal.SIGSTOP)
    try:
        words = shangju(where, *guide.words_of(guide.command(LAG, "republish")))
        sent = int(words.removesuffix(" events are sent again\n"))
        await eventually(lambda: waiting(where), lambda left: left == 0, "the relay sends them")
        behind = partitions(where)
        late = next(one for one, (current, end) in behind.items() if current < end)
        ended = guide.typed(where, guide.command(LAG, "kcat").replace(":0:-1", f":{late}:-1")).split()
    finally:
        os.kill(worker, signal.SIGCONT)
    assert sum(end - current for current, end in behind.values()) >= sent > 0
    assert ended == [topics.COMPLAINTS, f"[{late}]", "offset", str(behind[late][1])]

    async def left() -> int:
        return sum(end - current for current, end in partitions(where).values())

    await eventually(left, lambda count: count == 0, "the worker catches up")
    assert await told_of(where, told.story.case["id"]) == before


def partitions(where: Running) -> dict[int, tuple[int, int]]:
    """How far the group has come in each partition of the topic, and how far that goes; `-` before its first record."""
    rows = [line.split() for line in guide.typed(where, DESCRIBED).splitlines() if topics.COMPLAINTS in line]
    return {int(row[2]): (0 if row[3] == "-" else int(row[3]), int(row[4])) for row in rows}


async def waiting(where: Running) -> int:
    left: int = printed(where, "relay", "status")["complaints"]["unpublished"]
    return left


async def told_of(where: Running, case_id: str) -> int:
    """What mediation has told of that case: a second coming of what it heard changes nothing."""
    connection = await asyncpg.connect(where.database_url("mediation"))
    try:
        return int(
            await connection.fetchval("SELECT count(*) FROM outbox WHERE aggregateid = $1::uuid", case_id)
        )
    finally:
        await connection.close()
