"""Nobody is named on suspicion, and nobody's illness is told on without their yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.betraying import accusing_words, health_is_anothers
from services.complaints.categories import catalogue
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Joined,
)
from services.complaints.policy import waits_for
from services.complaints.terms import Basis, Doer
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import CASE, HERS, OWNER, SHOP, a, after, events_of

NAMED = c.AcceptCase(CASE, "遮阳棚上方泼水", respondents=(SHOP,))
ADD = c.AddParty(CASE, OWNER, "respondent", "neighbour")
UNSEEN = {"doer": "unknown", "respondents": ()}
OF_HEALTH = {"health_words": ("血压",)}


@pytest.mark.parametrize(
    ("subcategory", "doer"),
    [("falling_objects", "unknown"), ("dirty_water", "unsure"), ("bar_music", "known")],
)
def test_the_categories_say_of_what_the_doer_is_seldom_seen(subcategory: str, doer: Doer):
    row = catalogue().find(subcategory)
    assert row is not None
    assert row.doer == doer


class TestNobodyOnSuspicion:
    @pytest.mark.parametrize("doer", ["unsure", "unknown"])
    def test_the_coordinator_names_nobody_without_a_fact(self, doer: Doer):
        case = a(AwaitingTriage, doer=doer, respondents=())
        with pytest.raises(Invalid, match="fact_missing"):
            events_of(case, NAMED, "coordinator")
        named = after(case, replace(NAMED, respondent_fact="监控拍到窗口"), "coordinator")
        assert named.file.respondents == (SHOP,)

    def test_it_is_taken_on_with_nobody_and_waits_for_the_coordinator(self):
        case = after(a(AwaitingTriage, **UNSEEN), c.AcceptCase(CASE, "摘要"), "coordinator")
        assert isinstance(case, AwaitingService)
        assert case.file.respondents == ()
        assert waits_for(case) == {"coordinator"}

    @pytest.mark.parametrize(
        ("basis", "fact", "wrong"),
        [
            (None, None, "basis_missing"),
            (None, "听说是他", "basis_missing"),
            ("established_fact", None, "fact_missing"),
            ("own_statement", None, "fact_missing"),
        ],
    )
    def test_nobody_is_added_without_saying_by_what(self, basis: Basis | None, fact: str | None, wrong: str):
        with pytest.raises(Invalid, match=wrong):
            events_of(a(AwaitingService, **UNSEEN), replace(ADD, basis=basis, fact=fact), "coordinator")

    def test_a_neighbour_who_is_troubled_too_needs_none(self):
        beside = replace(ADD, side="complainant")
        assert [type(one) for one in events_of(a(AwaitingService, **UNSEEN), beside, "coordinator")] == [
            e.PartyAdded
        ]

    @pytest.mark.parametrize("state", [AwaitingService, AwaitingAnswer])
    def test_the_first_to_be_added_is_the_one_who_answers(self, state: type[AwaitingService]):
        case = after(a(state, respondents=()), ADD, "coordinator")
        assert (case.file.respondents, case.file.added) == ((OWNER,), ())
        assert isinstance(
            after(case, c.AnswerCase(CASE, "propose", "水是我倒的"), "respondent"), AwaitingRoute
        )

    def test_beside_a_respondent_they_speak_for_themselves(self):
        case = after(a(AwaitingService), ADD, "coordinator")
        assert case.file.respondents == (SHOP, OWNER)
        assert [one.party_id for one in case.file.added] == [OWNER]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("四楼那家嫌疑最大", ["四楼那家", "嫌疑"]),
            ("402室往下倒水", ["402室"]),
            ("姓吴的倒的", ["姓吴的"]),
            ("Flat 402 is the suspect", ["Flat 402", "suspect"]),
            ("遮阳棚上方泼水、掉落烟头,118弄3号", []),
        ],
    )
    def test_what_points_at_a_home_or_a_person_is_named(self, text: str, words: list[str]):
        assert accusing_words(text) == words


class TestHealth:
    @pytest.mark.parametrize("state", [AwaitingTriage, Joined])
    def test_it_is_asked_about_and_the_last_word_holds(self, state: type[AwaitingTriage]):
        case = a(state, **OF_HEALTH)
        assert case.file.health == "asked"
        shared = after(case, c.DecideHealthSharing(CASE, True), "complainant")
        kept = after(shared, c.DecideHealthSharing(CASE, False), "complainant")
        assert (shared.file.health, kept.file.health) == ("shared", "kept")

    def test_of_anothers_nobody_says_yes_but_they_themselves(self):
        case = a(AwaitingTriage, **OF_HEALTH, health_of_another=True)
        with pytest.raises(Refused, match="health_of_another"):
            events_of(case, c.DecideHealthSharing(CASE, True), "complainant")
        kept = after(case, c.DecideHealthSharing(CASE, False), "complainant")
        assert kept.file.health == "kept"
        assert after(kept, HERS, "coordinator").file.health == "shared"
        assert after(case, replace(HERS, shared=False), "coordinator").file.health == "kept"

    def test_their_word_is_of_the_past_and_of_nobody_who_speaks_for_themselves(self):
        case = a(AwaitingTriage, **OF_HEALTH, health_of_another=True)
        with pytest.raises(Invalid, match="in_the_future"):
            events_of(case, replace(HERS, told_on=date(2026, 3, 13)), "coordinator")
        with pytest.raises(NotNow):
            events_of(a(AwaitingTriage, **OF_HEALTH), HERS, "coordinator")

    @pytest.mark.parametrize(
        ("text", "anothers"),
        [
            ("我老婆怀孕六个月,两个礼拜没睡过整觉", True),
            ("She is pregnant and cannot sleep.", True),
            ("吵得我高血压都要发作。我妈也住这里。", False),
            ("我老婆天天被吵醒", False),
            ("楼上邻居天天敲，我失眠", False),
            ("他每晚唱到两点，我心脏不好", False),
            ("我是孕妇,睡不着", False),
            ("The neighbour's music gives me insomnia.", False),
        ],
    )
    def test_whose_it_is_a_clause_tells(self, text: str, *, anothers: bool):
        assert health_is_anothers(text) is anothers

    def test_where_nothing_was_said_nothing_is_asked(self):
        with pytest.raises(NotNow):
            events_of(a(AwaitingTriage), c.DecideHealthSharing(CASE, True), "complainant")

    def test_once_the_summary_is_written_it_is_too_late(self):
        with pytest.raises(NotNow):
            events_of(a(AwaitingService, **OF_HEALTH), c.DecideHealthSharing(CASE, True), "complainant")
