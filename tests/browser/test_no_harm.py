"""Sessions that end, buttons pressed twice, pages gone back to, two tabs, a service that is down: no harm is done."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import asyncpg
from playwright.async_api import Locator, Page, expect

from deploy.local.system import LocalSystem
from tests.browser.person import Person, follow

Meet = Callable[..., Awaitable[Person]]
AskTheShop = Callable[[str], Awaitable[str]]

RESIDENT, MERCHANT = "118-4-301@shanbei.example", "ma@shanbei.example"
ANSWER = 'form[action$="/steps/answer"]'
SIGN, ASK_CODE = 'form[action$="/steps/sign"]', 'form[action$="/steps/sign/code"]'
WORDS = "十点以后关门。"


async def the_session_ends(system: LocalSystem) -> None:
    """Everybody's: as after its thirty days."""
    connection = await asyncpg.connect(system.database_url("portal"))
    await connection.execute("DELETE FROM sessions")
    await connection.close()


async def write(page: Page, words: str) -> None:
    await page.goto("/file?category=noise&safe=yes")
    await page.locator("[name=subcategory]").first.check()
    await page.locator("#place_text").fill("山北路120号")
    await page.locator("#description").fill(words)


async def write_answer(page: Page, case: str) -> None:
    await page.goto(f"/cases/{case}")
    await page.locator(f"{ANSWER} [name=kind]").first.check()
    await page.locator(f"{ANSWER} [name=text]").fill(WORDS)


async def sign_by(page: Page, code: str) -> Locator:
    """All filled in; the button that signs."""
    await page.locator(f"{SIGN} [name=code]").fill(code)
    await page.locator(f"{SIGN} [name=read]").check()
    return page.locator(f"{SIGN} button")


async def filings(page: Page) -> int:
    await page.goto("/cases")
    return await page.locator("main a.card").count()


async def test_a_filing_outlives_the_session(meet: Meet, system: LocalSystem) -> None:
    resident = await meet()
    page = resident.page
    await resident.sign_in(RESIDENT)
    await write(page, "半夜装卸。")
    await the_session_ends(system)

    await follow(page, "button[value=send]")
    await resident.send_code_to(RESIDENT)

    await expect(page.locator("#description")).to_have_value("半夜装卸。")
    await page.locator("button[value=send]").click()
    await expect(page).to_have_url(re.compile("/receipt$"))


async def test_a_step_outlives_the_session(meet: Meet, system: LocalSystem, ask_the_shop: AskTheShop) -> None:
    case = await ask_the_shop("山北路120号")
    merchant = await meet()
    page = merchant.page
    await merchant.sign_in("shop-120@shanbei.example")
    await write_answer(page, case)
    await the_session_ends(system)

    await follow(page, f"{ANSWER} button")
    await merchant.send_code_to("shop-120@shanbei.example")

    await expect(page.locator(f"{ANSWER} [name=text]")).to_have_value(WORDS)
    await page.locator(f"{ANSWER} button").click()
    await expect(page.locator(".note-done")).to_be_visible()


async def test_pressed_twice_it_is_filed_once(meet: Meet) -> None:
    resident = await meet()
    page = resident.page
    await resident.sign_in(RESIDENT)
    before = await filings(page)
    await write(page, "搬货声音大。")

    await page.locator("button[value=send]").dblclick()
    await expect(page).to_have_url(re.compile("/receipt$"))

    assert await filings(page) == before + 1


async def test_an_answer_pressed_twice_is_given_once_and_stands_there_on_going_back(
    meet: Meet, ask_the_shop: AskTheShop
) -> None:
    case = await ask_the_shop("山北路122号")
    merchant = await meet()
    page = merchant.page
    await merchant.sign_in("shop-122@shanbei.example")
    await write_answer(page, case)
    await page.locator(f"{ANSWER} button").dblclick()
    await expect(page.locator(".note-done")).to_be_visible()
    await page.goto("/inbox")

    await page.go_back()

    await expect(page.get_by_text(WORDS)).to_have_count(1)
    await expect(page.locator("[role=alert]")).to_have_count(0)
    await expect(page.locator(ANSWER)).to_have_count(0)


