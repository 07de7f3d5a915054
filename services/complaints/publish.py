"""What may leave the service: private event → public contract events, with ids and codes, never words.

An event in no line of the table stays inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions.state import (
    AwaitingMarks,
    Case,
    Closed,
    Referral,
    Surveyed,
    running_clock,
    stage_of,
    status_of,
)
from services.complaints.events.inquiring import InquiryEvent, QuestionAnswered, QuestionAsked
from services.complaints.events.minors import MinorEvent, MinorNoticed
from services.complaints.people import People
from services.complaints.terms import EscalationStep
from shared.contracts import complaints as contracts
from shared.contracts.complaints import Party
from shared.contracts.envelope import Contract


@dataclass(frozen=True)
class Telling:
    """Where the case stands after the change, and who is behind it."""

    case: Case
    alliance_id: UUID
    people: People

    @property
    def common(self) -> dict[str, Any]:
        """What every event of a case says."""
        file, clock = self.case.file, running_clock(self.case)
        return {
            "case_id": file.case_id,
            "alliance_id": self.alliance_id,
            "reference": file.reference,
            "category": file.category,
            "subcategory": file.subcategory,
            "stage": stage_of(self.case),
            "status": status_of(self.case),
            "due": clock.until if clock else None,
            "parties": self.parties,
        }

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who is concerned. The respondent joins with the acceptance: before it, nobody is to tell them."""
        file = self.case.file
        respondents = self.people.behind(file.respondents) if file.accepted_on else ()
        return (
            *(Party(member_id=one, side="complainant") for one in self.people.behind(file.complainants)),
            *(Party(member_id=one, side="respondent") for one in respondents),
        )

    @property
    def was_over_before(self) -> bool:
        """Whether all was agreed before anything was entered: then there is one thing to tell, not five."""
        return isinstance(self.case, AwaitingMarks) and self.case.oral

    def readers(self, to: str) -> tuple[UUID, ...]:
        """The members a message is for."""
        file = self.case.file
        match to:
            case "complainant":
                return self.people.behind(file.complainants)
            case "respondent":
                return self.people.behind(file.respondents)
            case _:
                return self.people.coordinators

    def referral(self, referral_id: UUID) -> Referral:
        """One that was sent."""
        found = self.case.file.referral(referral_id)
        assert found is not None  # noqa: S101
        return found

    def pledger(self, pledge_id: UUID) -> tuple[UUID, ...]:
        """Who pledged it."""
        pledge = self.case.file.pledge(pledge_id)
        return self.people.behind([pledge.party_id]) if pledge and pledge.party_id else ()

    def officers(self, referral_id: UUID) -> tuple[UUID, ...]:
        """Who has it at the authority, where it is known."""
        referral = self.referral(referral_id)
        if referral.officer_id is not None:
            return (referral.officer_id,)
        return self.people.holding(policy.office_of(referral.authority), self.case.file)

    def awaited(self, event: e.ClockWarned) -> tuple[UUID, ...]:
        """For whose step a clock waits."""
        coordinators = self.people.coordinators
        match event.clock:
            case "referral" if event.of is not None:
                return (*self.officers(event.of), *coordinators)
            case "mediation":
                return (*self.called_in("mediator"), *coordinators)
            case "pledge" if event.of is not None:
                return self.pledger(event.of) or coordinators
            case _:
                return coordinators

    def called_in(self, step: EscalationStep) -> tuple[UUID, ...]:
        """Who takes a missed day up at that step."""
        file = self.case.file
        match step:
            case "captain":
                return self.people.holding("building_captain", file)
            case "committee":
                return self.people.coordinators
            case "mediator":
                mediator_id = file.mediation.mediator_id if file.mediation else None
                return (mediator_id,) if mediator_id else ()
            case "court_station":
                return self.people.holding("court_liaison", file)


def contracts_of(telling: Telling, event: e.Event) -> list[Contract]:
    """What others are told of `event`."""
    translate = TRANSLATIONS.get(type(event))
    return translate(telling, event) if translate else []


