"""A mediation as a guest sees it: when, where, and whose matter it is by their labels. No name and no word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.mediation import guidance, policy
from services.mediation.state import Answer, Guest, Opened, Scheduled, Scheduling, Session, Slot, guests_of
from services.mediation.views.models import InvitationView, InvitedSessionView, InvitedSlotView
from shared.access.actor import Actor
from shared.texts import Language


def invitation_view(
    actor: Actor,
    state: Opened,
    now: datetime,
    language: Language,
    *,
    rooms: Mapping[str, str] = guidance.NO_NAMES,
) -> InvitationView:
    """For who is asked to be there and has no other part in it."""
    guest = next(one for one in guests_of(state) if one.member_id == actor.member_id)
    matter = state.matter
    return InvitationView(
        id=matter.mediation_id,
        reference=matter.reference,
        role=guest.role,
        required=guest.required,
        comes=guest.comes,
        sides=[guidance.label(matter, party, language) for party in matter.parties],
        slots=_slots(state, guest),
        session=_session(state.session) if isinstance(state, Scheduled) else None,
        open=matter.is_open,
        next=guidance.next_step(actor, state, now, language, rooms),
        possible=policy.possible_for(actor, state, now),
    )


def _slots(state: Opened, guest: Guest) -> list[InvitedSlotView]:
    if not isinstance(state, Scheduling | Scheduled):
        return []
    said = {answer.slot_id: answer.answer for answer in state.answers if answer.party == guest.member_id}
    return [_slot(slot, said.get(slot.slot_id)) for slot in state.slots]


def _slot(slot: Slot, answer: Answer | None) -> InvitedSlotView:
    return InvitedSlotView(
        slot_id=slot.slot_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=slot.room,
        answer=answer,
    )


def _session(session: Session) -> InvitedSessionView:
    return InvitedSessionView(
        session_id=session.session_id,
        uid=session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room,
    )
