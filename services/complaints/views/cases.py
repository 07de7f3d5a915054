"""A case, a list of cases and a receipt, as their reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from services.complaints import answers, policy, sentences
from services.complaints import events as e
from services.complaints.categories import Subcategory
from services.complaints.clocks import Clock
from services.complaints.commands import NAMES, ConcludeCase
from services.complaints.decisions import Case, Circumstances, Standing
from services.complaints.decisions.concluding import conclusions
from services.complaints.decisions.state import CaseFile, running_clock, stage_of, status_of
from services.complaints.decisions.working import rungs_of
from services.complaints.people import People
from services.complaints.storage import Listed, Stored
from services.complaints.terms import Stage
from services.complaints.use_cases import Conflict, Done
from services.complaints.views import (
    grouping,
    hearing,
    leaving,
    oral,
    parties,
    policing,
    referrals,
    settling,
    surveys,
)
from services.complaints.views.clocks import clocks
from services.complaints.views.details import details
from services.complaints.views.grouping import Group
from services.complaints.views.offers import services
from services.complaints.views.pledges import pledges
from services.complaints.views.readings import readings
from services.complaints.views.results import results
from services.complaints.views.words import Words
from shared.texts import Language

OTHER_ROUTES = ("arbitration", "administrative", "court")


def receipt(
    done: Done,
    language: Language,
    *,
    next_step: str | None = None,
    emergency: answers.Emergency | None = None,
    lookup_secret: str | None = None,
    counter_claim: Case | None = None,
    split: Case | None = None,
) -> answers.Receipt:
    """Where the case stands after the caller's command, and what comes next."""
    clock = running_clock(done.case, done.at.by.party_id)
    return answers.Receipt(
        **_where(done.case, done.at.by),
        clock=_running(clock) if clock else None,
        next=next_step or sentences.next_step(done.case, done.at, language),
        possible=policy.possible(done.case, done.at),
        emergency=emergency,
        lookup_secret=lookup_secret,
        counter_claim=_linked(counter_claim) if counter_claim else None,
        split=_linked(split) if split else None,
        proof=str(done.proof),
    )


def _running(clock: Clock) -> answers.RunningClock:
    return answers.RunningClock(name=clock.name, until=clock.until, provisional=clock.provisional)


def item(listed: Listed) -> answers.CaseItem:
    """A line of a list."""
    case, by = listed.case, listed.by
    return answers.CaseItem(
        **_where(case, by), **_matter(case.file), **_filing_day(by, case.file), role_in_case=by.role
    )


def _where(case: Case, by: Standing) -> dict[str, Any]:
    clock = running_clock(case, by.party_id)
    return {
        "id": case.file.case_id,
        "reference": case.file.reference,
        "stage": stage_of(case),
        "status": status_of(case),
        "due": clock.until if clock else None,
    }


def _matter(file: CaseFile) -> dict[str, Any]:
    return {
        "category": file.category,
        "subcategory": file.subcategory,
        "place_id": file.place.place_id if file.place else None,
    }


def _filing_day(by: Standing, file: CaseFile) -> dict[str, Any]:
    filed_on, is_half_month = policy.filed_on(by, file)
    return {"filed_on": filed_on, "filed_on_is_half_month": is_half_month}


def case_view(
    case: Case,
    at: Circumstances,
    words: Words,
    people: People,
    *,
    reader_id: UUID | None,
    lead: Case | None,
    earlier: Stored | None,
    beside: Iterable[Case],
    conflict: Conflict | None,
    group: Group,
    asked: Subcategory | None,
    ended_in: Stage | None,
    held_since: date | None,
    occurrences: list[answers.OccurrenceView],
    language: Language,
) -> answers.CaseView:
    """The case as this reader may see it."""
    by, file, possible = at.by, case.file, policy.possible(case, at)
    return answers.CaseView(
        **_where(case, by),
        **_matter(file),
        **_filing_day(by, file),
        **_words(by, file, words),
        role_in_case=by.role,
        identity=policy.identity_shown(by, file),
        parties=list(parties.concerned(by, file, words, people, reader_id=reader_id, language=language)),
        clocks=clocks(by, file, at, language),
        next=sentences.next_step(case, at, language),
        possible=possible,
        conclusions=[*conclusions(case, at)] if NAMES[ConcludeCase] in possible else [],
        other_routes=other_routes(language),
        minor=policy.sees_minor(by, file),
        child_follows=by.role == "complainant" and file.child_follows,
        on_board=by.role == "complainant" and file.on_board,
        takedown_asked=by.role in file.takedowns,
        mediation=_mediation(file),
        referred_to=file.referred_to,
        ended_in=ended_in,
        held_since=held_since,
        referrals=referrals.of_case(file, words.returns, language),
        tier=file.tier,
        extension=_extension(by, file, words),
        visits=_visits(by, file, words),
        surveys=surveys.own(case, by),
        how_it_went=surveys.how_it_went(words.asked, by, file, people),
        lead=_related(lead, opens=by.role == "complainant"),
        **grouping.of_lead(by, group),
        group=grouping.members(case, at, words.willing, people, language),
        continues=_related(hearing.continued(by, file, earlier)),
        anew=hearing.anew(by, file, earlier, reader_id),
        refiled=hearing.refiled(by, file, earlier),
        site_visits=_site_visits(by, file, words),
        police=policing.police(by, file, words.reported, _said(words)),
        conflict=_conflict(conflict),
        linked=[_linked(one) for one in beside],
        readings=readings(words.readings, by, file, language),
        details=details(by, file, words.filed, asked, language),
        rungs=list(rungs_of(case)),
        health=hearing.health(by, file, words.filed),
        helped=hearing.helped(by, file, words.filed),
        spoken=oral.spoken(file, words.filed, words.stated),
        withdrawal=hearing.withdrawal(case, by, words.withdrawn),
        results=results(words.told, by, file),
        occurrences=occurrences,
        left=leaving.left(by, file, words.leavings, language),
        invited=leaving.invited(by, file, words.invitations, language),
        pledges=pledges(words.pledged, words.promised, file, at),
        settles_by_code=settling.by_code(case, by, possible),
        settlement=settling.settlement(by, file, words.settlement, language, at.today),
        services=services(words.services, by, file, language),
    )


