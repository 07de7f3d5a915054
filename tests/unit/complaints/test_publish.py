"""What leaves: ids, codes and days. What never does: a word of a person, an anonymous complainant."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import reduce
from typing import get_args
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import publish
from services.complaints.decisions import UNFILED, evolve
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingTriage,
    Deliberating,
    Surveyed,
)
from services.complaints.people import People
from services.complaints.storage import EVENTS
from shared.contracts import complaints as told
from shared.contracts.envelope import Contract
from tests.unit.complaints.cases import (
    ALLIANCE,
    CASE,
    EXAMPLES,
    FILE,
    HOME,
    LIN,
    MA,
    MESSAGE,
    SHOP,
    ZHOU,
    a,
    events_of,
    way_to,
)

PEOPLE = People({HOME: LIN, SHOP: MA}, coordinators=(ZHOU,))
CANARY = "金丝雀canary"


def contracts(case, command, role, people=PEOPLE) -> list[Contract]:
    """What others are told of a command."""
    events = events_of(case, command, role)
    telling = publish.Telling(reduce(evolve, events, case), ALLIANCE, people)
    return [contract for event in events for contract in publish.contracts_of(telling, event)]


def with_canaries(command: c.Command) -> c.Command:
    """The command with a canary in every field a person may write in."""
    written = {"description", "place_text", "shared_summary", "text", "note", "reason", "comment"}
    codes = {("DeclineCase", "reason")}
    assert is_dataclass(command)
    names = {
        field.name
        for field in fields(command)
        if field.name in written and (type(command).__name__, field.name) not in codes
    }
    return replace(command, **dict.fromkeys(names, CANARY))


def test_every_event_is_published_or_kept_on_purpose():
    assert set(publish.TRANSLATIONS) | publish.KEPT_INSIDE == set(get_args(e.Event))
    assert not set(publish.TRANSLATIONS) & publish.KEPT_INSIDE


def test_no_word_of_a_person_leaves():
    """Every command with words in every state; the journal keeps them, no envelope has one."""
    kept, left = [], []
    held = c.SendMessage(CASE, MESSAGE, "complainant", CANARY)
    questions = [*EXAMPLES.values(), (held, "respondent")]
    cases = [a(state, identity="hidden") for state in _states()] + [UNFILED]
    for case in cases:
        for command, role in questions:
            try:
                events = events_of(case, with_canaries(command), role)
            except Exception:
                continue
            telling = publish.Telling(reduce(evolve, events, case), ALLIANCE, PEOPLE)
            for event in events:
                kept.append(EVENTS.dump(event)[1].decode())
                left += [one.model_dump_json() for one in publish.contracts_of(telling, event)]
    assert sum(CANARY in payload for payload in kept) > 20
    assert left
    assert not any(CANARY in payload for payload in left)


def _states():
    from services.complaints.decisions import Case

    return get_args(Case)


class TestParties:
    def test_before_the_acceptance_nobody_is_to_tell_the_respondent(self):
        [filed] = contracts(UNFILED, FILE, "complainant")
        assert filed.parties == (told.Party(member_id=LIN, side="complainant"),)

    def test_from_then_on_both_are_concerned(self):
        [accepted] = contracts(a(AwaitingTriage), *EXAMPLES[c.AcceptCase])
        assert {(party.member_id, party.side) for party in accepted.parties} == {
            (LIN, "complainant"),
            (MA, "respondent"),
        }

    def test_of_an_anonymous_complainant_there_is_nothing(self):
        nobody = People({SHOP: MA})
        filing = replace(FILE, identity="anonymous", complainants=())
        [filed] = contracts(UNFILED, filing, "complainant", nobody)
        assert filed.parties == ()
        [accepted] = contracts(
            a(AwaitingTriage, identity="anonymous"), *EXAMPLES[c.AcceptCase], people=nobody
        )
        assert [party.side for party in accepted.parties] == ["respondent"]

    def test_a_declined_case_stays_unknown_to_the_respondent(self):
        for contract in contracts(a(AwaitingTriage), *EXAMPLES[c.DeclineCase]):
            assert [party.side for party in contract.parties] == ["complainant"]


class TestMessages:
    def told_to(self, case, command, role) -> tuple[UUID, ...]:
        [sent] = contracts(case, command, role)
        assert isinstance(sent, told.MessageSent)
        return sent.to

    def test_a_held_message_waits_for_the_coordinators(self):
        message = c.SendMessage(CASE, MESSAGE, "complainant", "谁投诉的?")
        assert self.told_to(a(AwaitingAnswer), message, "respondent") == (ZHOU,)

    def test_its_reader_hears_of_it_when_it_is_released(self):
        message = c.SendMessage(CASE, MESSAGE, "complainant", "谁投诉的?")
        held = reduce(evolve, events_of(a(AwaitingAnswer), message, "respondent"), a(AwaitingAnswer))
        assert self.told_to(held, c.ReleaseMessage(CASE, MESSAGE), "coordinator") == (LIN,)

    @pytest.mark.parametrize("command", [c.SplitMatter, c.RevealIdentity])
    def test_what_concerns_the_complainant_alone_is_a_message_to_them(self, command):
        case = a(AwaitingTriage, identity="hidden")
        assert self.told_to(case, *EXAMPLES[command]) == (LIN,)


def test_each_party_is_asked_by_a_survey_of_its_own():
    requested = [event for event in way_to(Surveyed) if isinstance(event, e.SurveyRequested)]
    telling = publish.Telling(a(Surveyed), ALLIANCE, PEOPLE)
    asked = [contract for event in requested for contract in publish.contracts_of(telling, event)]
    assert [contract.member_id for contract in asked] == [LIN, MA]
    assert len({contract.survey_id for contract in asked}) == 2


def test_whoever_has_not_said_how_it_went_is_reminded_by_their_own_link():
    case = reduce(evolve, events_of(a(Surveyed), *EXAMPLES[c.AnswerSurvey]), a(Surveyed))
    until = case.file.clock("survey").until
    [told_again] = publish.contracts_of(
        publish.Telling(case, ALLIANCE, PEOPLE), e.ClockWarned("survey", until)
    )
    [left] = [one for one in case.surveys if not one.is_answered]
    assert isinstance(told_again, told.SurveyAwaited)
    assert (told_again.member_id, told_again.survey_id, told_again.closes_on) == (MA, left.survey_id, until)


def test_a_longer_month_is_asked_for_again_of_whoever_has_not_agreed():
    case = reduce(evolve, events_of(a(Deliberating), *EXAMPLES[c.ProposeExtension]), a(Deliberating))
    case = reduce(evolve, events_of(case, *EXAMPLES[c.ConsentToExtension]), case)
    [told_again] = publish.contracts_of(publish.Telling(case, ALLIANCE, PEOPLE), e.ExtensionReminded())
    assert (told_again.to, told_again.until) == ((MA,), date(2026, 5, 11))


@pytest.mark.parametrize(
    ("state", "command", "word", "who"),
    [
        (AwaitingAnswer, c.AnswerCase, "answer", MA),
        (Surveyed, c.AnswerSurvey, "survey", LIN),
    ],
)
def test_what_somebody_said_stops_their_reminder(state, command, word, who):
    [settled] = [one for one in contracts(a(state), *EXAMPLES[command]) if isinstance(one, told.WordSettled)]
    assert (settled.word, settled.to) == (word, (who,))


def test_yes_to_a_longer_month_is_not_told_but_that_somebody_spoke():
    case = reduce(evolve, events_of(a(Deliberating), *EXAMPLES[c.ProposeExtension]), a(Deliberating))
    [settled] = contracts(case, *EXAMPLES[c.ConsentToExtension])
    assert isinstance(settled, told.WordSettled)
    assert (settled.word, settled.to) == ("extension", (LIN,))


def test_each_event_says_where_the_case_stands_after_it():
    [routed] = contracts(a(AwaitingRoute), *EXAMPLES[c.RouteCase])
    assert (routed.stage, routed.status) == ("deliberate", "in_mediation")
    assert routed.key == CASE


def test_a_declined_mediation_is_told_where_the_case_does_not_end_by_it():
    ended = contracts(a(AwaitingAnswer), *EXAMPLES[c.RefuseMediation])
    assert [type(one) for one in ended] == [told.CaseClosed]
    referred = reduce(evolve, events_of(a(AwaitingAnswer), *EXAMPLES[c.ReferCase]), a(AwaitingAnswer))
    goes_on = contracts(referred, *EXAMPLES[c.RefuseMediation])
    assert [type(one) for one in goes_on] == [told.MediationDeclined]
