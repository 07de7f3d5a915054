"""What somebody with the database's password rewrites is found by what was signed and kept outside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from joserfc.jwk import OKPKey

from cli.checkpoints import Kept, Outside, go_on_from_backup, kept_of, outside_of
from cli.running import Running
from cli.verify import sealed
from deploy.local.postgres import Postgres
from services.alliance.seed import ALLIANCE_ID, id_of, seed
from shared.persistence import checkpoints, journal, sealing
from shared.persistence.checkpoints import Checkpoint
from shared.persistence.database import Connection, Database
from shared.persistence.journal import Proof
from shared.persistence.migrate import migrate
from tests.support.http import SetClock

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIN = id_of("lin@shanbei.example")
SECRET = "of this deployment"


@dataclass
class Committee:
    """The seeded register, its store of checkpoints, and who may sign them."""

    database: Database
    where: Running
    clock: SetClock
    key: OKPKey

    async def seals(self) -> None:
        self.clock.advance(timedelta(minutes=1))
        await checkpoints.seal(self.database, "alliance", self.key, self.clock.now())
        await sealing.keep(self.database, self.clock, self.key, self.store)

    @property
    def outside(self) -> Outside:
        outside = outside_of(self.where)
        assert outside
        return outside

    @property
    def store(self) -> sealing.Store:
        return self.outside.store

    async def kept(self) -> Kept:
        return await kept_of("alliance", self.outside)

    async def breaks(self) -> list[str]:
        return (await sealed.check("alliance", self.database, await self.kept())).breaks

    async def breaks_after(self, *changes: str) -> list[str]:
        """What is found in the transaction of a superuser's `changes`, $1 being 林's id."""
        kept, breaks = await self.kept(), list[str]()
        with suppress(Undone):
            async with self.database.transaction() as tx:
                for one in changes:
                    await tx.execute(one, *([LIN] if "$1" in one else []))
                breaks = (await sealed.check_within(tx, "alliance", kept)).breaks
                raise Undone
        return breaks


class Undone(Exception):
    """Ends a transaction that must leave nothing."""


@pytest.fixture
async def committee(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Committee]:
    url = await postgres.create_database(f"cli_sealed_{tmp_path.name[-12:]}".lower())
    await migrate("alliance", url)
    where = Running(
        {"SHANGJU_CHECKPOINT_STORE": (tmp_path / "kept").as_uri(), "SHANGJU_CHECKPOINT_SECRET": SECRET}
    )
    async with asyncpg.create_pool(url, min_size=1, max_size=1) as pool:
        database = Database(pool)
        await seed(database, NOW)
        there = Committee(database, where, SetClock(NOW), checkpoints.key_of(SECRET))
        await there.seals()
        yield there


async def proof_of(database: Database, member: UUID, version: int) -> Proof:
    async with database.reading() as connection:
        digest = await connection.fetchval(
            "SELECT hash FROM journal WHERE (aggregate_id, version) = ($1, $2)", member, version
        )
    return Proof("alliance", member, digest)


async def one_more_act(database: Database, at: datetime) -> None:
    """林's history goes on by one event, saved as a command saves it."""
    async with database.transaction() as tx:
        version, head = await tx.fetchrow("SELECT version, head FROM members WHERE id = $1", LIN)
        [entry] = _forged(LIN, version=version, head=head, payload=b"{}", at=at)
        await _write(tx, entry)
        await tx.execute("INSERT INTO unsealed VALUES ($1)", LIN)


def _forged(member: UUID, *, version: int, head: bytes, payload: bytes, at: datetime) -> list[journal.Entry]:
    return journal.chain(
        [journal.Written(UUID(int=version + 1), "member_renamed", payload)],
        aggregate_id=member,
        alliance_id=ALLIANCE_ID,
        version=version,
        head=head,
        actor_id=None,
        actor_role="system",
        at=at,
    )


async def _write(tx: Connection, entry: journal.Entry) -> None:
    columns = vars(entry)
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    await tx.execute(f"INSERT INTO journal ({', '.join(columns)}) VALUES ({places})", *columns.values())
    await tx.execute(
        "UPDATE members SET version = $2, head = $3 WHERE id = $1",
        entry.aggregate_id,
        entry.version,
        entry.hash,
    )


async def restamp(tx: Connection) -> None:
    """林's whole history told anew, every hash and the member's own row fitting."""
    rows = await tx.fetch("SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", LIN)
    await tx.execute("DELETE FROM journal WHERE aggregate_id = $1", LIN)
    head = journal.GENESIS
    for old in map(journal.from_row, rows):
        [entry] = _forged(LIN, version=old.version - 1, head=head, payload=b'{"told": "anew"}', at=NOW)
        await _write(tx, entry)
        head = entry.hash


