"""The way to an authority and back: what was sent is open until it is returned, whatever becomes of the case."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from services.complaints.commands import ReceiveReferral, ReferCase, ReturnCase
from services.complaints.decisions.state import Circumstances, Filed, Referral
from services.complaints.events import CaseReferred, CaseReturned, Event, ReferralReceived
from shared.errors import Invalid, Refused


def refer(case: Filed, command: ReferCase, at: Circumstances) -> list[Event]:
    """The unlawful part goes to whom the law names; meanwhile the month stands still (中止计时).

    It stands still for the private part too: the parties need not talk while they do not know what is ordered.
    """
    if any(one.authority == command.authority for one in case.file.open_referrals):
        raise Refused("already_with_authority")
    if "words" in command.papers and case.file.identity == "hidden":
        raise Invalid("/papers", "words_could_betray")
    if "words" in command.papers and case.file.health in ("asked", "kept"):
        raise Invalid("/papers", "words_of_health")
    _require_may_go_along(case, command)
    reply = at.timetable.begin("referral", at.today, case.file.category, case.file.tier)
    return [
        CaseReferred(
            at.today,
            command.authority,
            command.note,
            replace(reply, of=command.referral_id),
            command.referral_id,
            command.part,
            command.documents,
            command.officer_id,
            command.papers,
            command.evidence_ids,
        )
    ]


def _require_may_go_along(case: Filed, command: ReferCase) -> None:
    """Nothing sealed; and of whoever is concealed only what the coordinator released: a view from a window betrays."""
    for evidence_id in command.evidence_ids:
        exhibit = case.file.exhibit(evidence_id)
        if exhibit is None or not exhibit.may_go_along:
            raise Invalid("/evidence_ids", "unknown_evidence")
        is_theirs = exhibit.side not in ("respondent", "coordinator", "mediator")
        if is_theirs and case.file.is_concealed and exhibit.shown != "released":
            raise Invalid("/evidence_ids", "evidence_could_betray")


def receive(case: Filed, command: ReceiveReferral, at: Circumstances) -> list[Event]:
    """From here it is known that nothing was lost on the way."""
    referral = _open(case, command.referral_id)
    if referral.received_on is not None:
        raise Refused("already_received")
    return [ReferralReceived(at.today, referral.referral_id)]


def bring_back(case: Filed, command: ReturnCase, at: Circumstances) -> list[Event]:
    """With the last one back the month goes on: its pause is added before its end is moved off a holiday."""
    referral = _open(case, command.referral_id)
    month = case.file.clock("mediation")
    is_last = len(case.file.open_referrals) == 1
    resumes = is_last and month is not None and month.state == "paused"
    resumed = at.timetable.resumed(month, at.today) if resumes and month else None
    return [
        CaseReturned(
            at.today,
            referral.authority,
            command.result,
            command.note,
            resumed,
            referral.referral_id,
            command.document_no,
            command.public_note,
        )
    ]


def is_referred(case: Filed, _: Circumstances) -> bool:
    """Whether it lies with an authority."""
    return bool(case.file.open_referrals)


def awaits_receipt(case: Filed, _: Circumstances) -> bool:
    """Whether an authority has not said yet that it has it."""
    return any(one.received_on is None for one in case.file.open_referrals)


def is_with_authority_as_a_whole(case: Filed) -> bool:
    """Whether nothing was left to the neighbours to settle meanwhile."""
    return any(one.part == "all" for one in case.file.open_referrals)


def _open(case: Filed, referral_id: UUID | None) -> Referral:
    found = case.file.open_referrals
    if referral_id is not None:
        found = tuple(one for one in found if one.referral_id == referral_id)
    if len(found) != 1:
        raise Invalid("/referral_id", "which_referral")
    return found[0]
