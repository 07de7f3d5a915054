"""How long the traces of a delivered event stay, and the job that lets go of older ones.

An outbox row must outlast its record on the topic, so that a topic that was lost is filled again; an inbox row must
outlast every way in which its event may come once more. A topic that forgets nothing is read from its beginning by
whoever begins there, so its traces stay for ever.

Rows are deleted in batches, not dropped with a partition: what goes and what stays (of topics that forget nothing, not
sent yet, or handled since a dead letter that is open) are of the same weeks. Partitions by the ids' time could be kept
right, as an id is the same however often it is told, but would gain nothing that is missed: of an inbox of 10 million
rows a week's are deleted in 3 s, spread over that week's sweeps, events are claimed as fast either way, and the relay's
look for what is unsent takes longer the more partitions there are (figures: tests/benchmarks/README.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.contracts.topics import TOPICS, Topic
from shared.messaging import metrics
from shared.persistence.database import Connection, Database
from shared.persistence.sweeping import hourly

SEGMENT = timedelta(days=7)
"""For so long a record may outlast its time: Kafka lets go of whole segments, and begins one a week (`segment.ms`)."""
BACKUP = timedelta(days=30)
"""No backup is kept longer (docs/operators.md), for who was erased since is still in it."""
MARGIN = timedelta(days=8)
"""What clocks, a late cleaner and an operator at the end of a week may take."""

BATCH = 1_000
_SWEEPER = (0x5348, 0x53574550)  # "SH", "SWEP": the advisory lock of whoever lets go


@dataclass(frozen=True)
class Kept:
    """How long a topic's events and their traces stay."""

    on_topic: timedelta
    """The record, at the longest."""
    sent: timedelta
    """The outbox row, since it was sent."""
    resent: timedelta
    """So old may an event be to be sent again: it is in the outbox of the oldest backup."""
    handled: timedelta
    """The inbox row, since the event had its effect."""


def kept(topic: Topic) -> Kept | None:
    """None where the topic forgets nothing, or all but the last of a key."""
    if topic.retention_ms is None:
        return None
    on_topic = timedelta(milliseconds=topic.retention_ms) + SEGMENT
    sent = on_topic + MARGIN
    resent = sent + BACKUP
    return Kept(on_topic, sent, resent, resent + on_topic + MARGIN)


PASSING: Mapping[str, Kept] = {topic.name: found for topic in TOPICS if (found := kept(topic))}
COMPACTED = frozenset(topic.name for topic in TOPICS if topic.compacted)


def told_at(event_id: UUID) -> datetime | None:
    """When an event of ours got its id; None of an id that is no UUIDv7, which nobody here made."""
    if event_id.version != 7:
        return None
    return datetime.fromtimestamp((event_id.int >> 80) / 1000, UTC)


async def run(database: Database, groups: Sequence[str], *, every_seconds: float = 3600) -> None:
    """Lets go, for ever."""
    await hourly("events", lambda: sweep(database, groups), every_seconds=every_seconds)


async def sweep(
    database: Database, groups: Iterable[str], passing: Mapping[str, Kept] = PASSING
) -> Counter[str]:
    """Lets go of what is old enough in the outbox and in the inboxes of `groups`; how many rows of each."""
    groups, gone = tuple(groups), Counter[str]()
    for topic, traces in passing.items():
        gone["outbox"] += await _let_go(database, _SENT, traces.sent, topic)
        for group in groups:
            gone["inbox"] += await _let_go(database, _HANDLED, traces.handled, topic, group)
    for table, rows in gone.items():
        metrics.LET_GO.labels(table).inc(rows)
    return gone


_SENT = """
WITH old AS (
    SELECT id FROM outbox
    WHERE id > $1 AND id < (SELECT uuidv7(-$2::interval))
      AND topic = $4 AND published_at < clock_timestamp() - $2
    ORDER BY id
    LIMIT $3
)
DELETE FROM outbox USING old
WHERE outbox.id = old.id AND published_at < clock_timestamp() - $2
RETURNING outbox.id
"""
"""The second look at `published_at` is for a row that is being sent again meanwhile."""

_HANDLED = """
WITH old AS (
    SELECT event_id FROM inbox
    WHERE consumer = $5 AND event_id > $1 AND event_id < (SELECT uuidv7(-$2::interval))
      AND topic = $4 AND handled_at < clock_timestamp() - $2
      AND handled_at < coalesce(
          (SELECT min(failed_at) FROM dead_letters WHERE consumer = $5 AND settled_at IS NULL), 'infinity'
      )
    ORDER BY event_id
    LIMIT $3
)
DELETE FROM inbox USING old
WHERE consumer = $5 AND inbox.event_id = old.event_id
RETURNING inbox.event_id AS id
"""
"""A dead letter may be replayed however old it is, and its event may have had its effect by another delivery since.

The primary key is enough: of what is so old only the events of topics that forget nothing stay to be walked over, and
an index of the topic would be written with every effect.
"""


async def _let_go(database: Database, sql: str, age: timedelta, *where: str) -> int:
    """Batch by batch in the order of the ids, which is that of time, so that what stays is walked over once."""
    last, gone = UUID(int=0), 0
    while True:
        async with database.transaction() as tx:
            if not await tx.fetchval("SELECT pg_try_advisory_xact_lock($1, $2)", *_SWEEPER):
                return gone
            ids = [row["id"] for row in await tx.fetch(sql, last, age, BATCH, *where)]
        gone += len(ids)
        if len(ids) < BATCH:
            return gone
        last = max(ids)


async def send_again(
    tx: Connection,
    since: datetime = datetime.min.replace(tzinfo=UTC),
    until: datetime = datetime.max.replace(tzinfo=UTC),
    passing: Mapping[str, Kept] = PASSING,
    compacted: Collection[str] = COMPACTED,
) -> int:
    """Has the relay send once more what the outbox got between two moments; how many events.

    What is so old that an inbox might have let go of it before its new record is gone stays where it is; so does, on
    a compacted topic, all but the last word of a key: sent last, an older one would be the one that is kept.
    """
    done = await tx.execute(
        """
        UPDATE outbox SET published_at = NULL
        WHERE published_at IS NOT NULL AND created_at >= $1 AND created_at < $2
          AND NOT EXISTS (
              SELECT FROM unnest($3::text[], $4::interval[]) AS passing (topic, age)
              WHERE passing.topic = outbox.topic AND outbox.created_at < clock_timestamp() - age
          )
          AND NOT (topic = ANY($5) AND EXISTS (
              SELECT FROM outbox AS later
              WHERE later.aggregateid = outbox.aggregateid AND later.topic = outbox.topic
                AND later.position > outbox.position
          ))
        """,
        since,
        until,
        list(passing),
        [traces.resent for traces in passing.values()],
        list(compacted),
    )
    return int(done.split()[-1])
