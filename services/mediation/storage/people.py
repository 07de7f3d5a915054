"""What the alliance service has told of people and places, and whose turn it is to mediate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.mediation.decisions.conflict import Occupancy, Person
from services.mediation.decisions.rota import Turn
from services.mediation.decisions.shop_hours import ShopHours
from services.mediation.events import MediatorRemoved
from services.mediation.state import Matter
from shared.persistence.database import Connection

_SHOP_HOURS = TypeAdapter(ShopHours)


async def keep_place(
    tx: Connection, place_id: UUID, alliance_id: UUID, *, building_id: UUID | None, hours: ShopHours
) -> None:
    await tx.execute(
        """
        INSERT INTO known_places (place_id, alliance_id, building_id, shop_hours) VALUES ($1, $2, $3, $4)
        ON CONFLICT (place_id) DO UPDATE
        SET building_id = excluded.building_id, shop_hours = excluded.shop_hours
        """,
        place_id,
        alliance_id,
        building_id,
        _SHOP_HOURS.dump_json(hours).decode(),
    )


async def shops_of(
    connection: Connection, member_ids: Sequence[UUID], *, on: date
) -> dict[UUID, tuple[ShopHours, ...]]:
    """The hours of every shop in which each of these trades on that day."""
    rows = await connection.fetch(
        """
        SELECT member_id, shop_hours FROM known_occupancies JOIN known_places USING (place_id)
        WHERE member_id = ANY ($1) AND kind = 'trades' AND shop_hours IS NOT NULL
          AND from_day <= $2 AND (until_day IS NULL OR until_day >= $2)
        """,
        member_ids,
        on,
    )
    return {
        member_id: tuple(
            _SHOP_HOURS.validate_json(row["shop_hours"]) for row in rows if row["member_id"] == member_id
        )
        for member_id in member_ids
    }


async def keep_member(
    tx: Connection, member_id: UUID, alliance_id: UUID, *, roles: Sequence[str], signs_in: bool | None
) -> None:
    await tx.execute(
        """
        INSERT INTO known_members (member_id, alliance_id, roles, signs_in) VALUES ($1, $2, $3, $4)
        ON CONFLICT (member_id) DO UPDATE SET roles = excluded.roles, signs_in = excluded.signs_in
        """,
        member_id,
        alliance_id,
        roles,
        signs_in,
    )


async def without_account(connection: Connection, member_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of whom we were told that they cannot sign in; of whom nothing was said may be able to."""
    rows = await connection.fetch(
        "SELECT member_id FROM known_members WHERE member_id = ANY ($1) AND NOT signs_in", member_ids
    )
    return frozenset(row["member_id"] for row in rows)


async def keep_occupancy(
    tx: Connection,
    occupancy_id: UUID,
    *,
    member_id: UUID,
    alliance_id: UUID,
    occupancy: Occupancy,
    from_day: date,
) -> None:
    await tx.execute(
        """
        INSERT INTO known_occupancies (occupancy_id, member_id, alliance_id, place_id, building_id, kind,
                                       trade, from_day)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (occupancy_id) DO NOTHING
        """,
        occupancy_id,
        member_id,
        alliance_id,
        occupancy.place_id,
        occupancy.building_id,
        occupancy.kind,
        occupancy.trade,
        from_day,
    )


async def end_occupancy(tx: Connection, occupancy_id: UUID, *, until_day: date) -> None:
    await tx.execute(
        "UPDATE known_occupancies SET until_day = $2 WHERE occupancy_id = $1", occupancy_id, until_day
    )


async def keep_kinship(tx: Connection, member_id: UUID, relative_id: UUID, alliance_id: UUID) -> None:
    await tx.execute(
        """
        INSERT INTO known_kin (member_id, relative_id, alliance_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        """,
        member_id,
        relative_id,
        alliance_id,
    )


async def building_of(connection: Connection, place_id: UUID | None) -> UUID | None:
    """The building a place is in, if we have been told."""
    found: UUID | None = await connection.fetchval(
        "SELECT building_id FROM known_places WHERE place_id = $1", place_id
    )
    return found


