"""Those who run an alliance at their desks: on the narrowest phone, with and without scripts, in both languages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, follow
from tests.browser.test_first_steps import RESIDENT, SUMMARY, send, the_number_on, write

Meet = Callable[..., Awaitable[Person]]

COORDINATOR, ADMINISTRATOR = "zhou@shanbei.example", "ops@shanbei.example"
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
    await follow(page, "#filter form[method=get] button")
    await expect(page).to_have_url(re.compile("category=noise"))
    await page.locator("#filter summary").first.click()
    await zhou.looks(f"{language}-queue", scripts=scripts)
    await page.locator("#name").fill(f"噪声 {language}")
    await follow(page, 'form[action="/queue/filters"] button')
    await expect(page.get_by_role("link", name=f"噪声 {language}")).to_be_visible()

    await page.get_by_label(number).focus()
    if scripts:
        await page.keyboard.press("x")
        await expect(page.get_by_label(number)).to_be_checked()
    else:
        await page.get_by_label(number).check()
    await follow(page, "button[value=accept]")
    await page.locator("textarea").fill(SUMMARY)
    await zhou.looks(f"{language}-decide", scripts=scripts)
    await follow(page, "main form button")
    await expect(page.get_by_role("link", name=number)).to_be_visible()
    await expect(page.locator(".note-done")).to_be_visible()
    await zhou.looks(f"{language}-decided", scripts=scripts)

    await page.goto("/queue?category=noise")
    await takes(page, "/queue/table.csv", TABLE_BEGINS[language], scripts=scripts)
    await zhou.looks(f"{language}-taken", scripts=scripts)
    await page.goto("/me/data")
    await takes(page, "/me/data/copy.zip", "PK", scripts=scripts)

    await page.goto("/overdue")
    await zhou.looks(f"{language}-overdue", scripts=scripts)


TABLE_BEGINS = {"zh-CN": "\ufeff编号", "en": "\ufeffNumber"}
"""How the table of the desk begins."""


async def takes(page: Page, path: str, begins: str, *, scripts: bool) -> None:
    """A file from its link; where the page may run scripts, it shows how far it is, to the end."""
    async with page.expect_download() as coming:
        await page.locator(f'a[href^="{path}"]').click()
    file = await (await coming.value).path()
    assert file.read_bytes().decode(errors="replace").startswith(begins)
    if scripts:
        await expect(page.locator("[data-take] progress")).to_have_js_property("value", 1)
        await expect(page.locator("[data-take] [role=status]")).not_to_be_empty()


async def enter_many_rooms(ops: Person, language: str, *, scripts: bool) -> None:
    """The page goes on by itself where it may run scripts, and else by a button."""
    page = ops.page
    await page.goto("/alliance/places/import")
    await page.locator("#rows").fill(
        "\n".join(f"room, {language} {number}, 118弄3号" for number in range(22))
    )
    await page.locator("#entering button").click()
    if not scripts:
        await expect(page.locator("progress")).to_have_attribute("value", "20")
        await page.locator("#entering button").click()
    await expect(page.locator("progress")).to_have_attribute("value", "22")
    await expect(page.locator("#far")).to_contain_text("22")
    await ops.looks(f"{language}-import", scripts=scripts)


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", True), ("en", False)])
async def test_an_administrator_keeps_files_members_rules_and_days(
    meet: Meet, language: str, scripts: bool
) -> None:
    ops = await meet(language=language, scripts=scripts, width=NARROWEST)
    await ops.sign_in(ADMINISTRATOR)
    page = ops.page
    await page.goto("/alliance")
    await ops.looks(f"{language}-alliance", scripts=scripts)
    await enter_many_rooms(ops, language, scripts=scripts)
    await page.goto("/alliance")
    await follow(page, 'main a[href="/alliance/places"]')
    await page.locator("#q").fill("116")
    await follow(page, "main form button")
    await ops.looks(f"{language}-places", scripts=scripts)
    await follow(page, "main a.card")
    await page.locator("#act-change summary").click()
    await page.locator("#trade").fill("tea_house")
    await follow(page, "#act-change button")
    await expect(page.locator(".note-done")).to_be_visible()
    await ops.looks(f"{language}-place", scripts=scripts)

    await page.goto("/alliance/members")
    await ops.looks(f"{language}-members", scripts=scripts)
    await page.locator("#act-new summary").click()
    await page.locator("#display_name").fill("钱多")
    await page.locator("#role").select_option("resident")
    await page.locator("#new-place-text").fill("118弄3号102")
    await follow(page, "button[value=places]")
    await page.locator("#new-place").select_option(index=1)
    await follow(page, page.locator("#act-new button").last)
    await expect(page.get_by_role("heading", name="钱多")).to_be_visible()
    await page.locator("#act-end summary").click()
    await page.locator("#sure").check()
    await ops.looks(f"{language}-member", scripts=scripts)
    await follow(page, "#act-end button")
    await expect(page.locator(".note-done")).to_be_visible()

    await page.goto("/alliance/rules")
    await ops.looks(f"{language}-rules", scripts=scripts)
    await page.goto("/alliance/rules/complaints/near")
    await page.locator("#value").fill("3")
    await page.locator("#source").fill("联盟会议决定")
    await follow(page, "main form button")
    await expect(page.locator(".note-done")).to_be_visible()
    await ops.looks(f"{language}-rule", scripts=scripts)
    await page.goto("/alliance/calendar")
    await ops.looks(f"{language}-calendar-days", scripts=scripts)


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", False), ("en", True)])
async def test_a_family_asks_somebody_in_who_reads_the_calendar(
    meet: Meet, language: str, scripts: bool
) -> None:
    lin = await meet(language=language, scripts=scripts, width=NARROWEST)
    await lin.sign_in(RESIDENT)
    page = lin.page
    await page.goto("/me")
    await follow(page, 'main a[href="/household"]')
    await follow(page, "button[name=kind]")
    link = await page.locator(".hash").last.inner_text()
    await lin.looks(f"{language}-household", scripts=scripts)

    guest = await meet(language=language, scripts=scripts, width=NARROWEST)
    await guest.page.goto(urlsplit(link).path)
    await guest.looks(f"{language}-join", scripts=scripts)
    contact = f"guest-{language.lower()}@shanbei.example"
    await guest.page.locator("#display_name").fill("林小妹")
    await guest.page.locator("#contact").fill(contact)
    await follow(guest.page, "main form button")
    await expect(guest.page.locator(".note-done")).to_be_visible()
    await guest.sign_in(contact)
    await guest.page.goto("/household")
    await expect(guest.page.get_by_text("林佩珍")).to_be_visible()
    await guest.page.goto("/calendar")
    await guest.looks(f"{language}-calendar", scripts=scripts)
