"""Each matter that waits stands once among what needs me, with everything that is asked in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.portal.answers import CaseLine, MediationLine
from services.portal.waiting import waiting

CASE, OTHER = UUID(int=1), UUID(int=2)


def a_line(id: UUID = CASE, **more: Any) -> CaseLine:
    usual = {"category": "noise", "subcategory": "bar_music", "stage": "decide", "status": "in_mediation"}
    return CaseLine.model_validate({"id": id, "reference": "SJ-ONE", **usual, **more})


def a_mediation(*waits: str, case_id: UUID = CASE, roles: tuple[str, ...] = ("party",)) -> MediationLine:
    return MediationLine(
        id=UUID(int=9), case_id=case_id, reference="SJ-ONE", status="signing", roles=roles, waits=waits
    )


def test_a_case_that_both_services_wait_in_stands_once_with_both_words() -> None:
    line = a_line(status="surveyed", role_in_case="complainant")

    [one] = waiting([line], [line], [a_mediation("confirmation")])

    assert (one.address, one.asks, one.case) == (f"/cases/{CASE}", ("survey", "confirmation"), line)


def test_a_matter_of_mine_that_waits_in_mediation_alone_is_found_among_my_cases() -> None:
    mine = [a_line(), a_line(OTHER)]

    [one] = waiting([], mine, [a_mediation("signature")])

    assert one.case == mine[0]


def test_the_case_that_others_lead_for_me_is_named_by_its_number() -> None:
    [one] = waiting([], [], [a_mediation("opt_in", roles=("joined",))])

    assert (one.address, one.reference, one.case) == (f"/cases/{CASE}", "SJ-ONE", None)


def test_a_guest_answers_at_the_desk() -> None:
    [one] = waiting([], [], [a_mediation("invitation", roles=("guest",))])

    assert one.address == "/mediations"


def test_the_respondents_word_is_never_asked_of_whoever_complained() -> None:
    """Of a matter that waits for both, each is asked for what is theirs: here a pledge, which the page tells."""
    asked = {
        role: waiting([a_line(status="served", role_in_case=role)], [], [])[0].asks
        for role in ("complainant", "respondent")
    }
    assert asked == {"complainant": (), "respondent": ("answer",)}


def test_what_was_promised_without_a_mediator_is_asked_of_either_side() -> None:
    for status in ("keeping_settlement", "pledged"):
        for role in ("complainant", "respondent"):
            [one] = waiting([a_line(status=status, role_in_case=role)], [], [])
            assert one.asks == ("promise",)
