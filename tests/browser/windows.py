"""Windows of somebody who has signed in once: in either language, of any size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, BrowserContext, ViewportSize

from deploy.local.system import LocalSystem
from services.portal.page import LANGUAGE_COOKIE
from shared.clock import DevelopmentClock
from shared.texts import Language
from tests.browser.person import Person

OpenWindow = Callable[[Language, ViewportSize], Awaitable[BrowserContext]]


async def windows_of(contact: str, system: LocalSystem, chromium: Browser) -> OpenWindow:
    """`window = await (await windows_of(contact, system, chromium))("en", size)`; nobody's without a contact.

    Nobody has asked for a code that does not come, so that its page is there to be looked at.
    """
    portal = system.url("portal")
    first = await chromium.new_context(base_url=portal)
    clock = DevelopmentClock(system.clock_file)
    person = Person(await first.new_page(), mailbox_url=system.mailbox_url, clock=clock)
    if contact:
        await person.sign_in(contact)
    else:
        await person.ask_for_code("nobody@shanbei.example")
    signed_in = await first.storage_state()
    await first.close()

    async def another(language: Language, size: ViewportSize) -> BrowserContext:
        window = await chromium.new_context(base_url=portal, viewport=size, storage_state=signed_in)
        await choose(window, system, LANGUAGE_COOKIE, language)
        return window

    return another


async def choose(window: BrowserContext, system: LocalSystem, cookie: str, value: str) -> None:
    """As if it had been chosen on a page."""
    await window.add_cookies([{"name": cookie, "value": value, "url": system.url("portal")}])
