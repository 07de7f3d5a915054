"""What the alliance told of its places and members, and what a filing needs to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.categories import Catalogue
from services.complaints.clocks import Timetable
from services.complaints.commands import Filing, Place
from services.complaints.people import Office
from services.complaints.storage.categories import CATALOGUES
from services.complaints.storage.charters import timetable
from shared.clock import end_of_day
from shared.persistence.database import Connection


@dataclass(frozen=True)
class Known:
    """What the projections know of what a filing names."""

    place: Place | None
    traders: tuple[UUID, ...]
    respondent: bool
    beneficiary: bool
    at_home: bool
    """Whether whoever it is filed for lives where the one who files it does."""
    timetable: Timetable
    catalogue: Catalogue


async def known_for_filing(
    tx: Connection, filing: Filing, alliance_id: UUID, today: date, *, by: UUID | None
) -> Known:
    """All a filing needs to know, in one question."""
    row = await tx.fetchrow(
        """
        SELECT
            place.place_id, place.block_id, place.building_id,
            ARRAY(SELECT DISTINCT member_id FROM occupancies
                  WHERE place_id = place.place_id AND kind = 'trades'
                    AND from_day <= $5 AND (until_day IS NULL OR until_day >= $5)) AS traders,
            EXISTS (SELECT FROM members WHERE member_id = $3 AND alliance_id = $1) AS respondent,
            EXISTS (SELECT FROM members WHERE member_id = $4 AND alliance_id = $1) AS beneficiary,
            EXISTS (SELECT FROM occupancies AS own JOIN occupancies AS other USING (place_id, kind)
                    WHERE own.member_id = $6 AND other.member_id = $4 AND kind = 'lives'
                      AND own.from_day <= $5 AND (own.until_day IS NULL OR own.until_day >= $5)
                      AND other.from_day <= $5 AND (other.until_day IS NULL OR other.until_day >= $5)) AS at_home,
            (SELECT revision FROM charters WHERE alliance_id = $1) AS revision
        FROM (SELECT) AS always
        LEFT JOIN places AS place ON place.place_id = $2 AND place.alliance_id = $1
        """,
        alliance_id,
        filing.place_id,
        filing.respondent_id,
        filing.on_behalf_of,
        today,
        by,
    )
    assert row is not None  # noqa: S101
    place = Place(row["place_id"], row["block_id"], row["building_id"]) if row["place_id"] else None
    counted = await timetable(tx, alliance_id, row["revision"])
    offered = await CATALOGUES.of(tx, alliance_id, row["revision"])
    return Known(
        place,
        tuple(row["traders"]),
        row["respondent"],
        row["beneficiary"],
        row["at_home"],
        counted,
        offered,
    )


async def is_member(connection: Connection, member_id: UUID, alliance_id: UUID) -> bool:
    """Whether the alliance told us of this member."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM members WHERE member_id = $1 AND alliance_id = $2)",
        member_id,
        alliance_id,
    )
    return found


async def lives_in(connection: Connection, member_id: UUID, building_id: UUID, on: date) -> bool:
    """Whether somebody lived in that building on that day."""
    found: bool = await connection.fetchval(
        """
        SELECT EXISTS (SELECT FROM occupancies JOIN places USING (place_id)
                       WHERE member_id = $1 AND kind = 'lives' AND building_id = $2
                         AND from_day <= $3 AND (until_day IS NULL OR until_day >= $3))
        """,
        member_id,
        building_id,
        on,
    )
    return found


async def alliance_of_place(connection: Connection, place_id: UUID) -> UUID | None:
    """The alliance in whose register a place stands."""
    found: UUID | None = await connection.fetchval(
        "SELECT alliance_id FROM places WHERE place_id = $1", place_id
    )
    return found


async def keep_place(tx: Connection, place: Place, alliance_id: UUID) -> None:
    """A place as the alliance last told it."""
    await tx.execute(
        """
        INSERT INTO places (place_id, alliance_id, block_id, building_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (place_id) DO UPDATE SET block_id = excluded.block_id, building_id = excluded.building_id
        """,
        place.place_id,
        alliance_id,
        place.block_id,
        place.building_id,
    )


