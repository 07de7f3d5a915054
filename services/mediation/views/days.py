"""The days of somebody's mediations, taken from what they are shown of each: nothing is told here that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from services.mediation import policy
from services.mediation.state import Opened
from services.mediation.state.agreement import SETTLED
from services.mediation.storage import mediations as stored
from services.mediation.views.invitation import invitation_view
from services.mediation.views.mediation import mediation_view
from services.mediation.views.models import DayView, InvitedSessionView, SessionView
from shared.access.actor import Actor
from shared.clock import SHANGHAI, local_day
from shared.persistence.database import Connection
from shared.texts import Language

MOST = 200
_AHEAD = ("planned", "begun")


async def days(
    connection: Connection, actor: Actor, now: datetime, language: Language, *, since: date, until: date
) -> list[DayView]:
    """From one day to another, in their order; of one day the sessions first."""
    found = await stored.mediations_of(connection, actor, case_id=None, mine=True, before=None, limit=MOST)
    told = (day for state in found for day in _days_of(actor, state, now, language))
    return sorted((day for day in told if since <= day.on <= until), key=_in_order)


def _in_order(day: DayView) -> tuple[date, datetime, str]:
    evening = datetime.combine(day.on, time.max, SHANGHAI)
    return day.on, day.starts_at or evening, day.reference


def _days_of(actor: Actor, state: Opened, now: datetime, language: Language) -> Iterator[DayView]:
    about = {
        "mediation_id": state.matter.mediation_id,
        "case_id": state.matter.case_id,
        "reference": state.matter.reference,
    }
    if policy.is_only_guest(actor, state):
        invitation = invitation_view(actor, state, now, language)
        if invitation.session is not None and invitation.comes is not False:
            yield _session(about, invitation.session)
        return
    view = mediation_view(actor, state, now, language)
    if view.session is not None and view.session.status in _AHEAD:
        yield _session(about, view.session, separate=view.session.separate)
    agreement = view.agreement if view.agreement and view.agreement.effective_on else None
    for one in agreement.commitments if agreement else ():
        if one.status not in SETTLED:
            promised = {"promise": one.what, "owner_side": one.owner_side}
            yield DayView(**about, **promised, what="commitment", on=one.granted_until or one.due_on)


def _session(
    about: dict[str, Any], session: SessionView | InvitedSessionView, *, separate: bool = False
) -> DayView:
    return DayView(
        **about,
        what="session",
        on=local_day(session.starts_at),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room,
        separate=separate,
    )
