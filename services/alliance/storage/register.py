"""Alliances, places and members as rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import asyncpg

from services.alliance.contact import Contact
from services.alliance.decisions.members import Erased, Member, MemberState
from services.alliance.decisions.places import Place, PlaceState
from services.alliance.events import MemberEvent, PlaceEvent
from shared.errors import Invalid, NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

S = TypeVar("S")

PLACES: Codec[PlaceState] = Codec(Place)
PLACE_EVENTS: Codec[PlaceEvent] = Codec(PlaceEvent)
MEMBERS: Codec[MemberState] = Codec(Member | Erased)
MEMBER_EVENTS: Codec[MemberEvent] = Codec(MemberEvent)

_TAKEN = {"members_email_taken": "/email", "members_phone_taken": "/phone"}


async def put_alliance(tx: Connection, alliance_id: UUID, name: str, now: datetime) -> None:
    """Founds the alliance unless it is there."""
    await tx.execute(
        "INSERT INTO alliances (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
        alliance_id,
        name,
        now,
    )


async def rename_alliance(
    tx: Connection, alliance_id: UUID, *, name: str, contact: str | None, by: UUID, now: datetime
) -> None:
    """Says what it is called and how it is reached, and keeps what was said before; the same again changes nothing."""
    await tx.execute(
        """
        WITH before AS (
            SELECT id, name, contact FROM alliances
            WHERE id = $1 AND (name, contact) IS DISTINCT FROM ($2::text, $3::text)
            FOR UPDATE
        ), kept AS (
            INSERT INTO alliance_former_names (alliance_id, name, contact, changed_by, changed_at)
            SELECT id, name, contact, $4, $5 FROM before
        )
        UPDATE alliances SET name = $2, contact = $3 FROM before WHERE alliances.id = before.id
        """,
        alliance_id,
        name,
        contact,
        by,
        now,
    )


async def lock_place(tx: Connection, place_id: UUID) -> Aggregate[PlaceState]:
    """The place, held until the transaction ends. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT id, alliance_id, state_type, state, version, head FROM places WHERE id = $1 FOR UPDATE",
        place_id,
    )
    return _aggregate(row, PLACES)


async def save_place(tx: Connection, change: Change[PlaceState]) -> None:
    place = change.after.state
    assert isinstance(place, Place)  # noqa: S101 - only registered places are saved
    state_type, state = PLACES.dump(place)
    await saving.save(
        tx,
        change,
        """
        INSERT INTO places (id, alliance_id, version, head, state_type, state, sort_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE
        SET version = excluded.version, head = excluded.head, state_type = excluded.state_type,
            state = excluded.state, sort_key = excluded.sort_key
        """,
        change.after.id,
        change.after.alliance_id,
        change.after.version,
        change.after.head,
        state_type,
        state.decode(),
        sort_key(place.name),
    )


def sort_key(name: str) -> str:
    """Orders 山北路95号 before 山北路112号, as a person would."""
    return re.sub(r"[0-9]+", lambda number: number[0].zfill(6), name)


async def places_known(tx: Connection, alliance_id: UUID, ids: Collection[UUID]) -> dict[UUID, Place]:
    """Those of `ids` that are places of the alliance."""
    if not ids:
        return {}
    rows = await tx.fetch(
        "SELECT id, state FROM places WHERE id = ANY($1) AND alliance_id = $2", list(ids), alliance_id
    )
    found = {row["id"]: PLACES.load(Place.__name__, row["state"]) for row in rows}
    return {place_id: place for place_id, place in found.items() if isinstance(place, Place)}


async def lock_member(tx: Connection, member_id: UUID) -> Aggregate[MemberState]:
    """The member, held until the transaction ends. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT id, alliance_id, state_type, state, version, head FROM members WHERE id = $1 FOR UPDATE",
        member_id,
    )
    return _aggregate(row, MEMBERS)


async def lock_member_of_occupancy(tx: Connection, occupancy_id: UUID) -> Aggregate[MemberState]:
    """Whose occupancy it is, held until the transaction ends. Raises NotFound."""
    row = await tx.fetchrow(
        """
        SELECT id, alliance_id, state_type, state, version, head FROM members
        WHERE state -> 'occupancies' @> jsonb_build_array(jsonb_build_object('id', $1::text))
        FOR UPDATE
        """,
        str(occupancy_id),
    )
    return _aggregate(row, MEMBERS)


async def save_member(tx: Connection, change: Change[MemberState]) -> None:
    """Raises Invalid when the contact is another member's."""
    state_type, state = MEMBERS.dump(change.after.state)
    try:
        await saving.save(
            tx,
            change,
            """
            INSERT INTO members (id, alliance_id, version, head, state_type, state)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE
            SET version = excluded.version, head = excluded.head, state_type = excluded.state_type,
                state = excluded.state
            """,
            change.after.id,
            change.after.alliance_id,
            change.after.version,
            change.after.head,
            state_type,
            state.decode(),
        )
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name not in _TAKEN:
            raise
        raise Invalid(_TAKEN[error.constraint_name], "contact_taken") from None


async def members_known(tx: Connection, alliance_id: UUID, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of `ids` that are members of the alliance."""
    if not ids:
        return frozenset()
    rows = await tx.fetch(
        "SELECT id FROM members WHERE id = ANY($1) AND alliance_id = $2", list(ids), alliance_id
    )
    return frozenset(row["id"] for row in rows)


async def member(tx: Connection, member_id: UUID) -> Aggregate[MemberState]:
    """The member as they are now. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT id, alliance_id, state_type, state, version, head FROM members WHERE id = $1", member_id
    )
    return _aggregate(row, MEMBERS)


async def member_with(tx: Connection, contact: Contact) -> Aggregate[MemberState] | None:
    """Whom the contact signs in, if anybody. Waits for a change of contact under way."""
    row = await tx.fetchrow(
        """
        SELECT id, alliance_id, state_type, state, version, head FROM members
        WHERE ($1 = 'email' AND email = $2) OR ($1 = 'phone' AND phone = $2)
        FOR SHARE
        """,
        contact.kind,
        contact.value,
    )
    return _aggregate(row, MEMBERS) if row else None


async def ids_in(tx: Connection, alliance_id: UUID) -> frozenset[UUID]:
    """Every place, member and covenant of the alliance."""
    rows = await tx.fetch(
        """
        SELECT id FROM places WHERE alliance_id = $1
        UNION ALL SELECT id FROM members WHERE alliance_id = $1
        UNION ALL SELECT id FROM covenants WHERE alliance_id = $1
        """,
        alliance_id,
    )
    return frozenset(row["id"] for row in rows)


def _aggregate(row: asyncpg.Record | None, codec: Codec[S]) -> Aggregate[S]:
    if row is None:
        raise NotFound
    state = codec.load(row["state_type"], row["state"])
    return Aggregate(row["id"], row["alliance_id"], state, row["version"], row["head"])
