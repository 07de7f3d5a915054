"""The pages on which operators see what the city's platforms are told, and change it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.integration.portal.conftest import Portal

WEBHOOK = UUID("00000000-0000-4000-8000-0000000000d1")
MESSAGE = UUID("00000000-0000-4000-8000-0000000000d2")
LISTED, REGISTERED = "GET /notifications/v1/webhooks", "POST /notifications/v1/webhooks"
LOG = f"{LISTED}/{WEBHOOK}/messages"
URL, SECRET = "https://platform.city.example/hook", "whsec_c2VjcmV0"
PAGE = f"/webhooks/{WEBHOOK}"


def a_webhook(**more: Any) -> dict[str, Any]:
    return {"id": str(WEBHOOK), "url": URL, "registered_at": "2026-03-12T01:00:00Z"} | more


def a_message(state: str = "failed", reason: str = "gave_up") -> dict[str, Any]:
    what = {"type": "cn.shangju.complaints.case_filed.v1", "attempt": 7, "created_at": "2026-03-12T02:00:00Z"}
    return {"id": str(MESSAGE), "state": state, "reason": reason} | what


@pytest.fixture
async def operator(portal: Portal) -> Portal:
    """An operator, of whose alliance one platform is told."""
    await portal.sign_in("operator")
    portal.services.says(LISTED, {"items": [a_webhook()]})
    portal.services.says(LOG, {"items": [a_message()], "next_cursor": None})
    return portal


async def test_who_registers_a_platform_sees_its_secret_and_the_way_to_its_page(operator: Portal) -> None:
    operator.services.says(REGISTERED, a_webhook(secret=SECRET), 201)
    sent = await operator.browser.send(await operator.browser.open("/webhooks"), "/webhooks", url=URL)
    assert SECRET in sent.text
    assert "no-store" in sent.answer.headers["cache-control"]
    assert f'href="{PAGE}"' in sent.answer.text
    [registered] = operator.services.times(REGISTERED)
    assert (registered.json, bool(registered.headers["idempotency-key"])) == ({"url": URL}, True)


async def test_what_is_no_address_is_said_beside_it_and_not_lost(operator: Portal) -> None:
    wrong = [{"pointer": "/url", "code": "address_needed", "detail": "An address of a web server."}]
    operator.services.refuses(REGISTERED, 422, "address_needed", "Not one.", errors=wrong)
    shown = await operator.browser.open("/webhooks")
    again = await operator.browser.send(shown, "/webhooks", url="ftp://city.example")
    assert again.status == 422
    assert "An address of a web server." in again.text
    assert again.form("/webhooks").fields["url"] == ["ftp://city.example"]


async def test_its_page_says_what_became_of_each_message_and_tells_it_again(operator: Portal) -> None:
    again = f"{REGISTERED}/{WEBHOOK}/messages/{MESSAGE}/replay"
    operator.services.says(again, a_message("pending", ""))
    shown = await operator.browser.open(f"{PAGE}?state=failed")
    assert "not taken (gave_up)" in shown.text
    assert "attempts: 7" in shown.text
    assert SECRET not in shown.answer.text
    assert [asked.query for asked in operator.services.times(LOG)] == ["state=failed"]

    assert (await operator.browser.send(shown, f"{PAGE}/messages/{MESSAGE}/replay")).goes_to == PAGE
    assert len(operator.services.times(again)) == 1


async def test_a_new_secret_is_shown_once_and_has_no_address(operator: Portal) -> None:
    rotated = a_webhook(rotated_at="2026-03-12T03:00:00Z", secret=SECRET)
    operator.services.says(f"{REGISTERED}/{WEBHOOK}/rotate", rotated)
    shown = await operator.browser.open(PAGE)
    made = await operator.browser.send(shown, f"{PAGE}/rotate")
    assert SECRET in made.text
    assert "not again" in made.text
    assert "no-store" in made.answer.headers["cache-control"]
    assert SECRET not in (await operator.browser.open(PAGE)).answer.text
    assert (await operator.browser.open(f"{PAGE}/secret")).status == 404


async def test_where_the_service_of_the_release_before_shows_no_secret_a_new_one_is_to_be_made(
    operator: Portal,
) -> None:
    operator.services.says(REGISTERED, a_webhook(), 201)
    sent = await operator.browser.send(await operator.browser.open("/webhooks"), "/webhooks", url=URL)
    assert (sent.status, "Make a new one on the platform's page." in sent.text) == (200, True)
    assert f'href="{PAGE}"' in sent.answer.text


async def test_a_platform_that_has_ended_is_only_looked_at(operator: Portal) -> None:
    ended = a_webhook(ended_at="2026-03-12T04:00:00Z", ended_why="gone")
    operator.services.says(LISTED, {"items": [ended]})
    shown = await operator.browser.open(PAGE)
    assert "wanted nothing more" in shown.text
    assert [shown.has_form(f"{PAGE}/{step}") for step in ("rotate", "remove")] == [False, False]
    assert not shown.has_form(f"{PAGE}/messages/{MESSAGE}/replay")


async def test_of_another_alliance_there_is_no_page(operator: Portal) -> None:
    operator.services.says(LISTED, {"items": []})
    assert (await operator.browser.open(PAGE)).status == 404


async def test_a_key_that_is_none_of_ours_breaks_nothing(operator: Portal) -> None:
    operator.services.says(REGISTERED, a_webhook(secret=SECRET), 201)
    shown = await operator.browser.open("/webhooks")
    assert SECRET in (await operator.browser.send(shown, "/webhooks", url=URL, key="🦊" * 300)).text
    assert operator.services.times(REGISTERED)[0].headers["idempotency-key"].isascii()
