"""Who holds a case, and since which event."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import views
from services.complaints.decisions import UNFILED, Standing, evolve
from services.complaints.decisions.holding import ended_in, taken_over
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingTriage,
    Closed,
    Deliberating,
    State,
)
from services.complaints.storage import Step
from services.complaints.terms import Role
from tests.unit.complaints.cases import CASE, EXAMPLES, HOME, MEDIATION, NIGHT, SHOP, events_of, way_to

BY_NAME = Standing("complainant", HOME)


def going_on(journal: list[e.Event], *asked: c.Command) -> list[e.Event]:
    for command in asked:
        role = EXAMPLES[type(command)][1]
        journal = [*journal, *events_of(reduce(evolve, journal, UNFILED), command, role)]
    return journal


def noted(step: str) -> c.NoteMediation:
    return c.NoteMediation(CASE, MEDIATION, step)


def taken(journal: list[e.Event]) -> e.Event:
    return journal[taken_over(journal)]


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (AwaitingTriage, e.CaseFiled),
        (AwaitingAnswer, e.NoticeServed),
        (AwaitingRoute, e.CaseAnswered),
        (Deliberating, e.CaseRouted),
        (Acting, e.AgreementTookEffect),
        (Closed, e.CaseClosed),
    ],
)
def test_whoever_comes_next_has_it_since_the_step_that_handed_it_to_them(
    state: type[State], event: type[e.Event]
) -> None:
    assert isinstance(taken(way_to(state)), event)


def test_words_and_work_beside_it_hand_it_to_nobody() -> None:
    journal = way_to(AwaitingAnswer)
    talked = going_on(journal, EXAMPLES[c.SendMessage][0], EXAMPLES[c.RecordWork][0])
    assert len(talked) > len(journal)
    assert taken(talked) == taken(journal)


def test_an_authority_has_it_since_it_was_referred_and_the_others_again_since_its_return() -> None:
    referred = going_on(way_to(Deliberating), EXAMPLES[c.ReferCase][0])
    assert isinstance(taken(referred), e.CaseReferred)
    received = going_on(referred, EXAMPLES[c.ReceiveReferral][0])
    assert isinstance(taken(received), e.CaseReferred)
    assert isinstance(taken(going_on(received, EXAMPLES[c.ReturnCase][0])), e.CaseReturned)


def test_within_a_mediation_it_goes_from_hand_to_hand_and_a_session_that_is_moved_stays() -> None:
    journal = going_on(way_to(Deliberating), noted("mediation_opened"), noted("party_consented"))
    assert taken(journal) == e.MediationNoted(MEDIATION, "mediation_opened", None)
    journal = going_on(journal, noted("consent_completed"), noted("mediator_took"))
    assert taken(journal) == e.MediationNoted(MEDIATION, "mediator_took", None)
    journal = going_on(journal, noted("session_scheduled"), noted("session_moved"))
    assert taken(journal) == e.MediationNoted(MEDIATION, "session_scheduled", None)


def steps_of(journal: list[e.Event]) -> list[Step]:
    """One a day."""
    return [
        Step(UUID(int=number), number, NIGHT + timedelta(days=number - 1), "coordinator", event, None)
        for number, event in enumerate(journal, 1)
    ]


@pytest.mark.parametrize(
    ("identity", "role", "since"),
    [
        ("named", "complainant", date(2026, 3, 12)),
        ("hidden", "coordinator", date(2026, 3, 12)),
        ("hidden", "respondent", None),
    ],
)
def test_since_the_filing_is_a_day_for_whom_the_day_is_told(
    identity: str, role: Role, since: date | None
) -> None:
    journal = way_to(AwaitingTriage, identity=identity)
    by = Standing(role, {"complainant": HOME, "respondent": SHOP}.get(role))
    file = reduce(evolve, journal, UNFILED).file
    assert views.held_since(steps_of(journal), by, file) == since


def test_the_day_is_that_of_the_step() -> None:
    journal = way_to(AwaitingAnswer)
    file = reduce(evolve, journal, UNFILED).file
    served = next(place for place, one in enumerate(journal) if isinstance(one, e.NoticeServed))
    assert views.held_since(steps_of(journal), BY_NAME, file) == date(2026, 3, 12) + timedelta(days=served)


@pytest.mark.parametrize(
    ("state", "stage"),
    [(AwaitingTriage, "hear"), (AwaitingRoute, "deliberate"), (Deliberating, "deliberate")],
)
def test_what_was_withdrawn_ended_in_the_stage_it_stood_in(state: type[State], stage: str):
    journal = way_to(state)

    assert ended_in(journal) is None
    assert ended_in(going_on(journal, EXAMPLES[c.WithdrawCase][0])) == stage


def test_what_was_taken_up_again_has_not_ended():
    ended = going_on(way_to(AwaitingTriage), EXAMPLES[c.WithdrawCase][0])

    assert ended_in(going_on(ended, EXAMPLES[c.ReopenCase][0])) is None
