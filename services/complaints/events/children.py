"""A child is concerned. No word of theirs stands here: they lie sealed beside the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.commands.evidence import StoredObject
from services.complaints.terms import Listener, Side


@dataclass(frozen=True)
class ChildHeard:
    evidence_id: UUID
    content: StoredObject
    present: tuple[Listener, ...]


@dataclass(frozen=True)
class TakedownAsked:
    side: Side


@dataclass(frozen=True)
class TakenDown:
    side: Side


@dataclass(frozen=True)
class BoardAllowed:
    allowed: bool


@dataclass(frozen=True)
class ChildLetFollow:
    allowed: bool
