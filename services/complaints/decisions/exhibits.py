"""What lies before a case, as its state knows it: whose it is and who may look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.complaints.commands.evidence import StoredObject
from services.complaints.terms import ExhibitKind, Role

Shown = Literal["withheld", "released", "sealed", "erased"]
"""Withheld from the other side until the coordinator releases it; sealed from all but a coordinator with a reason."""


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence. A reading has no bytes; erased ones have them no more."""

    evidence_id: UUID
    kind: ExhibitKind
    side: Role
    party_id: UUID | None
    shown: Shown
    content: StoredObject | None = None
    masked: StoredObject | None = None
    opened_by: tuple[UUID, ...] = ()

    @property
    def may_go_along(self) -> bool:
        """Whether an authority may be given it: a file somebody brought, on which no child is seen."""
        is_file = self.content is not None and self.kind not in ("child_words", "survey_slip")
        return is_file and self.shown in ("withheld", "released")

    @property
    def objects(self) -> tuple[StoredObject, ...]:
        """All bytes kept for it."""
        return tuple(one for one in (self.content, self.masked) if one is not None)