async def test_signed_without_scripts_by_a_code_pressed_twice_it_stands_once(
    meet: Meet, offer_a_change: AskTheShop
) -> None:
    contact = "shop-118@shanbei.example"
    case = await offer_a_change("山北路118号")
    merchant = await meet(language="en", scripts=False)
    page = merchant.page
    await merchant.sign_in(contact)
    await page.goto(f"/cases/{case}")
    words = await page.locator("#step-sign .hash").inner_text()
    code = await merchant.code_after(contact, lambda: follow(page, f"{ASK_CODE} button"))
    await expect(page.locator("#step-sign .note-done")).to_be_visible()
    await follow(page, f"{ASK_CODE} button")
    await expect(page.locator("#step-sign [role=alert]")).to_contain_text("use the latest one")

    wrong = "000000" if code != "000000" else "000001"
    await follow(page, await sign_by(page, wrong))
    await expect(page.locator(f"{SIGN} .wrong")).to_be_visible()
    await merchant.looks("en-sign", scripts=False)
    await (await sign_by(page, code)).dblclick()

    await expect(page.get_by_text("the history keeps when, and not the code")).to_be_visible()
    await expect(page.locator(".hash").first).to_have_text(words)
    await expect(page.get_by_text("meant, by a code for just these words")).to_have_count(1)
    await expect(page.locator(SIGN)).to_have_count(0)


async def test_of_two_tabs_the_second_is_told_that_it_is_answered(
    meet: Meet, ask_the_shop: AskTheShop
) -> None:
    case = await ask_the_shop("山北路124号")
    merchant = await meet()
    await merchant.sign_in("shop-124@shanbei.example")
    first, second = merchant.page, await merchant.page.context.new_page()
    for tab in (first, second):
        await write_answer(tab, case)

    await follow(first, f"{ANSWER} button")
    await expect(first.locator(".note-done")).to_be_visible()
    await follow(second, f"{ANSWER} button")

    await expect(second.locator("[role=alert]")).to_be_visible()
    await expect(second.get_by_text(WORDS)).to_have_count(1)


async def test_a_form_opened_before_signing_in_again_elsewhere_comes_back_as_it_was(meet: Meet) -> None:
    resident = await meet()
    await resident.sign_in(RESIDENT)
    tab, other = resident.page, await resident.page.context.new_page()
    await write(tab, "卷帘门响。")
    await other.goto("/me")
    await follow(other, 'form[action="/sign-out"] button')
    resident.page = other
    await resident.sign_in(RESIDENT)

    await follow(tab, "button[value=send]")
    await expect(tab.locator("#description")).to_have_value("卷帘门响。")
    await tab.locator("button[value=send]").click()

    await expect(tab).to_have_url(re.compile("/receipt$"))


@asynccontextmanager
async def without(system: LocalSystem, service: str) -> AsyncIterator[None]:
    process = system.process(f"{service}-api")
    await process.stop()
    try:
        yield
    finally:
        await process.start()


async def test_with_a_service_down_the_page_says_so_and_shows_the_rest(
    meet: Meet, system: LocalSystem, places: Mapping[str, str]
) -> None:
    merchant = await meet(language="en")
    page = merchant.page
    await merchant.sign_in(MERCHANT)

    async with without(system, "mediation"):
        await page.goto(f"/cases/{places['open']}")
        await expect(page.locator(".note-wait").first).to_contain_text("cannot be reached")
        await expect(page.locator("main")).to_contain_text("后门夜间低音影响休息。")
        await merchant.looks("mediation-down-case")
        await page.goto("/mediations")
        await expect(page.locator("main")).to_contain_text("cannot be reached")
        await merchant.looks("mediation-down")


async def test_with_the_service_down_that_takes_it_nothing_written_is_lost(
    meet: Meet, system: LocalSystem
) -> None:
    resident = await meet()
    page = resident.page
    await resident.sign_in(RESIDENT)
    before = await filings(page)
    await write(page, "夜里冷柜响。")

    async with without(system, "complaints"):
        await follow(page, "button[value=send]")
        await expect(page.locator("h1")).to_be_visible()
    await page.goto("/file")
    await expect(page.locator("#description")).to_have_value("夜里冷柜响。")
    await page.locator("button[value=send]").click()

    await expect(page).to_have_url(re.compile("/receipt$"))
    assert await filings(page) == before + 1
