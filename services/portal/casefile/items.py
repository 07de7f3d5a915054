"""Lists that not everybody sees."""

from __future__ import annotations

from typing import Any

from services.portal.gateway import Problem
from services.portal.page import Page


async def items(page: Page, service: str, path: str, **query: str) -> list[Any]:
    """What stands in a list; for whom the list does not exist, it is empty."""
    try:
        answer = await page.get_if_there(service, path, **query)
    except Problem:
        return []
    return answer["items"] if answer else []
