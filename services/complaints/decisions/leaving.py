"""Parties by occupancy on the day: who left stays who they were, and who came after joins by their own word alone."""

from __future__ import annotations

from services.complaints.commands import (
    AnswerInvitation,
    InviteParty,
    RecordLeaving,
    RouteCase,
    SpeakOnLeaving,
)
from services.complaints.decisions.closing import closed
from services.complaints.decisions.deliberating import require_path
from services.complaints.decisions.parties import may_be_added
from services.complaints.decisions.state import (
    Acting,
    Circumstances,
    Filed,
    Pledged,
    Supervised,
)
from services.complaints.events import (
    CaseRouted,
    CaseWithdrawn,
    Event,
    InvitationAnswered,
    LeavingSpoken,
    PartyAdded,
    PartyInvited,
    PartyLeft,
)
from shared.errors import Invalid, Refused


def leave(case: Filed, command: RecordLeaving, at: Circumstances) -> list[Event]:
    """No party any more from here; told twice, by the register and by hand, it happened once."""
    if case.file.former_party(command.party_id) is not None:
        return []
    side = case.file.side_of(command.party_id)
    if side is None:
        raise Invalid("/leaver_id", "unknown_party")
    if command.on > at.today:
        raise Invalid("/on", "in_the_future")
    return [PartyLeft(command.on, command.party_id, side, command.why)]


def speak(case: Filed, command: SpeakOnLeaving, at: Circumstances) -> list[Event]:
    """Whoever complained may end it or leave it to the flat; with others who still complain it goes on."""
    former = case.file.former_party(at.by.party_id or command.party_id)
    if former is None:
        raise Invalid("/former_id", "unknown_party")
    if command.wish is None and command.text is None:
        raise Invalid("/text", "nothing_said")
    if command.wish is not None and former.side == "respondent":
        raise Invalid("/wish", "complainants_wish")
    spoken = LeavingSpoken(at.today, former.party_id, command.wish, command.text)
    if command.wish == "close" and not case.file.complainants:
        return [spoken, CaseWithdrawn(None, "moved"), closed("withdrawn", at)]
    return [spoken]


def may_speak(case: Filed, at: Circumstances) -> bool:
    """Whether somebody left; they themselves, or the coordinator for them."""
    if at.by.role == "coordinator":
        return bool(case.file.former)
    return case.file.former_party(at.by.party_id) is not None


def invite(case: Filed, command: InviteParty, at: Circumstances) -> list[Event]:
    """Onto a side that somebody left; the invited one learns the facts written for them, and nothing else."""
    if not any(one.side == command.side for one in case.file.former):
        raise Refused("nobody_left")
    return [PartyInvited(at.today, command.party_id, command.side, command.capacity, command.facts)]


def may_be_invited(case: Filed, at: Circumstances) -> bool:
    """Whether a place is empty; nobody joins a mediation that others consented to."""
    return bool(case.file.former) and may_be_added(case, at)


def answer(case: Filed, command: AnswerInvitation, at: Circumstances) -> list[Event]:
    """Their own word, or as the coordinator heard it at a visit. No is an answer without consequences."""
    invited = case.file.invitation(at.by.party_id or command.party_id)
    if invited is None:
        raise Invalid("/invited_id", "unknown_party")
    answered = InvitationAnswered(at.today, invited.party_id, invited.side, command.affected, command.text)
    if not command.affected:
        return [answered]
    return [answered, PartyAdded(at.today, invited.party_id, invited.side, invited.capacity)]


def is_invited(case: Filed, at: Circumstances) -> bool:
    """Whether somebody is asked: the one who speaks, or for the coordinator anybody."""
    asked = bool(case.file.invited) if at.by.role == "coordinator" else case.file.invitation(at.by.party_id)
    return bool(asked) and may_be_added(case, at)


def route_anew(case: Acting | Supervised | Pledged, command: RouteCase, at: Circumstances) -> list[Event]:
    """What others agreed binds nobody who came after, and what both settled is not kept: a month of its own begins."""
    require_path(case, command)
    month = at.timetable.begin("mediation", at.today, case.file.category, case.file.tier)
    return [CaseRouted(command.path, month.paused(at.today) if case.file.open_referrals else month)]


def has_new_parties(case: Filed, _: Circumstances) -> bool:
    """Whether somebody came after one who left, and has agreed to nothing yet."""
    return any(one.came_after and not one.has_agreed for one in case.file.added)
