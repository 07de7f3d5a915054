"""Reaching somebody without an account: what serves, what answers, and what a refusal does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    Closed,
    Deliberating,
)
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import CASE, EXAMPLES, EXHIBIT, NIGHT, PHOTO, SHOP, a, after, events_of

TODAY = date(2026, 3, 12)
LATER = NIGHT + timedelta(days=8)
REFUSED_ON_PAPER = c.EnterAnswer(CASE, None, "没空开会", "paper", date(2026, 3, 18))


class TestService:
    @pytest.mark.parametrize("outcome", ["closed", "handed_unsigned"])
    def test_an_unsigned_slip_is_no_service(self, outcome: str):
        attempt = c.RecordAttempt(CASE, outcome, TODAY)
        assert events_of(a(AwaitingService), attempt, "coordinator") == [
            e.ServiceAttempted(TODAY, outcome, None)
        ]
        assert isinstance(after(a(AwaitingService), attempt, "coordinator"), AwaitingService)

    def test_the_answers_days_run_from_the_day_the_slip_was_signed(self):
        signed = c.RecordAttempt(CASE, "signed", date(2026, 3, 13))
        served = after(a(AwaitingService), signed, "coordinator", LATER)
        assert isinstance(served, AwaitingAnswer)
        answer = served.file.clock("answer")
        assert answer is not None
        assert (answer.since, answer.until) == (date(2026, 3, 13), date(2026, 3, 20))

    @pytest.mark.parametrize("day", [date(2026, 3, 11), date(2026, 3, 13)])
    def test_a_day_before_the_acceptance_or_to_come_is_named(self, day: date):
        with pytest.raises(Invalid):
            events_of(a(AwaitingService), c.RecordAttempt(CASE, "closed", day), "coordinator")


class TestClaim:
    def test_the_holder_of_the_code_becomes_the_respondent_where_there_is_none(self):
        claimed = after(a(AwaitingService, respondents=()), c.ClaimCase(CASE, SHOP), "respondent")
        assert claimed.file.respondents == (SHOP,)

    def test_a_second_holder_changes_nothing(self):
        with pytest.raises(NotNow):
            events_of(a(AwaitingService), c.ClaimCase(CASE, SHOP), "respondent")


class TestAnswerOnPaper:
    def test_the_paper_lies_beside_the_answer_and_is_what_the_coordinator_brought(self):
        case = after(a(AwaitingAnswer), c.AddEvidence(CASE, EXHIBIT, "photo", PHOTO), "coordinator")
        shown = replace(REFUSED_ON_PAPER, evidence_ids=(EXHIBIT,))
        entered, *_ = events_of(case, shown, "coordinator", LATER)
        assert entered.evidence_ids == (EXHIBIT,)
        theirs = after(a(AwaitingAnswer), c.AddEvidence(CASE, EXHIBIT, "photo", PHOTO), "complainant")
        for without in (theirs, a(AwaitingAnswer)):
            with pytest.raises(Invalid) as refused:
                events_of(without, shown, "coordinator", LATER)
            assert (refused.value.field, refused.value.code) == ("/evidence_ids", "unknown_evidence")

    def test_it_is_as_old_as_the_day_it_was_received(self):
        command = c.EnterAnswer(CASE, "agree", "可以谈", "paper", date(2026, 3, 17))
        answered = after(a(AwaitingAnswer), command, "coordinator", NIGHT + timedelta(days=30))
        assert isinstance(answered, AwaitingRoute)
        clock = answered.file.clock("answer")
        assert clock is not None
        assert clock.state == "met"

    def test_once_somebody_answered_nothing_is_entered_over_it(self):
        with pytest.raises(NotNow):
            events_of(a(AwaitingRoute), *EXAMPLES[c.EnterAnswer])


class TestRefusal:
    def test_it_ends_the_case_without_blame(self):
        closed = after(a(AwaitingAnswer), REFUSED_ON_PAPER, "coordinator", LATER)
        assert isinstance(closed, Closed)
        assert closed.outcome == "ended_without_agreement"

    def test_what_lies_with_an_authority_goes_on(self):
        referred = after(a(AwaitingAnswer), *EXAMPLES[c.ReferCase])
        refused = after(referred, *EXAMPLES[c.RefuseMediation])
        assert isinstance(refused, AwaitingRoute)
        assert refused.file.open_referrals
        with pytest.raises(Refused, match="respondent_refuses"):
            events_of(refused, c.RouteCase(CASE, "mediation"), "coordinator")

    def test_they_may_change_their_mind(self):
        referred = after(a(AwaitingAnswer), *EXAMPLES[c.ReferCase])
        refused = after(referred, *EXAMPLES[c.RefuseMediation])
        willing = after(refused, *EXAMPLES[c.AnswerCase])
        returned = after(willing, *EXAMPLES[c.ReturnCase])
        assert isinstance(after(returned, c.RouteCase(CASE, "mediation"), "coordinator"), Deliberating)
