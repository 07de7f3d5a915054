"""Every page, for everybody whose it is, in both languages and in large type, owes the same to all who read it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, ViewportSize

from deploy.local.system import LocalSystem
from services.portal.page import TYPE_COOKIE
from shared.texts import LANGUAGES, Language
from tests.browser.looking import MOST_MOVED, FirstView, Looker
from tests.browser.pages import PEOPLE, pages_of
from tests.browser.windows import choose, windows_of

NARROWEST: ViewportSize = {"width": 320, "height": 640}
LARGE = "18"
IN_LARGE_TYPE: Language = "zh-CN"


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_page_can_be_read_and_used(
    who: str, places: Mapping[str, str], system: LocalSystem, chromium: Browser
) -> None:
    signed_in = await windows_of(PEOPLE[who], system, chromium)
    addresses = [page.address.format_map(places) for page in pages_of(who)]

    async def walked(language: Language) -> list[str]:
        """Each page as it is, on the narrowest phone; opened in large type in Chinese, grown where it stands else."""
        window = await signed_in(language, NARROWEST)
        looker = await Looker.in_window(window, f"{who} {language}")
        for address in addresses:
            await looker.look(address, grown=language != IN_LARGE_TYPE)
        if language == IN_LARGE_TYPE:
            await choose(window, system, TYPE_COOKIE, LARGE)
            for address in addresses:
                await looker.look(address, large=True)
        await window.close()
        return looker.faults

    chinese, english = await asyncio.gather(*map(walked, LANGUAGES))
    assert chinese + english == []


FIRST_VIEWS = ("/file?category=noise&safe=yes", "/cases/{kept}", "/file?category=fire_safety")
"""Where somebody writes, and where they read: the longest pages of a resident; and where nobody may wait."""

HEAVIEST_BYTES = 60_000


async def test_on_a_slow_line_the_first_view_is_light_and_stands_still(
    places: Mapping[str, str], system: LocalSystem, chromium: Browser
) -> None:
    signed_in = await windows_of(PEOPLE["resident"], system, chromium)

    for address in FIRST_VIEWS:
        window = await signed_in("zh-CN", NARROWEST)
        view = await FirstView.on_a_slow_line(window, address.format_map(places))
        await window.close()

        assert 0 < view.bytes <= HEAVIEST_BYTES, address
        assert view.moved < MOST_MOVED, (address, view.movers)
