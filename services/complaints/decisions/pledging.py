"""自愿承诺: where mediation was refused or came to nothing, a respondent may still promise something by themselves.

No agreement: nobody signs or marks it, no court is asked to confirm it, no pack is handed on; and where it is not
kept, both are told so and nothing else follows.

What both sides settled without a mediator (自行和解) is followed in the same way, whichever side owes it: it is signed,
and still no agreement of the committee; where it is not kept, the coordinator may choose another path.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.commands import (
    AnswerPledge,
    ConcludeCase,
    ConfirmPledge,
    DisputePledge,
    Entered,
    EnterPledge,
    OfferPledge,
    ProvePledge,
)
from services.complaints.decisions import evidence, settlement
from services.complaints.decisions.closing import may_reopen
from services.complaints.decisions.concluding import concluded, ended
from services.complaints.decisions.state import (
    AwaitingRoute,
    CaseFile,
    Circumstances,
    Closed,
    Pledge,
    Pledged,
)
from services.complaints.events import (
    Event,
    PledgeAnswered,
    PledgeConfirmed,
    PledgeDisputed,
    PledgeOffered,
    PledgeProven,
)
from services.complaints.terms import ENDED_UNMEDIATED, Conclusion, PledgeStatus
from shared.errors import Invalid, NotAllowed, NotFound

Unmediated = AwaitingRoute | Pledged | Closed


def offer(_: Unmediated, command: OfferPledge, at: Circumstances) -> list[Event]:
    """Offered by whoever would do it, in their own words, for a day that has not passed."""
    assert at.by.party_id is not None  # noqa: S101
    if command.due_on < at.today:
        raise Invalid("/due_on", "in_the_past")
    return [PledgeOffered(at.today, command.pledge_id, at.by.party_id, command.what, command.due_on)]


def may_offer(case: Unmediated, at: Circumstances) -> bool:
    """Whether it is theirs to offer, and somebody could want it."""
    return at.by.role == "respondent" and _is_open_to(case, at.by.party_id, at)


def enter(case: Unmediated, command: EnterPledge, at: Circumstances) -> list[Event]:
    """Worth as much as one offered on the platform, and as old as the day on which it came."""
    if command.received_on > at.today:
        raise Invalid("/received_on", "in_the_future")
    if command.received_on < (case.file.accepted_on or at.today):
        raise Invalid("/received_on", "before_acceptance")
    if command.due_on < at.today:
        raise Invalid("/due_on", "in_the_past")
    entered = Entered(command.slip, command.received_on, at.by.role)
    return [
        PledgeOffered(command.received_on, command.pledge_id, None, command.what, command.due_on, entered)
    ]


def may_enter(case: Unmediated, at: Circumstances) -> bool:
    """Whether whoever would offer it has no account: with one it is theirs alone to speak."""
    return not case.file.respondents and _is_open_to(case, None, at)


def _is_open_to(case: Unmediated, party_id: UUID | None, at: Circumstances) -> bool:
    """Whether there will be no mediation, somebody could want it, and they have not been asked too often.

    One is asked about at a time: whoever says no is not to be pressed.
    """
    own = [one for one in case.file.pledges if one.party_id == party_id]
    most = at.timetable.rules.in_force("pledges_offered", at.today).value
    is_asked = any(one.status == "offered" for one in own)
    theirs = not is_asked and len(own) < most
    return theirs and is_unmediated(case, at) and bool(case.file.complainants)


def is_unmediated(case: Unmediated, at: Circumstances) -> bool:
    """Whether mediation was refused, or ended without agreement."""
    match case:
        case Pledged(file):
            return not file.keeps_settlement
        case Closed(outcome=outcome, lead_case_id=None) if outcome in ENDED_UNMEDIATED:
            return may_reopen(case, at)
        case AwaitingRoute(file):
            return file.is_refused or file.wishes_referral
        case _:
            return False


def answer(case: Unmediated, command: AnswerPledge, at: Circumstances) -> list[Event]:
    """Only what somebody wants is owed to them; saying no needs no reason."""
    pledge = _find(case.file, command.pledge_id, "offered")
    if not command.wanted:
        return [PledgeAnswered(at.today, pledge.pledge_id, None)]
    return [PledgeAnswered(at.today, pledge.pledge_id, _days_of(pledge, at.today))]


def is_offered(case: Unmediated, at: Circumstances) -> bool:
    """Whether a pledge waits for the complainant's yes or no."""
    return is_unmediated(case, at) and any(one.status == "offered" for one in case.file.pledges)


