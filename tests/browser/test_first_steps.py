"""A resident writes, signs in at the end and gets a number; the coordinator takes it on. On the real system."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Page, expect

from tests.browser.person import Person, follow

Meet = Callable[..., Awaitable[Person]]

RESIDENT, COORDINATOR = "lin@shanbei.example", "zhou@shanbei.example"
REFERENCE = re.compile(r"SJ-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
WORDS = "楼下酒吧后门天天开到一两点,低音炮咚咚咚的,床都在抖。"
SUMMARY = "116号后门夜间低频音乐及人员聚集,影响周边住户休息"


async def write(page: Page) -> None:
    """Fills in the filing form and taps its last button."""
    await page.goto("/file")
    await page.locator('a[href="/file?category=noise"]').click()
    await page.locator('[name=subcategory][value="bar_music"]').check()
    await page.locator("#place_text").fill("116")
    await page.locator("#description").fill(WORDS)
    await page.locator("[name=happening_now]").check()
    await page.locator("[name=identity][value=hidden]").check()
    await send(page)


async def send(page: Page) -> None:
    await follow(page, "button[value=send]")


async def the_number_on(page: Page) -> str:
    """The reference the receipt shows. Where others told of the like before, theirs is said to be one of its own."""
    alike = page.locator("#alike")
    await expect(alike.or_(page.locator("dd.reference"))).to_be_visible()
    if await alike.is_visible():
        await alike.locator("[name=joins][value=own]").check()
        await send(page)
    await expect(page).to_have_url(re.compile("/receipt$"))
    return await page.locator("dd.reference").inner_text()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_resident_files_and_the_coordinator_accepts(meet: Meet, language: str) -> None:
    resident = await meet(language=language)
    page = resident.page
    await page.goto("/")
    await resident.looks(f"{language}-home")
    await page.goto("/who-sees-what")
    await resident.looks(f"{language}-who-sees-what")
    await write(page)
    await resident.looks(f"{language}-sign-in")
    await resident.send_code_to(RESIDENT)

    await expect(page.locator("#description")).to_have_value(WORDS)
    await follow(page, "button[value=places]")
    await page.locator("[name=place_id]").first.check()
    await page.locator("#photos").set_input_files(a_picture("in-advance.png"))
    await follow(page, "button[value=attach]")
    await expect(page.get_by_text("in-advance.png")).to_be_visible()
    await resident.looks(f"{language}-file")
    await send(page)

    number = await the_number_on(page)
    assert REFERENCE.fullmatch(number)
    await resident.looks(f"{language}-receipt")
    await page.goto("/cases")
    await expect(page.get_by_text(number)).to_be_visible()
    await resident.looks(f"{language}-my-matters")
    await follow(page, page.get_by_text(number))
    await expect(page.get_by_text(WORDS)).to_be_visible()
    await add_photo(page)
    await add_voice_note(resident)
    await resident.looks(f"{language}-case-of-the-resident")

    coordinator = await meet(language=language)
    await coordinator.sign_in(COORDINATOR)
    await accept(coordinator.page, number)
    await coordinator.looks(f"{language}-case-accepted")
    await coordinator.page.goto("/inbox")
    await coordinator.looks(f"{language}-inbox")


def a_picture(name: str) -> FilePayload:
    picture = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(picture, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": picture.getvalue()}


async def add_photo(page: Page) -> None:
    """Opens the form further down, chooses a picture and sees it on the case's page."""
    form = page.locator('form[action$="/steps/evidence"]')
    await page.locator("#step-evidence > summary").click()
    await form.locator("[name=kind][value=photo]").check()
    await form.locator("[name=file]").set_input_files(a_picture("IMG_1.png"))
    await follow(page, form.locator("button:not([type])"))
    await expect(page.locator("img.photo")).to_have_count(2)
    photo = page.locator("img.photo").last
    await photo.scroll_into_view_if_needed()
    await expect(photo).to_have_js_property("naturalWidth", 640)


async def add_voice_note(resident: Person) -> None:
    """Speaks into the microphone, and the service takes what the browser made of it."""
    page = resident.page
    await page.context.grant_permissions(["microphone"])
    form = page.locator('form[action$="/steps/evidence"]')
    await page.locator("#step-evidence > summary").click()
    await form.locator(".voice button").click()
    await expect(form.locator(".voice [aria-hidden]")).to_have_text(re.compile("[1-9]"))
    await form.locator(".voice button").click()
    await expect(form.locator("audio")).to_be_visible()
    await expect(form.locator("[name=kind][value=audio]")).to_be_checked()
    await resident.looks("voice-note")
    await follow(page, form.locator("button:not([type])"))
    await expect(page.locator(".note-done")).to_be_visible()
    await expect(page.locator('[aria-labelledby="evidence"] .card')).to_have_count(3)


async def accept(page: Page, number: str) -> None:
    """From the queue to the case, and takes it on."""
    await page.goto("/queue")
    await follow(page, page.get_by_text(number))
    form = page.locator('form[action$="/steps/accept"]')
    await form.locator("[name=shared_summary]").fill(SUMMARY)
    await follow(page, form.locator("button"))
    await expect(page.locator(".note-done")).to_be_visible()
    await expect(page.get_by_text(SUMMARY)).to_be_visible()
    await expect(form).to_have_count(0)


async def test_going_back_and_sending_again_files_nothing_twice(meet: Meet) -> None:
    resident = await meet()
    await resident.sign_in("sun@shanbei.example")
    await write(resident.page)
    number = await the_number_on(resident.page)

    await resident.page.go_back()
    await send(resident.page)

    assert await the_number_on(resident.page) == number


async def test_the_keyboard_reaches_the_content_first(meet: Meet) -> None:
    somebody = await meet()
    await somebody.page.goto("/")

    await somebody.page.keyboard.press("Tab")
    await expect(somebody.page.locator(".skip")).to_be_focused()
    await somebody.page.keyboard.press("Enter")

    await expect(somebody.page.locator("main")).to_be_focused()


async def test_a_poster_is_scanned_and_the_matter_followed_without_anybody_signing_in(meet: Meet) -> None:
    coordinator = await meet()
    await coordinator.sign_in(COORDINATOR)
    await coordinator.page.goto("/posters")
    await coordinator.looks("posters")
    await follow(coordinator.page, "main .card a")
    await coordinator.looks("poster")
    address = await coordinator.page.locator("figcaption .hash").inner_text()

    stranger = await meet()
    page = stranger.page
    await page.goto(address)
    await follow(page, page.locator("main .choices a").nth(1))
    await stranger.looks("danger-first")
    await follow(page, "main a.second")
    await page.locator("[name=subcategory]").first.check()
    await follow(page, "button[value=questions]")
    await page.locator("details > summary").click()
    await stranger.looks("file-with-questions")
    await page.locator("#description").fill("后门用铁链锁着。")
    await page.locator("[name=identity][value=anonymous]").check()
    await send(page)
    await stranger.looks("receipt-anonymous")
    number, secret = await page.locator("dd.reference").all_inner_texts()

    await page.goto("/follow")
    await page.locator("#reference").fill(number)
    await page.locator("#secret").fill(secret)
    await stranger.looks("follow")
    await follow(page, "main form button")
    await expect(page.get_by_text(number)).to_be_visible()
    await stranger.looks("followed")
