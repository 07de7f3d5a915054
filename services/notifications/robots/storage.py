"""SQL of the robots and what was said through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.notifications.decisions import Mail, Sending, Settled
from services.notifications.quiet import Nights
from services.notifications.robots.messages import Word
from services.notifications.robots.platforms import Platform
from services.notifications.storage import columns_of
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence.database import Connection
from shared.texts import Language

MOST_WORDS = 10
"""Said in one message; WeCom takes 2048 bytes."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Robot:
    """A robot without what opens its group, and what came of the last message."""

    id: UUID
    platform: Platform
    name: str
    language: Language
    registered_at: datetime
    ended_at: datetime | None
    ended_why: str | None
    last_state: str | None = None
    last_reason: str | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Said:
    """A word that a worker is saying."""

    id: UUID
    word: Word
    mail: Sending


@dataclass(frozen=True)
class Batch:
    """What is said through one robot in one message."""

    robot_id: UUID
    platform: Platform
    language: Language
    sealed: bytes
    said: tuple[Said, ...]


_ROBOT = """
    SELECT robot.id, robot.platform, robot.name, robot.language, robot.registered_at, robot.ended_at,
           robot.ended_why, last.state AS last_state, last.reason AS last_reason, last.settled_at AS last_at
    FROM robots AS robot
         LEFT JOIN LATERAL (SELECT state, reason, settled_at FROM robot_messages
                            WHERE robot_id = robot.id AND settled_at IS NOT NULL
                            ORDER BY settled_at DESC LIMIT 1) AS last ON true
"""


