"""服务项目: offered, taken or left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ServiceOffered:
    on: date
    offer_id: UUID
    party_id: UUID
    service: str
    version: int
    note: str | None


@dataclass(frozen=True)
class ServiceAnswered:
    on: date
    offer_id: UUID
    party_id: UUID
    taken: bool
