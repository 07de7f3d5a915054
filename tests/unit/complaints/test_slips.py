"""A survey answered on paper: entered by whoever handed it over, worth as much as any other, counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions import Standing, decide
from services.complaints.decisions.state import Closed, Spoken, Surveyed
from services.complaints.policy import sees_step
from services.complaints.sentences import step
from services.complaints.views.evidence import evidence
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import (
    CASE,
    EXAMPLES,
    EXHIBIT,
    HOME,
    NIGHT,
    SHOP,
    XU,
    ZHOU,
    a,
    after,
    asked_by,
    events_of,
)

SLIP, _ = EXAMPLES[c.EnterSurvey]
assert isinstance(SLIP, c.EnterSurvey)
ANOTHER = UUID(int=77)


def test_it_is_marked_as_one_and_its_scan_is_kept_for_staff_alone():
    [answered] = events_of(a(Surveyed), SLIP, "helper")
    assert (answered.party_id, answered.received_on, answered.aloud) == (SHOP, date(2026, 3, 12), False)
    case = after(a(Surveyed), SLIP, "helper")
    [scan] = case.file.exhibits
    assert (scan.kind, scan.evidence_id, scan.party_id) == ("survey_slip", EXHIBIT, None)
    for role, party in (("complainant", HOME), ("respondent", SHOP), ("building_captain", None)):
        assert evidence((), Standing(role, party), None, case.file) == []


@pytest.mark.parametrize(
    ("slip", "said"),
    [("paper", "on paper"), ("phone", "telephone"), ("visit", "visit"), ("counter", "counter")],
)
def test_it_may_have_come_another_way_and_the_history_says_which(slip, said):
    answered, *_ = events_of(a(Surveyed), replace(SLIP, slip=slip), "helper")
    assert answered.slip == slip
    assert said in step(answered, "en")


def test_it_is_never_shown_to_a_side():
    case = after(a(Surveyed), SLIP, "helper")
    with pytest.raises(Refused, match="slip_is_confidential"):
        events_of(case, c.ReleaseEvidence(CASE, EXHIBIT), "coordinator")


def test_it_counts_once_whichever_came_first():
    entered = after(a(Surveyed), SLIP, "helper")
    with pytest.raises(NotNow):
        events_of(entered, c.AnswerSurvey(CASE, False, 1), "respondent")
    answered = after(a(Surveyed), c.AnswerSurvey(CASE, True, 4), "respondent")
    with pytest.raises(Refused, match="survey_answered_already"):
        events_of(answered, SLIP, "coordinator")


def test_the_last_answer_closes_the_case_whether_on_paper_or_not():
    answered = after(a(Surveyed), c.AnswerSurvey(CASE, True, 4), "complainant")
    closed = after(answered, SLIP, "building_captain")
    assert (type(closed), closed.outcome) == (Closed, "solved")


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 3, 13), "in_the_future"), (date(2026, 3, 11), "before_survey")]
)
def test_it_came_between_the_sending_and_today(day, code):
    with pytest.raises(Invalid, match=code):
        events_of(a(Surveyed), replace(SLIP, received_on=day), "helper")


def test_after_the_days_of_the_survey_it_is_too_late():
    case = a(Surveyed)
    with pytest.raises(NotNow):
        events_of(case, SLIP, "helper", case.file.clock("survey").ends_at)
    just_in_time = case.file.clock("survey").ends_at - timedelta(minutes=1)
    assert events_of(case, SLIP, "helper", just_in_time)


def test_of_several_parties_it_is_said_whose_it_is():
    case = a(Surveyed)
    several = replace(
        case,
        file=replace(case.file, respondents=(SHOP, ANOTHER)),
        surveys=(*case.surveys, replace(case.surveys[0], survey_id=ANOTHER, party_id=ANOTHER)),
    )
    with pytest.raises(Invalid, match="which_party"):
        events_of(several, SLIP, "coordinator")
    [answered] = events_of(several, replace(SLIP, party_id=ANOTHER), "coordinator")
    assert answered.party_id == ANOTHER


def test_of_those_who_complain_together_it_is_said_whose_it_is():
    case = a(Surveyed)
    together = replace(
        case, surveys=(*case.surveys, replace(case.surveys[0], survey_id=ANOTHER, party_id=ANOTHER))
    )
    fellows = replace(asked_by("helper"), fellows={ANOTHER: "hidden"})
    slip = replace(SLIP, side="complainant")
    with pytest.raises(Invalid, match="which_reference"):
        decide(together, slip, fellows)
    [answered] = decide(together, replace(slip, party_id=ANOTHER), fellows)
    assert (answered.party_id, answered.received_on) == (ANOTHER, SLIP.received_on)
    with pytest.raises(Refused, match="survey_answered_already"):
        decide(together, replace(SLIP, party_id=ANOTHER), fellows)
    no_more = replace(fellows, fellows={})
    with pytest.raises(Refused, match="survey_answered_already"):
        decide(together, replace(slip, party_id=ANOTHER), no_more)


def test_the_captain_who_entered_the_matter_enters_no_answer_about_it():
    case = a(Surveyed)
    spoken = replace(case, file=replace(case.file, spoken=Spoken(XU)))
    with pytest.raises(Refused, match="not_asked_by_the_captain"):
        events_of(spoken, SLIP, "building_captain")
    assert events_of(spoken, replace(SLIP, entered_by=ZHOU), "coordinator")


def test_only_its_own_party_and_the_coordinator_read_that_it_came():
    [answered] = events_of(a(Surveyed), SLIP, "helper", NIGHT)
    assert isinstance(answered, e.SurveyAnswered)
    seen = {
        role: sees_step(Standing(role, party), answered)
        for role, party in (
            ("complainant", HOME),
            ("respondent", SHOP),
            ("coordinator", None),
            ("mediator", None),
        )
    }
    assert seen == {"complainant": False, "respondent": True, "coordinator": True, "mediator": False}
