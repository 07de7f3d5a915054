"""Everybody around is asked alike, in private, and becomes a party by their own word alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.inquiring import answer, inquiry_of
from services.complaints.decisions.state import AwaitingAnswer, AwaitingService, Closed, Deliberating
from services.complaints.events.inquiring import QuestionAnswered, QuestionAsked
from services.complaints.policy import sees_answer, sees_step, sees_who_answered
from services.complaints.terms import Role, SharedWith
from shared.errors import Invalid, Refused
from tests.unit.complaints.cases import CASE, OWNER, a, after, events_of

INQUIRY, HIS, HERS = (UUID(int=n) for n in (71, 72, 73))
DAY = date(2026, 5, 12)
ASKED = QuestionAsked(DAY, "SJ-7K3M-9QX4-C", "您知道什么?", (HIS, HERS))
SAID = QuestionAnswered(DAY, HERS, "是我爸倒的", "mediator")


@pytest.mark.parametrize("homes", [1, 2])
def test_so_few_homes_would_be_suspected(homes: int):
    with pytest.raises(Invalid, match="too_few_homes"):
        events_of(a(AwaitingService), c.OpenInquiry(CASE, INQUIRY, homes), "coordinator")


def test_the_case_knows_how_many_homes_and_not_which():
    [opened] = events_of(a(AwaitingService), c.OpenInquiry(CASE, INQUIRY, 3), "coordinator")
    assert opened == e.InquiryOpened(date(2026, 3, 12), INQUIRY, 3)
    assert not sees_step(Standing("respondent"), opened)


def test_each_ask_is_answered_once():
    inquiry = inquiry_of([ASKED, SAID])
    assert (inquiry.answer_to(HERS), inquiry.answer_to(HIS)) == (SAID, None)
    with pytest.raises(Refused, match="already_answered"):
        answer(inquiry, SAID, a(AwaitingService))


def test_nobody_answers_what_is_over():
    with pytest.raises(Refused, match="inquiry_over"):
        answer(inquiry_of([ASKED]), SAID, a(Closed))
    assert answer(inquiry_of([ASKED]), SAID, a(Deliberating)) == [SAID]


def test_who_says_that_it_was_they_answers_for_it():
    case = after(a(AwaitingService, doer="unknown", respondents=()), c.JoinByStatement(CASE, OWNER), "system")
    assert case.file.respondents == (OWNER,)


def test_beside_a_respondent_they_are_heard_for_themselves():
    case = after(a(AwaitingAnswer), c.JoinByStatement(CASE, OWNER), "system")
    assert [one.party_id for one in case.file.added] == [OWNER]


def test_in_a_mediation_that_others_consented_to_nobody_joins():
    assert events_of(a(Deliberating), c.JoinByStatement(CASE, OWNER), "system") == []


@pytest.mark.parametrize(
    ("role", "shared_with", "reads", "knows_who"),
    [
        ("coordinator", "coordinator", True, True),
        ("coordinator", "mediator", True, True),
        ("mediator", "coordinator", False, False),
        ("mediator", "mediator", True, False),
        ("complainant", "mediator", False, False),
        ("respondent", "mediator", False, False),
        ("building_captain", "mediator", False, False),
    ],
)
def test_what_was_said_in_private_is_read_by(
    role: Role, shared_with: SharedWith, *, reads: bool, knows_who: bool
):
    by = Standing(role)
    assert sees_answer(by, shared_with) == reads
    assert sees_who_answered(by) == knows_who
