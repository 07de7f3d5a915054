"""What each event makes of a case: `evolve(state, event)`, and nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from services.complaints.clocks import Clock, ClockName
from services.complaints.decisions.exhibits import Exhibit, Shown
from services.complaints.decisions.group import Drawn, Group, Nomination
from services.complaints.decisions.state import (
    Acting,
    AddedParty,
    AwaitingAnswer,
    AwaitingMarks,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    AwaitingVisits,
    Case,
    CaseFile,
    Closed,
    Deliberating,
    Extension,
    FormerParty,
    HeldMessage,
    Invitation,
    Joined,
    Mediation,
    OfferedService,
    Pledge,
    Pledged,
    Referral,
    ReturnVisit,
    Spoken,
    State,
    Supervised,
    Survey,
    Surveyed,
)
from services.complaints.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementTookEffect,
    AnswerEntered,
    BoardAllowed,
    CaseAccepted,
    CaseAnswered,
    CaseClosed,
    CaseConcluded,
    CaseDeclined,
    CaseEscalated,
    CaseFiled,
    CaseGivenBack,
    CaseJoined,
    CaseReferred,
    CaseReopened,
    CaseReturned,
    CaseRouted,
    CaseSeparated,
    CaseWithdrawn,
    CategoryCorrected,
    ChildHeard,
    ChildLetFollow,
    ClockMissed,
    ClockWarned,
    CommitmentsPerformed,
    ContactMade,
    EmergencyConfirmed,
    EmergencyLifted,
    EmergencyUnanswered,
    Event,
    EvidenceAdded,
    EvidenceErased,
    EvidenceReleased,
    EvidenceSealed,
    ExtensionConsented,
    ExtensionDeclined,
    ExtensionProposed,
    ExtensionReminded,
    GroupAsked,
    GroupGathered,
    GroupNewsNoted,
    GroupPosted,
    GroupTold,
    HealthSharingDecided,
    HotlineCalled,
    IdentityRevealed,
    InquiryOpened,
    InvitationAnswered,
    LeadAccepted,
    LeadsNamed,
    LeadsNominated,
    LeadStoodDown,
    LeavingSpoken,
    MatterSplit,
    MediationDeclined,
    MediationEnded,
    MediationNoted,
    MessageReleased,
    MessageSent,
    MonthExtended,
    NoticeDelivered,
    NoticeServed,
    OccurrenceLogged,
    OralAgreementStated,
    PartyAdded,
    PartyAnswered,
    PartyInvited,
    PartyLeft,
    PartyServed,
    PersonErased,
    PlannedVisit,
    PledgeAnswered,
    PledgeConfirmed,
    PledgeDisputed,
    PledgeMissed,
    PledgeOffered,
    PledgeProven,
    PoliceReported,
    PostReleased,
    ReadingRecorded,
    ReceiptHanded,
    ReferralChased,
    ReferralReceived,
    RespondentClaimed,
    ReturnVisitDue,
    ReturnVisited,
    SealedEvidenceOpened,
    ServiceAnswered,
    ServiceAttempted,
    ServiceOffered,
    SettlementSaid,
    SiteVisited,
    SpeakersDrawn,
    SpeakerVolunteered,
    SupervisionBegan,
    SurveyAnswered,
    SurveyRequested,
    TakedownAsked,
    TakenDown,
    VisitsRecounted,
    WorkRecorded,
)
from services.complaints.terms import ESCALATION


def evolve(state: State, event: Event) -> Case:
    """The case after `event`. The fold of a journal is the state beside it."""
    return EVOLUTIONS[type(event)](state, event)


def _filed(_: Any, event: CaseFiled) -> Case:
    file = CaseFile(
        case_id=event.case_id,
        reference=event.reference,
        category=event.category,
        subcategory=event.subcategory,
        emergency=event.emergency,
        identity=event.identity,
        place=event.place,
        filed_at=event.filed_at,
        complainants=event.complainants,
        respondents=event.respondents,
        alarm=event.alarm,
        category_version=event.category_version,
        minor=event.minor,
        linked_to=event.linked_to,
        carried_from=event.carried_from,
        conflict_id=event.conflict_id,
        doer=event.doer,
        health="asked" if event.health_words else "none",
        clocks=(event.triage, event.contact) if event.contact else (event.triage,),
    )
    return AwaitingTriage(file)


def _corrected(case: AwaitingTriage, event: CategoryCorrected) -> Case:
    file = reduce(CaseFile.with_clock, event.clocks, case.file)
    corrected = replace(
        file,
        category=event.category,
        subcategory=event.subcategory,
        category_version=event.category_version,
        doer=event.doer,
        respondents=event.respondents,
        emergency=file.emergency or event.alarm is not None,
        alarm=event.alarm or file.alarm,
    )
    return AwaitingTriage(corrected)


def _accepted(case: Case, event: CaseAccepted) -> Case:
    file = _triaged(case, event.on).with_clock(event.mediation)
    return AwaitingService(
        replace(file, respondents=event.respondents, accepted_on=event.on, tier=event.tier)
    )


def _declined(case: Case, event: CaseDeclined) -> Case:
    return replace(case, file=_triaged(case, event.on))


def _joined(case: Case, event: CaseJoined) -> Case:
    return Joined(_triaged(case, event.on), event.lead_case_id)


def _separated(case: Case, event: CaseSeparated) -> Case:
    return AwaitingTriage(case.file.with_clock(event.triage))


def _gathered(case: Case, event: GroupGathered) -> Case:
    gathered = _grouped(case)
    return (
        replace(gathered, file=gathered.file.with_clock(event.nomination)) if event.nomination else gathered
    )


def _group_asked(case: Case, event: GroupAsked) -> Case:
    return _grouped(case, lambda group: replace(group, asked_until=event.until))


def _given_back(case: Case, event: CaseGivenBack) -> Case:
    return AwaitingRoute(replace(case.file, answer=event.answer))


def _nominated(case: Case, event: LeadsNominated) -> Case:
    said = Nomination(event.by, event.chosen)
    return _grouped(case, lambda group: group.with_nomination(said))


def _lead_accepted(case: Case, event: LeadAccepted) -> Case:
    return _grouped(case, lambda group: replace(group, willing=(*group.willing, event.party_id)))


def _volunteered(case: Case, event: SpeakerVolunteered) -> Case:
    def said(group: Group) -> Group:
        others = tuple(one for one in group.volunteers if one != event.party_id)
        return replace(group, volunteers=(*others, event.party_id) if event.willing else others)

    return _grouped(case, said)


def _speakers_drawn(case: Case, event: SpeakersDrawn) -> Case:
    drawn = Drawn(event.on, event.lot, event.order, event.seats)
    return _grouped(case, lambda group: replace(group, drawn=drawn))


def _leads_named(case: Case, event: LeadsNamed) -> Case:
    file = case.file
    joining = tuple(one for one in event.leads if one not in file.complainants)
    added = tuple(AddedParty(one, "complainant", "neighbour") for one in joining)
    file = replace(file, complainants=(*file.complainants, *joining), added=(*file.added, *added))
    named = replace(case, file=file.with_ended("nomination", event.on))
    return _grouped(named, lambda group: replace(group, leads=event.leads))


def _stood_down(case: Case, event: LeadStoodDown) -> Case:
    file = replace(
        case.file,
        complainants=tuple(one for one in case.file.complainants if one != event.party_id),
        added=tuple(one for one in case.file.added if one.party_id != event.party_id),
    )
    return _grouped(replace(case, file=file), lambda group: group.without(event.party_id))


def _group_posted(case: Case, event: GroupPosted) -> Case:
    held = (event.message_id,) if event.held_for else ()
    return _grouped(case, lambda group: replace(group, held=(*group.held, *held)))


def _post_released(case: Case, event: PostReleased) -> Case:
    return _grouped(
        case,
        lambda group: replace(group, held=tuple(one for one in group.held if one != event.message_id)),
    )


def _news_noted(case: Case, event: GroupNewsNoted) -> Case:
    return _grouped(case, lambda group: replace(group, tell_at=event.tell_at))


def _group_told(case: Case, _: GroupTold) -> Case:
    return _grouped(case, lambda group: replace(group, tell_at=None))


def _grouped(case: Case, change: Callable[[Group], Group] = lambda group: group) -> Case:
    return replace(case, file=replace(case.file, group=change(case.file.group or Group())))


def _triaged(case: Case, on: date) -> CaseFile:
    """A position was taken, and who complained has heard of it."""
    return case.file.with_ended("triage", on).with_ended("contact", on)


def _contacted(case: Case, event: ContactMade) -> Case:
    return replace(case, file=case.file.with_ended("contact", event.on))


def _delivered(case: AwaitingService, event: NoticeDelivered) -> Case:
    return replace(case, served_from=event.counts_at, delivered_by=event.how)


def _served(case: Case, event: NoticeServed) -> Case:
    return AwaitingAnswer(case.file.with_clock(event.answer))


def _answered(case: Case, event: CaseAnswered) -> Case:
    return AwaitingRoute(replace(case.file.with_ended("answer", event.on), answer=event.kind))


def _health_decided(case: Case, event: HealthSharingDecided) -> Case:
    return replace(case, file=replace(case.file, health="shared" if event.shared else "kept"))


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


def _message_sent(case: Case, event: MessageSent) -> Case:
    if not event.held:
        return case
    held = HeldMessage(event.message_id, event.sender, event.to)
    return replace(case, file=replace(case.file, held=(*case.file.held, held)))


def _message_released(case: Case, event: MessageReleased) -> Case:
    held = tuple(one for one in case.file.held if one.message_id != event.message_id)
    return replace(case, file=replace(case.file, held=held))


def _unmoved(
    case: Case,
    _: OccurrenceLogged
    | CaseWithdrawn
    | HotlineCalled
    | PoliceReported
    | ServiceAttempted
    | AnswerEntered
    | MatterSplit
    | InquiryOpened,
) -> Case:
    return case


def _routed(case: Case, event: CaseRouted) -> Case:
    file = case.file.with_clock(event.mediation) if event.mediation else case.file
    return Deliberating(file.with_pledges_lapsed(), event.path)


def _referred(case: Case, event: CaseReferred) -> Case:
    referral_id = event.referral_id or case.file.case_id
    referral = Referral(referral_id, event.authority, event.on, event.part, event.officer_id)
    file = case.file.with_clock(replace(event.referral, of=referral_id)).with_referral(referral)
    file = replace(file, wishes_referral=False)
    month = file.clock("mediation")
    return replace(case, file=file.with_clock(month.paused(event.on)) if month else file)


def _received(case: Case, event: ReferralReceived) -> Case:
    return _with_referral(case, event.referral_id, received_on=event.on)


def _chased(case: Case, event: ReferralChased) -> Case:
    return _with_referral(case, event.referral_id, chased=event.times, chased_on=event.on)


def _returned(case: Case, event: CaseReturned) -> Case:
    referral_id = event.referral_id or case.file.case_id
    back = _with_referral(case, referral_id, returned_on=event.on, result=event.result)
    file = back.file.with_ended("referral", event.on, of=referral_id)
    return replace(back, file=file.with_clock(event.mediation) if event.mediation else file)


def _with_referral(case: Case, referral_id: UUID, **changes: Any) -> Case:
    referral = case.file.referral(referral_id)
    assert referral is not None  # noqa: S101
    return replace(case, file=case.file.with_referral(replace(referral, **changes)))


def _identity_revealed(case: Case, event: IdentityRevealed) -> Case:
    seen_by = {*case.file.revealed_to, event.coordinator_id}
    return replace(case, file=replace(case.file, revealed_to=tuple(sorted(seen_by))))


def _mediation_noted(case: Case, event: MediationNoted) -> Case:
    before = case.file.mediation
    match event.step:
        case "mediator_took":
            mediator_id = event.mediator_id
        case "mediator_passed" | "mediator_removed" | "mediation_opened":
            mediator_id = None
        case _:
            mediator_id = before.mediator_id if before else None
    file = replace(case.file, mediation=Mediation(event.mediation_id, event.step, mediator_id))
    if event.step == "mediator_removed" and isinstance(case, AwaitingMarks) and not case.oral:
        return Deliberating(file, "mediation")  # what was written with them is no agreement
    return replace(case, file=file)


def _stated(case: Deliberating, event: OralAgreementStated) -> Case:
    told = event.agreement
    mediation = Mediation(told.mediation_id, "oral_agreement_stated", told.mediator_id)
    return AwaitingMarks(
        replace(case.file, mediation=mediation, spoken=Spoken(told.captain_id)),
        oral=True,
    )


def _receipt_handed(case: Case, event: ReceiptHanded) -> Case:
    assert case.file.spoken is not None  # noqa: S101
    handed = replace(case.file.spoken, receipt_handed_on=event.on)
    return replace(case, file=replace(case.file, spoken=handed))


def _drafted(case: Case, _: AgreementDrafted) -> Case:
    return AwaitingMarks(_at_step(case.file, "agreement_drafted"))


def _in_force(case: Case, event: AgreementTookEffect) -> Case:
    file = case.file.with_ended("mediation", event.commitments.since).with_clock(event.commitments)
    file = replace(file, extension=None, added=tuple(replace(one, has_agreed=True) for one in file.added))
    return Acting(_at_step(file, "agreement_effective"))


def _amended(case: Case, event: AgreementAmended) -> Case:
    return replace(case, file=_at_step(case.file.with_clock(event.commitments), "agreement_amended"))


def _supervised(case: Case, _: SupervisionBegan) -> Case:
    return Supervised(case.file)


def _performed(case: Case, event: CommitmentsPerformed) -> Case:
    file = _at_step(case.file.with_ended("commitments", event.done_by or event.on), "commitments_performed")
    return _to_be_asked(_with_planned(file, event.visits), event.last_visit)


def _to_be_asked(file: CaseFile, last_visit: Clock | None) -> Case:
    return AwaitingVisits(file.with_clock(last_visit)) if last_visit else Surveyed(file, ())


def _mediation_ended(case: Case, event: MediationEnded) -> Case:
    file = _at_step(case.file.with_ended("mediation", event.on), event.how)
    if event.how == "parties_gone":
        return AwaitingRoute(replace(case.file, mediation=None, extension=None))
    if event.wishes_referral:
        return AwaitingRoute(replace(file, wishes_referral=True, extension=None))
    return replace(case, file=file)


def _survey_requested(case: AwaitingVisits | Surveyed, event: SurveyRequested) -> Case:
    survey = Survey(event.survey_id, event.party_id)
    asked = case.surveys if isinstance(case, Surveyed) else ()
    file = case.file.with_ended("last_visit", event.survey.since).with_clock(event.survey)
    return Surveyed(file, (*asked, survey))


def _survey_answered(case: Surveyed, event: SurveyAnswered) -> Case:
    surveys = tuple(
        replace(one, solved=event.solved) if one.survey_id == event.survey_id else one for one in case.surveys
    )
    file = case.file
    if event.scan is not None:
        scan = Exhibit(
            event.scan.evidence_id, "survey_slip", "coordinator", None, "withheld", event.scan.content
        )
        file = replace(file, exhibits=(*file.exhibits, scan))
    complete = all(one.is_answered for one in surveys)
    return Surveyed(file.with_ended("survey", event.on) if complete else file, surveys)


def _closed(case: Case, event: CaseClosed) -> Case:
    file = replace(case.file.with_all_stopped(), held=())
    if file.group is not None:
        file = replace(file, group=replace(file.group, held=(), tell_at=None))
    return Closed(file.with_clock(event.reopen), event.outcome, event.erase_on, event.lead_case_id)


def _reopened(case: Case, event: CaseReopened) -> Case:
    file = case.file.with_ended("reopen", event.on).with_clock(event.clock)
    visits = tuple(one for one in file.visits if not one.is_open)
    file = replace(file, mediation=None, visits=visits)
    return AwaitingTriage(file) if file.accepted_on is None else AwaitingRoute(file)


def _extension_proposed(case: Case, event: ExtensionProposed) -> Case:
    return replace(case, file=replace(case.file, extension=Extension(event.until, asked_on=event.on)))


def _extension_consented(case: Case, event: ExtensionConsented) -> Case:
    extension = case.file.extension
    assert extension is not None  # noqa: S101
    agreed = (*extension.agreed, event.party_id)
    return replace(case, file=replace(case.file, extension=replace(extension, agreed=agreed)))


def _extension_reminded(case: Case, _: ExtensionReminded) -> Case:
    extension = case.file.extension
    assert extension is not None  # noqa: S101
    return replace(case, file=replace(case.file, extension=replace(extension, reminded=True)))


def _extension_declined(case: Case, _: ExtensionDeclined) -> Case:
    return replace(case, file=replace(case.file, extension=None))


def _month_extended(case: Case, event: MonthExtended) -> Case:
    return replace(case, file=replace(case.file.with_clock(event.mediation), extension=None))


def _settlement_said(case: Deliberating, event: SettlementSaid) -> Case:
    return replace(case, settled_by=(*case.settled_by, event.side))


def _concluded(case: Case, event: CaseConcluded) -> Case:
    file = replace(case.file.with_ended("mediation", event.on), extension=None).with_pledges_lapsed()
    return (
        replace(case, file=file)
        if event.result == "no_agreement"
        else _to_be_asked(_with_planned(file, event.visits), event.last_visit)
    )


def _pledge_offered(case: Case, event: PledgeOffered) -> Case:
    pledge = Pledge(event.pledge_id, event.party_id, event.due_on)
    return replace(case, file=replace(case.file, pledges=(*case.file.pledges, pledge)))


def _pledge_answered(case: Case, event: PledgeAnswered) -> Case:
    """With the first one that is wanted nobody waits for an agreement any more."""
    if event.pledge is None:
        return _with_pledge(case, event.pledge_id, status="declined")
    wanted = _with_pledge(case, event.pledge_id, status="wanted").file
    over = wanted.with_ended("mediation", event.on).with_ended("reopen", event.on)
    file = replace(over.with_clock(event.pledge), extension=None, wishes_referral=False)
    return replace(case, file=file) if isinstance(case, Pledged) else Pledged(file)


def _pledge_proven(case: Case, event: PledgeProven) -> Case:
    proven = _with_pledge(case, event.pledge_id, status="proven")
    file = proven.file.with_ended("pledge", event.on, of=event.pledge_id)
    return Pledged(file.with_clock(event.confirm), shown=True)


def _pledge_confirmed(case: Case, event: PledgeConfirmed) -> Case:
    confirmed = _with_pledge(case, event.pledge_id, status="confirmed")
    file = confirmed.file.with_ended("pledge", event.on, of=event.pledge_id)
    return replace(confirmed, file=file.with_ended("confirm_done", event.on, of=event.pledge_id))


def _pledge_disputed(case: Case, event: PledgeDisputed) -> Case:
    disputed = _with_pledge(case, event.pledge_id, status="disputed")
    file = disputed.file.with_ended("confirm_done", event.on, of=event.pledge_id)
    return replace(disputed, file=file.with_clock(event.pledge) if event.pledge else file)


def _pledge_missed(case: Case, event: PledgeMissed) -> Case:
    missed = _with_pledge(case, event.pledge_id, missed=True)
    clock = missed.file.clock("pledge", event.pledge_id)
    return Pledged(missed.file.with_clock(clock.late()) if clock else missed.file, shown=True)


def _with_pledge(case: Case, pledge_id: UUID, **changes: Any) -> Case:
    pledge = case.file.pledge(pledge_id)
    assert pledge is not None  # noqa: S101
    return replace(case, file=case.file.with_pledge(replace(pledge, **changes)))


def _service_offered(case: Case, event: ServiceOffered) -> Case:
    offered = OfferedService(event.offer_id, event.party_id, event.service)
    return replace(case, file=replace(case.file, services=(*case.file.services, offered)))


def _service_answered(case: Case, event: ServiceAnswered) -> Case:
    answered = tuple(
        replace(one, taken=event.taken) if one.offer_id == event.offer_id else one
        for one in case.file.services
    )
    return replace(case, file=replace(case.file, services=answered))


def _with_planned(file: CaseFile, visits: tuple[PlannedVisit, ...]) -> CaseFile:
    planned = (ReturnVisit(one.visit_id, one.due, one.counted, one.provisional) for one in visits)
    return replace(file, visits=(*file.visits, *planned))


def _recounted(case: Case, event: VisitsRecounted) -> Case:
    for one in event.visits:
        case = _with_visit(case, one.visit_id, due=one.due, provisional=one.provisional)
    return replace(case, file=case.file.with_clock(event.last_visit)) if event.last_visit else case


def _visit_due(case: Case, event: ReturnVisitDue) -> Case:
    return _with_visit(case, event.visit_id, told=True)


def _visited(case: Case, event: ReturnVisited) -> Case:
    visited = _with_visit(case, event.visit_id, visited_on=event.on, lasting=event.lasting)
    return replace(visited, file=visited.file.with_clock(event.reopen)) if event.reopen else visited


def _with_visit(case: Case, visit_id: UUID, **changes: Any) -> Case:
    visit = next(one for one in case.file.visits if one.visit_id == visit_id)
    return replace(case, file=case.file.with_visit(replace(visit, **changes)))


def _missed(case: Case, event: ClockMissed) -> Case:
    clock = case.file.clock(event.clock, event.of)
    return replace(case, file=case.file.with_clock(clock.late())) if clock else case


def _warned(case: Case, event: ClockWarned) -> Case:
    clock = case.file.clock(event.clock, event.of)
    return replace(case, file=case.file.with_clock(replace(clock, warned=True))) if clock else case


def _escalated(case: Case, event: CaseEscalated) -> Case:
    clock = case.file.clock(event.clock)
    steps = ESCALATION.index(event.step) + 1
    return replace(case, file=case.file.with_clock(replace(clock, escalated=steps))) if clock else case


def _work_recorded(case: Case, event: WorkRecorded) -> Case:
    rungs = dict.fromkeys((*case.file.rungs, *event.rungs))
    return replace(case, file=replace(case.file, rungs=tuple(rungs)))


def _evidence_added(case: Case, event: EvidenceAdded) -> Case:
    shown: Shown = "sealed" if event.sealed else "withheld"
    added = Exhibit(event.evidence_id, event.kind, event.side, event.party_id, shown, event.content)
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _child_heard(case: Case, event: ChildHeard) -> Case:
    added = Exhibit(event.evidence_id, "child_words", "coordinator", None, "sealed", event.content)
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _board_allowed(case: Case, event: BoardAllowed) -> Case:
    return replace(case, file=replace(case.file, on_board=event.allowed))


def _child_let_follow(case: Case, event: ChildLetFollow) -> Case:
    return replace(case, file=replace(case.file, child_follows=event.allowed))


def _takedown_asked(case: Case, event: TakedownAsked) -> Case:
    return replace(case, file=replace(case.file, takedowns=(*case.file.takedowns, event.side)))


def _taken_down(case: Case, event: TakenDown) -> Case:
    left = tuple(side for side in case.file.takedowns if side != event.side)
    return replace(case, file=replace(case.file, takedowns=left))


def _reading_recorded(case: Case, event: ReadingRecorded) -> Case:
    added = Exhibit(event.evidence_id, "reading", event.side, event.party_id, "withheld")
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _evidence_released(case: Case, event: EvidenceReleased) -> Case:
    return _with(case, event.evidence_id, shown="released", masked=event.masked)


def _evidence_sealed(case: Case, event: EvidenceSealed) -> Case:
    return _with(case, event.evidence_id, shown="sealed")


def _sealed_opened(case: Case, event: SealedEvidenceOpened) -> Case:
    exhibit = case.file.exhibit(event.evidence_id)
    opened = {*(exhibit.opened_by if exhibit else ()), event.coordinator_id}
    return _with(case, event.evidence_id, opened_by=tuple(sorted(opened)))


def _evidence_erased(case: Case, event: EvidenceErased) -> Case:
    return _with(case, event.evidence_id, shown="erased", content=None, masked=None)


def _person_erased(case: Case, event: PersonErased) -> Case:
    for evidence_id in event.evidence:
        case = _with(case, evidence_id, shown="erased", content=None, masked=None)
    return case


def _with(case: Case, evidence_id: UUID, **changes: Any) -> Case:
    exhibit = case.file.exhibit(evidence_id)
    return replace(case, file=case.file.with_exhibit(replace(exhibit, **changes))) if exhibit else case


def _alarmed(case: Case, **changed: Any) -> Case:
    assert case.file.alarm is not None  # noqa: S101
    return replace(case, file=replace(case.file, alarm=replace(case.file.alarm, **changed)))


def _emergency_confirmed(case: Case, event: EmergencyConfirmed) -> Case:
    return _alarmed(case, confirmed_at=event.at)


def _emergency_unanswered(case: Case, event: EmergencyUnanswered) -> Case:
    assert case.file.alarm is not None  # noqa: S101
    return _alarmed(case, rung=(*case.file.alarm.rung, event.step))


def _site_visited(case: Case, _: SiteVisited) -> Case:
    return _alarmed(case, was_visited=True) if case.file.alarm else case


def _emergency_lifted(case: Case, event: EmergencyLifted) -> Case:
    return _alarmed(case, lifted_at=event.at)


def _claimed(case: Case, event: RespondentClaimed) -> Case:
    """What was pledged for them on paper is theirs from now on."""
    file = case.file
    pledges = tuple(replace(one, party_id=one.party_id or event.respondent) for one in file.pledges)
    return replace(
        case, file=replace(file, respondents=(*file.respondents, event.respondent), pledges=pledges)
    )


def _mediation_declined(case: Case, event: MediationDeclined) -> Case:
    file = replace(case.file.with_ended("answer", event.on), answer="refuse")
    return AwaitingRoute(file)


def _at_step(file: CaseFile, step: str) -> CaseFile:
    return replace(file, mediation=replace(file.mediation, step=step)) if file.mediation else file


EVOLUTIONS: Mapping[type[Event], Callable[[Any, Any], Case]] = {
    CaseFiled: _filed,
    CategoryCorrected: _corrected,
    CaseAccepted: _accepted,
    CaseDeclined: _declined,
    CaseJoined: _joined,
    HealthSharingDecided: _health_decided,
    CaseSeparated: _separated,
    GroupGathered: _gathered,
    GroupAsked: _group_asked,
    CaseGivenBack: _given_back,
    LeadsNominated: _nominated,
    LeadAccepted: _lead_accepted,
    SpeakerVolunteered: _volunteered,
    SpeakersDrawn: _speakers_drawn,
    LeadsNamed: _leads_named,
    LeadStoodDown: _stood_down,
    GroupPosted: _group_posted,
    PostReleased: _post_released,
    GroupNewsNoted: _news_noted,
    GroupTold: _group_told,
    MatterSplit: _unmoved,
    NoticeDelivered: _delivered,
    NoticeServed: _served,
    CaseAnswered: _answered,
    PartyAdded: _party_added,
    PartyLeft: _left,
    LeavingSpoken: _leaving_spoken,
    PartyInvited: _invited,
    InvitationAnswered: _invitation_answered,
    PartyServed: _party_served,
    PartyAnswered: _party_answered,
    MessageSent: _message_sent,
    MessageReleased: _message_released,
    OccurrenceLogged: _unmoved,
    InquiryOpened: _unmoved,
    CaseWithdrawn: _unmoved,
    CaseRouted: _routed,
    CaseReferred: _referred,
    ReferralReceived: _received,
    ReferralChased: _chased,
    CaseReturned: _returned,
    IdentityRevealed: _identity_revealed,
    MediationNoted: _mediation_noted,
    OralAgreementStated: _stated,
    ReceiptHanded: _receipt_handed,
    AgreementDrafted: _drafted,
    AgreementTookEffect: _in_force,
    AgreementAmended: _amended,
    SupervisionBegan: _supervised,
    CommitmentsPerformed: _performed,
    MediationEnded: _mediation_ended,
    SurveyRequested: _survey_requested,
    SurveyAnswered: _survey_answered,
    CaseClosed: _closed,
    CaseReopened: _reopened,
    ClockMissed: _missed,
    EvidenceAdded: _evidence_added,
    ReadingRecorded: _reading_recorded,
    ChildHeard: _child_heard,
    ChildLetFollow: _child_let_follow,
    BoardAllowed: _board_allowed,
    TakedownAsked: _takedown_asked,
    TakenDown: _taken_down,
    EvidenceReleased: _evidence_released,
    EvidenceSealed: _evidence_sealed,
    SealedEvidenceOpened: _sealed_opened,
    EvidenceErased: _evidence_erased,
    PersonErased: _person_erased,
    ContactMade: _contacted,
    VisitsRecounted: _recounted,
    ReturnVisitDue: _visit_due,
    ReturnVisited: _visited,
    ExtensionProposed: _extension_proposed,
    ExtensionReminded: _extension_reminded,
    ExtensionConsented: _extension_consented,
    ExtensionDeclined: _extension_declined,
    MonthExtended: _month_extended,
    SettlementSaid: _settlement_said,
    CaseConcluded: _concluded,
    PledgeOffered: _pledge_offered,
    PledgeAnswered: _pledge_answered,
    PledgeProven: _pledge_proven,
    PledgeConfirmed: _pledge_confirmed,
    PledgeDisputed: _pledge_disputed,
    PledgeMissed: _pledge_missed,
    ServiceOffered: _service_offered,
    ServiceAnswered: _service_answered,
    ClockWarned: _warned,
    CaseEscalated: _escalated,
    WorkRecorded: _work_recorded,
    ServiceAttempted: _unmoved,
    AnswerEntered: _unmoved,
    RespondentClaimed: _claimed,
    MediationDeclined: _mediation_declined,
    EmergencyConfirmed: _emergency_confirmed,
    EmergencyUnanswered: _emergency_unanswered,
    EmergencyLifted: _emergency_lifted,
    HotlineCalled: _unmoved,
    PoliceReported: _unmoved,
    SiteVisited: _site_visited,
}
