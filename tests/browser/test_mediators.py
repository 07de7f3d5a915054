"""A mediator says when they are free and what they know, the committee opens a room: on a phone, without scripts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, follow

Meet = Callable[..., Awaitable[Person]]

MEDIATOR, COORDINATOR = "gu@shanbei.example", "zhou@shanbei.example"
NARROWEST = 320


async def keep(page: Page) -> None:
    await follow(page, page.locator("main form button").last)
    await expect(page.locator(".note-done")).to_be_visible()


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", False), ("en", True)])
async def test_a_mediator_names_a_day_off_and_what_they_speak(
    meet: Meet, language: str, scripts: bool
) -> None:
    gu = await meet(language=language, scripts=scripts, width=NARROWEST)
    await gu.sign_in(MEDIATOR)
    page = gu.page
    await page.goto("/mediations")
    await follow(page, 'main a[href="/mediators/me/hours"]')
    await gu.looks(f"{language}-hours", scripts=scripts)
    await page.locator("#except-0-day").fill("2099-05-01")
    await page.locator("#except-0-from").fill("10:00")
    await follow(page, page.locator("main form button").last)
    await expect(page.locator("#except-0-wrong")).to_be_visible()
    await page.locator("#except-0-from").fill("")
    await keep(page)
    await expect(page.locator("#except-0-day")).to_have_value("2099-05-01")

    await page.goto("/mediators/me/profile")
    await page.locator('[name=languages][value="wuu"]').check()
    await page.locator("#building").select_option(index=1)
    await gu.looks(f"{language}-profile", scripts=scripts)
    await keep(page)
    await expect(page.locator('[name=languages][value="wuu"]')).to_be_checked()
    for place in await page.locator("[name=places]").all():
        await place.uncheck()
    await keep(page)
    await expect(page.locator("[name=places]")).to_have_count(0)


async def test_the_committee_opens_a_room(meet: Meet) -> None:
    zhou = await meet(scripts=False, width=NARROWEST)
    await zhou.sign_in(COORDINATOR)
    page = zhou.page
    await page.goto("/mediators")
    await zhou.looks("mediators", scripts=False)
    await follow(page, 'main a[href="/rooms"]')
    new = page.locator("#room-new")
    await new.locator("summary").click()
    await new.locator("#code").fill("t9")
    await new.locator("#name-new").fill("试用房间")
    await zhou.looks("rooms", scripts=False)
    await follow(page, new.locator("button"))
    await expect(page.locator("#room-T9")).to_be_visible()
    await page.locator("#room-T9 summary").click()
    await expect(page.locator("#name-T9")).to_have_value("试用房间")


async def test_everybody_finds_their_number_and_what_they_are_asked_to(meet: Meet) -> None:
    lin = await meet(language="en", width=NARROWEST)
    await lin.sign_in("lin@shanbei.example")
    await lin.page.goto("/me")
    await expect(lin.page.locator("#number ~ .reference")).to_have_text(
        re.compile("^[0-9A-F]{4}(-[0-9A-F]{4}){2}$")
    )
    await lin.looks("me")
    await follow(lin.page, 'main a[href="/mediations"]')
    await expect(lin.page.locator("#invitations")).to_be_visible()
    await lin.looks("invitations")
