"""The guarantees every service's storage rests on, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.access.actor import SYSTEM
from shared.contracts import complaints
from shared.ids import new_id
from shared.persistence import journal, saving, timers
from shared.persistence.codec import Codec
from shared.persistence.database import Database, open_database
from shared.persistence.idempotency import (
    Answer,
    KeyInFlight,
    KeyReused,
    Request,
    forget_old_answers,
    once,
)
from shared.persistence.migrate import SHARED, apply, is_current
from shared.persistence.saving import Aggregate, change
from shared.persistence.timers import Timer

NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
ALLIANCE = UUID(int=2)


@dataclass(frozen=True)
class Knocked:
    times: int


@pytest.fixture(scope="module")
async def database(postgres) -> AsyncIterator[Database]:
    url = await postgres.create_database("persistence")
    await asyncio.gather(*(apply(url, {"shared": SHARED}) for _ in range(4)))
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE doors (id uuid PRIMARY KEY, version int, head bytea, knocks int)")
    await connection.close()
    async with open_database(url) as opened:
        yield opened


class FixedClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


def told(door: UUID) -> complaints.OccurrenceLogged:
    return complaints.OccurrenceLogged(
        case_id=door,
        alliance_id=ALLIANCE,
        reference="SJ-1",
        category="noise",
        subcategory="knocking",
        stage="hear",
        status="open",
    )


async def knock(database: Database, door: Aggregate[int], *events: Knocked, **more) -> Aggregate[int]:
    done = change(
        door,
        door.state + sum(event.times for event in events),
        events,
        actor=SYSTEM,
        now=NOON,
        service="doors",
        codec=Codec(Knocked),
        new_id=new_id,
        contracts=lambda _: [told(door.id)],
        **more,
    )
    async with database.transaction() as tx:
        await saving.save(
            tx,
            done,
            """
            INSERT INTO doors (id, version, head, knocks) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET version = $2, head = $3, knocks = $4
            """,
            done.after.id,
            done.after.version,
            done.after.head,
            done.after.state,
        )
    return done.after


async def rows(database: Database, sql: str, *args):
    async with database.reading() as connection:
        return await connection.fetch(sql, *args)


async def history_verdict(database: Database, door: UUID):
    entries = await rows(database, "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", door)
    [state] = await rows(database, "SELECT version, head FROM doors WHERE id = $1", door)
    return journal.verify(
        map(journal.from_row, entries), expected_version=state["version"], expected_head=state["head"]
    )


async def test_four_migrations_at_once_take_turns(database):
    async with database.reading() as connection:
        applied = await connection.fetch("SELECT migration_id FROM public._pogo_migration")
    assert sorted(row["migration_id"] for row in applied) == sorted(
        path.stem for path in SHARED.glob("*.sql")
    )


async def test_state_journal_outbox_and_timers_are_written_together(database):
    door = await knock(database, Aggregate(uuid4(), ALLIANCE, 0), Knocked(1), Knocked(2))
    door = await knock(database, door, Knocked(3), timers=[Timer(f"{door.id}:open", "open", NOON)])

    [state] = await rows(database, "SELECT * FROM doors WHERE id = $1", door.id)
    outbox = await rows(database, "SELECT * FROM outbox WHERE aggregateid = $1 ORDER BY position", door.id)
    assert (state["version"], state["knocks"]) == (3, 6)
    assert [json.loads(row["headers"])["aggregate_version"] for row in outbox] == ["1", "2", "3"]
    assert {row["type"] for row in outbox} == {"cn.shangju.complaints.occurrence_logged.v1"}
    assert len(await rows(database, "SELECT FROM timers WHERE aggregate_id = $1", door.id)) == 1
    assert await history_verdict(database, door.id) is None


async def test_a_write_that_fails_leaves_nothing(database):
    door = await knock(database, Aggregate(uuid4(), ALLIANCE, 0), Knocked(1))
    stale = Aggregate(door.id, ALLIANCE, 0)
    with pytest.raises(asyncpg.UniqueViolationError):
        await knock(database, stale, Knocked(9))
    [state] = await rows(database, "SELECT knocks FROM doors WHERE id = $1", door.id)
    assert state["knocks"] == 1
    assert len(await rows(database, "SELECT FROM outbox WHERE aggregateid = $1", door.id)) == 1


async def test_an_edit_behind_our_back_is_found(database):
    door = await knock(database, Aggregate(uuid4(), ALLIANCE, 0), Knocked(1), Knocked(2))
    async with database.transaction() as tx:
        await tx.execute("UPDATE journal SET payload = 'x' WHERE aggregate_id = $1 AND version = 1", door.id)
    assert (await history_verdict(database, door.id)).version == 1


async def test_a_cancelled_timer_does_not_fire_and_a_moved_one_fires_once(database):
    door = await knock(
        database,
        Aggregate(uuid4(), ALLIANCE, 0),
        Knocked(1),
        timers=[Timer(f"a:{n}", "ring", NOON) for n in range(3)] + [Timer("b:0", "ring", NOON)],
    )
    await knock(
        database, door, Knocked(1), timers=[Timer("b:0", "ring", NOON + timedelta(1))], cancelled=["a:"]
    )
    fired = await fire_all(database, NOON) + await fire_all(database, NOON + timedelta(2))
    assert [timer.dedupe_key for timer in fired if timer.aggregate_id == door.id] == ["b:0"]


async def fire_all(database: Database, now: datetime) -> list[Timer]:
    fired = []

    async def fire(_, timer: Timer, __) -> None:
        fired.append(timer)

    while await timers.fire_next(database, FixedClock(now), fire):
        pass
    return fired


async def test_two_schedulers_fire_each_timer_once_and_none_early(database):
    due = [Timer(f"c:{n}", "ring", NOON + timedelta(days=n)) for n in range(20)]
    await knock(database, Aggregate(uuid4(), ALLIANCE, 0), Knocked(1), timers=due)
    batches = await asyncio.gather(*(fire_all(database, NOON + timedelta(days=9)) for _ in range(4)))
    counts = Counter(
        timer.dedupe_key for batch in batches for timer in batch if timer.dedupe_key.startswith("c:")
    )
    assert counts == {f"c:{n}": 1 for n in range(10)}


async def test_what_fired_long_ago_is_let_go_of_and_what_is_to_fire_is_not(database, monkeypatch):
    monkeypatch.setattr(timers, "BATCH", 2)
    old = [Timer(f"e:{n}", "ring", NOON) for n in range(3)]
    to_come = Timer("e:late", "ring", NOON + timedelta(days=90))
    young = Timer("e:young", "ring", NOON + timedelta(days=1))
    await knock(database, Aggregate(uuid4(), ALLIANCE, 0), Knocked(1), timers=[*old, young, to_come])
    await fire_all(database, NOON)
    await fire_all(database, NOON + timedelta(days=1))

    with suppress(TimeoutError):
        later = FixedClock(NOON + timers.KEPT + timedelta(hours=1))
        await asyncio.wait_for(timers.forget_fired(database, later), timeout=3)

    kept = await rows(database, "SELECT dedupe_key FROM timers WHERE starts_with(dedupe_key, 'e:')")
    assert {row["dedupe_key"] for row in kept} == {"e:young", "e:late"}


async def test_a_timer_whose_effect_fails_is_kept_and_holds_up_no_other(database):
    await knock(
        database,
        Aggregate(uuid4(), ALLIANCE, 0),
        Knocked(1),
        timers=[Timer("d:bad", "ring", NOON - timedelta(1)), Timer("d:good", "ring", NOON)],
    )
    fired = []

    async def fire(_, timer: Timer, __) -> None:
        if timer.dedupe_key == "d:bad" and not fired:
            raise ZeroDivisionError
        fired.append(timer.dedupe_key)

    while await timers.fire_next(database, FixedClock(NOON), fire):
        pass
    while await timers.fire_next(database, FixedClock(NOON + timedelta(hours=1)), fire):
        pass
    assert [key for key in fired if key.startswith("d:")] == ["d:good", "d:bad"]


def a_request(key: str | None = None, fingerprint: bytes = b"f", principal: str = "lin") -> Request:
    return Request(principal, "POST /v1/doors", key or str(uuid4()), fingerprint)


class Work:
    """Counts how often it is done, and takes a moment over it."""

    def __init__(self, failures: int = 0) -> None:
        self.done = 0
        self._failures = failures

    async def __call__(self, _) -> Answer:
        self.done += 1
        await asyncio.sleep(0.02)
        if self.done <= self._failures:
            raise ZeroDivisionError
        return Answer(201, b'{"n": %d}' % self.done)


async def test_fifty_at_once_under_one_key_do_it_once(database):
    work, request = Work(), a_request()
    answers = await asyncio.gather(
        *(once(database, request, NOON, work) for _ in range(50)), return_exceptions=True
    )
    late = await once(database, request, NOON, work)
    assert work.done == 1
    assert {type(answer) for answer in answers} <= {Answer, KeyInFlight}
    assert {(answer.status, answer.body) for answer in answers if isinstance(answer, Answer)} == {
        (201, b'{"n": 1}')
    }
    assert (late.body, late.replayed) == (b'{"n": 1}', True)


async def test_a_key_used_for_another_request_is_refused(database):
    request = a_request()
    await once(database, request, NOON, Work())
    with pytest.raises(KeyReused):
        await once(database, a_request(request.key, fingerprint=b"other"), NOON, Work())


async def test_one_callers_answer_is_never_anothers(database):
    mine, theirs = Work(), Work()
    request = a_request()
    await once(database, request, NOON, mine)
    answer = await once(database, a_request(request.key, principal="ma"), NOON, theirs)
    assert (theirs.done, answer.replayed) == (1, False)


async def test_what_failed_may_be_tried_again_under_its_key(database):
    work, request = Work(failures=1), a_request()
    with pytest.raises(ZeroDivisionError):
        await once(database, request, NOON, work)
    assert (await once(database, request, NOON, work)).body == b'{"n": 2}'


async def test_readiness_knows_a_missing_migration(database, tmp_path):
    (tmp_path / "doors_01_doors.sql").touch()
    async with database.reading() as connection:
        assert await is_current(connection, {"shared": SHARED})
        assert not await is_current(connection, {"shared": SHARED, "own": tmp_path})


async def test_an_answer_is_kept_for_seven_days_and_then_forgotten(database):
    work, old, young = Work(), a_request(), a_request()
    await once(database, old, NOON, work)
    await once(database, young, NOON + timedelta(days=1), work)
    with suppress(TimeoutError):
        later = FixedClock(NOON + timedelta(days=7, hours=1))
        await asyncio.wait_for(forget_old_answers(database, later), timeout=3)
    assert not (await once(database, old, NOON, work)).replayed
    assert (await once(database, young, NOON, work)).replayed
