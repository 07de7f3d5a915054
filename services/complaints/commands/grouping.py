"""A group case (群体纠纷): many filings of one matter, and what of a filing is none of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class GatherGroup:
    """Let these cases be handled with this one; each of them is joined by a command of its own."""

    case_id: UUID
    joined: tuple[UUID, ...]


@dataclass(frozen=True)
class SplitMatter:
    """Take the second matter out of a filing that spoke of two: it becomes a case of its own."""

    case_id: UUID
    reference: str
    split_case_id: UUID
    split_reference: str