def _filed(telling: Telling, event: e.CaseFiled) -> list[Contract]:
    place = event.place
    return [
        contracts.CaseFiled(
            **telling.common,
            identity=event.identity,
            place_id=place.place_id if place else None,
            block_id=place.block_id if place else None,
            building_id=place.building_id if place else None,
            emergency=event.alarm is not None,
            happening_now=event.happening_now,
            channel=event.channel,
            conflict_id=event.conflict_id,
            spoken=telling.was_over_before,
        )
    ]


def _category_corrected(telling: Telling, event: e.CategoryCorrected) -> list[Contract]:
    emergency = event.alarm is not None
    return [contracts.CategoryCorrected(**telling.common, before=event.before, emergency=emergency)]


def _accepted(telling: Telling, event: e.CaseAccepted) -> list[Contract]:
    if telling.was_over_before:
        return []
    return [contracts.CaseAccepted(**telling.common, mediation_until=event.mediation.until)]


def _declined(telling: Telling, event: e.CaseDeclined) -> list[Contract]:
    return [contracts.CaseDeclined(**telling.common, reason=event.reason, next_address=event.next_address)]


def _served(telling: Telling, event: e.NoticeServed) -> list[Contract]:
    return [contracts.NoticeServed(**telling.common, answer_until=event.answer.until)]


def _answered(telling: Telling, event: e.CaseAnswered) -> list[Contract]:
    return [] if telling.was_over_before else [contracts.CaseAnswered(**telling.common, kind=event.kind)]


def _party_added(telling: Telling, event: e.PartyAdded) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    succeeds = telling.case.file.came_after(event.party_id)
    return [contracts.PartyAdded(**telling.common, side=event.side, to=to, succeeds=succeeds)]


def _party_left(telling: Telling, event: e.PartyLeft) -> list[Contract]:
    """They are asked what they wish of it, those who complained and live; nothing is sent to one who died."""
    left = telling.people.behind([event.party_id])
    former = telling.case.file.former_party(event.party_id)
    to = left if former is not None and former.is_asked else ()
    return [
        contracts.PartyLeft(**telling.common, side=event.side, left_id=one, why=event.why, to=to)
        for one in left
    ]


def _leaving_spoken(telling: Telling, event: e.LeavingSpoken) -> list[Contract]:
    return [contracts.LeavingSpoken(**telling.common, wish=event.wish)]


def _party_invited(telling: Telling, event: e.PartyInvited) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    return [contracts.PartyInvited(**telling.common, side=event.side, to=to)]


def _invitation_answered(telling: Telling, event: e.InvitationAnswered) -> list[Contract]:
    return [contracts.InvitationAnswered(**telling.common, side=event.side, affected=event.affected)]


def _party_served(telling: Telling, event: e.PartyServed) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    return [contracts.PartyServed(**telling.common, answer_until=event.answer.until, to=to)]


def _party_answered(telling: Telling, event: e.PartyAnswered) -> list[Contract]:
    return [contracts.PartyAnswered(**telling.common, kind=event.kind)]


def of_minor_notice(event: MinorEvent, notice_id: UUID, alliance_id: UUID) -> list[Contract]:
    """That a child's matter waits, to coordinators; the consent is told by the case it becomes."""
    if not isinstance(event, MinorNoticed):
        return []
    return [
        contracts.MinorNoticed(
            case_id=notice_id, alliance_id=alliance_id, stage="hear", status="minor", **vars(event)
        )
    ]


def of_inquiry(
    event: InquiryEvent, telling: Telling, inquiry_id: UUID, asked: Iterable[UUID]
) -> list[Contract]:
    """Who is asked hears of a question and never of a case; that somebody answered, coordinators alone hear."""
    match event:
        case QuestionAsked():
            question = {"case_id": inquiry_id, "reference": event.reference, "due": None, "parties": ()}
            to = tuple(dict.fromkeys(asked))
            return [contracts.InquiryAsked(**telling.common | question, to=to)]
        case QuestionAnswered(entered=False):
            return [contracts.InquiryAnswered(**telling.common | {"parties": ()})]
        case QuestionAnswered():
            return []


