"""The one helper that writes state, journal, outbox and timers: one statement, one round trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.access.actor import Actor
from shared.contracts.envelope import Contract, Envelope
from shared.observability.traces import current_traceparent
from shared.persistence import journal
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.timers import Timer

S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True)
class Aggregate(Generic[S]):
    """A locked aggregate: what decides, and where its journal stands."""

    id: UUID
    alliance_id: UUID
    state: S
    version: int = 0
    head: bytes = journal.GENESIS


@dataclass(frozen=True)
class Change(Generic[S]):
    """Everything one command did to one aggregate."""

    before: Aggregate[S]
    after: Aggregate[S]
    entries: Sequence[journal.Entry]
    envelopes: Sequence[Envelope]
    timers: Sequence[Timer] = ()
    cancelled: Sequence[str] = field(default=())
    """Prefixes of the dedupe keys of timers that need not fire any more."""


def change(
    before: Aggregate[S],
    state: S,
    events: Sequence[E],
    *,
    actor: Actor,
    now: datetime,
    service: str,
    codec: Codec[E],
    new_id: Callable[[], UUID],
    contracts: Callable[[E], Sequence[Contract]],
    timers: Sequence[Timer] = (),
    cancelled: Sequence[str] = (),
) -> Change[S]:
    """The change that `events` make, `state` being what they evolve to.

    `contracts` is the service's publish.py: what of each event may leave the service.
    """
    written = [journal.Written(new_id(), *codec.dump(event)) for event in events]
    entries = journal.chain(
        written,
        aggregate_id=before.id,
        alliance_id=before.alliance_id,
        version=before.version,
        head=before.head,
        actor_id=actor.member_id,
        actor_role=actor.role,
        at=now,
    )
    traceparent = current_traceparent()
    envelopes = [
        Envelope(
            new_id(), f"/services/{service}", now, before.alliance_id, entry.version, contract, traceparent
        )
        for entry, event in zip(entries, events, strict=True)
        for contract in contracts(event)
    ]
    version, head = (entries[-1].version, entries[-1].hash) if entries else (before.version, before.head)
    after = Aggregate(before.id, before.alliance_id, state, version, head)
    return Change(before, after, entries, envelopes, timers, cancelled)


async def save(tx: Connection, done: Change[Any], state_sql: str, *state_args: Any) -> None:
    """Writes the state with the service's own `state_sql` ($1…), and with it journal, outbox and timers.

    `state_sql` is one INSERT, UPDATE or DELETE, or several separated by semicolons, which all see the
    database as it was before.

    The aggregate's row must be locked in this transaction (or be new): only then is the outbox position
    taken in the order of the versions. The outbox rows come last in the statement's text; what makes them
    invisible to the relay until all is there is the transaction.
    """
    await tx.execute(_statement(state_sql), *_columns(done), *state_args)


_SHARED_ARGUMENTS = 22

_SHARED_SQL = """
journalled AS (
    INSERT INTO journal (aggregate_id, version, event_id, alliance_id, type, actor_id, actor_role,
                         occurred_at, payload, salt, leaf, hash)
    SELECT $1, version, event_id, $2, type, $3, $4, $5, payload, salt, leaf, hash
    FROM unnest($6::int[], $7::uuid[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
         AS entry (version, event_id, type, payload, salt, leaf, hash)
),
unsealed AS (
    INSERT INTO unsealed (aggregate_id) SELECT $1 WHERE cardinality($6::int[]) > 0
),
cancelled AS (
    DELETE FROM timers
    WHERE aggregate_id = $1 AND fired_at IS NULL
      AND EXISTS (SELECT FROM unnest($13::text[]) AS prefix WHERE starts_with(dedupe_key, prefix))
),
scheduled AS (
    INSERT INTO timers (dedupe_key, aggregate_id, kind, due_at, payload)
    SELECT dedupe_key, $1, kind, due_at, payload
    FROM unnest($14::text[], $15::text[], $16::timestamptz[], $17::jsonb[])
         AS timer (dedupe_key, kind, due_at, payload)
    ON CONFLICT (dedupe_key) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload
    WHERE timers.fired_at IS NULL
)
INSERT INTO outbox (id, topic, aggregatetype, aggregateid, type, headers, payload)
SELECT id, topic, split_part(topic, '.', 2), key, type, headers, payload
FROM unnest($18::uuid[], $19::text[], $20::uuid[], $21::jsonb[], $22::bytea[])
     WITH ORDINALITY AS event (id, topic, key, headers, payload, ordinal)
     CROSS JOIN LATERAL (SELECT headers ->> 'ce_type' AS type) AS named
ORDER BY ordinal
"""


@lru_cache
def _statement(state_sql: str) -> str:
    own = re.sub(r"\$(\d+)", lambda place: f"${int(place[1]) + _SHARED_ARGUMENTS}", state_sql)
    parts = (f"state_{number} AS ({part})" for number, part in enumerate(own.strip("; \n").split(";")))
    return f"WITH {', '.join(parts)},{_SHARED_SQL}"


def _columns(done: Change[Any]) -> tuple[Any, ...]:
    entries, envelopes, timers = done.entries, done.envelopes, done.timers
    first = entries[0] if entries else None
    return (
        done.after.id,
        done.after.alliance_id,
        first and first.actor_id,
        first and first.actor_role,
        first and first.occurred_at,
        [entry.version for entry in entries],
        [entry.event_id for entry in entries],
        [entry.type for entry in entries],
        [entry.payload for entry in entries],
        [entry.salt for entry in entries],
        [entry.leaf for entry in entries],
        [entry.hash for entry in entries],
        list(done.cancelled),
        [timer.dedupe_key for timer in timers],
        [timer.kind for timer in timers],
        [timer.due_at for timer in timers],
        [timer.payload_json for timer in timers],
        [envelope.id for envelope in envelopes],
        [envelope.data.TOPIC for envelope in envelopes],
        [envelope.data.key for envelope in envelopes],
        [envelope.headers_json for envelope in envelopes],
        [envelope.value() for envelope in envelopes],
    )
