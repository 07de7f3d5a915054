"""听: filed, taken on, served, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Case,
    CaseFile,
    Joined,
)
from services.complaints.events import (
    CaseAccepted,
    CaseAnswered,
    CaseDeclined,
    CaseFiled,
    CaseJoined,
    CaseSeparated,
    CategoryCorrected,
    ContactMade,
    HealthSharingDecided,
    IdentityRevealed,
    MediationDeclined,
    NoticeDelivered,
    NoticeServed,
    RespondentClaimed,
)


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
        represented=event.represented,
        health="asked" if event.health_words else "none",
        health_of_another=event.health_of_another,
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


def _identity_revealed(case: Case, event: IdentityRevealed) -> Case:
    seen_by = {*case.file.revealed_to, event.coordinator_id}
    return replace(case, file=replace(case.file, revealed_to=tuple(sorted(seen_by))))


def _claimed(case: Case, event: RespondentClaimed) -> Case:
    """What was pledged for them on paper is theirs from now on."""
    file = case.file
    pledges = tuple(
        one if one.owed_by else replace(one, party_id=one.party_id or event.respondent)
        for one in file.pledges
    )
    return replace(
        case, file=replace(file, respondents=(*file.respondents, event.respondent), pledges=pledges)
    )


def _mediation_declined(case: Case, event: MediationDeclined) -> Case:
    file = replace(case.file.with_ended("answer", event.on), answer="refuse")
    return AwaitingRoute(file)


EVOLUTIONS: Evolutions = {
    CaseFiled: _filed,
    CategoryCorrected: _corrected,
    CaseAccepted: _accepted,
    CaseDeclined: _declined,
    CaseJoined: _joined,
    HealthSharingDecided: _health_decided,
    CaseSeparated: _separated,
    NoticeDelivered: _delivered,
    NoticeServed: _served,
    CaseAnswered: _answered,
    IdentityRevealed: _identity_revealed,
    ContactMade: _contacted,
    RespondentClaimed: _claimed,
    MediationDeclined: _mediation_declined,
}
