"""Somebody who uses the keyboard alone: goes from one field to the next, types, and presses what has the focus."""

from __future__ import annotations

from playwright.async_api import Page

MOST_STEPS = 120
HAS_FOCUS = "selector => document.activeElement.matches(selector)"
HIDES_FOCUS = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const shown = document.activeElement === document.body || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  return shown ? "" : document.activeElement.outerHTML.slice(0, 200);
}"""
"""What has the focus without showing it; past the last link it is with the browser."""


class Keyboard:
    """The keys under somebody's hands."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def reach(self, selector: str) -> None:
        """Goes on with Tab until the focus is there; wherever it passes, it can be seen."""
        for _ in range(MOST_STEPS):
            if await self._page.evaluate(HAS_FOCUS, selector):
                return
            await self._page.keyboard.press("Tab")
            hidden = await self._page.evaluate(HIDES_FOCUS)
            assert not hidden, f"it cannot be seen where the focus is: {hidden}"
        raise AssertionError(f"Tab does not lead to {selector}")

    async def type(self, selector: str, words: str) -> None:
        await self.reach(selector)
        await self._page.keyboard.type(words)

    async def press(self, selector: str) -> None:
        """A link or button, and waits for the page it leads to."""
        await self.reach(selector)
        async with self._page.expect_navigation():
            await self._page.keyboard.press("Enter")

    async def tick(self, selector: str) -> None:
        await self.reach(selector)
        await self._page.keyboard.press("Space")