def prove(case: Pledged, command: ProvePledge, at: Circumstances) -> list[Event]:
    """By whoever pledged it, or for them by whom they told without an account; late is late, and still done.

    What they brought to show it is looked at by the other side, as with an agreement's promise.
    """
    pledge = _find(case.file, command.pledge_id, "wanted", "disputed")
    if not is_theirs_to_prove(pledge, at):
        raise NotAllowed
    shown_by = (at.by.party_id,) if at.by.party_id else None
    shown = command.evidence_ids
    evidence.require_theirs(case.file, shown, lambda one: evidence.is_theirs(one, shown_by, at.by.role))
    confirm = at.timetable.begin("confirm_done", at.today, case.file.category, case.file.tier)
    until = replace(confirm, of=pledge.pledge_id)
    return [
        PledgeProven(at.today, pledge.pledge_id, command.text, until, pledge.owed_by, shown),
        *evidence.as_proof(case.file, shown, shown_by, at.by.role),
    ]


def is_to_prove(case: Pledged, at: Circumstances) -> bool:
    """Whether this party has pledged something that is not shown to be done."""
    mine = (one for one in case.file.pledges if is_theirs_to_prove(one, at))
    return any(one.status in ("wanted", "disputed") for one in mine)


def is_theirs_to_prove(pledge: Pledge, at: Circumstances) -> bool:
    """Whether it is for whoever asks to say that it is done: their own, or of somebody without an account."""
    if pledge.owed_by is None and pledge.party_id is None:
        return at.by.role != "complainant"
    return is_own(pledge, at)


def is_own(pledge: Pledge, at: Circumstances) -> bool:
    """Whether whoever asks promised it, or their side did."""
    if pledge.owed_by is not None:
        return at.by.role == pledge.owed_by
    return pledge.party_id is not None and pledge.party_id == at.by.party_id


def confirm(case: Pledged, command: ConfirmPledge, at: Circumstances) -> list[Event]:
    """With the last one everybody is asked how it went, and visits show whether it lasts."""
    pledge = _find(case.file, command.pledge_id, "wanted", "proven", "disputed")
    if pledge.owed_to != at.by.role:
        raise NotAllowed
    confirmed = PledgeConfirmed(at.today, pledge.pledge_id, pledge.owed_by)
    if any(one.is_owed for one in case.file.pledges if one is not pledge):
        return [confirmed]
    kept: Conclusion = "settled" if pledge.owed_by else "pledge_kept"
    return [confirmed, *concluded(case.file, pledge.pledge_id, kept, None, at)]


def dispute(case: Pledged, command: DisputePledge, at: Circumstances) -> list[Event]:
    """What is left of its days goes on."""
    pledge = _find(case.file, command.pledge_id, "proven")
    if pledge.owed_to != at.by.role:
        raise NotAllowed
    goes_on = at.today <= pledge.due_on and not pledge.missed
    days = _days_of(pledge, at.today) if goes_on else None
    return [PledgeDisputed(at.today, pledge.pledge_id, command.reason, days, pledge.owed_by)]


def is_to_confirm(case: Pledged, at: Circumstances) -> bool:
    """Whether anything is owed to this side that it has not confirmed."""
    return any(one.is_owed for one in case.file.pledges if one.owed_to == at.by.role)


def is_proven(case: Pledged, at: Circumstances) -> bool:
    """Whether it is said of anything owed to this side that it is done."""
    return any(one.status == "proven" for one in case.file.pledges if one.owed_to == at.by.role)


def may_be_routed(case: Pledged, _: Circumstances) -> bool:
    """Whether what was settled is not kept: then mediation and every other path are open as before."""
    return any(one.is_broken for one in case.file.pledges)


def conclude(case: AwaitingRoute | Pledged, command: ConcludeCase, at: Circumstances) -> list[Event]:
    """Whoever complained, or the coordinator for them, says that it is settled, or that nothing more is waited for."""
    settlement.require_none(command)
    match command.result:
        case "adopted":
            raise Invalid("/result", "not_on_a_topic")
        case "no_agreement":
            return ended(case.file, command, at)
        case _:
            return concluded(case.file, command.conclusion_id, command.result, command.note, at)


def may_conclude(case: AwaitingRoute | Pledged, at: Circumstances) -> bool:
    """Not while an authority has it, and not for whoever refused or pledged.

    What both settled neither ends alone: the coordinator writes down how it ended.
    """
    settled = case.file.keeps_settlement and at.by.role == "coordinator"
    alone = is_unmediated(case, at) and at.by.role != "respondent"
    return (settled or alone) and not case.file.open_referrals


def _days_of(pledge: Pledge, since: date) -> Clock:
    """Until the day that was named: it is never moved."""
    return Clock("pledge", since, pledge.due_on, pledge.due_on, of=pledge.pledge_id)


def _find(file: CaseFile, pledge_id: UUID, *statuses: PledgeStatus) -> Pledge:
    pledge = file.pledge(pledge_id)
    if pledge is None or pledge.status not in statuses:
        raise NotFound
    return pledge