def _routed(telling: Telling, event: e.CaseRouted) -> list[Contract]:
    if telling.was_over_before:
        return []
    file = telling.case.file
    place_id = file.place.place_id if file.place else None
    return [
        contracts.CaseRouted(
            **telling.common,
            path=event.path,
            identity=file.party_identity,
            place_id=place_id,
            minor=file.concerns_child,
            conflict_id=file.conflict,
        )
    ]


def _stated(telling: Telling, event: e.OralAgreementStated) -> list[Contract]:
    """The words stay here: the mediator who records it reads them in the case."""
    told, file = event.agreement, telling.case.file
    [spoken_for, *_] = telling.readers("complainant")
    return [
        contracts.OralAgreementStated(
            **telling.common,
            mediation_id=told.mediation_id,
            agreement_id=told.agreement_id,
            mediator_id=told.mediator_id,
            captain_id=told.captain_id,
            spoken_for=spoken_for,
            place_id=file.place.place_id if file.place else None,
            talked_at=told.talked_at,
            agreed_at=told.agreed_at,
            promises=tuple(
                contracts.OralPromise(
                    commitment_id=one.commitment_id, owner_side=one.owner_side, due_on=one.due_on
                )
                for one in told.promises
            ),
        )
    ]


def _referred(telling: Telling, event: e.CaseReferred) -> list[Contract]:
    referral_id = event.referral_id or telling.case.file.case_id
    return [
        contracts.CaseReferred(
            **telling.common,
            authority=event.authority,
            reply_until=event.referral.until,
            referral_id=referral_id,
            part=event.part,
            to=telling.officers(referral_id),
        )
    ]


def _received(telling: Telling, event: e.ReferralReceived) -> list[Contract]:
    referral = telling.referral(event.referral_id)
    return [
        contracts.ReferralReceived(
            **telling.common, referral_id=event.referral_id, authority=referral.authority
        )
    ]


def _chased(telling: Telling, event: e.ReferralChased) -> list[Contract]:
    referral = telling.referral(event.referral_id)
    clock = telling.case.file.clock("referral", event.referral_id)
    assert clock is not None  # noqa: S101
    return [
        contracts.ReferralChased(
            **telling.common,
            referral_id=event.referral_id,
            authority=referral.authority,
            reason=event.reason,
            times=event.times,
            reply_until=clock.until,
            to=(*telling.people.coordinators, *telling.officers(event.referral_id)),
        )
    ]


def _returned(telling: Telling, event: e.CaseReturned) -> list[Contract]:
    return [
        contracts.CaseReturned(
            **telling.common,
            authority=event.authority,
            result=event.result,
            referral_id=event.referral_id or telling.case.file.case_id,
        )
    ]


def _warned(telling: Telling, event: e.ClockWarned) -> list[Contract]:
    if event.clock == "survey" and isinstance(telling.case, Surveyed):
        return _surveys_awaited(telling, telling.case, event)
    if awaited := _words_awaited(telling, event):
        return awaited
    return [
        contracts.ClockWarned(
            **telling.common,
            clock=event.clock,
            until=event.until,
            to=tuple(dict.fromkeys(telling.awaited(event))),
        )
    ]


def _words_awaited(telling: Telling, event: e.ClockWarned) -> list[Contract]:
    """Of a party, not of who works on the case; where nobody is known to answer, it is the coordinators' to look at."""
    match event.clock:
        case "answer":
            word, to = "answer", telling.readers("respondent")
        case "party_answer" if event.of is not None:
            word, to = "answer", telling.people.behind([event.of])
        case "confirm_done":
            word, to = "confirmation", telling.readers("complainant")
        case _:
            return []
    return [contracts.WordAwaited(**telling.common, word=word, to=to, until=event.until)] if to else []


def _surveys_awaited(telling: Telling, case: Surveyed, event: e.ClockWarned) -> list[Contract]:
    """Each by the link of their own."""
    return [
        contracts.SurveyAwaited(
            **telling.common, survey_id=survey.survey_id, member_id=member_id, closes_on=event.until
        )
        for survey in case.surveys
        if not survey.is_answered
        for member_id in telling.people.behind([survey.party_id])
    ]


