"""Where a child is concerned: heard beside a grown-up, sealed, erased in time, and never told on to the other side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy, publish, showing, views
from services.complaints.decisions import Standing
from services.complaints.decisions.state import AwaitingAnswer, AwaitingRoute, Closed
from services.complaints.people import People
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    CASE,
    EXAMPLES,
    EXHIBIT,
    HOME,
    LIN,
    MA,
    NIGHT,
    PHOTO,
    SHOP,
    ZHOU,
    a,
    after,
    events_of,
)

PEOPLE = People({HOME: LIN, SHOP: MA}, coordinators=(ZHOU,))
HEARD, ASKED = EXAMPLES[c.HearChild], EXAMPLES[c.AskTakedown]


def of_a_child(state=AwaitingAnswer):
    return a(state, identity="hidden", minor=True)


class TestHearing:
    def test_the_words_lie_sealed_and_open_to_nobody_without_a_reason(self):
        heard = after(of_a_child(), *HEARD)
        [exhibit] = heard.file.exhibits
        assert (exhibit.kind, exhibit.shown) == ("child_words", "sealed")
        for role in ("complainant", "respondent", "coordinator", "mediator"):
            assert showing.content_for(Standing(role), ZHOU, exhibit) is None
        looked = after(heard, c.OpenSealed(CASE, EXHIBIT, ZHOU, "准备会谈"), "coordinator")
        assert showing.content_for(Standing("coordinator"), ZHOU, looked.file.exhibits[0]) == PHOTO

    @pytest.mark.parametrize("present", [("coordinator",), ("coordinator", "mediator")])
    def test_no_child_is_heard_by_the_alliances_people_alone(self, present):
        with pytest.raises(Invalid, match="nobody_beside_the_child"):
            events_of(of_a_child(), c.HearChild(CASE, EXHIBIT, PHOTO, present), "coordinator")

    def test_in_a_matter_of_grown_ups_there_is_no_child_to_hear(self):
        with pytest.raises(NotNow):
            events_of(a(AwaitingAnswer), *HEARD)

    def test_they_go_thirty_days_after_closing_with_a_proof(self):
        heard = after(of_a_child(), *HEARD)
        closed = after(heard, c.WithdrawCase(CASE), "complainant")
        assert isinstance(closed, Closed)
        assert events_of(closed, c.EraseSealed(CASE), "system", NIGHT + timedelta(days=29)) == []
        [erased] = events_of(closed, c.EraseSealed(CASE), "system", NIGHT + timedelta(days=30))
        assert erased == e.EvidenceErased(EXHIBIT, None, PHOTO.sha256)

    def test_of_it_nothing_leaves(self):
        heard = after(of_a_child(), *HEARD)
        [event] = events_of(of_a_child(), *HEARD)
        assert publish.contracts_of(publish.Telling(heard, ALLIANCE, PEOPLE), event) == []


class TestTakedown:
    def test_the_side_that_posted_it_is_asked_and_says_when_it_is_gone(self):
        asked = after(of_a_child(), *ASKED)
        [event] = events_of(of_a_child(), *ASKED)
        [told] = publish.contracts_of(publish.Telling(asked, ALLIANCE, PEOPLE), event)
        assert told.to == (MA,)
        gone = after(asked, c.ConfirmTakedown(CASE), "respondent")
        assert gone.file.takedowns == ()

    def test_the_other_side_neither_confirms_nor_reads_it(self):
        asked = after(of_a_child(), *ASKED)
        with pytest.raises(NotNow):
            events_of(asked, c.ConfirmTakedown(CASE), "complainant")
        step = e.TakedownAsked("respondent")
        assert policy.sees_step(Standing("respondent"), step)
        assert not policy.sees_step(Standing("complainant"), step)

    def test_nobody_is_asked_twice_at_once(self):
        with pytest.raises(Refused, match="takedown_asked_already"):
            events_of(after(of_a_child(), *ASKED), *ASKED)

    def test_a_picture_of_a_child_makes_a_matter_one_of_a_child(self):
        shown = c.AddEvidence(CASE, EXHIBIT, "photo", PHOTO, shows_minor=True)
        case = after(a(AwaitingAnswer), shown, "complainant")
        assert events_of(case, *ASKED)
        assert case.file.concerns_child
        [routed] = events_of(after(a(AwaitingRoute), shown, "complainant"), *EXAMPLES[c.RouteCase])
        telling = publish.Telling(after(case, *EXAMPLES[c.AnswerCase]), ALLIANCE, PEOPLE)
        [told] = publish.contracts_of(telling, routed)
        assert told.minor


class TestBoard:
    def test_nothing_of_a_child_is_counted_unless_the_guardian_says_so(self):
        case = of_a_child()
        assert not case.file.on_board
        let = after(case, *EXAMPLES[c.LetOnBoard])
        assert let.file.on_board
        assert not after(let, c.LetOnBoard(CASE, False), "complainant").file.on_board
        assert events_of(case, c.LetOnBoard(CASE, False), "complainant") == []

    def test_it_is_said_after_the_end_too_and_asked_of_nobody_else(self):
        assert events_of(of_a_child(Closed), *EXAMPLES[c.LetOnBoard]) == [e.BoardAllowed(True)]
        with pytest.raises(NotNow):
            events_of(a(AwaitingAnswer), *EXAMPLES[c.LetOnBoard])
        assert not policy.may(Standing("coordinator"), c.LetOnBoard)


class TestChildView:
    def test_the_guardian_lets_the_child_follow_and_takes_it_back(self):
        let = after(of_a_child(), *EXAMPLES[c.LetChildFollow])
        assert let.file.child_follows
        assert not after(let, c.LetChildFollow(CASE, False), "complainant").file.child_follows
        with pytest.raises(NotNow):
            events_of(a(AwaitingAnswer), *EXAMPLES[c.LetChildFollow])

    def test_it_is_said_in_words_for_a_child(self):
        view = views.child_view(of_a_child(), None, "zh-CN")
        assert "110或12345" in view.help
        assert all(len(line) < 40 for line in view.lines)

    def test_the_other_side_is_never_told_that_a_child_complains(self):
        file = of_a_child().file
        shown = {
            role: policy.sees_minor(Standing(role), file)
            for role in ("complainant", "respondent", "coordinator")
        }
        assert shown == {"complainant": True, "respondent": False, "coordinator": True}
