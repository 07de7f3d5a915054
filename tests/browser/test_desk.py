"""Those who run an alliance at their desks: on the narrowest phone, with and without scripts, in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from tests.browser.person import Person
from tests.browser.test_first_steps import RESIDENT, SUMMARY, send, the_number_on, write

Meet = Callable[..., Awaitable[Person]]

COORDINATOR = "zhou@shanbei.example"
NARROWEST = 320


async def file_one(meet: Meet) -> str:
    """The reference of a complaint of the bar."""
    resident = await meet(scripts=False)
    await write(resident.page)
    await resident.send_code_to(RESIDENT)
    await send(resident.page)
    return await the_number_on(resident.page)


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", False), ("en", True)])
async def test_a_coordinator_filters_keeps_and_takes_on_several(
    meet: Meet, language: str, scripts: bool
) -> None:
    number = await file_one(meet)
    zhou = await meet(language=language, scripts=scripts, width=NARROWEST)
    await zhou.sign_in(COORDINATOR)
    page = zhou.page
    await page.goto("/queue")
    await page.locator("#filter summary").first.click()
    await page.locator("#category").select_option("noise")
    await page.locator("#filter form[method=get] button").click()
    await expect(page).to_have_url(lambda url: "category=noise" in url)
    await page.locator("#filter summary").first.click()
    await zhou.looks(f"{language}-queue", scripts=scripts)
    await page.locator("#name").fill(f"噪声 {language}")
    await page.locator('form[action="/queue/filters"] button').click()
    await expect(page.get_by_role("link", name=f"噪声 {language}")).to_be_visible()

    await page.get_by_label(number).check()
    await page.locator("button[value=accept]").click()
    await page.locator("textarea").fill(SUMMARY)
    await zhou.looks(f"{language}-decide", scripts=scripts)
    await page.locator("main form button").click()
    await expect(page.get_by_role("link", name=number)).to_be_visible()
    await expect(page.locator(".note-done")).to_be_visible()
    await zhou.looks(f"{language}-decided", scripts=scripts)

    await page.goto("/overdue")
    await zhou.looks(f"{language}-overdue", scripts=scripts)