def _escalated(telling: Telling, event: e.CaseEscalated) -> list[Contract]:
    to = telling.called_in(event.step) or telling.people.coordinators
    return [contracts.CaseEscalated(**telling.common, clock=event.clock, step=event.step, to=to)]


def _message_sent(telling: Telling, event: e.MessageSent) -> list[Contract]:
    """A held message waits for the coordinators; its reader hears of it when it is released."""
    readers = telling.readers("coordinator" if event.held else event.to)
    return [contracts.MessageSent(**telling.common, sender_role=event.sender, to=readers)]


def _message_released(telling: Telling, event: e.MessageReleased) -> list[Contract]:
    readers = telling.readers(event.to)
    return [contracts.MessageSent(**telling.common, sender_role=event.sender, to=readers)]


def _joined(telling: Telling, event: e.CaseJoined) -> list[Contract]:
    """Whoever wished it has read so on their receipt."""
    joined = contracts.CaseJoined(**telling.common, lead_case_id=event.lead_case_id)
    return [joined] if event.asked else [joined, *_word_to_complainant(telling, event)]


def _given_back(telling: Telling, _: e.CaseGivenBack) -> list[Contract]:
    clock = telling.case.file.clock("mediation")
    assert clock is not None  # noqa: S101
    return [contracts.CaseGivenBack(**telling.common, mediation_until=clock.until)]


def _told_group(telling: Telling, event: e.GroupTold) -> list[Contract]:
    """To each whose case is handled with this one; its parties hear of each step as it comes."""
    group, clock = telling.case.file.group, telling.case.file.clock("nomination")
    until = clock.until if clock is not None and clock.state == "running" else None
    if group is not None and group.asked_until is not None and group.asked_until >= event.on:
        until = group.asked_until
    to = telling.people.behind(telling.people.joined)
    return [contracts.GroupNews(**telling.common, until=until, to=to)]


def _posted(telling: Telling, event: e.GroupPosted) -> list[Contract]:
    """What waits, waits for the coordinators; the others hear of it with the day's news."""
    if not event.held_for:
        return []
    return [contracts.MessageSent(**telling.common, sender_role="joined", to=telling.people.coordinators)]


def _post_released(telling: Telling, event: e.PostReleased) -> list[Contract]:
    """Whoever wrote it reads what was taken out, and why."""
    to = telling.people.behind([event.by] if event.by else [])
    return [contracts.MessageSent(**telling.common, sender_role="coordinator", to=to)]


def _leads_named(telling: Telling, event: e.LeadsNamed) -> list[Contract]:
    return [contracts.LeadsNamed(**telling.common, to=telling.people.behind(event.leads))]


def _speakers_drawn(telling: Telling, event: e.SpeakersDrawn) -> list[Contract]:
    order = telling.people.behind(event.order)
    return [contracts.SpeakersDrawn(**telling.common, order=order, seats=event.seats)]


def _stood_down(telling: Telling, event: e.LeadStoodDown) -> list[Contract]:
    left = telling.people.behind([event.party_id])
    return [contracts.LeadStoodDown(**telling.common, left_id=one) for one in left]


def _word_to_complainant(
    telling: Telling, _: e.CaseJoined | e.IdentityRevealed | e.MatterSplit
) -> list[Contract]:
    """What concerns the complainant alone waits among their messages."""
    readers = telling.readers("complainant")
    return [contracts.MessageSent(**telling.common, sender_role="coordinator", to=readers)]


def _separated(telling: Telling, _: e.CaseSeparated) -> list[Contract]:
    return [contracts.CaseSeparated(**telling.common)]


def _mediation_declined(telling: Telling, _: e.MediationDeclined) -> list[Contract]:
    """Where the case ends by it, its end is told."""
    return [] if isinstance(telling.case, Closed) else [contracts.MediationDeclined(**telling.common)]


