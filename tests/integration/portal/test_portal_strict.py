"""Pages that stand only after a step nobody can take back owe all readers what the walk of the others demands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Route

from services.portal.page import LANGUAGE_COOKIE, TYPE_COOKIE
from shared.texts import LANGUAGES
from tests.browser.conftest import chromium
from tests.browser.looking import Looker
from tests.browser.test_pages import IN_LARGE_TYPE, LARGE, NARROWEST
from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_filing import WRITTEN, the_form
from tests.integration.portal.test_portal_release import ASKED, PROMISE, TOKEN
from tests.integration.portal.town import CASE

__all__ = ["chromium"]

JOIN = {"alliance": "山北", "place": "118弄3号501", "kind": "lives", "expires_at": "2099-03-26T04:00:00Z"}
Look = Callable[[str], Awaitable[list[str]]]


@pytest.fixture
def look(portal: Portal, chromium: Browser) -> Look:
    """The page in both languages, and in large type as the walk does, by Chromium in front of this portal.

    What it weighs is not told: the answers are handed on unpacked.
    """

    async def answered(route: Route) -> None:
        asked = urlsplit(route.request.url)
        answer = await portal.client.http.get(f"{asked.path}?{asked.query}")
        kept = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
        await route.fulfill(status=answer.status_code, headers=kept, body=answer.content)

    async def looked_at(address: str) -> list[str]:
        window = await chromium.new_context(base_url=str(portal.client.http.base_url), viewport=NARROWEST)
        await window.route("**/*", answered)
        looker = await Looker.in_window(window, "strict")
        for language in LANGUAGES:
            portal.client.http.cookies.set(LANGUAGE_COOKIE, language)
            await looker.look(address)
        portal.client.http.cookies.set(LANGUAGE_COOKIE, IN_LARGE_TYPE)
        portal.client.http.cookies.set(TYPE_COOKIE, LARGE)
        await looker.look(address, large=True)
        await window.close()
        return [fault for fault in looker.faults if not fault.endswith("bytes at first sight")]

    return looked_at


async def test_the_link_by_which_a_promise_is_released(portal: Portal, look: Look) -> None:
    portal.services.says(f"GET {ASKED}", PROMISE | {"released": False})
    assert await look(f"/release/{TOKEN}") == []


async def test_the_link_by_which_somebody_joins(portal: Portal, look: Look) -> None:
    portal.services.says("GET /alliance/v1/join/abc", JOIN)
    assert await look("/join/abc") == []


async def test_the_receipt_of_a_filing(portal: Portal, look: Look) -> None:
    await portal.sign_in("resident")
    await portal.browser.send(await the_form(portal), "/file", **WRITTEN)
    assert await look(f"/cases/{CASE}/receipt") == []
