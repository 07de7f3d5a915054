"""How it went, as whoever handled the case reads it: when all is answered, and the words of who agreed alone."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest

from services.complaints import answers, policy
from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions import UNFILED, Standing, evolve
from services.complaints.decisions.state import Closed, Surveyed
from services.complaints.people import People
from services.complaints.terms import Role, Slip
from services.complaints.views import surveys
from tests.unit.complaints.cases import CASE, EXAMPLES, HOME, LIN, MA, SHOP, events_of, way_to

HERS = c.AnswerSurvey(CASE, True, 4, "能睡了", share_comment=True)
HIS = c.AnswerSurvey(CASE, True, 3, "随便吧")
SLIP, _ = EXAMPLES[c.EnterSurvey]
assert isinstance(SLIP, c.EnterSurvey)


def answered(*by: tuple[c.AnswerSurvey | c.EnterSurvey, Role]) -> list[e.Event]:
    journal = way_to(Surveyed)
    for command, role in by:
        journal = [*journal, *events_of(reduce(evolve, journal, UNFILED), command, role)]
    return journal


def seen(journal: list[e.Event], role: Role) -> list[answers.HowItWent]:
    case = reduce(evolve, journal, UNFILED)
    people = People({HOME: LIN, SHOP: MA})
    return surveys.how_it_went(policy.answers_to_weigh(journal), Standing(role), case.file, people)


def test_while_somebody_is_waited_for_nobody_reads_what_the_other_said():
    assert seen(answered((HERS, "complainant")), "coordinator") == []


@pytest.mark.parametrize("role", ["coordinator", "mediator"])
def test_when_all_is_answered_it_is_read_with_the_words_of_who_agreed(role: Role):
    read = seen(answered((HERS, "complainant"), (HIS, "respondent")), role)

    assert [(one.side, one.solved, one.score, one.comment) for one in read] == [
        ("complainant", True, 4, "能睡了"),
        ("respondent", True, 3, None),
    ]


@pytest.mark.parametrize("role", ["complainant", "respondent", "building_captain", "joined", "former"])
def test_it_is_nobody_elses_to_read(role: Role):
    assert seen(answered((HERS, "complainant"), (HIS, "respondent")), role) == []


@pytest.mark.parametrize("slip", ["paper", "phone"])
def test_what_was_entered_for_somebody_says_how_it_came_and_what_they_wrote_themselves_does_not(slip: Slip):
    read = seen(answered((HERS, "complainant"), (replace(SLIP, slip=slip), "helper")), "coordinator")

    assert [(one.side, one.slip) for one in read] == [("complainant", None), ("respondent", slip)]


def test_what_was_answered_before_anybody_was_told_who_reads_it_is_read_by_nobody():
    journal = answered((HERS, "complainant"), (HIS, "respondent"))
    before = [
        replace(one, told_who_reads=False) if isinstance(one, e.SurveyAnswered) else one for one in journal
    ]

    assert seen(before, "coordinator") == []


def test_what_was_said_is_still_read_after_it_was_taken_up_again():
    journal = answered((HERS, "complainant"), (HIS, "respondent"))
    closed = reduce(evolve, journal, UNFILED)
    assert isinstance(closed, Closed)
    again = [*journal, *events_of(closed, *EXAMPLES[c.ReopenCase])]

    assert len(seen(again, "coordinator")) == 2