def _occurrence(telling: Telling, _: e.OccurrenceLogged) -> list[Contract]:
    return [contracts.OccurrenceLogged(**telling.common)]


def _withdrawn(telling: Telling, _: e.CaseWithdrawn) -> list[Contract]:
    return [contracts.CaseWithdrawn(**telling.common)]


def _survey_requested(telling: Telling, event: e.SurveyRequested) -> list[Contract]:
    return [
        contracts.SurveyRequested(
            **telling.common, survey_id=event.survey_id, member_id=member_id, closes_on=event.survey.until
        )
        for member_id in telling.people.behind([event.party_id])
    ]


def _survey_answered(telling: Telling, event: e.SurveyAnswered) -> list[Contract]:
    side = telling.people.side_of(event.party_id, telling.case.file)
    return [contracts.SurveyAnswered(**telling.common, side=side, solved=event.solved)] if side else []


def _closed(telling: Telling, event: e.CaseClosed) -> list[Contract]:
    """Readers of the first version know no hazard that was removed: to them it ended without agreement."""
    removed = event.outcome == "hazard_removed"
    outcome = "ended_without_agreement" if removed else event.outcome
    return [
        contracts.CaseClosed(
            **telling.common, outcome=outcome, reopen_until=event.reopen.until, hazard_removed=removed
        )
    ]


def _takedown_asked(telling: Telling, event: e.TakedownAsked) -> list[Contract]:
    return [contracts.TakedownAsked(**telling.common, to=telling.readers(event.side))]


def _taken_down(telling: Telling, _: e.TakenDown) -> list[Contract]:
    return [contracts.TakenDown(**telling.common)]


def _reopened(telling: Telling, _: e.CaseReopened) -> list[Contract]:
    return [contracts.CaseReopened(**telling.common)]


def _missed(telling: Telling, event: e.ClockMissed) -> list[Contract]:
    return [contracts.ClockMissed(**telling.common, clock=event.clock)]


def _evidence_added(telling: Telling, event: e.EvidenceAdded | e.ReadingRecorded) -> list[Contract]:
    """The coordinators are to look at it; what they add themselves, or what came with a filing, needs no word."""
    if event.side == "coordinator" or event.carried:
        return []
    kind = event.kind if isinstance(event, e.EvidenceAdded) else "reading"
    return [
        contracts.EvidenceAdded(
            **telling.common, evidence_id=event.evidence_id, kind=kind, to=telling.people.coordinators
        )
    ]


def _evidence_released(telling: Telling, event: e.EvidenceReleased) -> list[Contract]:
    """Who had not seen it is told: the other side, or both where the alliance brought it."""
    sides = [side for side in ("complainant", "respondent") if side != event.side]
    readers = tuple(member for side in sides for member in telling.readers(side))
    return [
        contracts.EvidenceReleased(
            **telling.common, evidence_id=event.evidence_id, kind=event.kind, to=readers
        )
    ]


def _emergency_confirmed(telling: Telling, _: e.EmergencyConfirmed) -> list[Contract]:
    return [contracts.EmergencyConfirmed(**telling.common)]


def _emergency_unanswered(telling: Telling, event: e.EmergencyUnanswered) -> list[Contract]:
    place = telling.case.file.place
    return [
        contracts.EmergencyUnanswered(
            **telling.common, step=event.step, building_id=place.building_id if place else None
        )
    ]


def _emergency_lifted(telling: Telling, _: e.EmergencyLifted) -> list[Contract]:
    return [contracts.EmergencyLifted(**telling.common)]


def _extension_asked(telling: Telling, event: e.ExtensionProposed) -> list[Contract]:
    return [contracts.ExtensionAsked(**telling.common, until=event.until)]


def _extension_reminded(telling: Telling, _: e.ExtensionReminded) -> list[Contract]:
    file = telling.case.file
    assert file.extension is not None  # noqa: S101
    agreed = file.extension.agreed
    silent = [one for one in (*file.complainants, *file.respondents) if one not in agreed]
    until = file.extension.until
    return [contracts.ExtensionAwaited(**telling.common, until=until, to=telling.people.behind(silent))]


