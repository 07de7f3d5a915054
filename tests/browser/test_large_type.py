"""Large type: switched on by one button on any page, kept by the browser; plain words, and read aloud."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.browser.person import Person, follow

Meet = Callable[..., Awaitable[Person]]

NARROWEST = 320
POINTS_PX = 96 / 72
SPOKEN = """
window.spoken = [];
speechSynthesis.speak = said => window.spoken.push([said.lang, said.text]);
speechSynthesis.cancel = () => window.spoken.push("silence");
"""


async def type_size(page: Page) -> float:
    size: float = await page.locator("body").evaluate("body => parseFloat(getComputedStyle(body).fontSize)")
    return round(size / POINTS_PX)


async def tap(page: Page, size: str) -> None:
    await follow(page, f'.top-links a[href^="/type/{size}"]')


async def test_type_grows_from_18_to_30_points_and_stays_until_it_is_put_back(meet: Meet) -> None:
    somebody = await meet(width=NARROWEST, scripts=False)
    page = somebody.page
    await page.goto("/who-sees-what")
    usual = await type_size(page)

    for size in (18, 22, 26, 30):
        await tap(page, str(size))
        assert await type_size(page) == size
        await expect(page).to_have_url("/who-sees-what")
        await somebody.looks(f"type-{size}", scripts=False)

    await page.goto("/file?category=noise")
    assert await type_size(page) == 30
    await somebody.looks("type-30-file", scripts=False)
    await tap(page, "usual")
    assert await type_size(page) == usual


async def test_large_type_comes_with_plain_words(meet: Meet) -> None:
    page = (await meet()).page
    await page.goto("/")
    usual = await page.locator(".lead").inner_text()

    await tap(page, "18")

    plain = await page.locator(".lead").inner_text()
    assert len(plain) < len(usual)


async def test_the_page_is_read_aloud_and_stops_when_told(meet: Meet) -> None:
    page = (await meet(language="en")).page
    await page.add_init_script(SPOKEN)
    await page.goto("/")
    await expect(page.locator(".aloud")).to_have_count(0)
    await tap(page, "18")

    await page.locator(".aloud").click()
    heading = await page.locator("h1").inner_text()
    assert (await page.evaluate("window.spoken"))[:2] == ["silence", ["en", heading]]
    await expect(page.locator(".aloud")).to_have_text("Stop reading")

    await page.locator(".aloud").click()
    assert (await page.evaluate("window.spoken"))[-1] == "silence"
    await expect(page.locator(".aloud")).to_have_text("Read aloud")


async def test_there_is_no_button_to_read_aloud_where_no_script_could(meet: Meet) -> None:
    page = (await meet(scripts=False)).page
    await page.goto("/")
    await tap(page, "18")

    await expect(page.locator(".aloud")).to_have_count(0)
