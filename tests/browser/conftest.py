"""Chromium on the real system: pages as people see them, on a phone."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from cli.demo.telling import Told, world_of
from cli.people import http_client
from cli.running import Running
from deploy.local.system import LocalSystem
from shared.clock import DevelopmentClock
from tests.browser.lived_in import (
    acting_in,
    asks_the_shop,
    lived_in,
    offers_a_change,
    talks_with_the_shop,
)
from tests.browser.person import Person

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
async def meet(system: LocalSystem, chromium: Browser) -> AsyncIterator[Callable[..., object]]:
    """`person = await meet(language="en", scripts=False)`: somebody with a phone and a browser of their own."""
    clock = DevelopmentClock(system.clock_file)
    async with AsyncExitStack() as open_windows:

        async def somebody(
            *, language: str = "zh-CN", scripts: bool = True, width: int = PHONE["width"]
        ) -> Person:
            window = await chromium.new_context(
                base_url=system.url("portal"),
                locale=language,
                java_script_enabled=scripts,
                viewport={"width": width, "height": PHONE["height"]},
            )
            open_windows.push_async_callback(window.close)
            window.set_default_timeout(PATIENCE_MS)
            return Person(await window.new_page(), mailbox_url=system.mailbox_url, clock=clock)

        yield somebody


@pytest.fixture(scope="session")
async def places(where: Running, told: Told) -> Mapping[str, str]:
    """What the addresses of pages are made of, once enough has happened in the neighbourhood."""
    async with world_of(where) as world:
        return await lived_in(world, told)


@pytest.fixture
async def ask_the_shop(where: Running) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """`case = await ask_the_shop("山北路120号")`: one more complaint that waits for the answer of who trades there."""
    async with http_client(language="zh-CN") as http, acting_in(where, http) as acting:
        yield lambda shop: asks_the_shop(acting, shop)


@pytest.fixture
async def talk_with_the_shop(where: Running) -> AsyncIterator[Callable[[str, str], Awaitable[str]]]:
    """`number = await talk_with_the_shop("山北路120号", merchant)`: one more, to be settled without a mediator."""
    async with http_client(language="zh-CN") as http, acting_in(where, http) as acting:
        yield lambda shop, merchant: talks_with_the_shop(acting, shop, merchant)


@pytest.fixture
async def offer_a_change(where: Running) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """`case = await offer_a_change("山北路118号")`: other words for what was agreed there wait to be signed."""
    async with http_client(language="zh-CN") as http, acting_in(where, http) as acting:
        yield lambda shop: offers_a_change(acting, shop, where.development_clock.now())