def _words(by: Standing, file: CaseFile, words: Words) -> dict[str, Any]:
    filed = words.filed if policy.sees(by, "words", file) else None
    answer = words.answer if policy.sees(by, "answer", file) else None
    return {
        "place_text": filed.place_text if filed else None,
        "description": filed.description if filed else None,
        "earlier_words": filed.earlier_words if filed else None,
        "happening_now": filed.happening_now if filed else None,
        "occurred_at": filed.occurred_at if filed else None,
        "respondent_fact": filed.respondent_fact if filed else None,
        "shared_summary": words.summary if policy.sees(by, "summary", file) else None,
        "answer": answers.AnswerView(kind=answer.kind, text=answer.text) if answer else None,
        "answer_entered": hearing.answer_entered(by, file, words.entered),
    }


def _said(words: Words) -> list[str]:
    """What either side said of the matter."""
    answered = [words.answer, *words.party_answers.values()]
    return [words.filed.description, *(one.text for one in answered if one and one.text)]


def _visits(by: Standing, file: CaseFile, words: Words) -> list[answers.VisitView]:
    notes = {one.visit_id: one.note for one in words.visited} if policy.sees(by, "work", file) else {}
    return [
        answers.VisitView(
            id=one.visit_id,
            due=one.due,
            provisional=one.provisional,
            visited_on=one.visited_on,
            lasting=one.lasting,
            note=notes.get(one.visit_id),
        )
        for one in file.visits
    ]


def _site_visits(by: Standing, file: CaseFile, words: Words) -> list[answers.SeenOnSite]:
    """What was found on the spot, for those who look after the case."""
    if not policy.sees(by, "site_visits", file):
        return []
    return [
        answers.SeenOnSite(
            at=step.at,
            by=step.actor_role,
            present=step.event.present,
            found=step.event.found,
            done=step.event.done,
        )
        for step in words.site_visits
        if isinstance(step.event, e.SiteVisited)
    ]


def _extension(by: Standing, file: CaseFile, words: Words) -> answers.ExtensionView | None:
    extension, proposed = file.extension, words.extension
    if extension is None or proposed is None or not policy.sees(by, "parties", file):
        return None
    parties = {*file.complainants, *file.respondents}
    shown = by.role in ("coordinator", "mediator", proposed.by) or proposed.by in ("coordinator", "mediator")
    return answers.ExtensionView(
        until=extension.until,
        agreed=len(parties & {*extension.agreed}),
        needed=len(parties),
        awaited=by.party_id in parties - {*extension.agreed},
        reason=proposed.reason if shown else None,
    )


def _mediation(file: CaseFile) -> answers.MediationView | None:
    if file.mediation is None:
        return None
    return answers.MediationView(id=file.mediation.mediation_id, status=file.mediation.step)


def _linked(case: Case) -> answers.LinkedCase:
    file = case.file
    return answers.LinkedCase(
        id=file.case_id,
        reference=file.reference,
        category=file.category,
        subcategory=file.subcategory,
        stage=stage_of(case),
        status=status_of(case),
    )


def _conflict(conflict: Conflict | None) -> answers.ConflictView | None:
    if conflict is None:
        return None
    return answers.ConflictView(filings=conflict.filings, cases=[_linked(one) for one in conflict.cases])


def _related(case: Case | None, *, opens: bool = False) -> answers.RelatedCase | None:
    if case is None:
        return None
    clock = running_clock(case)
    return answers.RelatedCase(
        reference=case.file.reference,
        stage=stage_of(case),
        status=status_of(case),
        id=case.file.case_id if opens else None,
        due=clock.until if opens and clock else None,
    )


def other_routes(language: Language) -> list[answers.Route]:
    """The ways outside the alliance, named on every screen of a case."""
    return [
        answers.Route(code=code, text=sentences.TEXTS(f"route_{code}", language)) for code in OTHER_ROUTES
    ]
