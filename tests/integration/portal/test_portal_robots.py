"""The page on which administrators say in which group chats those on duty are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.integration.portal.conftest import Portal

ROBOT = UUID("00000000-0000-4000-8000-0000000000c1")
LISTED, ADDED = "GET /notifications/v1/robots", "POST /notifications/v1/robots"
TYPED = {
    "platform": "dingtalk",
    "name": "值班群",
    "url": "https://oapi.dingtalk.com/robot/send?access_token=k",
    "secret": "SEC-of-the-group",
}


def a_robot(**more: Any) -> dict[str, Any]:
    return {"id": str(ROBOT), "platform": "dingtalk", "name": "值班群"} | more


async def test_a_coordinator_adds_tries_and_takes_away(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(LISTED, {"items": [a_robot()]})
    portal.services.says(ADDED, a_robot(), 201)
    for step in ("try", "remove"):
        portal.services.says(f"{ADDED}/{ROBOT}/{step}", a_robot())

    shown = await portal.browser.open("/robots")
    assert "DingTalk" in shown.text
    assert (await portal.browser.send(shown, "/robots", **TYPED)).goes_to == "/robots"
    for step in ("try", "remove"):
        assert (await portal.browser.send(shown, f"/robots/{ROBOT}/{step}")).goes_to == "/robots"

    [added] = portal.services.times(ADDED)
    assert added.json == {**TYPED, "language": "en"}
    assert [len(portal.services.times(f"{ADDED}/{ROBOT}/{step}")) for step in ("try", "remove")] == [1, 1]


async def test_what_opens_the_group_does_not_come_back_with_what_was_wrong(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(LISTED, {"items": []})
    wrong = [{"pointer": "/url", "code": "not_of_the_platform", "detail": "Not an address of theirs."}]
    portal.services.refuses(ADDED, 422, "not_of_the_platform", "Not an address of theirs.", errors=wrong)

    again = await portal.browser.send(await portal.browser.open("/robots"), "/robots", **TYPED)

    assert again.status == 422
    assert "Not an address of theirs." in again.text
    assert again.form("/robots").fields["name"] == ["值班群"]
    assert "SEC-of-the-group" not in again.answer.text
    assert "access_token" not in again.answer.text


async def test_it_is_shown_what_came_of_the_last_message(portal: Portal) -> None:
    await portal.sign_in("operator")
    last = {"last_state": "failed", "last_reason": "robot_gone", "last_at": "2026-03-12T02:00:00Z"}
    portal.services.says(LISTED, {"items": [a_robot(ended_why="gone", **last)]})
    shown = await portal.browser.open("/robots")
    assert "not said (robot_gone)" in shown.text
    assert "The group has this robot no more" in shown.text
    assert not shown.has_form(f"/robots/{ROBOT}/try")
