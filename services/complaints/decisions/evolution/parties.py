"""Who is added, leaves, is asked to come after, and answers for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.complaints.clocks import ClockName
from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import AddedParty, Case, FormerParty, Invitation
from services.complaints.events import (
    InvitationAnswered,
    LeavingSpoken,
    PartyAdded,
    PartyAnswered,
    PartyInvited,
    PartyLeft,
    PartyServed,
)


def _party_added(case: Case, event: PartyAdded) -> Case:
    """Where nobody was asked before, whoever is added has the first word and its days.

    Who came after somebody was told by the invitation: no notice is on its way to them.
    """
    party = AddedParty(event.party_id, event.side, event.capacity, joined_on=event.on)
    party = replace(party, is_served=party.came_after)
    first = not case.file.respondents and case.file.answer is None and not party.came_after
    if event.side == "respondent" and first:
        return replace(case, file=replace(case.file, respondents=(event.party_id,)))
    file = replace(case.file, added=(*case.file.added, party))
    if event.side == "complainant":
        return replace(case, file=replace(file, complainants=(*file.complainants, event.party_id)))
    return replace(case, file=replace(file, respondents=(*file.respondents, event.party_id)))


def _party_served(case: Case, event: PartyServed) -> Case:
    return _with_party(replace(case, file=case.file.with_clock(event.answer)), event.party_id, is_served=True)


def _party_answered(case: Case, event: PartyAnswered) -> Case:
    heard = case.file.with_ended("party_answer", event.on, of=event.party_id)
    return _with_party(replace(case, file=heard), event.party_id, answer=event.kind)


def _with_party(case: Case, party_id: UUID, **changes: Any) -> Case:
    party = case.file.added_party(party_id)
    assert party is not None  # noqa: S101
    return replace(case, file=case.file.with_added(replace(party, **changes)))


def _left(case: Case, event: PartyLeft) -> Case:
    """With the last respondent go the answer that is waited for and the days of what they promised."""
    former = FormerParty(event.party_id, event.side, event.on, event.why)
    file = case.file.without(event.party_id, former)
    return replace(case, file=file.with_stopped(*_WAITED_FOR) if not file.respondents else file)


_WAITED_FOR: tuple[ClockName, ...] = ("answer", "commitments", "pledge", "confirm_done")
"""What nobody is left to do with the last respondent."""


def _leaving_spoken(case: Case, event: LeavingSpoken) -> Case:
    former = tuple(
        replace(one, wish=event.wish or one.wish) if one.party_id == event.party_id else one
        for one in case.file.former
    )
    return replace(case, file=replace(case.file, former=former))


def _invited(case: Case, event: PartyInvited) -> Case:
    invitation = Invitation(event.party_id, event.side, event.capacity)
    return replace(case, file=replace(case.file, invited=(*case.file.invited, invitation)))


def _invitation_answered(case: Case, event: InvitationAnswered) -> Case:
    waiting = tuple(one for one in case.file.invited if one.party_id != event.party_id)
    return replace(case, file=replace(case.file, invited=waiting))


EVOLUTIONS: Evolutions = {
    PartyAdded: _party_added,
    PartyLeft: _left,
    LeavingSpoken: _leaving_spoken,
    PartyInvited: _invited,
    InvitationAnswered: _invitation_answered,
    PartyServed: _party_served,
    PartyAnswered: _party_answered,
}
