"""Somebody in front of a phone: signs in by the code in the mailbox, reads, types, taps, and is never shut out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.async_api import Locator, Page, Request

from shared.clock import DevelopmentClock

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
SHOTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
GRAVE = frozenset({"serious", "critical"})
MAIL_PATIENCE_SECONDS = 60
BETWEEN_CODES, A_DAY = timedelta(minutes=3), timedelta(days=1)
CODES_A_DAY = 7
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def _code_in(mail: dict[str, Any]) -> str | None:
    """The code of a mail to sign in with; a mail about a case has none, whatever figures stand in it."""
    found = None if "X-Shangju-Case" in mail["headers"] else _CODE.search(mail["text"].replace(" ", ""))
    return found and found.group()


async def follow(page: Page, way: Locator | str) -> None:
    """Taps a link or a button and waits for the page it leads to."""
    async with page.expect_navigation():
        await (page.locator(way) if isinstance(way, str) else way).first.click()


class Person:
    """A page and what is asked of every page."""

    def __init__(self, page: Page, *, mailbox_url: str, clock: DevelopmentClock) -> None:
        self.page = page
        self._clock = clock
        self.strangers: list[str] = []
        self._mailbox = httpx.AsyncClient(base_url=mailbox_url)
        page.on("request", self._watch)

    def _watch(self, request: Request) -> None:
        """Notes every request that leaves our origin."""
        here = urlsplit(self.page.url).netloc
        if here and urlsplit(request.url).netloc not in {here, ""}:
            self.strangers.append(request.url)

    async def sign_in(self, contact: str) -> None:
        """Through the two pages, with the code that comes by mail."""
        await self.page.goto("/sign-in")
        await self.send_code_to(contact)

    async def ask_for_code(self, contact: str) -> None:
        """The first of the two pages alone."""
        await self.page.goto("/sign-in")
        await self._ask_for_code(contact)
        await self.page.locator("#code").wait_for()

    async def send_code_to(self, contact: str) -> None:
        """The same, from the sign-in page on which one stands already, some minutes later.

        A contact is sent one code a minute and eight a day, a network thirty an hour; the system's clock moves so that
        nobody has to wait for it.
        """
        seen = await self._mails(contact)
        codes = sum(_code_in(mail) is not None for mail in seen)
        self._clock.advance(A_DAY if codes and codes % CODES_A_DAY == 0 else BETWEEN_CODES)
        await self._ask_for_code(contact)
        await self.page.locator("#code").fill(await self._code(contact, after=seen[0]["id"] if seen else ""))
        await follow(self.page, "main form button")

    async def code_after(self, contact: str, ask: Callable[[], Awaitable[None]]) -> str:
        """The code in the mail that comes once `ask` was done."""
        seen = await self._mails(contact)
        await ask()
        return await self._code(contact, after=seen[0]["id"] if seen else "")

    async def _ask_for_code(self, contact: str) -> None:
        """Where the page to sign in is still on its way, it is waited for."""
        form = self.page.locator('form[action="/sign-in"]')
        await form.locator("[name=contact]").fill(contact)
        await follow(self.page, form.locator("button"))

    async def _mails(self, contact: str, after: str = "") -> list[dict[str, Any]]:
        answer = await self._mailbox.get("/api/messages", params={"to": contact, "after": after})
        mails: list[dict[str, Any]] = answer.json()
        return mails

    async def _code(self, contact: str, *, after: str) -> str:
        async with asyncio.timeout(MAIL_PATIENCE_SECONDS):
            while True:
                for mail in await self._mails(contact, after):
                    if code := _code_in(mail):
                        return code
                await asyncio.sleep(0.2)

    async def looks(self, name: str, *, scripts: bool = True) -> None:
        """Demands what every page owes to people who see or move less; what falls short leaves its picture.

        Axe runs in the page and so needs scripts; our pages do not.
        """
        await self.page.wait_for_load_state()
        faults = [f"wider than the phone: {one}" for one in await self._sticks_out()]
        faults += [f"asks others: {one}" for one in self.strangers]
        faults += await self._grave_violations() if scripts else []
        if faults:
            await self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        assert faults == [], name

    async def _grave_violations(self) -> list[str]:
        await self.page.evaluate(AXE)
        found = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['html']}"
            for one in found["violations"]
            if one["impact"] in GRAVE
            for node in one["nodes"]
        ]

    async def _sticks_out(self) -> list[str]:
        """The elements that reach beyond the right edge."""
        found: list[str] = await self.page.evaluate(
            """[...document.querySelectorAll("main *")]
                 .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                 .map(one => one.outerHTML.slice(0, 120))"""
        )
        return found
