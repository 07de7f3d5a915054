"""What the case tells of its parties: one left, and another came after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import Side


@dataclass(frozen=True)
class NoteDeparture:
    """A party's occupancy has ended, or they died."""

    mediation_id: UUID
    party: UUID
    on: date
    died: bool = False


@dataclass(frozen=True)
class NoteSuccessor:
    """Somebody came after a party that left, by their own word; what was agreed binds them to nothing."""

    mediation_id: UUID
    member: UUID
    side: Side


@dataclass(frozen=True)
class AskReleases:
    """The case is mediated anew: those it is owed to are asked to release what somebody promised who left."""

    mediation_id: UUID
