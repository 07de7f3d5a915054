"""SQL of what platforms are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from services.notifications.webhooks.decisions import Again, Over
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence.database import Connection

State = Literal["pending", "accepted", "failed"]


@dataclass(frozen=True)
class Webhook:
    """Where a platform is told, and which of its secrets holds."""

    id: UUID
    url: str
    generation: int
    rotated_at: datetime | None
    registered_at: datetime
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True)
class Message:
    """One event as one platform is told of it, and what came of that."""

    id: UUID
    type: str
    state: State
    attempt: int
    reason: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class Due:
    """A message that a worker has taken to try it."""

    id: UUID
    webhook_id: UUID
    url: str
    body: str
    attempt: int
    queued_at: datetime
    generation: int
    rotated_at: datetime | None


async def add_webhook(tx: Connection, *, alliance_id: UUID, url: str, by: UUID, now: datetime) -> Webhook:
    """A platform that is told from now on."""
    row = await tx.fetchrow(
        """
        INSERT INTO webhooks (id, alliance_id, url, registered_by, registered_at)
        VALUES ($1, $2, $3, $4, $5)
        RETURNING *
        """,
        new_id(),
        alliance_id,
        url,
        by,
        now,
    )
    return _webhook(row)


async def webhooks_of(connection: Connection, alliance_id: UUID) -> Sequence[Webhook]:
    """All of the alliance, ended ones too, the newest first."""
    rows = await connection.fetch(
        "SELECT * FROM webhooks WHERE alliance_id = $1 ORDER BY id DESC", alliance_id
    )
    return [_webhook(row) for row in rows]


async def webhook_of(connection: Connection, webhook_id: UUID, *, alliance_id: UUID) -> Webhook:
    """One of the alliance. Raises NotFound."""
    row = await connection.fetchrow(
        "SELECT * FROM webhooks WHERE id = $1 AND alliance_id = $2", webhook_id, alliance_id
    )
    return _webhook(_found(row))


async def rotate(tx: Connection, webhook_id: UUID, *, alliance_id: UUID, machine_now: datetime) -> Webhook:
    """A new secret from now on. Raises NotFound, also for one that has ended."""
    row = await tx.fetchrow(
        """
        UPDATE webhooks SET generation = generation + 1, rotated_at = $3
        WHERE id = $1 AND alliance_id = $2 AND ended_at IS NULL
        RETURNING *
        """,
        webhook_id,
        alliance_id,
        machine_now,
    )
    return _webhook(_found(row))


async def remove(tx: Connection, webhook_id: UUID, *, alliance_id: UUID, now: datetime) -> Webhook:
    """It is told nothing more; what was told stays in the log. Raises NotFound."""
    row = await tx.fetchrow(
        """
        UPDATE webhooks
        SET ended_at = coalesce(ended_at, $3), ended_why = coalesce(ended_why, 'removed')
        WHERE id = $1 AND alliance_id = $2
        RETURNING *
        """,
        webhook_id,
        alliance_id,
        now,
    )
    return _webhook(_found(row))


async def end_as_gone(tx: Connection, webhook_id: UUID, now: datetime) -> None:
    """The receiver said that it wants no more."""
    await tx.execute(
        "UPDATE webhooks SET ended_at = $2, ended_why = 'gone' WHERE id = $1 AND ended_at IS NULL",
        webhook_id,
        now,
    )


async def add_messages(
    tx: Connection, *, alliance_id: UUID, event_id: UUID, type: str, body: str, now: datetime
) -> None:
    """One for each platform of the alliance; once for each event."""
    told = await tx.fetch("SELECT id FROM webhooks WHERE alliance_id = $1 AND ended_at IS NULL", alliance_id)
    await tx.execute(
        """
        INSERT INTO webhook_messages (id, webhook_id, event_id, type, body, created_at)
        SELECT message_id, webhook_id, $1, $2, $3, $4
        FROM unnest($5::uuid[], $6::uuid[]) AS message (message_id, webhook_id)
        ON CONFLICT (webhook_id, event_id) DO NOTHING
        """,
        event_id,
        type,
        body,
        now,
        [new_id() for _ in told],
        [row["id"] for row in told],
    )


async def take_due(
    tx: Connection, machine_now: datetime, *, held: timedelta, busy: Collection[UUID]
) -> Due | None:
    """The next to be tried, for none that is being told; for so long nobody else tries it."""
    row = await tx.fetchrow(
        """
        UPDATE webhook_messages AS message SET attempt = attempt + 1, due_at = $1 + $2
        FROM webhooks AS webhook
        WHERE webhook.id = message.webhook_id AND message.id = (
            SELECT waiting.id
            FROM webhook_messages AS waiting JOIN webhooks ON webhooks.id = waiting.webhook_id
            WHERE waiting.state = 'pending' AND waiting.due_at <= $1 AND webhooks.ended_at IS NULL
                  AND webhooks.id <> ALL ($3::uuid[])
            ORDER BY waiting.due_at
            LIMIT 1
            FOR UPDATE OF waiting SKIP LOCKED
        )
        RETURNING message.id, webhook_id, url, body, attempt, queued_at, generation, rotated_at
        """,
        machine_now,
        held,
        list(busy),
    )
    return None if row is None else Due(**dict(row))


async def settle(tx: Connection, due: Due, outcome: Again | Over, *, now: datetime) -> None:
    """What came of an attempt, unless somebody else has taken it over since."""
    state = "pending" if isinstance(outcome, Again) else "accepted" if outcome.accepted else "failed"
    await tx.execute(
        """
        UPDATE webhook_messages
        SET state = $3, due_at = coalesce($4, due_at), settled_at = $5, reason = $6
        WHERE id = $1 AND attempt = $2 AND state = 'pending'
        """,
        due.id,
        due.attempt,
        state,
        outcome.due_at if isinstance(outcome, Again) else None,
        now if isinstance(outcome, Over) else None,
        outcome.reason,
    )


async def messages_of(
    connection: Connection, webhook_id: UUID, *, state: State | None, before: UUID | None, limit: int
) -> Sequence[Message]:
    """What a platform was told, the newest first."""
    rows = await connection.fetch(
        """
        SELECT id, type, state, attempt, reason, created_at, settled_at FROM webhook_messages
        WHERE webhook_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4
        """,
        webhook_id,
        state,
        before,
        limit,
    )
    return [Message(**dict(row)) for row in rows]


async def replay(tx: Connection, webhook_id: UUID, message_id: UUID) -> Message:
    """It is sent again, under its own id; one that still waits, at once. Raises NotFound."""
    row = await tx.fetchrow(
        """
        UPDATE webhook_messages
        SET state = 'pending', attempt = attempt + 1, reason = '', settled_at = NULL,
            due_at = clock_timestamp(), queued_at = clock_timestamp()
        WHERE id = $2 AND webhook_id = $1
        RETURNING id, type, state, attempt, reason, created_at, settled_at
        """,
        webhook_id,
        message_id,
    )
    return Message(**dict(_found(row)))


def _webhook(row: Any) -> Webhook:
    return Webhook(**{name: row[name] for name in Webhook.__dataclass_fields__})


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
