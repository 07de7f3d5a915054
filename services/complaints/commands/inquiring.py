"""走访询问: the homes around a matter whose doer nobody saw are all asked the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OpenInquiry:
    """Ask the homes around. Which they are, and the question, stand with the inquiry and not with the case."""

    case_id: UUID
    inquiry_id: UUID
    homes: int


@dataclass(frozen=True)
class JoinByStatement:
    """Somebody who was asked says that it was they, and answers for themselves from now on."""

    case_id: UUID
    party_id: UUID
