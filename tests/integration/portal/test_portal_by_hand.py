"""The list of those to be told at the door, on a phone without scripts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, CASE, REFERENCE

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
    done = await portal.browser.send(shown, f"/by-hand/{LETTER}/handed")

    assert done.goes_to == "/by-hand"
    [asked] = portal.services.times(handed)
    assert asked.headers["idempotency-key"] == key


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


async def test_an_empty_list_says_so(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    portal.services.says("GET /notifications/v1/by-hand", {"items": []})
    assert "There is nobody to tell at the door." in (await portal.browser.open("/by-hand")).text
