"""What was agreed in a mediation, how far it is kept, and what the court is handed of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.common import Answer
from services.portal.answers.parties import Sheet


class PromiseStep(Answer):
    """Which of how many steps of one promise it is, and how many of them are performed."""

    number: int
    of: int
    performed: int = 0


class Commitment(Answer):
    """A promise in an agreement, or one step of it."""

    id: UUID
    owner_side: str
    what: str
    measure: str
    due_on: date
    step: PromiseStep | None = None
    status: str
    overdue: bool = False
    proof: str | None = None
    evidence_ids: tuple[UUID, ...] = ()
    dispute: str | None = None
    late_days: int = 0
    granted_until: date | None = None
    told_on: date | None = None
    stated_by_mediator: bool = False
    impossible: str | None = None
    objections_until: date | None = None
    objected: bool = False


class Signature(Answer):
    """Who signed or marked, on which day, and whether by the one-time code for just these words or by hand."""

    by: str
    label: str | None = None
    on: date
    by_code: bool = False
    by_hand: str | None = None
    sheet: Sheet | None = None


class Warning(Answer):
    """What an agreement leaves open, in words."""

    text: str


class Court(Answer):
    """Until when both sides may ask the court to confirm the agreement, and whether all have."""

    until: date
    complete: bool = False
    told_on: date | None = None


class OptIn(Answer):
    """Of a group's draft: until when its members answer, what this one said, and about how many agree."""

    until: date
    yours: bool | None = None
    agreed: int | None = None


class Agreement(Answer):
    """An agreement as drafted or in effect."""

    id: UUID
    form: str
    facts: str
    terms: str
    content_hash: str
    warnings: tuple[Warning, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None
    court: Court | None = None
    opt_in: OptIn | None = None


class WordingDispute(Answer):
    """That a side does not agree with the words recorded."""

    side: str
    reason: str | None = None


class Oral(Answer):
    """An oral agreement: until when its words may be disputed, and whether the mediator has recorded it."""

    agreement_id: UUID
    agreed_on: date
    recorded: bool
    dispute_until: date
    dispute: WordingDispute | None = None
    judicial_until: date
    judicial_note: str


class Amendment(Answer):
    """New promises in the place of old ones, offered or in effect."""

    id: UUID
    terms: str
    content_hash: str
    replaces: tuple[UUID, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None
    group_awaited: bool = False
    agreed_by_you: bool = False


class Pack(Answer):
    """What the court station would be handed, or was."""

    contents: tuple[str, ...]
    pages: int
    sha256: str
    limits: str | None = None
    left_out: str | None = None
    id: UUID | None = None
    sent_on: date | None = None


class SentPack(Answer):
    """A pack in the court station's list."""

    id: UUID
    case_id: UUID
