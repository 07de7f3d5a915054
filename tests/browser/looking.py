"""Looks at a page for somebody who sees, moves or hears less, has a small phone or a slow line."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text()
IN_THE_PAGE = (HERE / "looking.js").read_text()
WATCH_MOVES = (HERE / "moving.js").read_text()
IN_PIECES = """async (piece) => {
  const whole = await (await fetch(location.href)).text();
  document.open();
  for (let from = 0; from < whole.length; from += piece) {
    document.write(whole.slice(from, from + piece));
    await new Promise(requestAnimationFrame);
  }
  document.close();
}"""
"""Reads the page in once more, in pieces as they come where the signal is weak, and shows each before the next."""

PIECE = 200
"""Characters: fewer than the links in a page's head are long."""

LEAST_TARGET_PX, LEAST_LARGE_TARGET_PX = 44, 60
LEAST_LARGE_TYPE_PX = 24
"""18 points."""

MOST_MOVED = 0.01
"""A tenth of what counts as good (CLS): nothing that anybody sees."""

SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Bytes a second and milliseconds, as where a phone has hardly any signal."""

USUALLY_ASKED = {"rules": {"target-size": {"enabled": True}}}
ASKED_OF_LARGE_TYPE = {
    "runOnly": {
        "type": "rule",
        "values": [
            "button-name",
            "color-contrast",
            "color-contrast-enhanced",
            "link-in-text-block",
            "scrollable-region-focusable",
            "target-size",
        ],
    }
}
"""What axe is asked of a page that it knows in usual type: of sizes, colours, and the button that reads aloud."""


@dataclass
class FirstView:
    """What came over the line for a page that somebody opens for the first time, how far it moved, and what of it."""

    bytes: int = 0
    moved: float = 0
    movers: list[str] = field(default_factory=list)

    @classmethod
    async def on_a_slow_line(cls, window: BrowserContext, address: str) -> FirstView:
        """In a new window, of which the browser has kept nothing yet; photos do not count."""
        await window.add_init_script(WATCH_MOVES)
        page = await window.new_page()
        line = await window.new_cdp_session(page)
        photos: set[str] = set()
        seen = cls()

        def asks(said: dict[str, Any]) -> None:
            if "/evidence/" in said["request"]["url"]:
                photos.add(said["requestId"])

        def came(said: dict[str, Any]) -> None:
            if said["requestId"] not in photos:
                seen.bytes += int(said["encodedDataLength"])

        line.on("Network.requestWillBeSent", asks)
        line.on("Network.loadingFinished", came)
        await line.send("Network.enable")
        await line.send("Network.emulateNetworkConditions", SLOW_LINE)
        await page.goto(address, wait_until="load")
        await line.send("Network.disable")
        await page.evaluate(IN_PIECES, PIECE)
        seen.moved, seen.movers = await page.evaluate("[window.moved, window.movers]")
        return seen


class Looker:
    """One window in which page after page is looked at; what is wrong with them gathers in `faults`."""

    def __init__(self, page: Page, name: str) -> None:
        self.faults: list[str] = []
        self._page, self._name, self._where = page, name, ""
        page.on("console", self._hears)
        page.on("pageerror", lambda error: self._found(f"script: {error}"))
        page.on("request", self._sees_request)

    @classmethod
    async def in_window(cls, window: BrowserContext, name: str) -> Looker:
        """Prepares the window: axe is there in every page, and moving parts are noticed."""
        await window.add_init_script(AXE)
        await window.add_init_script(WATCH_MOVES)
        return cls(await window.new_page(), name)

    async def look(self, address: str, *, large: bool = False, grown: bool = False) -> None:
        """Opens it and notes all that is wrong with it; `grown`, also once its type has grown where it stands."""
        self._where = f"{address}{' in large type' if large else ''}"
        answer = await self._page.goto(address, wait_until="load")
        if answer is None or answer.status >= 500 or urlsplit(self._page.url).path == "/sign-in" != address:
            self._found(f"answered {answer and answer.status} at {self._page.url}")
        least = LEAST_LARGE_TARGET_PX if large else LEAST_TARGET_PX
        owed = {"least": least, "type": LEAST_LARGE_TYPE_PX if large else 0, "moved": MOST_MOVED}
        for fault in await self._page.evaluate(IN_THE_PAGE, owed):
            self._found(fault)
        asked = {"resultTypes": ["violations"]} | (ASKED_OF_LARGE_TYPE if large else USUALLY_ASKED)
        for one in (await self._page.evaluate("asked => axe.run(document, asked)", asked))["violations"]:
            for node in one["nodes"]:
                self._found(f"axe {one['id']}: {node['html'][:140]}")
        if grown:
            await self._look_grown()

    async def _look_grown(self) -> None:
        """Words of another length in large type: whether all is still in its place and large enough to be hit.

        A block plan does not grow where it stands: it is drawn anew.
        """
        if await self._page.locator("svg.plan").count():
            return
        self._where += " grown"
        await self._page.evaluate("document.documentElement.dataset.type = '18'")
        owed = {"least": LEAST_LARGE_TARGET_PX, "type": LEAST_LARGE_TYPE_PX, "moved": math.inf}
        for fault in await self._page.evaluate(IN_THE_PAGE, owed):
            self._found(fault)

    def _found(self, fault: str) -> None:
        self.faults.append(f"{self._name} {self._where}: {fault}")

    def _hears(self, said: ConsoleMessage) -> None:
        """The browser complains of a page that answers 404 by itself; that one is asked for."""
        if said.type == "error" and said.location.get("url") != self._page.url:
            self._found(f"console: {said.text}")

    def _sees_request(self, request: Request) -> None:
        here = urlsplit(self._page.url).netloc
        if here and urlsplit(request.url).netloc not in {here, ""}:
            self._found(f"asks others: {request.url}")