def _extension_declined(telling: Telling, _: e.ExtensionDeclined) -> list[Contract]:
    return [contracts.ExtensionDeclined(**telling.common)]


def _month_extended(telling: Telling, event: e.MonthExtended) -> list[Contract]:
    return [contracts.MonthExtended(**telling.common, mediation_until=event.mediation.until)]


def _concluded(telling: Telling, event: e.CaseConcluded) -> list[Contract]:
    result = "settled" if event.result == "pledge_kept" else event.result
    visited_first = event.last_visit is not None
    return [contracts.CaseConcluded(**telling.common, result=result, to_be_visited=visited_first)]


def _pledge_offered(telling: Telling, event: e.PledgeOffered) -> list[Contract]:
    return [contracts.PledgeOffered(**telling.common, pledge_id=event.pledge_id, due_on=event.due_on)]


def _pledge_answered(telling: Telling, event: e.PledgeAnswered) -> list[Contract]:
    pledge = telling.case.file.pledge(event.pledge_id)
    assert pledge is not None  # noqa: S101
    answered = contracts.PledgeAnswered(
        **telling.common,
        pledge_id=event.pledge_id,
        wanted=event.pledge is not None,
        due_on=pledge.due_on,
        to=telling.pledger(event.pledge_id),
        to_be_brought=pledge.party_id is None,
    )
    return [answered]


def _pledge_proven(telling: Telling, event: e.PledgeProven) -> list[Contract]:
    until = event.confirm.until
    return [contracts.PledgeProven(**telling.common, pledge_id=event.pledge_id, confirm_until=until)]


def _pledge_confirmed(telling: Telling, event: e.PledgeConfirmed) -> list[Contract]:
    to = telling.pledger(event.pledge_id)
    return [contracts.PledgeConfirmed(**telling.common, pledge_id=event.pledge_id, to=to)]


def _pledge_disputed(telling: Telling, event: e.PledgeDisputed) -> list[Contract]:
    to = telling.pledger(event.pledge_id)
    return [contracts.PledgeDisputed(**telling.common, pledge_id=event.pledge_id, to=to)]


def _pledge_missed(telling: Telling, event: e.PledgeMissed) -> list[Contract]:
    pledge = telling.case.file.pledge(event.pledge_id)
    assert pledge is not None  # noqa: S101
    to = telling.pledger(event.pledge_id)
    return [contracts.PledgeMissed(**telling.common, pledge_id=event.pledge_id, due_on=pledge.due_on, to=to)]


def _service_offered(telling: Telling, event: e.ServiceOffered) -> list[Contract]:
    """What it is stays here: it could tell of somebody's hardship."""
    to = telling.people.behind([event.party_id])
    return [contracts.ServiceOffered(**telling.common, offer_id=event.offer_id, to=to)]


def _service_answered(telling: Telling, event: e.ServiceAnswered) -> list[Contract]:
    """Of who leaves it nothing is told."""
    return [contracts.ServiceTaken(**telling.common, offer_id=event.offer_id)] if event.taken else []


def _visit_due(telling: Telling, event: e.ReturnVisitDue) -> list[Contract]:
    visit = next(one for one in telling.case.file.visits if one.visit_id == event.visit_id)
    people = telling.people
    helpers = (*people.holding("volunteer", telling.case.file), *telling.called_in("captain"))
    to = tuple(dict.fromkeys((*people.coordinators, *helpers)))
    return [contracts.ReturnVisitDue(**telling.common, visit_id=event.visit_id, due_on=visit.due, to=to)]


def _visited(telling: Telling, event: e.ReturnVisited) -> list[Contract]:
    return [contracts.ReturnVisited(**telling.common, visit_id=event.visit_id, lasting=event.lasting)]


