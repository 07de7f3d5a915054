"""服务项目: what somebody of a case is offered from the service list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OfferService:
    """Something of the list is offered to one party, who owes nothing for it; `note` says where and how it is had."""

    case_id: UUID
    offer_id: UUID
    party_id: UUID
    service: str
    version: int
    note: str | None = None


@dataclass(frozen=True)
class AnswerService:
    """Whom it was offered takes it or leaves it."""

    case_id: UUID
    offer_id: UUID
    taken: bool
