"""Who is party to a case, who left and who was asked to come in, as far as this viewer may know of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.common import Answer


class Reply(Answer):
    """What the respondent answered."""

    kind: str
    text: str | None = None


class Sheet(Answer):
    """What somebody without an account signed by hand, and who saw it."""

    hand: str
    signed_on: date
    witness: str
    evidence_ids: tuple[UUID, ...] = ()


class Party(Answer):
    """A party as this viewer may see it; what was asked of whoever was added later."""

    side: str
    label: str
    member_id: UUID | None = None
    consented: bool | None = None
    no_account: bool = False
    sheet: Sheet | None = None
    party_id: UUID | None = None
    capacity: str | None = None
    served: bool | None = None
    answer: Reply | None = None
    basis: str | None = None
    fact: str | None = None
    said: str | None = None


class Leaving(Answer):
    """A party who left, as far as this viewer may know of it."""

    party_id: UUID | None = None
    side: str
    label: str
    left_on: date
    why: str
    wish: str | None = None
    said: tuple[str, ...] = ()


class EnteredAnswer(Answer):
    """How an answer came that was not given on a page, with the picture of the paper."""

    slip: str
    received_on: date
    evidence_ids: tuple[UUID, ...] = ()


class AskedToJoin(Answer):
    """Whoever came after is asked; the facts are all they are told."""

    party_id: UUID | None = None
    side: str
    label: str
    capacity: str
    facts: str
