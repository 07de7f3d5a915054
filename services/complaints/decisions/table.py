"""The decision table: in which state which command is possible, what decides it, and where it may lead.

What stands in no row is refused when a person asks it, and changes nothing when a timer or another service
tells it: their word may come late or twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.complaints import commands as c
from services.complaints.decisions import (
    children,
    clockwork,
    closing,
    concluding,
    deliberating,
    drawing,
    emergency,
    erasing,
    evidence,
    grouping,
    hearing,
    inquiring,
    leaving,
    offering,
    oral,
    parties,
    pledging,
    policing,
    referring,
    serving,
    slips,
    talking,
    visiting,
    working,
)
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingMarks,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    AwaitingVisits,
    Circumstances,
    Closed,
    Deliberating,
    Joined,
    Pledged,
    State,
    Supervised,
    Surveyed,
    Unfiled,
    stage_of,
)
from services.complaints.events import Event
from shared.errors import NotNow

Decide = Callable[[Any, Any, Circumstances], list[Event]]
Guard = Callable[[Any, Circumstances], bool]


def _always(_: State, __: Circumstances) -> bool:
    return True


@dataclass(frozen=True)
class Row:
    """`leads_to` names the states a row may move a case to; none means that it stays where it is."""

    states: tuple[type[State], ...]
    command: type[c.Command]
    decide: Decide
    leads_to: tuple[type[State], ...] = ()
    guard: Guard = _always


BEFORE_EFFECT = (
    AwaitingTriage,
    AwaitingService,
    AwaitingAnswer,
    AwaitingRoute,
    Deliberating,
    AwaitingMarks,
)
ACCEPTED = (
    AwaitingService,
    AwaitingAnswer,
    AwaitingRoute,
    Deliberating,
    AwaitingMarks,
    Acting,
    Supervised,
    Pledged,
)
OPEN = (AwaitingTriage, *ACCEPTED)
UNROUTED = (AwaitingService, AwaitingAnswer, AwaitingRoute)
BEFORE_TALKS = (AwaitingTriage, *UNROUTED)
BEFORE_SESSION = (*BEFORE_TALKS, Deliberating)
MONTH = (AwaitingService, AwaitingAnswer, AwaitingRoute, Deliberating, AwaitingMarks)
PERFORMED = (AwaitingVisits, Surveyed)
SENT = (*ACCEPTED, *PERFORMED, Closed)
"""Where a referral may still be out: it ends by its return alone. A service may be offered there, too."""

TABLE = (
    # 听 hear
    Row((Unfiled,), c.FileCase, hearing.file_case, (AwaitingTriage,)),
    Row((Unfiled,), c.EnterOralAgreement, oral.enter, (AwaitingMarks,)),
    Row((AwaitingTriage,), c.ConfirmEmergency, emergency.confirm, guard=emergency.is_unconfirmed),
    Row((AwaitingTriage,), c.RecordHotlineCall, emergency.record_call, guard=emergency.stands),
    Row((AwaitingTriage,), c.LiftEmergency, emergency.lift, guard=emergency.stands),
    Row((AwaitingTriage,), c.RingAgain, emergency.ring_again),
    Row((AwaitingTriage,), c.CorrectCategory, hearing.correct, guard=emergency.is_over),
    Row((AwaitingTriage,), c.AcceptCase, hearing.accept, (AwaitingService,), emergency.is_over),
    Row((AwaitingTriage,), c.DeclineCase, hearing.decline, (Closed,), emergency.is_over),
    Row((AwaitingTriage,), c.JoinCase, hearing.join, (Joined,), emergency.is_over),
    Row(
        (AwaitingTriage, Joined), c.DecideHealthSharing, hearing.decide_health, guard=hearing.speaks_of_health
    ),
    Row(
        (AwaitingTriage, Joined),
        c.RecordHealthConsent,
        hearing.record_health_consent,
        guard=hearing.speaks_of_anothers_health,
    ),
    Row((Joined,), c.SeparateCase, hearing.separate, (AwaitingTriage,)),
    Row(OPEN, c.GatherGroup, grouping.gather),
    Row((*OPEN, Joined), c.SplitMatter, grouping.split),
    Row(BEFORE_TALKS, c.NominateLeads, grouping.nominate, guard=grouping.may_nominate),
    Row(BEFORE_EFFECT, c.NoteStandDown, grouping.stand_down),
    Row(BEFORE_TALKS, c.AcceptLead, grouping.accept_lead, guard=grouping.may_accept),
    Row(BEFORE_SESSION, c.VolunteerToSpeak, drawing.volunteer, guard=drawing.may_volunteer),
    Row(BEFORE_SESSION, c.DrawSpeakers, drawing.draw, guard=drawing.may_be_drawn),
    Row((*OPEN, *PERFORMED), c.PostToGroup, grouping.post, guard=grouping.is_group),
    Row((*OPEN, *PERFORMED), c.ReleasePost, grouping.release_post, guard=grouping.has_held),
    Row((*OPEN, *PERFORMED), c.TellGroup, grouping.tell),
    Row((Joined,), c.GiveBack, grouping.give_back, (AwaitingRoute,)),
    Row((Joined,), c.NoteLeadEnd, hearing.note_lead_end, (AwaitingTriage, Closed)),
    Row((AwaitingService,), c.NoteDelivery, hearing.note_delivery),
    Row((AwaitingService,), c.ServeNotice, hearing.serve, (AwaitingAnswer,)),
    Row((AwaitingService,), c.AnswerCase, hearing.answer_unserved, (AwaitingRoute,), parties.has_the_word),
    Row((AwaitingAnswer,), c.AnswerCase, hearing.answer, (AwaitingRoute,), parties.has_the_word),
    Row((AwaitingAnswer,), c.EndClock, hearing.end_answer_time, (AwaitingRoute,)),
    Row((AwaitingService,), c.RecordAttempt, serving.attempt, (AwaitingAnswer,)),
    Row((*UNROUTED, Pledged), c.ClaimCase, serving.claim, guard=serving.has_nobody_to_answer),
    Row((Closed,), c.ClaimCase, serving.claim, guard=serving.may_still_come),
    Row(UNROUTED, c.EnterAnswer, serving.enter, (AwaitingRoute, Closed), serving.is_unanswered),
    Row(UNROUTED, c.RefuseMediation, serving.refuse, (AwaitingRoute, Closed), serving.is_unanswered),
    # 议 deliberate
    Row((AwaitingRoute,), c.AnswerCase, hearing.answer, guard=hearing.may_still_answer),
    Row((AwaitingRoute,), c.RouteCase, deliberating.route, (Deliberating,), parties.all_were_heard),
    Row((Deliberating,), c.RouteCase, deliberating.route, guard=deliberating.is_not_in_mediation),
    Row(
        (Deliberating,),
        c.ConcludeCase,
        concluding.conclude,
        (Pledged, AwaitingVisits, Surveyed, Closed),
        concluding.is_on_its_own,
    ),
    Row((Deliberating,), c.NoteDraft, deliberating.note_draft, (AwaitingMarks,)),
    # 定 decide
    Row((AwaitingMarks,), c.NoteDraft, deliberating.note_redraft),
    Row((Deliberating, AwaitingMarks), c.NoteEffect, deliberating.note_effect, (Acting,)),
    Row((Deliberating, AwaitingMarks), c.NoteMediationEnd, deliberating.note_end, (AwaitingRoute, Closed)),
    # 办 act, 督 supervise
    Row((Acting, Supervised), c.NoteAmendment, deliberating.note_amendment),
    Row((Acting,), c.NoteCommitment, deliberating.note_first_commitment, (Supervised,)),
    Row((Supervised,), c.NoteCommitment, deliberating.note_commitment),
    Row((Acting, Supervised), c.NotePerformance, deliberating.note_performance, PERFORMED),
    Row(
        (AwaitingVisits,),
        c.RecordReturnVisit,
        visiting.record_before_survey,
        (Surveyed,),
        visiting.has_visits,
    ),
    Row((AwaitingVisits,), c.EndClock, visiting.end_visits, (Surveyed,)),
    # 自愿承诺, where there is no mediation
    Row((AwaitingRoute, Pledged, Closed), c.OfferPledge, pledging.offer, guard=pledging.may_offer),
    Row((AwaitingRoute, Pledged, Closed), c.EnterPledge, pledging.enter, guard=pledging.may_enter),
    Row((AwaitingRoute, Closed), c.AnswerPledge, pledging.answer, (Pledged,), pledging.is_offered),
    Row((Pledged,), c.AnswerPledge, pledging.answer, guard=pledging.is_offered),
    Row((Pledged,), c.ProvePledge, pledging.prove, guard=pledging.is_to_prove),
    Row((Pledged,), c.ConfirmPledge, pledging.confirm, PERFORMED, pledging.is_to_confirm),
    Row((Pledged,), c.DisputePledge, pledging.dispute, guard=pledging.is_proven),
    Row(
        (AwaitingRoute, Pledged),
        c.ConcludeCase,
        pledging.conclude,
        (*PERFORMED, Closed),
        pledging.may_conclude,
    ),
    Row((Pledged,), c.RouteCase, leaving.route_anew, (Deliberating,), pledging.may_be_routed),
    # 评 review
    Row((Surveyed,), c.AnswerSurvey, closing.answer_survey, (Closed,), closing.may_answer_survey),
    Row((Surveyed,), c.AnswerSurveyAloud, oral.answer_aloud, (Closed,), oral.may_be_asked_aloud),
    Row((Surveyed,), c.EnterSurvey, slips.enter, (Closed,), slips.may_enter),
    Row((Surveyed,), c.EndClock, closing.end_survey, (Closed,)),
    Row((Closed,), c.ReopenCase, closing.reopen, (AwaitingTriage, AwaitingRoute), closing.may_reopen),
    # around the stages
    Row(
        (AwaitingMarks, Acting, Supervised, *PERFORMED, Closed),
        c.HandReceipt,
        oral.hand,
        guard=oral.is_unhanded,
    ),
    Row((*UNROUTED, Deliberating), c.AddParty, parties.add, guard=parties.may_be_added),
    Row((*UNROUTED, Deliberating), c.ServeParty, parties.serve, guard=parties.has_unserved),
    Row((AwaitingTriage, *UNROUTED, Deliberating), c.OpenInquiry, inquiring.open_inquiry),
    Row((*UNROUTED, Deliberating), c.JoinByStatement, inquiring.join, guard=parties.may_be_added),
    Row((*OPEN, Joined, *PERFORMED), c.RecordLeaving, leaving.leave),
    Row((*OPEN, Joined), c.SpeakOnLeaving, leaving.speak, (Closed,), leaving.may_speak),
    Row(ACCEPTED, c.InviteParty, leaving.invite, guard=leaving.may_be_invited),
    Row(ACCEPTED, c.AnswerInvitation, leaving.answer, guard=leaving.is_invited),
    Row((Acting, Supervised), c.RouteCase, leaving.route_anew, (Deliberating,), leaving.has_new_parties),
    Row((*BEFORE_EFFECT, Joined, Pledged), c.WithdrawCase, closing.withdraw, (Closed,), closing.may_withdraw),
    Row((*OPEN, Joined), c.RecordSiteVisit, emergency.visit),
    Row(ACCEPTED, c.ReferCase, referring.refer),
    Row(SENT, c.ReceiveReferral, referring.receive, guard=referring.awaits_receipt),
    Row(SENT, c.ReturnCase, referring.bring_back, guard=referring.is_referred),
    Row(OPEN, c.EscalateClock, clockwork.escalate),
    Row((*OPEN, *PERFORMED, Closed), c.WarnOfClock, clockwork.warn),
    Row((*OPEN, Joined, *PERFORMED), c.SendMessage, talking.send_message),
    Row((*OPEN, Joined, *PERFORMED), c.ReleaseMessage, talking.release_message, guard=talking.has_held),
    Row((*OPEN, Joined, *PERFORMED, Closed), c.RecordWork, working.record_work),
    Row((*OPEN, Joined, AwaitingVisits), c.LogOccurrence, talking.log_occurrence),
    Row((*OPEN, Joined, *PERFORMED, Closed), c.ReportToPolice, policing.report),
    Row((*OPEN, Joined, *PERFORMED), c.RevealIdentity, talking.reveal, guard=talking.is_hidden),
    Row((*OPEN, Joined, *PERFORMED), c.AddEvidence, evidence.add),
    Row((*OPEN, Joined, *PERFORMED), c.RecordReading, evidence.record_reading),
    Row((*ACCEPTED, *PERFORMED), c.ReleaseEvidence, evidence.release, guard=evidence.has_exhibits),
    Row((*OPEN, Joined, *PERFORMED, Closed), c.SealEvidence, evidence.seal, guard=evidence.has_exhibits),
    Row((*OPEN, Joined, *PERFORMED, Closed), c.OpenSealed, evidence.open_sealed, guard=evidence.has_sealed),
    Row((Closed,), c.EraseSealed, evidence.erase),
    Row((Closed,), c.ErasePerson, erasing.erase, guard=erasing.is_free),
    Row((*OPEN, Joined, *PERFORMED), c.HearChild, children.hear, guard=children.concerns_a_child),
    Row((*OPEN, Joined, *PERFORMED), c.AskTakedown, children.ask_takedown, guard=children.concerns_a_child),
    Row(
        (*OPEN, Joined, *PERFORMED, Closed),
        c.ConfirmTakedown,
        children.confirm_takedown,
        guard=children.is_asked_to_take_down,
    ),
    Row(
        (*OPEN, Joined, *PERFORMED, Closed),
        c.LetChildFollow,
        children.let_follow,
        guard=children.is_of_a_child,
    ),
    Row(
        (*OPEN, Joined, *PERFORMED, Closed),
        c.LetOnBoard,
        children.let_on_board,
        guard=children.is_of_a_child,
    ),
    Row((Deliberating, Acting, Supervised), c.NoteMediation, deliberating.note_mediation),
    Row(SENT, c.OfferService, offering.offer, guard=offering.is_taken_on),
    Row(SENT, c.AnswerService, offering.answer, guard=offering.is_offered),
    Row((AwaitingMarks,), c.NoteMediation, deliberating.note_mediation, (Deliberating,)),
    Row(
        tuple(state for state in (*OPEN, Closed) if state is not AwaitingAnswer),
        c.EndClock,
        clockwork.tell_late,
    ),
    Row(SENT, c.ChaseReferral, clockwork.chase),
    Row(MONTH, c.ProposeExtension, concluding.propose, guard=concluding.may_be_longer),
    Row(MONTH, c.ConsentToExtension, concluding.consent, guard=concluding.is_asked),
    Row(MONTH, c.RemindOfExtension, clockwork.remind_of_extension),
    Row(MONTH, c.DeclineExtension, concluding.decline, guard=concluding.is_proposed),
    Row((Surveyed, Closed), c.RecordReturnVisit, visiting.record, guard=visiting.has_visits),
    Row((*PERFORMED, Closed), c.FallVisitDue, visiting.fall_due),
    Row((*PERFORMED, Closed), c.RecountVisits, visiting.recount),
)

_BY_PAIR = {(state, row.command): row for row in TABLE for state in row.states}
_ASKED = {
    state: [row for row in TABLE if row.command in c.NAMES and state in row.states]
    for state in {state for state, _ in _BY_PAIR}
}


def decide(state: State, command: c.Command, at: Circumstances) -> list[Event]:
    """The events that follow from `command`. Raises NotNow where it is not possible, or a named refusal."""
    row = _BY_PAIR.get((type(state), type(command)))
    if row is not None and row.guard(state, at):
        events = row.decide(state, command, at)
        return [*events, *grouping.news(state, events, at)]
    if at.by.role == "system":
        return []
    stage = "unfiled" if isinstance(state, Unfiled) else stage_of(state)
    raise NotNow(stage, [c.NAMES[kind] for kind in possible_commands(state, at)])


def possible_commands(state: State, at: Circumstances) -> list[type[c.Command]]:
    """What people may ask of the case now; who of them may is the policy's."""
    return [row.command for row in _ASKED[type(state)] if row.guard(state, at)]


def diagram() -> str:
    """The table's moves as a Mermaid state diagram, for README.md."""
    moves = dict.fromkeys(
        (state.__name__, target.__name__, row.command.__name__)
        for row in TABLE
        for state in row.states
        for target in row.leads_to
    )
    labels: dict[tuple[str, str], list[str]] = {}
    for source, target, command in moves:
        labels.setdefault((source, target), []).append(command)
    start = "[*]"
    lines = [
        f"    {start if source == 'Unfiled' else source} --> {target}: {', '.join(names)}"
        for (source, target), names in labels.items()
    ]
    return "\n".join(["stateDiagram-v2", *lines])