async def add_robot(
    tx: Connection,
    robot_id: UUID,
    *,
    alliance_id: UUID,
    platform: Platform,
    name: str,
    language: Language,
    sealed: bytes,
    by: UUID,
    now: datetime,
) -> Robot:
    """A group that is told from now on."""
    await tx.execute(
        """
        INSERT INTO robots (id, alliance_id, platform, name, language, sealed, registered_by, registered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        robot_id,
        alliance_id,
        platform,
        name,
        language,
        sealed,
        by,
        now,
    )
    return await robot_of(tx, robot_id, alliance_id=alliance_id)


async def robots_of(connection: Connection, alliance_id: UUID) -> Sequence[Robot]:
    """All of the alliance, ended ones too, the newest first."""
    rows = await connection.fetch(
        f"{_ROBOT} WHERE robot.alliance_id = $1 ORDER BY robot.id DESC", alliance_id
    )
    return [Robot(**dict(row)) for row in rows]


async def robot_of(connection: Connection, robot_id: UUID, *, alliance_id: UUID) -> Robot:
    """One of the alliance. Raises NotFound."""
    row = await connection.fetchrow(
        f"{_ROBOT} WHERE robot.id = $1 AND robot.alliance_id = $2", robot_id, alliance_id
    )
    if row is None:
        raise NotFound
    return Robot(**dict(row))


async def end_robot(tx: Connection, robot_id: UUID, why: str, now: datetime) -> None:
    """Nothing more is said through it, also not what waits."""
    await tx.execute(
        """
        WITH ended AS (
            UPDATE robots SET ended_at = $3, ended_why = $2, sealed = ''
            WHERE id = $1 AND ended_at IS NULL
        )
        UPDATE robot_messages SET state = 'failed', reason = 'robot_ended', settled_at = $3
        WHERE robot_id = $1 AND state = 'pending'
        """,
        robot_id,
        why,
        now,
    )


async def add_word(
    tx: Connection,
    word: Word,
    *,
    alliance_id: UUID,
    event_id: UUID,
    now: datetime,
    robot_id: UUID | None = None,
) -> None:
    """To be said by that robot, else by every one of the alliance; once for each event."""
    told = await tx.fetch(
        "SELECT id FROM robots WHERE alliance_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id = $2)",
        alliance_id,
        robot_id,
    )
    await tx.execute(
        """
        INSERT INTO robot_messages (id, robot_id, event_id, case_id, reference, stage, urgent, created_at)
        SELECT message_id, robot_id, $1, $2, $3, $4, $5, $6
        FROM unnest($7::uuid[], $8::uuid[]) AS message (message_id, robot_id)
        ON CONFLICT (robot_id, event_id) DO NOTHING
        """,
        event_id,
        word.case_id,
        word.reference,
        word.stage,
        word.urgent,
        now,
        [new_id() for _ in told],
        [row["id"] for row in told],
    )


async def take_batch(
    tx: Connection, machine_now: datetime, *, now: datetime, nights: Nights, per_minute: int, lease: timedelta
) -> Batch | None:
    """What has gathered for the robot whose turn it is, as far as it is not night and its minute has room.

    One message after the other is said through a robot, so that they come in order. That is asked again under the
    robot's lock: the first look may be older than what another lane has committed since.
    """
    robot = await tx.fetchrow(
        """
        SELECT robot.id, robot.alliance_id, robot.platform, robot.language, robot.sealed
        FROM robots AS robot
        WHERE robot.ended_at IS NULL
          AND EXISTS (SELECT FROM robot_messages AS message
                      WHERE message.robot_id = robot.id AND message.state = 'pending' AND message.due_at <= $1
                        AND (message.urgent OR (robot.alliance_id = ANY ($2)) = $3))
          AND NOT EXISTS (SELECT FROM robot_messages WHERE robot_id = robot.id AND state = 'sending')
          AND (SELECT count(DISTINCT sent_at) FROM robot_messages
               WHERE robot_id = robot.id AND sent_at > $1 - $4::interval) < $5
        LIMIT 1
        FOR UPDATE OF robot SKIP LOCKED
        """,
        machine_now,
        nights.differing(now),
        nights.usual.hold(now),
        MINUTE,
        per_minute,
    )
    if robot is None:
        return None
    rows = await tx.fetch(
        """
        UPDATE robot_messages AS message
        SET state = 'sending', attempt = attempt + 1, due_at = $2 + $3::interval, sent_at = $2
        WHERE id IN (SELECT id FROM robot_messages
                     WHERE robot_id = $1 AND state = 'pending' AND due_at <= $2 AND (urgent OR NOT $4)
                     ORDER BY urgent DESC, id LIMIT $5)
          AND NOT EXISTS (SELECT FROM robot_messages WHERE robot_id = $1 AND state = 'sending')
          AND (SELECT count(DISTINCT sent_at) FROM robot_messages
               WHERE robot_id = $1 AND sent_at > $2 - $6::interval) < $7
        RETURNING id, case_id, reference, stage, urgent, attempt, queued_at, due_at
        """,
        robot["id"],
        machine_now,
        lease,
        nights.of(robot["alliance_id"]).hold(now),
        MOST_WORDS,
        MINUTE,
        per_minute,
    )
    if not rows:
        return None
    said = tuple(_said(row) for row in sorted(rows, key=lambda row: (not row["urgent"], row["id"])))
    return Batch(robot["id"], robot["platform"], robot["language"], robot["sealed"], said)


async def settle(tx: Connection, message_id: UUID, mail: Mail, *, now: datetime) -> None:
    """What came of an attempt, unless somebody has given up on it since."""
    state, reason, due_at = columns_of(mail)
    await tx.execute(
        """
        UPDATE robot_messages
        SET state = $3, reason = $4, due_at = coalesce($5, due_at), settled_at = $6
        WHERE id = $1 AND attempt = $2 AND state IN ('sending', 'unknown')
        """,
        message_id,
        mail.attempt,
        state,
        reason,
        due_at,
        now if isinstance(mail, Settled) else None,
    )


async def settle_abandoned(tx: Connection, machine_now: datetime, *, now: datetime) -> int:
    """How many nobody reported on in time: whether they were said, nobody knows."""
    rows = await tx.fetch(
        """
        UPDATE robot_messages SET state = 'unknown', reason = 'lease_over', settled_at = $2
        WHERE state = 'sending' AND due_at <= $1
        RETURNING id
        """,
        machine_now,
        now,
    )
    return len(rows)


def _said(row: Any) -> Said:
    word = Word(row["case_id"], row["reference"], row["stage"], row["urgent"])
    return Said(row["id"], word, Sending(row["attempt"], row["queued_at"], row["due_at"]))