async def keep_member(tx: Connection, member_id: UUID, alliance_id: UUID, *, coordinates: bool) -> None:
    """A member as the alliance last told it."""
    await tx.execute(
        """
        INSERT INTO members (member_id, alliance_id, coordinates) VALUES ($1, $2, $3)
        ON CONFLICT (member_id) DO UPDATE SET coordinates = excluded.coordinates
        """,
        member_id,
        alliance_id,
        coordinates,
    )


async def keep_offices(tx: Connection, alliance_id: UUID, member_id: UUID, held: Sequence[Office]) -> None:
    """The roles a member holds, as the alliance last told them."""
    await tx.execute("DELETE FROM offices WHERE member_id = $1", member_id)
    await tx.executemany(
        "INSERT INTO offices (member_id, alliance_id, role, place_id) VALUES ($1, $2, $3, $4)",
        [(member_id, alliance_id, office.role, office.place_id) for office in held],
    )


async def holds_office(connection: Connection, member_id: UUID, alliance_id: UUID, role: str) -> bool:
    """Whether somebody of the alliance holds that role."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM offices WHERE member_id = $1 AND alliance_id = $2 AND role = $3)",
        member_id,
        alliance_id,
        role,
    )
    return found


async def keep_occupancy(
    tx: Connection, occupancy_id: UUID, member_id: UUID, place_id: UUID, *, kind: str, from_day: date
) -> None:
    """Somebody's time at a place. Told again, it changes nothing, and an end already told stays."""
    await tx.execute(
        """
        INSERT INTO occupancies (occupancy_id, member_id, place_id, kind, from_day) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (occupancy_id) DO NOTHING
        """,
        occupancy_id,
        member_id,
        place_id,
        kind,
        from_day,
    )


async def end_occupancy(tx: Connection, occupancy_id: UUID, until_day: date) -> None:
    """Its last day is known."""
    await tx.execute("UPDATE occupancies SET until_day = $2 WHERE occupancy_id = $1", occupancy_id, until_day)


LEAVING = "leaving"
"""The timer of an occupancy whose last day is still to come."""


async def remember_leaving(tx: Connection, occupancy_id: UUID, until_day: date) -> None:
    """Looked at again when its last day is over."""
    await tx.execute(
        """
        INSERT INTO timers (dedupe_key, aggregate_id, kind, due_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (dedupe_key) DO NOTHING
        """,
        f"{LEAVING}/{occupancy_id}",
        occupancy_id,
        LEAVING,
        end_of_day(until_day),
    )


async def left_by(tx: Connection, occupancy_id: UUID) -> list[tuple[UUID, UUID, date]]:
    """The cases, as which party, and the day on which somebody left by the end of that occupancy.

    A respondent is concerned by the place complained of; a complainant by where they lived or traded when they
    filed, wherever that is, so that the last of these places counts.
    """
    rows = await tx.fetch(
        """
        SELECT parties.case_id, parties.party_id, ended.until_day
        FROM occupancies AS ended
        JOIN parties ON parties.member_id = ended.member_id AND parties.standing = 'party'
        JOIN cases ON cases.id = parties.case_id AND cases.stage <> 'closed'
        WHERE ended.occupancy_id = $1 AND ended.kind IN ('lives', 'trades')
            AND (parties.side = 'complainant' OR cases.place_id = ended.place_id)
            AND NOT EXISTS (
                SELECT FROM occupancies AS other
                WHERE other.member_id = ended.member_id
                    AND other.kind IN ('lives', 'trades')
                    AND (other.until_day IS NULL OR other.until_day > ended.until_day)
                    AND CASE parties.side
                        WHEN 'respondent' THEN other.place_id = cases.place_id
                        ELSE other.from_day <= ((cases.state #>> '{file,filed_at}')::timestamptz
                                                AT TIME ZONE 'Asia/Shanghai')::date
                    END
            )
        ORDER BY parties.case_id
        """,
        occupancy_id,
    )
    return [(row["case_id"], row["party_id"], row["until_day"]) for row in rows]
