"""Looks at a page for somebody who sees, moves or hears less, has a small phone or a slow line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text()
IN_THE_PAGE = (HERE / "looking.js").read_text()
WATCH_MOVES = """
window.moved = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""

LEAST_TARGET_PX, LEAST_LARGE_TARGET_PX = 44, 60
LEAST_LARGE_TYPE_PX = 24
"""18 points."""

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

    async def look(self, address: str, *, large: bool = False) -> None:
        """Opens it and notes all that is wrong with it."""
        self._where = f"{address}{' in large type' if large else ''}"
        answer = await self._page.goto(address, wait_until="load")
        if answer is None or answer.status >= 500 or urlsplit(self._page.url).path == "/sign-in" != address:
            self._found(f"answered {answer and answer.status} at {self._page.url}")
        least = LEAST_LARGE_TARGET_PX if large else LEAST_TARGET_PX
        owed = {"least": least, "type": LEAST_LARGE_TYPE_PX if large else 0}
        for fault in await self._page.evaluate(IN_THE_PAGE, owed):
            self._found(fault)
        asked = {"resultTypes": ["violations"]} | (ASKED_OF_LARGE_TYPE if large else USUALLY_ASKED)
        for one in (await self._page.evaluate("asked => axe.run(document, asked)", asked))["violations"]:
            for node in one["nodes"]:
                self._found(f"axe {one['id']}: {node['html'][:140]}")

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
