"""Erasures as rows, and words taken out of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.persistence import journal, saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change


@dataclass(frozen=True)
class Person:
    """Whose erasure it is."""

    erasure_id: UUID
    member_id: UUID
    alliance_id: UUID


async def lock_person(tx: Connection, person: Person) -> Aggregate[Person]:
    """The erasure as far as it was told here, held; a new one where nothing was yet."""
    row = await tx.fetchrow(
        "SELECT version, head FROM erased_people WHERE id = $1 FOR UPDATE", person.erasure_id
    )
    version, head = (row["version"], row["head"]) if row else (0, journal.GENESIS)
    return Aggregate(person.erasure_id, person.alliance_id, person, version, head)


async def person_of(tx: Connection, erasure_id: UUID) -> Person:
    """Whom a timer is about."""
    row = await tx.fetchrow("SELECT member_id, alliance_id FROM erased_people WHERE id = $1", erasure_id)
    assert row is not None  # noqa: S101 - the timer was set with the row
    return Person(erasure_id, row["member_id"], row["alliance_id"])


async def was_answered(tx: Connection, erasure_id: UUID) -> bool:
    """Whether this service has said something of it before."""
    answered: bool = await tx.fetchval("SELECT EXISTS (SELECT FROM erased_people WHERE id = $1)", erasure_id)
    return answered


async def save_person(tx: Connection, change: Change[Any]) -> None:
    """With journal, outbox and timers in one statement."""
    after = change.after
    await saving.save(
        tx,
        change,
        """
        INSERT INTO erased_people (id, alliance_id, member_id, version, head) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, head = excluded.head
        """,
        after.id,
        after.alliance_id,
        after.state.member_id,
        after.version,
        after.head,
    )


async def take_words(tx: Connection, aggregate_id: UUID, remains: Mapping[int, bytes | None]) -> int:
    """Payload and salt of these versions go; the leaf stays, so the chain and every proof still hold.

    `remains` is what may be read of each afterwards. Returns how many had anything left to take.
    """
    taken = await tx.fetch(
        """
        UPDATE journal SET payload = NULL, salt = NULL, remains = word.remains
        FROM unnest($2::int[], $3::bytea[]) AS word (version, remains)
        WHERE aggregate_id = $1 AND journal.version = word.version AND payload IS NOT NULL
        RETURNING journal.version
        """,
        aggregate_id,
        list(remains),
        list(remains.values()),
    )
    return len(taken)


async def forget_answers(tx: Connection, member_id: UUID) -> None:
    """Saved answers to this person's own requests, and to others' that tell of them."""
    await tx.execute(
        "DELETE FROM idempotency WHERE principal = $1 OR position($2::bytea IN body) > 0",
        str(member_id),
        str(member_id).encode(),
    )
