"""What can go wrong, one line each; a seed says what happens when."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import asyncpg
import psutil
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from deploy.local.problems import LocalProblem
from deploy.local.supervised import Supervised
from deploy.prepare import database_of
from shared.contracts import topics
from tests.faults import build, poison
from tests.faults.proxy import Mode
from tests.faults.site import Town

LONG_SECONDS = 30.0
ROOM_BYTES = (64, 200)
"""For no photo; and for one as it is sent, not as it is kept."""
BUS_SERVICES = ("alliance", "complaints", "mediation", "notifications")

Fault = Callable[[Town, Random, float], Awaitable[None]]
"""Does it and takes it back; the last argument is how long an outage may last."""


def _strike(process: Supervised, how: signal.Signals) -> int | None:
    with suppress(LocalProblem, ProcessLookupError):
        return process.kill(how)
    return None


async def kill_a_process(town: Town, dice: Random, _: float) -> None:
    _strike(dice.choice(town.services), signal.SIGKILL)


async def kill_all_workers(town: Town, dice: Random, _: float) -> None:
    for process in town.services:
        if process.name.endswith("worker"):
            _strike(process, signal.SIGKILL)


async def kill_the_forkserver(town: Town, dice: Random, _: float) -> None:
    """Every process of ours is its child and goes with it; all wait for the next one to be born."""
    _strike(town.system.process("forkserver"), signal.SIGKILL)


async def hold_a_process(town: Town, dice: Random, longest: float) -> None:
    """As a machine that hangs and comes back, and has not noticed."""
    await _hold(dice.choice(town.services), dice.uniform(1, longest))


async def _hold(process: Supervised, seconds: float) -> None:
    pid = process.pid
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        os.kill(pid, signal.SIGCONT)


async def die_at_a_point(town: Town, dice: Random, longest: float) -> None:
    for point in dice.sample(build.NAMES, 2):
        (town.site.points / point).touch()
    await asyncio.sleep(min(4.0, longest))
    for point in build.NAMES:
        (town.site.points / point).unlink(missing_ok=True)


async def crash_the_database(town: Town, dice: Random, _: float) -> None:
    """`pg_ctl stop -m immediate`: no word to anybody, no checkpoint."""
    _strike(town.system.process("postgres"), signal.SIGQUIT)
    await town.system.process("postgres").until_ready()


async def end_connections(town: Town, dice: Random, _: float) -> None:
    service = dice.choice(BUS_SERVICES)
    with suppress(OSError, asyncpg.PostgresError):
        connection = await asyncpg.connect(town.system.database_url(service))
        try:
            await connection.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = $1 AND pid <> pg_backend_pid() AND random() < 0.5
                """,
                database_of(service),
            )
        finally:
            await connection.close()


async def cut_after_commit(town: Town, dice: Random, longest: float) -> None:
    """The commit took place, and who asked for it never hears so."""
    town.postgres.be(Mode.CUT_AT_COMMIT)
    await asyncio.sleep(min(1.5, longest))
    town.postgres.be(Mode.OPEN)


async def late_commits(town: Town, dice: Random, longest: float) -> None:
    """Who began earlier commits later: positions and versions that were taken are seen out of their order."""
    town.postgres.be(Mode.LATE)
    await asyncio.sleep(min(6.0, longest * 2))
    town.postgres.be(Mode.OPEN)


async def slow_lines(town: Town, dice: Random, longest: float) -> None:
    line = dice.choice([town.postgres, town.kafka])
    line.be(Mode.SLOW)
    await asyncio.sleep(min(4.0, longest))
    line.be(Mode.OPEN)


async def dumb_lines(town: Town, dice: Random, longest: float) -> None:
    line = dice.choice([town.postgres, town.kafka])
    line.be(Mode.DUMB)
    await asyncio.sleep(dice.uniform(1, longest))
    line.be(Mode.OPEN)


async def reset_lines(town: Town, dice: Random, _: float) -> None:
    dice.choice([town.postgres, town.kafka]).reset()


async def lose_the_broker(town: Town, dice: Random, longest: float) -> None:
    broker = town.system.process("kafka")
    _strike(broker, signal.SIGKILL)
    await broker.stop()
    await asyncio.sleep(longest)
    await broker.start()


async def hold_the_broker(town: Town, dice: Random, longest: float) -> None:
    await _hold(town.system.process("kafka"), longest)


