"""When mediators, rooms and people can be had, and what is booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from services.mediation.decisions.slots import Availability, Room
from services.mediation.state import Span
from shared.errors import Refused
from shared.persistence.database import Connection

_AVAILABILITY = TypeAdapter(Availability)


@dataclass(frozen=True)
class Booking:
    """A person or a room, taken for a time; the buffer after a session is part of it."""

    resource: UUID
    span: Span


async def rebook(tx: Connection, mediation_id: UUID, bookings: Iterable[Booking]) -> None:
    """Puts these bookings in the place of the mediation's earlier ones. Raises Refused("already_booked").

    The exclusion constraint decides; the locks, taken in one order and before anything is given up, only
    keep writers who want the same people from deadlocking over it.
    """
    wanted = sorted(bookings, key=lambda booking: booking.resource)
    await tx.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(resource::text, 0)) FROM unnest($1::uuid[]) AS resource",
        [booking.resource for booking in wanted],
    )
    await tx.execute("DELETE FROM bookings WHERE mediation_id = $1", mediation_id)
    try:
        await tx.execute(
            """
            INSERT INTO bookings (mediation_id, resource, during)
            SELECT $1, resource, tstzrange(starts_at, ends_at)
            FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS wanted (resource, starts_at, ends_at)
            """,
            mediation_id,
            [booking.resource for booking in wanted],
            [booking.span.starts_at for booking in wanted],
            [booking.span.ends_at for booking in wanted],
        )
    except asyncpg.ExclusionViolationError:
        raise Refused("already_booked") from None


async def booked(
    connection: Connection, resources: Sequence[UUID], *, but_not_for: UUID
) -> dict[UUID, tuple[Span, ...]]:
    """When these are taken, by other mediations than that one."""
    rows = await connection.fetch(
        """
        SELECT resource, lower(during) AS starts_at, upper(during) AS ends_at FROM bookings
        WHERE resource = ANY ($1) AND mediation_id <> $2
        """,
        resources,
        but_not_for,
    )
    return {
        resource: tuple(Span(row["starts_at"], row["ends_at"]) for row in rows if row["resource"] == resource)
        for resource in resources
    }


@dataclass(frozen=True)
class NamedRoom:
    """A room as people know it."""

    room_id: UUID
    code: str
    name: str
    availability: Availability


async def rooms(connection: Connection, alliance_id: UUID) -> list[NamedRoom]:
    """The alliance's rooms."""
    rows = await connection.fetch(
        "SELECT id, code, name, availability FROM rooms WHERE alliance_id = $1 ORDER BY code", alliance_id
    )
    return [
        NamedRoom(row["id"], row["code"], row["name"], _AVAILABILITY.validate_json(row["availability"]))
        for row in rows
    ]


@dataclass(frozen=True)
class FixedSession:
    """A session that is fixed, and whose it is."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    span: Span


async def fixed_in(connection: Connection, room_id: UUID, *, since: datetime) -> list[FixedSession]:
    """The sessions of that room that have not begun, the first one first."""
    rows = await connection.fetch(
        """
        SELECT id, case_id, reference, starts_at, ends_at
        FROM bookings
        JOIN mediations ON id = mediation_id
        CROSS JOIN LATERAL jsonb_to_record(state -> 'session') AS fixed (starts_at timestamptz, ends_at timestamptz)
        WHERE resource = $1 AND status = 'scheduled' AND starts_at > $2
        ORDER BY starts_at
        """,
        room_id,
        since,
    )
    return [
        FixedSession(row["id"], row["case_id"], row["reference"], Span(row["starts_at"], row["ends_at"]))
        for row in rows
    ]


async def bookable_rooms(connection: Connection, alliance_id: UUID, *, but_not_for: UUID) -> tuple[Room, ...]:
    """The rooms with what is booked in them."""
    known = await rooms(connection, alliance_id)
    busy = await booked(connection, [room.room_id for room in known], but_not_for=but_not_for)
    return tuple(Room(room.room_id, room.code, room.availability, busy[room.room_id]) for room in known)


async def keep_room(
    tx: Connection, room_id: UUID, alliance_id: UUID, *, code: str, name: str, availability: Availability
) -> UUID:
    """A new room, or a known one's new name and hours; the id it has either way."""
    kept: UUID = await tx.fetchval(
        """
        INSERT INTO rooms (id, alliance_id, code, name, availability) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (alliance_id, code) DO UPDATE
        SET name = excluded.name, availability = excluded.availability
        RETURNING id
        """,
        room_id,
        alliance_id,
        code,
        name,
        _AVAILABILITY.dump_json(availability).decode(),
    )
    return kept


async def keep_feed(tx: Connection, mediator_id: UUID, alliance_id: UUID, feed_id: UUID) -> None:
    """The mediator's calendar is found under this id from now on, and under no earlier one."""
    await tx.execute(
        """
        INSERT INTO calendar_feeds (mediator_id, alliance_id, feed_id) VALUES ($1, $2, $3)
        ON CONFLICT (mediator_id) DO UPDATE SET alliance_id = excluded.alliance_id, feed_id = excluded.feed_id
        """,
        mediator_id,
        alliance_id,
        feed_id,
    )


async def mediator_of_feed(connection: Connection, feed_id: UUID) -> UUID | None:
    """Whose calendar it is, while they are a mediator."""
    found: UUID | None = await connection.fetchval(
        """
        SELECT mediator_id FROM calendar_feeds JOIN known_members ON member_id = mediator_id
        WHERE feed_id = $1 AND 'mediator' = ANY (roles)
        """,
        feed_id,
    )
    return found


async def mediator_availability(
    connection: Connection, mediator_ids: Sequence[UUID]
) -> dict[UUID, Availability]:
    """When these can be had; who named no hours has none."""
    rows = await connection.fetch(
        "SELECT mediator_id, availability FROM mediator_availability WHERE mediator_id = ANY ($1)",
        mediator_ids,
    )
    named = {row["mediator_id"]: _AVAILABILITY.validate_json(row["availability"]) for row in rows}
    return {mediator_id: named.get(mediator_id, Availability()) for mediator_id in mediator_ids}


async def keep_mediator_availability(
    tx: Connection, mediator_id: UUID, alliance_id: UUID, availability: Availability
) -> None:
    await tx.execute(
        """
        INSERT INTO mediator_availability (mediator_id, alliance_id, availability) VALUES ($1, $2, $3)
        ON CONFLICT (mediator_id) DO UPDATE SET availability = excluded.availability
        """,
        mediator_id,
        alliance_id,
        _AVAILABILITY.dump_json(availability).decode(),
    )