TRANSLATIONS: Mapping[type[e.Event], Callable[[Telling, Any], list[Contract]]] = {
    e.CaseFiled: _filed,
    e.CategoryCorrected: _category_corrected,
    e.CaseAccepted: _accepted,
    e.EmergencyConfirmed: _emergency_confirmed,
    e.EmergencyUnanswered: _emergency_unanswered,
    e.EmergencyLifted: _emergency_lifted,
    e.CaseDeclined: _declined,
    e.CaseJoined: _joined,
    e.CaseGivenBack: _given_back,
    e.MatterSplit: _word_to_complainant,
    e.GroupTold: _told_group,
    e.GroupPosted: _posted,
    e.PostReleased: _post_released,
    e.LeadsNamed: _leads_named,
    e.LeadStoodDown: _stood_down,
    e.SpeakersDrawn: _speakers_drawn,
    e.CaseSeparated: _separated,
    e.MediationDeclined: _mediation_declined,
    e.NoticeServed: _served,
    e.CaseAnswered: _answered,
    e.PartyAdded: _party_added,
    e.PartyLeft: _party_left,
    e.LeavingSpoken: _leaving_spoken,
    e.PartyInvited: _party_invited,
    e.InvitationAnswered: _invitation_answered,
    e.PartyServed: _party_served,
    e.PartyAnswered: _party_answered,
    e.MessageSent: _message_sent,
    e.MessageReleased: _message_released,
    e.OccurrenceLogged: _occurrence,
    e.CaseRouted: _routed,
    e.OralAgreementStated: _stated,
    e.CaseReferred: _referred,
    e.ReferralReceived: _received,
    e.ReferralChased: _chased,
    e.CaseReturned: _returned,
    e.CaseWithdrawn: _withdrawn,
    e.IdentityRevealed: _word_to_complainant,
    e.SurveyRequested: _survey_requested,
    e.SurveyAnswered: _survey_answered,
    e.CaseClosed: _closed,
    e.CaseReopened: _reopened,
    e.ClockMissed: _missed,
    e.ClockWarned: _warned,
    e.ReturnVisitDue: _visit_due,
    e.ReturnVisited: _visited,
    e.ExtensionProposed: _extension_asked,
    e.ExtensionReminded: _extension_reminded,
    e.ExtensionDeclined: _extension_declined,
    e.MonthExtended: _month_extended,
    e.CaseConcluded: _concluded,
    e.PledgeOffered: _pledge_offered,
    e.PledgeAnswered: _pledge_answered,
    e.PledgeProven: _pledge_proven,
    e.PledgeConfirmed: _pledge_confirmed,
    e.PledgeDisputed: _pledge_disputed,
    e.PledgeMissed: _pledge_missed,
    e.ServiceOffered: _service_offered,
    e.ServiceAnswered: _service_answered,
    e.CaseEscalated: _escalated,
    e.EvidenceAdded: _evidence_added,
    e.TakedownAsked: _takedown_asked,
    e.TakenDown: _taken_down,
    e.ReadingRecorded: _evidence_added,
    e.EvidenceReleased: _evidence_released,
}

KEPT_INSIDE = frozenset(
    {
        e.NoticeDelivered,
        e.InquiryOpened,
        e.HealthSharingDecided,
        e.GroupGathered,
        e.GroupAsked,
        e.LeadsNominated,
        e.LeadAccepted,
        e.SpeakerVolunteered,
        e.GroupNewsNoted,
        e.ContactMade,
        e.ExtensionConsented,
        e.SettlementSaid,
        e.MediationNoted,
        e.ReceiptHanded,
        e.AgreementDrafted,
        e.AgreementTookEffect,
        e.AgreementAmended,
        e.SupervisionBegan,
        e.CommitmentsPerformed,
        e.VisitsRecounted,
        e.MediationEnded,
        e.EvidenceSealed,
        e.SealedEvidenceOpened,
        e.EvidenceErased,
        e.PersonErased,
        e.ChildHeard,
        e.ChildLetFollow,
        e.BoardAllowed,
        e.WorkRecorded,
        e.ServiceAttempted,
        e.AnswerEntered,
        e.RespondentClaimed,
        e.HotlineCalled,
        e.PoliceReported,
        e.SiteVisited,
    }
)
"""Nobody is told: others told us, or it is nobody's business but the journal's."""