async def two_relays(town: Town, dice: Random, longest: float) -> None:
    """The first hangs, loses its lock with its connection, and wakes up beside a second that relays."""
    service = dice.choice(BUS_SERVICES)
    first = town.system.process(f"{service}-worker")
    async with town.beside(service):
        pid = first.pid
        if pid is None:
            return
        holding = asyncio.create_task(_hold(first, min(6.0, longest)))
        await asyncio.sleep(0.5)
        with suppress(OSError, asyncpg.PostgresError):
            connection = await asyncpg.connect(town.system.database_url(service))
            try:
                await connection.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_locks
                    WHERE locktype = 'advisory' AND objsubid = 2
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """
                )
            finally:
                await connection.close()
        await holding
        await asyncio.sleep(2)


async def fill_the_disk(town: Town, dice: Random, longest: float) -> None:
    """Nothing the service writes may grow beyond a limit: an upload ends while it arrives, or once it is cleaned.

    Its log cannot be written either. To the service that is a full disk, and needs no disk of its own.
    """
    pid = town.system.process("complaints-api").pid
    if pid is None:
        return
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.rlimit(resource.RLIMIT_FSIZE, (dice.choice(ROOM_BYTES), resource.RLIM_INFINITY))
        await asyncio.sleep(min(8.0, longest))
        process.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def set_the_clock_back(town: Town, dice: Random, longest: float) -> None:
    """Somebody finds the clock fast and sets it back, by minutes or past a day; later it is set right again.

    What fired stays fired though its time is to come once more, and what people were told was in time stays so.
    """
    back = timedelta(hours=dice.choice([0.1, 3, 40]))
    _turn_the_clock(town, -back)
    try:
        await asyncio.sleep(min(8.0, longest))
    finally:
        _turn_the_clock(town, back)


def _turn_the_clock(town: Town, by: timedelta) -> None:
    """Its own `advance` refuses to go back; the stories advance from wherever it stands."""
    file = Path(town.where["CLOCK_FILE"])
    moved = timedelta(seconds=float(file.read_text())) + by
    fresh = file.with_suffix(".turned")
    fresh.write_text(str(moved.total_seconds()))
    fresh.replace(file)


async def rebalance_storm(town: Town, dice: Random, longest: float) -> None:
    """Members come and go, so that every partition changes hands while it is read."""
    service = dice.choice(BUS_SERVICES[1:])
    for _ in range(max(1, int(longest // 6))):
        async with town.beside(service) as second:
            await asyncio.sleep(dice.uniform(0.5, 2))
            if dice.random() < 0.5:
                _strike(second, signal.SIGKILL)


async def lay_poison(town: Town, dice: Random, longest: float) -> None:
    """A stranger with access to the bus writes what no program of ours would."""
    with suppress(KafkaError, OSError, TimeoutError):
        async with (
            asyncio.timeout(20),
            AIOKafkaProducer(bootstrap_servers=town.where.kafka_bootstrap) as stranger,
        ):
            for value, headers in poison.records():
                topic = dice.choice([topics.ALLIANCE, topics.COMPLAINTS, topics.MEDIATION])
                await stranger.send_and_wait(topic, value, key=b"stranger", headers=headers)


FAULTS: dict[Fault, int] = {
    kill_a_process: 6,
    kill_all_workers: 2,
    kill_the_forkserver: 2,
    hold_a_process: 3,
    die_at_a_point: 8,
    crash_the_database: 3,
    end_connections: 4,
    cut_after_commit: 4,
    late_commits: 3,
    slow_lines: 2,
    dumb_lines: 2,
    reset_lines: 3,
    lose_the_broker: 1,
    hold_the_broker: 1,
    two_relays: 2,
    fill_the_disk: 2,
    set_the_clock_back: 2,
    rebalance_storm: 2,
    lay_poison: 1,
}
"""How often each is drawn. Every one happens once before any happens twice, as far as the time goes."""


async def inject(
    town: Town, dice: Random, *, seconds: float, only: frozenset[str] = frozenset()
) -> Counter[str]:
    """One after the other, with pauses in which some get back to work, until the time is over; says what was done."""
    done: Counter[str] = Counter()
    faults = {fault: weight for fault, weight in FAULTS.items() if not only or fault.__name__ in only}
    order = dice.sample(list(faults), len(faults))
    longest = min(LONG_SECONDS, seconds / 12)
    ends = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < ends:
        fault = order.pop() if order else dice.choices(list(faults), weights=list(faults.values()))[0]
        await asyncio.sleep(dice.uniform(0.5, 4))
        await fault(town, dice, longest)
        done[fault.__name__] += 1
    return done


async def at_rest(town: Town) -> None:
    """Everything runs again, no line is broken, and the mail server takes what comes."""
    for line in (town.postgres, town.kafka):
        line.be(Mode.OPEN)
    for point in build.NAMES:
        (town.site.points / point).unlink(missing_ok=True)
    town.mail.calm = True
    for process in [town.system.process("postgres"), town.system.process("kafka"), *town.services]:
        if process.pid is not None:
            psutil.Process(process.pid).resume()
        await process.until_ready()
