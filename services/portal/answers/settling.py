"""What the sides promise each other without a mediator, and what they are offered beside it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer


class EnteredPledge(Answer):
    """How a pledge came that was written down for whoever has no account."""

    slip: str
    received_on: date
    by: str


class Pledge(Answer):
    """What a respondent promises without an agreement."""

    id: UUID
    yours: bool = False
    what: str
    owner_side: str | None = None
    """Of what both sides settled: whose promise it is."""
    measure: str | None = None
    due_on: date
    status: str
    missed: bool = False
    proof: str | None = None
    dispute: str | None = None
    confirm_until: date | None = None
    entered: EnteredPledge | None = None
    evidence_ids: tuple[UUID, ...] = ()


class SettledPromise(Answer):
    """Who does what, how one sees it, and by when."""

    owner_side: str
    what: str
    measure: str
    due_on: date


class SettledWords(Answer):
    """The words in which a side called it settled."""

    by: str
    said_on: date | None = None
    note: str | None = None
    promises: tuple[SettledPromise, ...] = ()
    words_hash: str | None = None
    by_code: bool = False


class Settlement(Answer):
    """What the sides settle themselves, whether this viewer is asked to agree to it, and what it lacks."""

    words: tuple[SettledWords, ...]
    to_agree_to: str | None = None
    lacks: tuple[str, ...] = ()


class OfferedService(Answer):
    """What a party is offered from the service list, which they may take or leave."""

    id: UUID
    yours: bool
    side: str
    what: str
    note: str | None = None
    offered_on: date
    taken: bool | None = None


class SpokenPromise(Answer):
    """What a side said it would do, as it was entered."""

    id: UUID
    owner_side: str
    what: str
    measure: str = ""
    due_on: date


class SpokenAgreement(Answer):
    """What was agreed on the spot: when it is said to have been, and when it was entered."""

    told_at: datetime
    talked_at: datetime
    agreed_at: datetime
    entered_at: datetime
    promises: tuple[SpokenPromise, ...]
    receipt_handed_on: date | None = None
