"""Everything can be done from the keyboard, and what went wrong is where the focus is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.person import Person

Meet = Callable[..., Awaitable[Person]]
AskTheShop = Callable[[str], Awaitable[str]]


async def test_a_matter_is_filed_by_keyboard_alone(meet: Meet) -> None:
    resident = await meet()
    await resident.sign_in("sun@shanbei.example")
    page, keys = resident.page, Keyboard(resident.page)
    await page.goto("/")

    await keys.press('nav a[href="/file"]')
    await keys.press('a[href="/file?category=noise"]')
    await keys.tick("[name=subcategory]")
    await keys.type("#place_text", "山北路116号")
    await keys.reach("button[value=send]")
    await page.keyboard.press("Enter")
    await expect(page.locator("#description:invalid")).to_be_focused()
    await page.keyboard.type("每天半夜搬桌椅。")
    await keys.press("button[value=send]")

    await expect(page).to_have_url(re.compile("/receipt$"))


async def test_a_matter_is_answered_by_keyboard_alone(meet: Meet, ask_the_shop: AskTheShop) -> None:
    case = await ask_the_shop("山北路116号")
    merchant = await meet()
    await merchant.sign_in("ma@shanbei.example")
    page, keys = merchant.page, Keyboard(merchant.page)
    await page.goto(f"/cases/{case}")

    form = 'form[action$="/steps/answer"]'
    await keys.reach(f"{form} [name=kind]")
    await page.keyboard.press("ArrowDown")
    await keys.type(f"{form} [name=text]", "十点以后不搬。")
    await keys.press(f"{form} button")

    await expect(page.locator(".note-done")).to_be_visible()
    await expect(page.locator(form)).to_have_count(0)


async def test_what_was_wrong_has_the_focus_when_the_form_comes_back(meet: Meet) -> None:
    page = (await meet(scripts=False)).page
    await page.goto("/file?category=noise&safe=yes")
    await page.locator("[name=subcategory]").first.check()
    await page.locator("#description").fill("吵。")

    await page.locator("button[value=send]").click()

    await expect(page.locator("[role=alert]")).to_be_focused()
    await expect(page.locator("#place_text")).to_have_attribute("aria-invalid", "true")
