"""议, 定, 办, 督: the path, the mediation, a longer month, and what was agreed."""

from __future__ import annotations

from dataclasses import replace

from services.complaints.clocks import Clock
from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.settlement import standing, terms_of
from services.complaints.decisions.state import (
    Acting,
    AwaitingMarks,
    AwaitingRoute,
    AwaitingVisits,
    Case,
    CaseFile,
    Deliberating,
    Extension,
    Mediation,
    Pledge,
    Pledged,
    ReturnVisit,
    Spoken,
    Supervised,
    Surveyed,
)
from services.complaints.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementTookEffect,
    CaseConcluded,
    CaseRouted,
    CommitmentsPerformed,
    ExtensionConsented,
    ExtensionDeclined,
    ExtensionProposed,
    ExtensionReminded,
    MediationEnded,
    MediationNoted,
    MonthExtended,
    OralAgreementStated,
    PlannedVisit,
    ReceiptHanded,
    SettlementReached,
    SettlementSaid,
    SupervisionBegan,
)


def _routed(case: Case, event: CaseRouted) -> Case:
    file = case.file.with_clock(event.mediation) if event.mediation else case.file
    return Deliberating(file.with_pledges_lapsed(), event.path)


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
    clock = file.clock("commitments")
    if event.broken and clock is not None:
        file = file.with_clock(clock.late())
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
    case = standing(case, event.on) if event.on else case
    return replace(
        case,
        settled_by=(*case.settled_by, event.side),
        settlement=case.settlement or event.words_hash,
        terms=(*case.terms, *terms_of(event)),
    )


def _settlement_reached(case: Case, event: SettlementReached) -> Case:
    """Nobody waits for an agreement any more."""
    file = replace(case.file.with_ended("mediation", event.on), extension=None)
    for one in event.promises:
        pledge = Pledge(one.pledge_id, None, one.pledge.until, "wanted", owed_by=one.owed_by)
        file = replace(file.with_clock(one.pledge), pledges=(*file.pledges, pledge))
    return Pledged(file)


def _concluded(case: Case, event: CaseConcluded) -> Case:
    file = replace(case.file.with_ended("mediation", event.on), extension=None).with_pledges_lapsed()
    return (
        replace(case, file=file)
        if event.result == "no_agreement"
        else _to_be_asked(_with_planned(file, event.visits), event.last_visit)
    )


def _with_planned(file: CaseFile, visits: tuple[PlannedVisit, ...]) -> CaseFile:
    planned = (ReturnVisit(one.visit_id, one.due, one.counted, one.provisional) for one in visits)
    return replace(file, visits=(*file.visits, *planned))


def _at_step(file: CaseFile, step: str) -> CaseFile:
    return replace(file, mediation=replace(file.mediation, step=step)) if file.mediation else file


EVOLUTIONS: Evolutions = {
    CaseRouted: _routed,
    MediationNoted: _mediation_noted,
    OralAgreementStated: _stated,
    ReceiptHanded: _receipt_handed,
    AgreementDrafted: _drafted,
    AgreementTookEffect: _in_force,
    AgreementAmended: _amended,
    SupervisionBegan: _supervised,
    CommitmentsPerformed: _performed,
    MediationEnded: _mediation_ended,
    ExtensionProposed: _extension_proposed,
    ExtensionReminded: _extension_reminded,
    ExtensionConsented: _extension_consented,
    ExtensionDeclined: _extension_declined,
    MonthExtended: _month_extended,
    SettlementSaid: _settlement_said,
    SettlementReached: _settlement_reached,
    CaseConcluded: _concluded,
}
