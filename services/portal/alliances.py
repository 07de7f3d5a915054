"""The alliance of whoever is signed in: what it is called, and how it is reached."""

from __future__ import annotations

from services.portal.board import Alliance
from services.portal.page import Page


def address(page: Page) -> str:
    """Where the alliance service keeps it."""
    assert page.session.tokens is not None  # noqa: S101 - only pages of somebody signed in ask
    return f"/v1/alliances/{page.session.tokens.alliance}"


async def own(page: Page) -> Alliance | None:
    """It, or None while the service is away."""
    answer = await page.get_if_there("alliance", address(page))
    return Alliance.model_validate(answer) if answer else None
