"""What is told of a session, from the times on offer to its minutes: of sides heard apart to each its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.mediation import events as happened
from services.mediation.decisions import apart
from services.mediation.state import Opened, Session, Side
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_session(  # noqa: PLR0911 - one for each event
    about: dict[str, Any], after: Opened, event: happened.Event
) -> Contract | None:
    guests = tuple(guest.member_id for guest in after.matter.coming)
    match event:
        case happened.SlotsProposed(slots, answer_until):
            offered = tuple(
                told.Slot(slot_id=one.slot_id, starts_at=one.starts_at, ends_at=one.ends_at, room=one.room)
                for one in slots
            )
            return told.SlotsProposed(**about, slots=offered, answer_until=answer_until, guests=guests)
        case happened.NoTimeFound():
            return told.NoTimeFound(**about)
        case happened.SessionScheduled(session):
            return told.SessionScheduled(**about, **calendar_entry(session), **_parts(session), guests=guests)
        case happened.OpennessChanged(is_open):
            return told.OpennessChanged(**about, open=is_open, guests=guests)
        case happened.SessionMoved(session):
            return told.SessionScheduled(
                **about, **calendar_entry(session), **_parts(session), guests=guests, moved=True
            )
        case happened.SessionCancelled(session, mediator):
            about |= {"mediator_id": mediator}
            return told.SessionCancelled(**about, **calendar_entry(session), **_parts(session), guests=guests)
        case happened.SessionRemindedOf(session, side):
            return _near(about, after, session, side)
        case happened.RoomClosed(session):
            return told.SessionRoomClosed(**about, **_at(session), to=_second_mediators(after))
        case happened.MinutesReleased():
            return told.MinutesReleased(**about)
        case _:
            return None


def _at(session: Session) -> dict[str, Any]:
    return {
        "session_id": session.session_id,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "room": session.room,
    }


def _second_mediators(after: Opened) -> tuple[UUID, ...]:
    return tuple(one.member_id for one in after.matter.coming if one.role == "second_mediator")


def _near(about: dict[str, Any], after: Opened, session: Session, side: Side | None) -> Contract:
    """Each at a time of their own: a party at its side's part, the mediator and guests at the whole."""
    is_whole = side is None
    sides = (side,) if side is not None else () if session.parts else ("complainant", "respondent")
    own = apart.time_for(side, session, session.parts)
    return told.SessionNear(
        **about | ({} if is_whole else {"mediator_id": None}),
        session_id=session.session_id,
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        room=session.room,
        to=tuple(one.member_id for one in after.matter.parties if one.side in sides and not one.left_on),
        guests=tuple(one.member_id for one in after.matter.coming) if is_whole else (),
    )


def calendar_entry(session: Session) -> dict[str, Any]:
    return {**_at(session), "uid": session.uid, "sequence": session.sequence}


def _parts(session: Session) -> dict[str, Any]:
    return {
        "parts": tuple(
            told.SessionPart(side=part.side, starts_at=part.starts_at, ends_at=part.ends_at)
            for part in session.parts
        )
    }
