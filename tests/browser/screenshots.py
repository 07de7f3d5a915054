"""`make screenshots`: every page on a phone and on a desk, in both languages, as pictures in `artifacts/pages`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

import pytest
from playwright.async_api import Browser, ViewportSize

from deploy.local.system import LocalSystem
from shared.texts import LANGUAGES
from tests.browser.conftest import PHONE
from tests.browser.pages import PEOPLE, Listed, pages_of
from tests.browser.person import SHOTS
from tests.browser.windows import windows_of

SIZES: Mapping[str, ViewportSize] = {"phone": PHONE, "desktop": {"width": 1280, "height": 800}}
PAGES = SHOTS.parent / "pages"


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_page_has_its_picture(
    who: str, places: Mapping[str, str], system: LocalSystem, chromium: Browser
) -> None:
    signed_in = await windows_of(PEOPLE[who], system, chromium)
    for language, (size, viewport) in product(LANGUAGES, SIZES.items()):
        window = await signed_in(language, viewport)
        screen = await window.new_page()
        for page in pages_of(who):
            await screen.goto(page.address.format_map(places))
            await screen.screenshot(path=PAGES / language / size / f"{who}-{_name(page)}.png", full_page=True)
        await window.close()


def _name(page: Listed) -> str:
    return re.sub(r"\W+", "-", page.address).strip("-") or "home"
