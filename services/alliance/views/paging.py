"""A list is read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from shared.access.cursors import Cursor


@dataclass(frozen=True)
class Page:
    """Which rows are wanted: `limit` of them after `cursor`."""

    cursor: str | None = None
    limit: int = 50


SortKey = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
PLACES: Cursor[tuple[str, UUID]] = Cursor(tuple[SortKey, UUID])
MEMBERS: Cursor[UUID] = Cursor(UUID)
ALLIANCES: Cursor[tuple[SortKey, UUID]] = Cursor(tuple[SortKey, UUID])