async def people(connection: Connection, member_ids: Sequence[UUID], *, on: date) -> dict[UUID, Person]:
    """What bears on these members' impartiality on that day; somebody unheard of is there without facts."""
    occupied = await connection.fetch(
        """
        SELECT member_id, place_id, building_id, kind, trade FROM known_occupancies
        WHERE member_id = ANY ($1) AND from_day <= $2 AND (until_day IS NULL OR until_day >= $2)
        """,
        member_ids,
        on,
    )
    related = await connection.fetch(
        """
        SELECT member_id, relative_id FROM known_kin WHERE member_id = ANY ($1)
        UNION SELECT relative_id, member_id FROM known_kin WHERE relative_id = ANY ($1)
        """,
        member_ids,
    )
    return {
        member_id: Person(
            member_id,
            tuple(
                Occupancy(row["place_id"], row["building_id"], row["kind"], row["trade"])
                for row in occupied
                if row["member_id"] == member_id
            ),
            frozenset(row["relative_id"] for row in related if row["member_id"] == member_id),
        )
        for member_id in member_ids
    }


async def mediators(connection: Connection, alliance_id: UUID) -> list[UUID]:
    """Everybody who may be asked to mediate in this alliance."""
    rows = await connection.fetch(
        """
        SELECT member_id FROM known_members
        WHERE alliance_id = $1 AND 'mediator' = ANY (roles)
        ORDER BY member_id
        """,
        alliance_id,
    )
    return [row["member_id"] for row in rows]


async def roles_of(connection: Connection, alliance_id: UUID, member_id: UUID) -> frozenset[str] | None:
    """What a member of the alliance is; None for somebody we have not been told of."""
    roles: list[str] | None = await connection.fetchval(
        "SELECT roles FROM known_members WHERE alliance_id = $1 AND member_id = $2", alliance_id, member_id
    )
    return None if roles is None else frozenset(roles)


async def turns(connection: Connection, mediator_ids: Sequence[UUID], *, since: datetime) -> list[Turn]:
    """How often these were asked since then, and when last; turns that were given back were none."""
    rows = await connection.fetch(
        """
        SELECT mediator_id, count(asked_at) FILTER (WHERE asked_at >= $2) AS recent, max(asked_at) AS last
        FROM unnest($1::uuid[]) AS mediator (mediator_id)
        LEFT JOIN turns USING (mediator_id)
        GROUP BY mediator_id
        """,
        mediator_ids,
        since,
    )
    return [Turn(row["mediator_id"], row["recent"], row["last"]) for row in rows]


async def keep_entry(tx: Connection, matter: Matter, removed: MediatorRemoved) -> None:
    """What the committee keeps about a mediator who was taken off (调解员履职记录)."""
    await tx.execute(
        """
        INSERT INTO mediator_entries (mediation_id, mediator_id, alliance_id, reference, kind, note, entered_at)
        VALUES ($1, $2, $3, $4, 'conflict_discovered', $5, $6)
        """,
        matter.mediation_id,
        removed.mediator,
        matter.alliance_id,
        matter.reference,
        removed.note,
        removed.at,
    )


@dataclass(frozen=True)
class Entry:
    """That a mediator was taken off a matter, and what was noted about it."""

    mediation_id: UUID
    reference: str
    kind: str
    note: str
    entered_at: datetime


async def entries(connection: Connection, alliance_id: UUID) -> dict[UUID, list[Entry]]:
    """What is kept about each mediator of the alliance, the oldest first."""
    rows = await connection.fetch(
        """
        SELECT mediator_id, mediation_id, reference, kind, note, entered_at FROM mediator_entries
        WHERE alliance_id = $1 ORDER BY entered_at
        """,
        alliance_id,
    )
    found: dict[UUID, list[Entry]] = {}
    for row in rows:
        about = dict(row)
        found.setdefault(about.pop("mediator_id"), []).append(Entry(**about))
    return found


async def keep_turn(tx: Connection, mediation_id: UUID, mediator_id: UUID, asked_at: datetime) -> None:
    await tx.execute(
        """
        INSERT INTO turns (mediation_id, mediator_id, asked_at) VALUES ($1, $2, $3)
        ON CONFLICT (mediation_id, mediator_id) DO UPDATE SET asked_at = excluded.asked_at
        """,
        mediation_id,
        mediator_id,
        asked_at,
    )


async def give_back_turn(tx: Connection, mediation_id: UUID, mediator_id: UUID) -> None:
    """A session to which somebody did not come was nobody's turn."""
    await tx.execute(
        "DELETE FROM turns WHERE mediation_id = $1 AND mediator_id = $2", mediation_id, mediator_id
    )


async def count_held(tx: Connection, mediation_id: UUID, mediator_id: UUID, held_at: datetime) -> None:
    """Who held a session had their turn: from when they were asked, or, where that was given back, from now."""
    await tx.execute(
        """
        INSERT INTO turns (mediation_id, mediator_id, asked_at) VALUES ($1, $2, $3)
        ON CONFLICT (mediation_id, mediator_id) DO NOTHING
        """,
        mediation_id,
        mediator_id,
        held_at,
    )
