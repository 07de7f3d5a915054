"""Every page, for everybody whose it is, in both languages and in large type, owes the same to all who read it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, ViewportSize

from deploy.local.system import LocalSystem
from services.portal.page import TYPE_COOKIE
from shared.texts import LANGUAGES, Language
from tests.browser.looking import Looker
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
        """Each page as it is, on the narrowest phone; in large type, which lays out alike, in Chinese alone."""
        window = await signed_in(language, NARROWEST)
        looker = await Looker.in_window(window, f"{who} {language}")
        for address in addresses:
            await looker.look(address)
        if language == IN_LARGE_TYPE:
            await choose(window, system, TYPE_COOKIE, LARGE)
            for address in addresses:
                await looker.look(address, large=True)
        await window.close()
        return looker.faults

    chinese, english = await asyncio.gather(*map(walked, LANGUAGES))
    assert chinese + english == []
