"""What a consumer wants of the bus, and what a record is to it: an effect, nothing, or poison."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from aiokafka import ConsumerRecord

from shared.contracts.envelope import REGISTRY, Envelope, Undecodable, decode, moment
from shared.contracts.topics import TOPICS
from shared.messaging.failures import describe, reason
from shared.persistence.database import Connection

_COMPACTED = frozenset(topic.name for topic in TOPICS if topic.compacted)


@dataclass(frozen=True)
class Tombstone:
    """'Forget what you knew under this key': a null value on a compacted topic."""

    id: UUID
    key: UUID
    time: datetime
    alliance_id: UUID


Handler = Callable[[Connection, Envelope[Any]], Awaitable[None]]
"""Brings about an event's effect inside the transaction it is given, and nowhere else: it may run again."""

TombstoneHandler = Callable[[Connection, Tombstone], Awaitable[None]]


TOMBSTONE = "tombstone"
"""Stands for a type where a record has none, being null."""


@dataclass(frozen=True)
class Projection:
    """Tables that hold what a topic told and nothing else: they may be told anew at any time.

    The handlers of `types` write these tables alone, or may run again, as whoever was erased is erased again; the
    topic keeps its events, or each key's last, for ever.
    """

    name: str
    topic: str
    types: frozenset[str]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Subscription:
    """A consumer group, its topics, and what it does for each `ce_type`.

    Types of the published language without a handler here are passed over; types outside it are dead
    letters. `tombstones` is keyed by topic. Raises ValueError for a handler of an unknown type, and for a
    projection of types nobody handles.
    """

    group: str
    topics: tuple[str, ...]
    handlers: Mapping[str, Handler]
    tombstones: Mapping[str, TombstoneHandler] = field(default_factory=dict)
    projections: tuple[Projection, ...] = ()

    def __post_init__(self) -> None:
        if unknown := self.handlers.keys() - REGISTRY.keys():
            raise ValueError(f"{self.group} handles types that no contract has: {sorted(unknown)}")
        projected = {type_ for projection in self.projections for type_ in projection.types}
        if unhandled := projected - self.handlers.keys() - {TOMBSTONE}:
            raise ValueError(f"{self.group} projects types it does not handle: {sorted(unhandled)}")

    @property
    def types(self) -> frozenset[str]:
        """What has an effect here; a null value counts as a type of its own."""
        return frozenset(self.handlers) | ({TOMBSTONE} if self.tombstones else frozenset())


@dataclass(frozen=True)
class Effect:
    """A record to be handled once."""

    record: ConsumerRecord
    event_id: UUID
    type: str
    traceparent: str | None
    apply: Callable[[Connection], Awaitable[None]]


@dataclass(frozen=True)
class Skipped:
    """A record that is not for this consumer."""

    record: ConsumerRecord
    type: str


@dataclass(frozen=True)
class Poison:
    """A record no retry can mend."""

    record: ConsumerRecord
    reason: str
    error: str
    attempts: int = 1


Item = Effect | Skipped | Poison


def read(record: ConsumerRecord, subscription: Subscription) -> Item:
    """What `record` is to `subscription`. Pure, so whatever goes wrong here will go wrong again."""
    try:
        return _read(record, subscription)
    except Undecodable as error:
        return Poison(record, reason(error), describe(error))
    except Exception as error:
        return Poison(record, "undecodable", describe(error))


def _read(record: ConsumerRecord, subscription: Subscription) -> Item:
    headers = [(name, raw) for name, raw in record.headers if raw is not None]
    if record.value is None:
        return _read_tombstone(record, headers, subscription)
    type_ = dict(headers).get("ce_type", b"").decode("ascii")
    handler = subscription.handlers.get(type_)
    if handler is None and type_ in REGISTRY:
        return Skipped(record, type_)
    event = decode(headers, record.value)
    _require_plain_json(record.value)
    assert handler is not None, "decode() knows the registry's types alone"  # noqa: S101
    return Effect(record, event.id, event.type, event.traceparent, lambda tx: handler(tx, event))


def _read_tombstone(
    record: ConsumerRecord, headers: Sequence[tuple[str, bytes]], subscription: Subscription
) -> Effect | Skipped:
    handler = subscription.tombstones.get(record.topic)
    if handler is None:
        if record.topic in _COMPACTED:
            return Skipped(record, TOMBSTONE)
        raise Undecodable("no_value")
    attributes = {name: raw.decode() for name, raw in headers}
    tombstone = Tombstone(
        id=UUID(attributes["ce_id"]),
        key=UUID(attributes["ce_subject"]),
        time=moment(attributes["ce_time"]),
        alliance_id=UUID(attributes["alliance_id"]),
    )
    return Effect(
        record, tombstone.id, TOMBSTONE, attributes.get("traceparent"), lambda tx: handler(tx, tombstone)
    )


def _require_plain_json(value: bytes) -> None:
    """Refuses what two JSON readers may read differently: doubled names, NaN, numbers beyond a double.

    The contract's parser takes the last of two equal names; a reader that takes the first would see
    another event under the same id.
    """
    try:
        json.loads(value, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Undecodable("ambiguous_json", type(error).__name__) from None


def _unique(pairs: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError


def _refuse_constant(_: str) -> None:
    raise ValueError


def _finite(text: str) -> None:
    if not math.isfinite(float(text)):
        raise ValueError
