"""Records no retry can mend, kept with their bytes until a person has them replayed or discards them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_from_bytes, unquote_to_bytes
from uuid import UUID

import asyncpg
from aiokafka import ConsumerRecord

from shared.errors import NotFound, Refused
from shared.ids import new_id
from shared.messaging import inbox, metrics
from shared.messaging.failures import describe
from shared.messaging.subscription import Effect, Poison, Skipped, Subscription, read
from shared.persistence.database import Connection, Database


class AlreadySettled(Refused):
    """Somebody replayed or discarded this letter before."""

    def __init__(self) -> None:
        super().__init__("already_settled")


class StillUnreadable(Refused):
    """The code has not learnt to read this record; the letter stays open."""

    def __init__(self, reason: str) -> None:
        super().__init__("still_unreadable", reason=reason)


@dataclass(frozen=True)
class DeadLetter:
    """A record as it came, why it was set aside, and what became of it."""

    id: UUID
    consumer: str
    record: ConsumerRecord
    reason: str
    error: str
    attempts: int
    failed_at: datetime
    settled_at: datetime | None
    settled_as: str | None
    settled_by: str | None
    settled_why: str | None


async def write(tx: Connection, consumer: str, poison: Poison) -> None:
    """Sets a record aside; once, however often it is delivered."""
    record = poison.record
    await tx.execute(
        """
        INSERT INTO dead_letters (id, consumer, topic, partition, "offset", key, value, headers,
                                  reason, error, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (consumer, topic, partition, "offset") DO NOTHING
        """,
        new_id(),
        consumer,
        record.topic,
        record.partition,
        record.offset,
        record.key,
        record.value,
        _dump_headers(record.headers),
        poison.reason,
        poison.error,
        poison.attempts,
    )


async def unsettled(
    connection: Connection, *, consumer: str | None = None, reason: str | None = None, limit: int = 100
) -> list[DeadLetter]:
    """The oldest letters nobody has dealt with."""
    rows = await connection.fetch(
        """
        SELECT * FROM dead_letters
        WHERE settled_at IS NULL AND ($1::text IS NULL OR consumer = $1) AND ($2::text IS NULL OR reason = $2)
        ORDER BY failed_at, id
        LIMIT $3
        """,
        consumer,
        reason,
        limit,
    )
    return [_from_row(row) for row in rows]


async def measure(connection: Connection, groups: Iterable[str]) -> None:
    """How many letters of each consumer nobody has dealt with, for the gauge operators watch."""
    rows = await connection.fetch(
        "SELECT consumer, count(*) FROM dead_letters WHERE settled_at IS NULL GROUP BY consumer"
    )
    found = {row["consumer"]: row["count"] for row in rows}
    for group in {*groups, *found}:
        metrics.DEAD_LETTERS_OPEN.labels(group).set(found.get(group, 0))


async def settled(connection: Connection, *, limit: int = 100) -> list[DeadLetter]:
    """The letters somebody has dealt with, the latest first: who did what with them, when and why."""
    rows = await connection.fetch(
        "SELECT * FROM dead_letters WHERE settled_at IS NOT NULL ORDER BY settled_at DESC, id LIMIT $1", limit
    )
    return [_from_row(row) for row in rows]


async def show(connection: Connection, letter_id: UUID) -> DeadLetter:
    """One letter. Raises NotFound."""
    row = await connection.fetchrow("SELECT * FROM dead_letters WHERE id = $1", letter_id)
    if row is None:
        raise NotFound
    return _from_row(row)


async def replay(
    database: Database, subscription: Subscription, letter_id: UUID, *, by: str, why: str
) -> bool:
    """Handles the record as if it had just come, and settles the letter in the same transaction.

    Whether the effect was applied; False if it had been before, or is none of this consumer's.
    Raises NotFound, AlreadySettled, StillUnreadable, and whatever the handler raises.
    """
    async with database.transaction() as tx:
        letter = await _lock(tx, letter_id)
        match read(letter.record, subscription):
            case Poison(reason=reason):
                raise StillUnreadable(reason)
            case Effect() as effect:
                claimed = await inbox.claim(tx, subscription.group, {effect.event_id: letter.record.topic})
                applied = effect.event_id in claimed
                if applied:
                    await effect.apply(tx)
            case Skipped():
                applied = False
        await _settle(tx, letter_id, as_="replayed", by=by, why=why)
    return applied


@dataclass(frozen=True)
class Replayed:
    """What became of many letters; `open` says of each that stays so why."""

    applied: int
    had_before: int
    open: Mapping[UUID, str]


async def replay_all(
    database: Database, subscriptions: Iterable[Subscription], *, reason: str, by: str, why: str
) -> Replayed:
    """Replays all letters of one reason. Behind one that fails, its matter's later ones wait, to keep their order."""
    effects: list[bool] = []
    still_open: dict[UUID, str] = {}
    for subscription in subscriptions:
        held: set[bytes | None] = set()
        async with database.reading() as connection:
            letters = await unsettled(connection, consumer=subscription.group, reason=reason, limit=10_000)
        for letter in letters:
            if letter.record.key in held:
                still_open[letter.id] = "waits for the one before it"
                continue
            try:
                effects.append(await replay(database, subscription, letter.id, by=by, why=why))
            except Exception as error:
                held.add(letter.record.key)
                still_open[letter.id] = describe(error)
    return Replayed(sum(effects), len(effects) - sum(effects), still_open)


async def discard(database: Database, letter_id: UUID, *, by: str, why: str) -> None:
    """Closes a letter without its effect. Raises NotFound and AlreadySettled."""
    async with database.transaction() as tx:
        await _lock(tx, letter_id)
        await _settle(tx, letter_id, as_="discarded", by=by, why=why)


async def _lock(tx: Connection, letter_id: UUID) -> DeadLetter:
    await tx.execute("SELECT FROM dead_letters WHERE id = $1 FOR UPDATE", letter_id)
    letter = await show(tx, letter_id)
    if letter.settled_at is not None:
        raise AlreadySettled
    return letter


async def _settle(tx: Connection, letter_id: UUID, *, as_: str, by: str, why: str) -> None:
    await tx.execute(
        """
        UPDATE dead_letters
        SET settled_at = clock_timestamp(), settled_as = $2, settled_by = $3, settled_why = $4
        WHERE id = $1
        """,
        letter_id,
        as_,
        by,
        why,
    )


_READABLE = " !\"#$&'()*+,-./:;<=>?@[]^_`{|}~"


def _dump_headers(headers: Sequence[tuple[str, bytes | None]]) -> str:
    """Percent-encoded, since jsonb takes neither NUL nor bytes: readable in psql, and reversible."""
    return json.dumps(
        [(_quote(name.encode()), None if raw is None else _quote(raw)) for name, raw in headers]
    )


def _quote(raw: bytes) -> str:
    return quote_from_bytes(raw, _READABLE)


def _load_headers(dumped: str) -> list[tuple[str, bytes | None]]:
    return [
        (unquote_to_bytes(name).decode(), None if raw is None else unquote_to_bytes(raw))
        for name, raw in json.loads(dumped)
    ]


def _from_row(row: asyncpg.Record) -> DeadLetter:
    columns = dict(row)
    place = [columns.pop(name) for name in ("topic", "partition", "offset")]
    key, value = columns.pop("key"), columns.pop("value")
    headers = _load_headers(columns.pop("headers"))
    return DeadLetter(record=ConsumerRecord(*place, 0, 0, key, value, None, -1, -1, headers), **columns)
