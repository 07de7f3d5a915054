"""A child is concerned: what they said is heard and sealed, what others posted of them is to go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.commands.evidence import StoredObject
from services.complaints.terms import Listener, Side


@dataclass(frozen=True)
class HearChild:
    """What a child said, in the presence of these; the words lie sealed and are erased like a picture."""

    case_id: UUID
    evidence_id: UUID
    content: StoredObject
    present: tuple[Listener, ...]


@dataclass(frozen=True)
class AskTakedown:
    """Ask a side to take down what it posted of a child (涉及未成年人,请立即撤下)."""

    case_id: UUID
    side: Side


@dataclass(frozen=True)
class ConfirmTakedown:
    """The side that was asked has taken it down."""

    case_id: UUID


@dataclass(frozen=True)
class LetOnBoard:
    """The guardian lets the matter be counted on the public board, without a word of it, or no longer."""

    case_id: UUID
    allowed: bool


@dataclass(frozen=True)
class LetChildFollow:
    """The guardian lets the child follow the matter in words for a child, or no longer."""

    case_id: UUID
    allowed: bool
