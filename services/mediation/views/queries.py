"""The questions people ask, each filtered by who asks before anything leaves the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from services.mediation import guidance, policy
from services.mediation.forms import AvailabilityForm
from services.mediation.state import Ended, passed_of, session_of
from services.mediation.storage import calendars, people, profiles
from services.mediation.storage import caucus_notes as sealed
from services.mediation.storage import mediations as stored
from services.mediation.use_cases import eligible_mediators, turns
from services.mediation.views.mediation import listed
from services.mediation.views.models import (
    AffectedSessionView,
    EntryView,
    ListedView,
    MediatorView,
    NoteView,
    RoomView,
)
from services.mediation.views.rooms import names
from shared.access.actor import Actor
from shared.access.cursors import Cursor
from shared.calendar import ics
from shared.clock import local_day
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.texts import Language

NEWEST: Cursor[UUID] = Cursor(UUID)


async def mediations(
    connection: Connection,
    actor: Actor,
    now: datetime,
    *,
    case_id: UUID | None,
    mine: bool,
    needs_me: bool,
    cursor: str | None,
    limit: int,
) -> tuple[list[ListedView], str | None]:
    """A page of those the actor has a part in, newest first, and where the next page begins.

    Of those that `needs_me` leaves out a page is shorter.
    """
    found = await stored.mediations_of(
        connection,
        actor,
        case_id=case_id,
        mine=mine or needs_me,
        unfinished=needs_me,
        before=NEWEST.read(cursor or None),
        limit=limit + 1,
    )
    page = [listed(actor, state, now) for state in found[:limit]]
    shown = [one for one in page if one.waits or not needs_me]
    return shown, NEWEST.after(page[-1].id) if len(found) > limit else None


async def caucus_notes(connection: Connection, actor: Actor, mediation_id: UUID) -> list[NoteView]:
    """The actor's own sealed notes. Raises NotFound for everybody but the mediator, whatever their role."""
    state = await stored.mediation_seen_by(connection, actor, mediation_id)
    if not policy.sees("caucus_notes", policy.roles_in(actor, state)):
        raise NotFound
    notes = await sealed.notes_of_their_author(connection, mediation_id, policy.member(actor))
    return [
        NoteView(id=note.id, side=note.side, text=note.text, written_at=note.written_at) for note in notes
    ]


async def calendar_file(
    connection: Connection, actor: Actor, mediation_id: UUID, now: datetime, language: Language
) -> bytes:
    """The session, or the actor's part of it, as a download. Raises NotFound while there is none."""
    state = await stored.mediation_seen_by(connection, actor, mediation_id, as_guest=True)
    session = session_of(state)
    if session is None or not policy.sees("session", policy.roles_in(actor, state)):
        raise NotFound
    own = guidance.own_time(actor, state, session)
    known = await names(connection, state.matter.alliance_id)
    return ics.invitation(
        session.uid,
        sequence=session.sequence,
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        room=known.get(session.room, session.room),
        summary=guidance.TEXTS("calendar_summary", language, reference=state.matter.reference),
        method="CANCEL" if isinstance(state, Ended) and state.held is None else "PUBLISH",
        stamp=now,
    )


KEPT_IN_FEED = timedelta(days=90)


async def calendar_feed(
    connection: Connection, feed_id: UUID, now: datetime, language: Language
) -> bytes | None:
    """The sessions a mediator leads or comes to. It may lie with a stranger: references, times and rooms alone."""
    mediator_id = await calendars.mediator_of_feed(connection, feed_id)
    if mediator_id is None:
        return None
    led = await stored.mediations_booked_for(connection, mediator_id, now - KEPT_IN_FEED)
    named = await names(connection, led[0].matter.alliance_id) if led else {}
    entries = [
        ics.Entry(
            session.uid,
            session.sequence,
            session.starts_at,
            session.ends_at,
            named.get(session.room, session.room),
            guidance.TEXTS("calendar_summary", language, reference=state.matter.reference),
        )
        for state in led
        if (session := session_of(state)) is not None
    ]
    return ics.feed(entries, name=guidance.TEXTS("calendar_name", language), stamp=now)


async def mediators(
    connection: Connection, actor: Actor, now: datetime, *, mediation_id: UUID | None
) -> list[MediatorView]:
    """The alliance's mediators; for a mediation those without conflict of interest, best suited first.

    To coordinators all, those in conflict last.
    """
    if mediation_id is None:
        return await _all_mediators(connection, actor)
    state = await stored.mediation_seen_by(connection, actor, mediation_id)
    policy.require_choice(actor, state)
    found = await eligible_mediators(connection, state.matter, local_day(now))
    told = policy.sees("conflict_kinds", policy.roles_in(actor, state))
    shown = [one for one, against in found.items() if told or not (against or one in passed_of(state))]
    in_turn = await turns(connection, state.matter, shown, now)
    said = await profiles.profiles(connection, shown)
    return [
        MediatorView(
            id=turn.mediator_id,
            availability=None,
            conflicts=sorted(found[turn.mediator_id]) if told else None,
            languages=list(said[turn.mediator_id].languages),
            topics=list(said[turn.mediator_id].topics),
            full=turn.full,
        )
        for turn in sorted(in_turn, key=lambda turn: bool(found[turn.mediator_id]))
    ]


async def _all_mediators(connection: Connection, actor: Actor) -> list[MediatorView]:
    alliance_id = policy.alliance(actor)
    ids = await people.mediators(connection, alliance_id)
    entries = await people.entries(connection, alliance_id) if actor.has("coordinator") else None
    hours = await calendars.mediator_availability(connection, ids)
    said = await profiles.profiles(connection, ids)
    return [
        MediatorView(
            id=mediator_id,
            availability=AvailabilityForm.of(hours[mediator_id])
            if actor.has("coordinator") or mediator_id == actor.member_id
            else None,
            conflicts=None,
            languages=list(said[mediator_id].languages),
            topics=list(said[mediator_id].topics),
            entries=None
            if entries is None
            else [EntryView(**asdict(entry)) for entry in entries.get(mediator_id, [])],
        )
        for mediator_id in ids
    ]


def affected(shut_out: Iterable[calendars.FixedSession]) -> list[AffectedSessionView]:
    """The sessions a room is closed for, as its coordinator reads them."""
    return [
        AffectedSessionView(
            mediation_id=one.mediation_id,
            case_id=one.case_id,
            reference=one.reference,
            starts_at=one.span.starts_at,
            ends_at=one.span.ends_at,
        )
        for one in shut_out
    ]


async def rooms(connection: Connection, actor: Actor) -> list[RoomView]:
    """The alliance's rooms and their hours."""
    return [
        RoomView(
            id=room.room_id,
            code=room.code,
            name=room.name,
            **dict(AvailabilityForm.of(room.availability)),
        )
        for room in await calendars.rooms(connection, policy.alliance(actor))
    ]
