"""Where the steps of a case stand on its page, and what somebody is shown of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.portal.answers import Case, Mediation
from services.portal.casefile import CaseFile
from tests.integration.portal.town import LIN, a_case, a_mediation

SLOT = UUID(int=9)
SPAN = {"starts_at": "2026-03-24T06:00:00Z", "ends_at": "2026-03-24T07:30:00Z", "room": "R1"}
SESSION = SPAN | {"status": "planned"}
OTHERS = UUID(int=8)


def a_mediators_file(*possible: str, **more: Any) -> CaseFile:
    mediation = Mediation.model_validate(a_mediation(possible=possible, **more))
    return CaseFile(Case.model_validate(a_case(role_in_case="mediator")), mediation=mediation)


def first(file: CaseFile) -> list[str]:
    return [offer.step.name for offer in file.offered("first", "mediation")]


def more(file: CaseFile) -> list[str]:
    return [offer.step.name for offer in file.offered("more", "mediation")]


def test_a_time_is_fixed_once_there_are_some_to_choose_from() -> None:
    assert first(a_mediators_file("slots", "schedule")) == ["slots"]
    offered = {"slot_id": str(SLOT), **SPAN}
    assert first(a_mediators_file("slots", "schedule", slots=[offered])) == ["slots", "schedule"]


def test_with_a_mediator_proposed_another_is_named_further_down() -> None:
    file = a_mediators_file("nominate", "slots", proposed_id=str(OTHERS))
    assert (first(file), more(file)) == (["slots"], ["nominate"])


def test_with_a_time_fixed_others_are_looked_for_further_down() -> None:
    file = a_mediators_file("slots", "minutes", session=SESSION)
    assert (first(file), more(file)) == (["minutes"], ["slots"])


def test_once_there_are_minutes_the_agreement_comes_first() -> None:
    file = a_mediators_file("minutes", "agreement", session=SESSION, minutes=["谈了。"])
    assert (first(file), more(file)) == (["agreement"], ["minutes"])


def test_a_party_sees_what_they_said_to_a_time_and_not_what_others_did() -> None:
    parties = [
        {"side": "complainant", "label": "住户甲", "member_id": str(LIN)},
        {"side": "complainant", "label": "住户乙", "member_id": None},
        {"side": "respondent", "label": "店铺甲", "member_id": str(OTHERS)},
    ]
    answers = [
        {"side": "complainant", "label": "住户乙", "answer": "no"},
        {"side": "complainant", "label": "住户甲", "answer": "if_need_be"},
    ]
    offered = {"slot_id": str(SLOT), **SPAN, "answers": answers}
    mediation = Mediation.model_validate(a_mediation(parties=parties, slots=[offered]))

    assert [slot.answer for slot in mediation.as_answered_by(LIN).slots] == ["if_need_be"]
    assert [slot.answer for slot in mediation.as_answered_by(OTHERS).slots] == [None]
    assert mediation.as_answered_by(UUID(int=7)) == mediation
