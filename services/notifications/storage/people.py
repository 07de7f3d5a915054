"""SQL about people: where they are reached, which roles they hold, and how they want to be told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notifications.commands import ChoosePreferences
from services.notifications.wishes import OptionalGroup, Wishes
from shared.contracts import alliance, contacts
from shared.persistence.database import Connection


async def put_contact(
    tx: Connection,
    contact: contacts.ContactChanged,
    *,
    email: str | None,
    phone: str | None,
    told_at: datetime,
) -> None:
    """The member's contact as told last."""
    await tx.execute(
        """
        INSERT INTO contacts (member_id, alliance_id, display_name, email, phone, language, told_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (member_id) DO UPDATE
        SET display_name = excluded.display_name, email = excluded.email, phone = excluded.phone,
            language = excluded.language, told_at = excluded.told_at
        WHERE contacts.told_at <= excluded.told_at
        """,
        contact.member_id,
        contact.alliance_id,
        contact.display_name,
        email,
        phone,
        contact.language,
        told_at,
    )


async def forget_contact(tx: Connection, member_id: UUID, *, alliance_id: UUID, told_at: datetime) -> None:
    """Name, address, number, devices and wishes are gone; that they are, stays."""
    await tx.execute(
        """
        WITH forgotten AS (DELETE FROM preferences WHERE member_id = $1),
             devices AS (DELETE FROM push_subscriptions WHERE member_id = $1)
        INSERT INTO contacts (member_id, alliance_id, language, told_at) VALUES ($1, $2, 'zh-CN', $3)
        ON CONFLICT (member_id) DO UPDATE
        SET display_name = NULL, email = NULL, phone = NULL, language = excluded.language, told_at = excluded.told_at
        WHERE contacts.told_at <= excluded.told_at
        """,
        member_id,
        alliance_id,
        told_at,
    )


async def forget_member(tx: Connection, member_id: UUID) -> int:
    """Roles and homes are gone, and what records said that could not be read; how many homes there were."""
    await tx.execute("DELETE FROM members WHERE member_id = $1", member_id)
    await tx.execute("UPDATE dead_letters SET value = NULL WHERE key = $1", str(member_id).encode())
    homes = await tx.fetch("DELETE FROM occupancies WHERE member_id = $1 RETURNING id", member_id)
    return len(homes)


@dataclass(frozen=True)
class KnownContact:
    """Where somebody is reached, as told last."""

    display_name: str
    email: str | None
    phone: str | None


async def contact_of(connection: Connection, member_id: UUID) -> KnownContact | None:
    """The member's contact; None where it never came, or was erased."""
    row = await connection.fetchrow(
        """
        SELECT display_name, email, phone FROM contacts
        WHERE member_id = $1 AND display_name IS NOT NULL
        """,
        member_id,
    )
    return KnownContact(**dict(row)) if row else None


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached beside by mail; whoever was erased is not known."""

    known: bool
    by_text: bool


async def reach_of(tx: Connection, member_id: UUID) -> Reach:
    """What is known of the member now; somebody whose contact never came may yet be found at home."""
    row = await tx.fetchrow("SELECT display_name, phone FROM contacts WHERE member_id = $1", member_id)
    if row is None:
        return Reach(known=True, by_text=False)
    return Reach(known=row["display_name"] is not None, by_text=row["phone"] is not None)


async def put_occupancy(tx: Connection, started: alliance.OccupancyStarted) -> None:
    """Where the member lives, trades or works from now on."""
    await tx.execute(
        """
        INSERT INTO occupancies (id, alliance_id, member_id, place_id, building_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING
        """,
        started.occupancy_id,
        started.alliance_id,
        started.member_id,
        started.place_id,
        started.building_id,
    )


async def end_occupancy(tx: Connection, ended: alliance.OccupancyEnded) -> None:
    """Until when they did."""
    await tx.execute(
        "UPDATE occupancies SET until_day = $2 WHERE id = $1", ended.occupancy_id, ended.until_day
    )


async def put_member(tx: Connection, member: alliance.MemberRegistered, *, told_at: datetime) -> None:
    """The member's roles as told last."""
    await tx.execute(
        """
        INSERT INTO members (member_id, alliance_id, roles, language, told_at, captain_of)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (member_id) DO UPDATE
        SET alliance_id = excluded.alliance_id, roles = excluded.roles, language = excluded.language,
            told_at = excluded.told_at, captain_of = excluded.captain_of
        WHERE members.told_at <= excluded.told_at
        """,
        member.member_id,
        member.alliance_id,
        sorted({grant.role for grant in member.grants}),
        member.language,
        told_at,
        [grant.place_id for grant in member.grants if grant.role == "building_captain" and grant.place_id],
    )


async def put_preferences(tx: Connection, member_id: UUID | None, chosen: ChoosePreferences) -> None:
    """How the member wants to be told from now on."""
    await tx.execute(
        """
        INSERT INTO preferences (member_id, language, mail, mails, large_type, pushes)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (member_id) DO UPDATE
        SET language = excluded.language, mail = excluded.mail, mails = excluded.mails,
            large_type = excluded.large_type, pushes = excluded.pushes
        """,
        member_id,
        chosen.language,
        chosen.mail,
        json.dumps(dict(chosen.mails)),
        chosen.large_type,
        json.dumps(dict(chosen.pushes)),
    )


async def stop_mails(tx: Connection, notice_id: UUID, group: OptionalGroup) -> None:
    """The notice's recipient gets no more mails of that group; whatever else they chose stays."""
    await tx.execute(
        """
        INSERT INTO preferences (member_id, mail, mails)
        SELECT recipient_id, true, jsonb_build_object($2::text, 'never') FROM notices WHERE id = $1
        ON CONFLICT (member_id) DO UPDATE SET mails = preferences.mails || excluded.mails
        """,
        notice_id,
        group,
    )


async def wishes_of(tx: Connection, members: Sequence[UUID]) -> Mapping[UUID, Wishes]:
    """What those who chose something chose, and on whose telephone word comes too."""
    rows = await tx.fetch(
        """
        SELECT member.id, coalesce(mail, true) AS mail, coalesce(mails, '{}') AS mails,
               coalesce(pushes, '{}') AS pushes,
               EXISTS (SELECT FROM push_subscriptions WHERE member_id = member.id) AS has_device
        FROM unnest($1::uuid[]) AS member (id)
             LEFT JOIN preferences AS preference ON preference.member_id = member.id
        """,
        members,
    )
    return {
        row["id"]: Wishes(row["mail"], json.loads(row["mails"]), json.loads(row["pushes"]), row["has_device"])
        for row in rows
    }
