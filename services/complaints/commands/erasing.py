"""Taking somebody's words and papers out of a case that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ErasePerson:
    """Whoever was these parties is to be erased (PIPL art. 47)."""

    case_id: UUID
    parties: tuple[UUID, ...]
