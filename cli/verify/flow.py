"""Journal to bus to effects: what a service published is on its topic, and what is on a topic took effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from aiokafka import ConsumerRecord, TopicPartition

from cli import bus
from cli.verify.findings import Finding
from shared.contracts.envelope import Undecodable, decode
from shared.contracts.topics import TOPICS, Topic
from shared.messaging.retention import PASSING, told_at
from shared.messaging.subscription import TOMBSTONE, Effect, Skipped, Subscription, read
from shared.persistence.database import Connection, Database
from shared.settings import BrokerSettings

STUCK_AFTER = timedelta(minutes=1)
RETENTION_SLACK = timedelta(days=1)
"""Kafka deletes whole segments, so near the limit a record may be there or not."""

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Bus:
    """The topics as they were read, after the committed offsets were."""

    began: datetime
    committed: Mapping[str, Mapping[TopicPartition, int]]
    records: Mapping[str, Sequence[ConsumerRecord]]
    ids: Mapping[str, Mapping[UUID, datetime]]
    """When the last record of each event came there."""
    cut: frozenset[str]
    """Topics of which retention or compaction has taken something."""


async def read_bus(broker: BrokerSettings, groups: Iterable[str]) -> Bus:
    """Offsets first: whatever was committed before has its effect in the databases we read later."""
    began = datetime.now(UTC)
    committed = await bus.committed(broker, groups)
    records: dict[str, list[ConsumerRecord]] = {}
    cut = {topic.name for topic in TOPICS if topic.compacted}
    for topic in TOPICS:
        if any((await bus.first_offsets(broker, topic.name)).values()):
            cut.add(topic.name)
        records[topic.name] = [record async for record in bus.records(broker, [topic.name])]
    ids = {name: _came_last(found) for name, found in records.items()}
    return Bus(began, committed, records, ids, frozenset(cut))


async def check_outbox(service: str, database: Database, seen: Bus) -> list[Finding]:
    """For each topic of the service: what was published is there, and nothing else is."""
    async with database.reading() as connection:
        return [
            compare_outbox(service, topic, await _published(connection, topic), seen)
            for topic in TOPICS
            if owner(topic) == service
        ]


@dataclass(frozen=True)
class Handled:
    """A row of an inbox; of before inboxes knew it, without the topic."""

    at: datetime
    topic: str | None


@dataclass(frozen=True)
class Sent:
    """A row of the outbox. `superseded`: compaction may have taken it."""

    id: UUID
    created_at: datetime
    published_at: datetime | None
    superseded: bool


async def _published(connection: Connection, topic: Topic) -> list[Sent]:
    rows = await connection.fetch(
        """
        SELECT id, created_at, published_at,
               payload IS NULL OR position < max(position) OVER (PARTITION BY aggregateid) AS superseded
        FROM outbox WHERE topic = $1
        """,
        topic.name,
    )
    return [Sent(**dict(row)) for row in rows]


def compare_outbox(service: str, topic: Topic, rows: Sequence[Sent], seen: Bus) -> Finding:
    """Rows published while we read the topic may be behind our reading: they are on their way, like new ones."""
    there = seen.ids[topic.name]
    finding = Finding(service, f"outbox = {topic.name.removeprefix('shangju.')}", counted=len(there))
    for row in rows:
        if row.id in there or _may_be_gone(row, topic, seen.began):
            continue
        if row.published_at is None and row.created_at < seen.began - STUCK_AFTER:
            finding.breaks.append(f"{row.id}: unpublished since {row.created_at:%Y-%m-%d %H:%M:%S}")
        elif row.published_at is None or row.published_at >= seen.began:
            finding.waiting += 1
        else:
            finding.breaks.append(f"{row.id}: published and not on the topic")
    strangers = there.keys() - {row.id for row in rows}
    let_go = {event_id for event_id in strangers if _outbox_let_go(there[event_id], topic.name, seen.began)}
    finding.before = len(let_go)
    strangers -= let_go
    finding.breaks += [f"{event_id}: on the topic and in no outbox" for event_id in strangers]
    return finding


def _may_be_gone(row: Sent, topic: Topic, now: datetime) -> bool:
    """Whether the broker was free to forget the record."""
    if topic.compacted:
        return row.superseded and row.published_at is not None
    if topic.retention_ms is None:
        return False
    return row.created_at < now - timedelta(milliseconds=topic.retention_ms) + RETENTION_SLACK


async def check_inbox(service: str, database: Database, subscription: Subscription, seen: Bus) -> Finding:
    """Every event the consumer has passed took effect or is a dead letter, and no effect came from nowhere."""
    async with database.reading() as connection:
        done = await _inbox(connection, subscription.group)
        dead = await _dead(connection, subscription.group)
        since = await _handled_since(connection, subscription.group)
    return compare_inbox(service, subscription, seen, done=done, dead=dead, since=since)


def compare_inbox(
    service: str,
    subscription: Subscription,
    seen: Bus,
    *,
    done: Mapping[UUID, Handled],
    dead: set[Place],
    since: Mapping[str, datetime],
) -> Finding:
    """What lies beyond the committed offset is on its way; `done` tells when each event took effect.

    What was sent before its type had a handler (`since`) and passed then was passed rightly; it is counted
    apart, because nobody can tell whether it was still unread when the handler came.
    """
    finding = Finding(service, f"inbox of {subscription.group}")
    committed = seen.committed.get(subscription.group, {})
    for record in _records_for(subscription, seen):
        place = (record.topic, record.partition, record.offset)
        if place in dead or _event_of(record, subscription) in done:
            finding.counted += 1
        elif record.offset >= committed.get(TopicPartition(record.topic, record.partition), 0):
            finding.waiting += 1
        elif _sent_before(record, since) or _inbox_let_go(record, subscription, seen.began):
            finding.before += 1
        else:
            finding.breaks.append(f"{record.topic} {record.partition}/{record.offset}: passed without effect")
    if seen.cut.isdisjoint(subscription.topics):
        there = {event_id for topic in subscription.topics for event_id in seen.ids[topic]}
        before = {
            event_id
            for event_id, handled in done.items()
            if handled.at < seen.began and not _may_be_missing(event_id, handled, subscription, seen.began)
        }
        finding.breaks += [f"{event_id}: an effect without an event" for event_id in before - there]
    return finding


def _records_for(subscription: Subscription, seen: Bus) -> Iterator[ConsumerRecord]:
    """Those the consumer must do something about."""
    for topic in subscription.topics:
        for record in seen.records[topic]:
            if not isinstance(read(record, subscription), Skipped):
                yield record


def _event_of(record: ConsumerRecord, subscription: Subscription) -> UUID | None:
    match read(record, subscription):
        case Effect(event_id=event_id):
            return event_id
    return None


def _outbox_let_go(sent: datetime, topic: str, now: datetime) -> bool:
    """Whether what was sent then may have no outbox row any more."""
    kept = PASSING.get(topic)
    return kept is not None and sent < now - kept.sent


def _may_be_missing(event_id: UUID, handled: Handled, subscription: Subscription, now: datetime) -> bool:
    """Whether a topic filled anew is without the event, its outbox row being let go of."""
    told = told_at(event_id)
    topics = subscription.topics if handled.topic is None else (handled.topic,)
    return told is not None and any(_outbox_let_go(told, topic, now) for topic in topics)


def _inbox_let_go(record: ConsumerRecord, subscription: Subscription, now: datetime) -> bool:
    """Whether it is so old that the trace of its effect may be gone; only a topic that keeps too much has such.

    Its id alone does not tell: whoever writes a record chooses it.
    """
    event_id = _event_of(record, subscription)
    kept = PASSING.get(record.topic)
    return (
        event_id is not None
        and kept is not None
        and _told_before(event_id, now - kept.handled)
        and _outbox_let_go(_came(record), record.topic, now)
    )


def _told_before(event_id: UUID, moment: datetime) -> bool:
    told = told_at(event_id)
    return told is not None and told < moment


def _came(record: ConsumerRecord) -> datetime:
    """By the broker's clock: a topic takes no writer's word for it."""
    return datetime.fromtimestamp(record.timestamp / 1000, UTC)


def _sent_before(record: ConsumerRecord, since: Mapping[str, datetime]) -> bool:
    """Whether its type had no handler yet when the record was sent."""
    type_ = (
        TOMBSTONE
        if record.value is None
        else dict(record.headers).get("ce_type", b"").decode("ascii", "replace")
    )
    return type_ in since and record.timestamp / 1000 < since[type_].timestamp()


async def _inbox(connection: Connection, consumer: str) -> dict[UUID, Handled]:
    rows = await connection.fetch(
        "SELECT event_id, handled_at, topic FROM inbox WHERE consumer = $1", consumer
    )
    return {row["event_id"]: Handled(row["handled_at"], row["topic"]) for row in rows}


async def _handled_since(connection: Connection, consumer: str) -> dict[str, datetime]:
    rows = await connection.fetch("SELECT type, since FROM handlers WHERE consumer = $1", consumer)
    return {row["type"]: row["since"] for row in rows}


async def _dead(connection: Connection, consumer: str) -> set[Place]:
    rows = await connection.fetch(
        'SELECT topic, partition, "offset" FROM dead_letters WHERE consumer = $1', consumer
    )
    return {(row["topic"], row["partition"], row["offset"]) for row in rows}


def owner(topic: Topic) -> str:
    """The service whose outbox a topic is filled from."""
    word = topic.name.split(".")[1]
    return "alliance" if word == "contacts" else word


def _came_last(found: Iterable[ConsumerRecord]) -> dict[UUID, datetime]:
    """What cannot be read is no event of ours; its consumers' dead letters account for it."""
    came: dict[UUID, datetime] = {}
    for record in found:
        with suppress(KeyError, ValueError, Undecodable):
            event_id = _id_of(record)
            came[event_id] = max(_came(record), came.get(event_id, _came(record)))
    return came


def _id_of(record: ConsumerRecord) -> UUID:
    if record.value is None:
        return UUID(dict(record.headers)["ce_id"].decode())
    return decode(record.headers, record.value).id
