"""What mediation cannot settle is reported: by a human, recorded with its minute, and read by neither side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy, publish
from services.complaints.betraying import violent_words
from services.complaints.decisions import Standing
from services.complaints.decisions.state import AwaitingAnswer, Closed, Deliberating
from services.complaints.views.policing import police
from shared.errors import Invalid
from tests.unit.complaints.cases import ALLIANCE, EXAMPLES, NIGHT, a, after, events_of

REPORT, BY = EXAMPLES[c.ReportToPolice]


def test_what_was_reported_stands_with_its_minute_and_number():
    told = replace(REPORT, reference="沪公受〔2026〕12号")
    assert events_of(a(Deliberating), told, BY) == [
        e.PoliceReported("后门口有人被推倒", NIGHT, "沪公受〔2026〕12号")
    ]


def test_it_stops_nothing():
    before = a(Deliberating)
    assert after(before, REPORT, BY) == before


def test_nothing_is_reported_before_it_happened():
    with pytest.raises(Invalid) as refused:
        events_of(a(Deliberating), replace(REPORT, at=NIGHT + timedelta(days=400)), BY)
    assert (refused.value.field, refused.value.code) == ("/at", "in_the_future")


@pytest.mark.parametrize("role", ["complainant", "respondent", "mediator", "building_captain", "helper"])
def test_nobody_but_the_coordinator_records_it(role):
    assert not policy.may(Standing(role), c.ReportToPolice)


def test_neither_side_learns_of_it_and_no_word_leaves():
    [reported] = events_of(a(AwaitingAnswer), REPORT, BY)
    readers = {
        role
        for role in ("complainant", "respondent", "coordinator", "mediator", "building_captain", "joined")
        if policy.sees_step(Standing(role), reported)
    }
    assert readers == {"coordinator", "mediator"}
    file = a(AwaitingAnswer).file
    for role in ("complainant", "respondent", "building_captain", "joined"):
        assert police(Standing(role), file, [reported], ["他威胁我"]) is None
    telling = publish.Telling(a(Closed), ALLIANCE, None)
    assert publish.contracts_of(telling, reported) == []


def test_the_words_are_a_hint_to_whoever_looks_after_it():
    seen = police(Standing("coordinator"), a(AwaitingAnswer).file, [], ["他威胁我,还砸坏了门", "没有动手"])
    assert seen.words == ["威胁", "砸坏", "动手"]
    assert seen.reports == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("晚上音乐太响,睡不着", []),
        ("楼上打电话声音大,开门砸地板", []),
        ("说要报复我,拿刀站在门口", ["报复", "拿刀"]),
        ("He threatened me with a knife", ["threatened", "knife"]),
        ("the music hits hard at night", []),
    ],
)
def test_ordinary_noise_suggests_no_crime(text, words):
    assert violent_words(text) == words
