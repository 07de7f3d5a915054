"""What a counter-claim brings to the pages: nobody on suspicion, health, homes that are asked, one session for two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BLOCK, BUILDING, CASE, MEDIATION, a_case, a_mediation, a_receipt

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_MEDIATION = f"GET /mediation/v1/mediations/{MEDIATION}"
ASKED = f"GET /complaints/v1/cases/{CASE}/inquiries"
HOME = UUID("00000000-0000-4000-8000-0000000000b1")
ASK = UUID("00000000-0000-4000-8000-0000000000b2")
OTHER = UUID("00000000-0000-4000-8000-0000000000b3")
OTHER_CASE = UUID("00000000-0000-4000-8000-0000000000b4")


def in_mediation(*possible: str, **more: Any) -> dict[str, Any]:
    known = {
        "stage": "deliberate",
        "status": "in_mediation",
        "mediation": {"id": str(MEDIATION), "status": ""},
    }
    return a_case(*possible, **known | more)


async def test_who_speaks_of_health_is_asked_whether_it_may_be_told(portal: Portal) -> None:
    await portal.sign_in("resident")
    health = {"words": ["血压", "失眠"], "sharing": "asked"}
    portal.services.says(THE_CASE, a_case("health-sharing", health=health))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/health-sharing", a_receipt())

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/health_sharing", shared="no")

    assert "血压, 失眠" in shown.text
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/health-sharing")
    assert sent.json == {"shared": False}


async def test_by_what_somebody_became_a_party_is_said(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    party = {"side": "respondent", "label": "住户乙", "capacity": "neighbour", "basis": "own_statement"}
    portal.services.says(
        THE_CASE,
        a_case(
            role_in_case="coordinator", parties=[party | {"fact": "上门时说的"}], respondent_fact="抬头看见"
        ),
    )

    shown = await portal.browser.open(PAGE)

    assert "Their own statement" in shown.text
    assert "上门时说的" in shown.text
    assert "抬头看见" in shown.text


async def test_the_coordinator_asks_the_homes_around_and_reads_what_they_say(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("inquiries", role_in_case="coordinator"))
    flat = {"id": str(HOME), "kind": "unit", "name": "118弄3号402"}
    around = {"block_id": str(BLOCK), "building_id": str(BUILDING)}
    portal.services.says("GET /alliance/v1/places", {"items": [flat | around], "next_cursor": None})
    answers = [{"ask_id": str(ASK), "place_id": str(HOME)}, {"text": "没看到。", "answered_on": "2026-05-12"}]
    inquiry = {"question": "您看到什么?", "asked_on": "2026-05-12", "answers": answers}
    portal.services.says(ASKED, {"items": [inquiry]})
    opened, entered = (
        f"POST /complaints/v1/cases/{CASE}/{word}" for word in ("inquiries", "inquiries/answers")
    )
    portal.services.says(opened, a_receipt())
    portal.services.says(entered, {"next": "Written down."})

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/inquiries", question="您看到什么?", place_ids=str(HOME))
    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/inquiries_answers", ask_id=str(ASK), text="没有。")

    assert "没看到。" in shown.text
    assert "118弄3号402" in shown.text
    assert portal.services.times(opened)[0].json == {"question": "您看到什么?", "place_ids": [str(HOME)]}
    assert portal.services.times(entered)[0].json == {"ask_id": str(ASK), "text": "没有。"}


async def test_a_party_finds_nothing_of_what_neighbours_answered(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case(role_in_case="respondent"))

    await portal.browser.open(PAGE)

    assert not portal.services.times(ASKED)


async def test_one_session_for_two_is_agreed_to_on_each_matters_page(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, in_mediation())
    beside = {"mediation_id": str(OTHER), "case_id": str(OTHER_CASE), "reference": "SJ-OTHER"}
    joint = {"beside": [beside], "agreed": None, "complete": False, "with_mediation_id": None}
    portal.services.says(THE_MEDIATION, a_mediation("joint-session", joint=joint))
    answer = f"POST /mediation/v1/mediations/{MEDIATION}/joint-session"
    portal.services.says(answer, a_receipt())

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/joint_session", agreed="yes")

    assert "SJ-OTHER" in shown.text
    assert portal.services.times(answer)[0].json == {"agreed": True}


async def test_the_mediator_puts_one_into_the_others_session(portal: Portal) -> None:
    await portal.sign_in("mediator")
    portal.services.says(THE_CASE, in_mediation(role_in_case="mediator"))
    beside = {"mediation_id": str(OTHER), "case_id": str(OTHER_CASE), "reference": "SJ-OTHER"}
    joint = {"beside": [beside], "agreed": None, "complete": True, "with_mediation_id": None}
    portal.services.says(THE_MEDIATION, a_mediation("schedule-together", joint=joint))
    together = f"POST /mediation/v1/mediations/{MEDIATION}/schedule-together"
    portal.services.says(together, a_receipt())

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/schedule_together", with_mediation_id=str(OTHER))

    assert portal.services.times(together)[0].json == {"with_mediation_id": str(OTHER)}


async def test_what_was_said_of_the_other_is_shown_and_called_right(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, in_mediation())
    dialogue = {
        "spoken": [{"side": "complainant", "minutes": 14}, {"side": "respondent", "minutes": 15}],
        "restated": [{"side": "respondent", "text": "老人要午睡", "right": None}],
        "findings": [{"point": "伞上的烟洞", "established": False}],
    }
    mediation = a_mediation("restatements/answer", minutes=["双方到场"], dialogue=dialogue)
    portal.services.says(THE_MEDIATION, mediation)
    answer = f"POST /mediation/v1/mediations/{MEDIATION}/restatements/answer"
    portal.services.says(answer, a_receipt())

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/restatements_answer", right="yes")

    for words in ("老人要午睡", "伞上的烟洞", "not established", "14 min"):
        assert words in shown.text
    assert portal.services.times(answer)[0].json == {"right": True}


async def test_a_claim_about_what_nobody_saw_asks_for_what_was_seen_and_names_nobody_else(
    portal: Portal,
) -> None:
    await portal.sign_in("merchant")
    written = {"subcategory": "falling_objects", "place_text": "114号", "description": "往下倒水"}

    form = await portal.browser.open("/file?category=sanitation&linked_to=SJ-FIRST")
    asked = await portal.browser.send(form, "/file", **written, step="questions")
    await portal.browser.send(asked, "/file", **written, respondent_fact="抬头看见的", step="send")

    assert "Police" in asked.text
    [sent] = portal.services.times("POST /complaints/v1/cases")
    assert (sent.json["linked_to"], sent.json["respondent_fact"]) == ("SJ-FIRST", "抬头看见的")