async def test_given_untouched_histories_when_verified_then_every_checkpoint_holds(committee: Committee):
    await one_more_act(committee.database, NOW)
    await committee.seals()

    finding = await sealed.check("alliance", committee.database, await committee.kept())

    assert (finding.counted, finding.breaks) == (2, [])


async def test_given_nothing_new_when_a_minute_has_passed_then_no_checkpoint_is_made(committee: Committee):
    await committee.seals()

    assert len((await committee.kept()).by_size) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (("UPDATE journal SET hash = sha256(hash) WHERE aggregate_id = $1",), "not what was sealed"),
        (("DELETE FROM journal WHERE aggregate_id = $1 AND version = 2",), "not what was sealed"),
        (("DELETE FROM journal WHERE aggregate_id = $1",), "not what was sealed"),
        (("DELETE FROM sealed WHERE position = (SELECT max(position) FROM sealed)",), "cut to"),
        (
            (
                "UPDATE sealed SET position = -1 WHERE position = 0",
                "UPDATE sealed SET position = 0 WHERE position = 1",
                "UPDATE sealed SET position = 1 WHERE position = -1",
            ),
            "speaks for other leaves",
        ),
        (
            (
                "UPDATE journal SET hash = sha256(hash) WHERE aggregate_id = $1",
                "UPDATE sealed SET hash = sha256(hash) WHERE aggregate_id = $1",
            ),
            "speaks for other leaves",
        ),
    ],
    ids=["edited", "truncated", "deleted", "log cut", "log reordered", "journal and log edited"],
)
async def test_given_a_sealed_history_when_a_superuser_changes_it_then_it_shows(
    committee: Committee, changes: tuple[str, ...], why: str
):
    assert any(why in found for found in await committee.breaks_after(*changes))


async def test_given_a_history_told_anew_with_all_its_hashes_when_verified_then_it_is_not_what_was_sealed(
    committee: Committee,
):
    async with committee.database.transaction() as tx:
        await restamp(tx)

    assert await committee.breaks() == [f"{LIN} version 2: not what was sealed"]


async def test_given_an_act_whose_mark_was_taken_away_when_verified_then_it_was_kept_from_being_sealed(
    committee: Committee,
):
    await one_more_act(committee.database, NOW)
    assert await committee.breaks() == []

    assert await committee.breaks_after("DELETE FROM unsealed") == [f"{LIN}: kept from being sealed"]


async def test_given_a_checkpoint_signed_by_somebody_else_when_verified_then_it_is_forged(
    committee: Committee,
):
    alien = checkpoints.key_of("of somebody else")
    theirs = Checkpoint("alliance", 1, "00", NOW)
    await committee.store.put(theirs, checkpoints.sign(theirs, alien))

    assert await committee.breaks() == ["a checkpoint that was not signed by us"]


async def test_given_a_receipt_when_its_act_was_sealed_then_it_is_proven(committee: Committee):
    receipt = str(await proof_of(committee.database, LIN, 1))

    findings = await sealed.check_receipt(Proof.parse(receipt), committee.database, await committee.kept())

    assert [(one.breaks, one.waiting) for one in findings] == [([], 0), ([], 0)]


async def test_given_a_receipt_of_just_now_when_nothing_was_sealed_since_then_it_waits(committee: Committee):
    await one_more_act(committee.database, NOW)
    receipt = await proof_of(committee.database, LIN, 3)

    [found, waits] = await sealed.check_receipt(receipt, committee.database, await committee.kept())

    assert (found.breaks, waits.waiting) == ([], 1)


async def test_given_a_receipt_when_the_history_was_told_anew_then_it_contradicts_it(committee: Committee):
    receipt = await proof_of(committee.database, LIN, 1)
    async with committee.database.transaction() as tx:
        await restamp(tx)

    [found, _] = await sealed.check_receipt(receipt, committee.database, await committee.kept())

    assert found.breaks == ["the history does not hold what the receipt says"]


async def test_given_a_database_brought_back_when_that_was_signed_then_its_lost_minutes_are_no_forgery(
    committee: Committee,
):
    await one_more_act(committee.database, NOW)
    await committee.seals()
    async with committee.database.transaction() as tx:
        size = await tx.fetchval(
            "DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints) RETURNING size"
        )
        await tx.execute("DELETE FROM sealed WHERE position = $1", size - 1)
        await tx.execute("DELETE FROM journal WHERE (aggregate_id, version) = ($1, 3)", LIN)
    assert await committee.breaks() == [f"cut to {size - 1} leaves: a checkpoint speaks for {size}"]

    await go_on_from_backup("alliance", committee.database, committee.outside)

    assert await committee.breaks() == []
    await one_more_act(committee.database, NOW + timedelta(minutes=5))
    await committee.seals()
    assert await committee.breaks() == []
