"""A page that stays open hears what is new by itself, under the policy that takes scripts from our files alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import expect

from cli.inside import kit_of
from cli.running import Running
from cli.seeding import token_for
from tests.browser.person import Person

Meet = Callable[..., Awaitable[Person]]

RESIDENT = "shen@shanbei.example"
"""Who has no matter but the one of this test, and so no other notice."""
COORDINATOR = "zhou@shanbei.example"
ACCEPTED = {"shared_summary": "后门夜间开着。"}
A_CASE = {
    "category": "noise",
    "subcategory": "bar_music",
    "place_text": "山北路116号",
    "description": "后门天天开到一两点。",
    "identity": "named",
}


async def said_by(who: str, where: Running, path: str, body: dict[str, str], key: str) -> str:
    """The id of the case that a command of somebody's is about."""
    async with kit_of("alliance", where) as kit:
        token = await token_for(kit, who)
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        answer = await http.post(f"{where['COMPLAINTS_URL']}/v1/cases{path}", json=body, headers=headers)
    return str(answer.raise_for_status().json()["id"])


async def test_the_count_the_list_and_the_page_of_a_case_renew_themselves_also_without_a_stream(
    meet: Meet, where: Running
) -> None:
    shen = await meet(language="en")
    await shen.sign_in(RESIDENT)
    page, complaints = shen.page, []
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto("/inbox")
    count, titles = page.locator("#unread-count > span"), page.locator("main li")
    await expect(count).to_have_count(1)
    before, listed = await unread_of(shen), await titles.count()

    case = await said_by(RESIDENT, where, "", A_CASE, "live-inbox-1")

    await expect(count).to_have_text(f"{before + 1} unread")
    await expect(titles).to_have_count(listed + 1)
    await shen.looks("en-live-inbox")

    await titles.first.get_by_role("button").click()
    await expect(count).to_have_text(f"{before} unread")

    await page.goto(f"/cases/{case}")
    news, steps = page.locator("#news"), page.locator("#timeline li")
    happened = await steps.count()
    await expect(news).to_be_empty()

    await said_by(COORDINATOR, where, f"/{case}/accept", ACCEPTED, "live-inbox-2")

    await expect(news).to_contain_text("just happened")
    await expect(steps).not_to_have_count(happened)
    await shen.looks("en-live-case")
    assert complaints == []

    await page.route("**/inbox/live", lambda route: route.abort())
    await page.clock.install()
    await page.goto("/inbox")
    listed = await titles.count()

    await said_by(RESIDENT, where, "", A_CASE, "live-inbox-3")
    async with asyncio.timeout(60):
        while await titles.count() == listed:
            await page.clock.fast_forward("01:00")
            await asyncio.sleep(0.5)
    await expect(titles).to_have_count(listed + 1)
    await expect(count).to_have_text(f"{await page.locator('main li .mark-new').count()} unread")


async def unread_of(person: Person) -> int:
    said = await person.page.locator("#unread-count > span").text_content()
    return int((said or "").split()[0])
