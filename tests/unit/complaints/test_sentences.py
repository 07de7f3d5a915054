"""Whatever a person can be told has words in both languages, and no code shows through."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from services.complaints import consumers, sentences
from services.complaints import events as e
from services.complaints.clocks import ClockName
from services.complaints.decisions import Case
from services.complaints.decisions.state import AwaitingRoute, AwaitingTriage
from services.complaints.policy import FIELDS
from services.complaints.terms import (
    AnswerKind,
    Audience,
    ChaseReason,
    DeclineReason,
    Outcome,
    ReferralResult,
    Service,
    Stage,
    Status,
)
from services.complaints.terms import (
    Path as SettlementPath,
)
from shared.texts import LANGUAGES, catalogue
from tests.unit.complaints.cases import EXAMPLES, REFERRAL, a, asked_by, events_of, way_to

SERVICE = Path(sentences.__file__).parent
CODES = (
    [f"next_{status}" for status in get_args(Status)]
    + [f"history_case_answered_{kind}" for kind in (*get_args(AnswerKind), "silent")]
    + [f"history_case_closed_{outcome}" for outcome in get_args(Outcome)]
    + [f"history_case_routed_{path}" for path in get_args(SettlementPath)]
    + [f"history_notice_served_{how}" for how in get_args(Service)]
    + [
        f"answer_{why}"
        for why in (
            "not_offered",
            "not_a_number",
            "out_of_range",
            "not_a_text",
            "too_long",
            "not_yes_or_no",
            "not_a_time_range",
        )
    ]
    + [f"word_field_{field}" for field in FIELDS]
    + [f"history_{how}" for how in ("mediation_refused", "mediation_failed")]
    + [
        f"word_{code}"
        for words in (Stage, Audience, ClockName, DeclineReason, ReferralResult)
        for code in get_args(words)
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words(code, language):
    assert catalogue("services.complaints", language)[code]


def test_both_languages_say_the_same_things():
    chinese, english = (catalogue("services.complaints", language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for code, sentence in chinese.items():
        assert _places(sentence) == _places(english[code]), code


def _places(sentence: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_in_the_code_has_a_sentence(language):
    refusals = {
        call.args[-1].value
        for path in SERVICE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("Invalid", "Refused")
        and isinstance(call.args[-1], ast.Constant)
    }
    assert len(refusals) > 10
    said = catalogue("services.complaints", language).keys() | catalogue("shared", language).keys()
    assert refusals <= said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", EXAMPLES, ids=lambda kind: kind.__name__)
def test_every_step_of_a_history_can_be_told(command, language):
    asked, role = EXAMPLES[command]
    for state in get_args(Case):
        try:
            events = events_of(a(state, identity="hidden"), asked, role)
        except Exception:
            continue
        for event in (*way_to(state), *events):
            assert "{" not in sentences.step(event, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(ChaseReason))
def test_how_often_an_authority_was_asked_is_told(reason, language):
    assert "3" in sentences.step(e.ReferralChased(date(2026, 3, 6), REFERRAL, reason, 3), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_a_mediation_can_be_told(language):
    steps = [
        "mediation_opened", "party_consented", "consent_completed", "mediator_proposed", "mediator_took",
        "mediator_passed", "mediator_removed", "slots_proposed", "session_scheduled", "session_moved",
        "session_cancelled", "session_held", "minutes_released", "agreement_drafted", "agreement_signed",
        "commitment_proven", "commitment_due", "commitment_confirmed", "commitment_disputed",
        "commitment_granted", "commitment_waived", "commitment_impossible", "performance_declined", "debtor_left",
        "amendment_proposed", "amendment_declined", "court_requested", "court_decided",
        "wording_disputed", "wording_recorded",
    ]  # fmt: skip
    case_id = EXAMPLES[next(iter(EXAMPLES))][0].case_id
    for step in steps:
        assert sentences.step(e.MediationNoted(case_id, step, None), language)
    assert len(consumers.COMMANDS) == 37


def test_the_next_step_is_said_to_the_one_who_asks():
    filed = a(AwaitingTriage)
    assert "2026年3月16日" in sentences.next_step(filed, asked_by("complainant"), "zh-CN")
    assert "March 16, 2026" in sentences.next_step(filed, asked_by("complainant"), "en")
    assert "accept, decline or join" in sentences.next_step(filed, asked_by("coordinator"), "en")


@pytest.mark.parametrize("guess", ["401那个姓孙的吧", "301的林阿姨吧", "你好"])
def test_a_guess_is_neither_confirmed_nor_denied(guess):
    hidden = a(AwaitingRoute, identity="hidden")
    said = sentences.message_taken(hidden, "respondent", "complainant", "zh-CN")
    assert said == sentences.message_taken(hidden, "respondent", "coordinator", "zh-CN")
    assert "不提供也不确认任何猜测" in said


def test_a_day_reads_as_people_write_it():
    assert sentences.day(date(2026, 3, 16), "zh-CN") == "2026年3月16日"
    assert sentences.day(date(2026, 3, 16), "en") == "March 16, 2026"
