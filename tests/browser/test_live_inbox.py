"""A page that stays open hears of a new notice by itself, under the policy that takes scripts from our files alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import expect

from cli.inside import kit_of
from cli.running import Running
from cli.seeding import token_for
from tests.browser.conftest import PATIENCE_MS
from tests.browser.person import Person

Meet = Callable[..., Awaitable[Person]]

RESIDENT = "shen@shanbei.example"
"""Who has no matter but the one of this test, and so no other notice."""
A_CASE = {
    "category": "noise",
    "subcategory": "bar_music",
    "place_text": "山北路116号",
    "description": "后门天天开到一两点。",
    "identity": "named",
}


async def file_a_case(where: Running, key: str) -> None:
    async with kit_of("alliance", where) as kit:
        token = await token_for(kit, RESIDENT)
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        answer = await http.post(f"{where['COMPLAINTS_URL']}/v1/cases", json=A_CASE, headers=headers)
    answer.raise_for_status()


async def test_the_count_and_the_list_renew_themselves(meet: Meet, where: Running) -> None:
    shen = await meet(language="en")
    await shen.sign_in(RESIDENT)
    page, complaints = shen.page, []
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto("/inbox")
    count, titles = page.locator("#unread-count > span"), page.locator("main li")
    await expect(count).to_have_count(1, timeout=PATIENCE_MS)
    before, listed = await unread_of(shen), await titles.count()

    await file_a_case(where, "live-inbox-1")

    await expect(count).to_have_text(f"{before + 1} unread", timeout=PATIENCE_MS)
    await expect(titles).to_have_count(listed + 1, timeout=PATIENCE_MS)
    await shen.looks("en-live-inbox")

    await titles.first.get_by_role("button").click()
    await expect(count).to_have_text(f"{before} unread", timeout=PATIENCE_MS)
    assert complaints == []


async def unread_of(person: Person) -> int:
    said = await person.page.locator("#unread-count > span").text_content()
    return int((said or "").split()[0])
