"""A group case: whose filings came together, and what was taken out of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class GroupGathered:
    on: date
    joined: tuple[UUID, ...]


@dataclass(frozen=True)
class MatterSplit:
    on: date
    reference: str
    split_case_id: UUID
    split_reference: str
