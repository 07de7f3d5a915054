"""The list of those to be told at the door, on a phone without scripts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.clock import local_day
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, CASE, REFERENCE
from tests.support.tokens import ALLIANCE

LETTER = UUID("00000000-0000-4000-8000-0000000000b1")


def a_letter(**more: Any) -> dict[str, Any]:
    known = {
        "id": str(LETTER),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "title": "Your answer is awaited",
        "recipient": "respondent",
        "name": "马腾",
        "places": [str(BAR)],
        "created_at": "2026-03-12T02:00:00Z",
    }
    return known | more


async def test_a_captain_takes_the_list_along_and_marks_what_came_of_it(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    portal.services.says("GET /notifications/v1/by-hand", {"items": [a_letter()]})
    handed = f"POST /notifications/v1/by-hand/{LETTER}/handed"
    portal.services.says(handed, {"id": str(LETTER), "handed": True})

    shown = await portal.browser.open("/by-hand")
    assert "马腾" in shown.text
    assert "山北路116号 夜猫小酒馆" in shown.text
    assert "To bring by hand" in shown.text
    key = shown.form(f"/by-hand/{LETTER}/handed").fields["key"][0]
    assert shown.form(f"/by-hand/{LETTER}/handed").fields["on"] == [local_day(portal.clock.now()).isoformat()]
    done = await portal.browser.send(shown, f"/by-hand/{LETTER}/handed", on="2026-03-12", signed="yes")

    assert done.goes_to == "/by-hand"
    [asked] = portal.services.times(handed)
    assert asked.headers["idempotency-key"] == key
    assert asked.json == {"on": "2026-03-12", "signed": True}


async def test_a_day_that_cannot_be_is_marked_at_its_letter(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    other = a_letter(id=str(CASE), created_at="2026-03-13T02:00:00Z")
    portal.services.says("GET /notifications/v1/by-hand", {"items": [a_letter(), other]})
    wrong = [{"pointer": "/on", "code": "in_the_future", "detail": "That day has not come yet."}]
    handed = f"POST /notifications/v1/by-hand/{LETTER}/handed"
    portal.services.refuses(handed, 422, "in_the_future", "That day has not come yet.", errors=wrong)

    shown = await portal.browser.open("/by-hand")
    again = await portal.browser.send(shown, f"/by-hand/{LETTER}/handed", on="2099-01-01")

    days = {found["id"]: found for tag, found in again.tags if tag == "input" and found.get("type") == "date"}
    assert (days[f"on-{LETTER}"]["value"], "aria-invalid" in str(days[f"on-{LETTER}"])) == (
        "2099-01-01",
        True,
    )
    assert days[f"on-{CASE}"]["value"] != "2099-01-01"


async def test_it_is_told_why_nobody_was_reached(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says("GET /notifications/v1/by-hand", {"items": [a_letter()]})
    missed = f"POST /notifications/v1/by-hand/{LETTER}/missed"
    portal.services.refuses(missed, 422, "invalid", "Please say why.")

    shown = await portal.browser.open("/by-hand")
    again = await portal.browser.send(shown, f"/by-hand/{LETTER}/missed", reason="not_at_home")

    assert portal.services.times(missed)[0].json == {"reason": "not_at_home"}
    assert again.status == 422
    assert "Please say why." in again.text


async def test_who_complained_stands_there_without_a_name(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    hidden = a_letter(recipient="complainant", name=None, places=[])
    portal.services.says("GET /notifications/v1/by-hand", {"items": [hidden]})

    shown = await portal.browser.open("/by-hand")

    assert "name not shown" in shown.text
    assert f'href="/cases/{CASE}"' in shown.answer.text


async def test_a_sheet_is_printed_for_each_with_a_slip_that_comes_back_signed(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    hidden = a_letter(id=str(CASE), recipient="complainant", name=None, places=[], title="It was accepted")
    portal.services.says("GET /notifications/v1/by-hand", {"items": [a_letter(), hidden]})

    alliance = {"id": str(ALLIANCE), "name": "山北", "contact": "居委会一楼", "blocks": []}
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", alliance)
    assert 'href="/by-hand/sheets"' in (await portal.browser.open("/by-hand")).answer.text
    shown = await portal.browser.open("/by-hand/sheets")

    first, _, second = shown.text.partition("It was accepted")
    for wanted in ("Your answer is awaited", REFERENCE, "For: 马腾", "山北路116号", "Taken by (signature)"):
        assert wanted in first
    assert "Brought by (name and signature)" in first
    assert "For: ＿＿" in second
    assert "马腾" not in second


async def test_an_empty_list_says_so(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    portal.services.says("GET /notifications/v1/by-hand", {"items": []})
    assert "There is nobody to tell at the door." in (await portal.browser.open("/by-hand")).text
