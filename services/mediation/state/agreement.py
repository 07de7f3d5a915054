"""What is agreed on, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state.court import CourtResult
from services.mediation.state.dialogue import Dialogue
from services.mediation.state.matter import Side
from services.mediation.state.paper import Sheet
from services.mediation.state.session import Session

Form = Literal["written", "oral"]

CommitmentStatus = Literal[
    "open",
    "proven",
    "disputed",
    "declined",
    "impossible",
    "debtor_left",
    "confirmed",
    "waived",
    "replaced",
    "lapsed",
]

SETTLED: frozenset[CommitmentStatus] = frozenset({"confirmed", "waived", "replaced", "lapsed"})
"""What nobody waits for any more."""


@dataclass(frozen=True)
class Promise:
    """Who does what, how it is measured, by when (承诺)."""

    commitment_id: UUID
    owner_side: Side
    what: str
    measure: str
    due_on: date
    step_of: UUID | None = None
    """The promise that this is one step of: each step has a day of its own, is proven and confirmed for itself."""


@dataclass(frozen=True)
class Place:
    """Where a promise stands in an agreement: its number, and which of how many steps it is. All count from 1."""

    number: int
    step: int
    steps: int


def places_of(promises: Iterable[Promise]) -> dict[UUID, Place]:
    """The place of each; the steps of one promise share its number."""
    items: dict[UUID, list[UUID]] = {}
    for promise in promises:
        items.setdefault(promise.step_of or promise.commitment_id, []).append(promise.commitment_id)
    return {
        which: Place(number, step, len(steps))
        for number, steps in enumerate(items.values(), 1)
        for step, which in enumerate(steps, 1)
    }


@dataclass(frozen=True)
class Content:
    """What is signed. `agreed_on` is the day an oral agreement was reached (art. 30)."""

    agreement_id: UUID
    form: Form
    facts: str
    terms: str
    promises: tuple[Promise, ...]
    agreed_on: date | None = None


@dataclass(frozen=True)
class Signature:
    """A party's signature under the content with this hash, and when they proved that they mean it (一次性验证码).

    Of whoever has no account, the sheet they signed by hand.
    """

    party: UUID
    at: datetime
    proven_at: datetime | None = None
    sheet: Sheet | None = None


@dataclass(frozen=True)
class Marks:
    """The mediator's signature and the committee's seal (art. 29)."""

    mediator: datetime | None = None
    committee: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.mediator is not None and self.committee is not None


@dataclass(frozen=True)
class Held:
    """The session that took place, and the record the mediator keeps of it (art. 27)."""

    mediator: UUID
    session: Session
    minutes: tuple[str, ...]
    released: bool = False
    """Whether those for whom others speak may read them."""
    dialogue: Dialogue = field(default_factory=Dialogue)


@dataclass(frozen=True)
class Agreement:
    """In effect: binding (art. 31). `asked_court` are the parties who asked for judicial confirmation."""

    content: Content
    signatures: tuple[Signature, ...]
    marks: Marks
    effective_on: date
    judicial_until: date
    asked_court: tuple[UUID, ...] = ()
    court_result: CourtResult | None = None
    court_by_mouth: ByMouth | None = None
    """How the one who cannot write asked for it."""


@dataclass(frozen=True)
class ByMouth:
    """A party's own word, passed on by somebody else."""

    passed_on_by: UUID
    told_on: date


@dataclass(frozen=True)
class Release:
    """Somebody is asked, by a personal link, to release a promise whose debtor has left."""

    release_id: UUID
    party: UUID


@dataclass(frozen=True)
class Commitment:
    """A promise in effect. It never disappears: it is confirmed, waived, or replaced by everybody's consent.

    `granted_until` is a later day that the side it is owed to agreed to; done by then it is late, not missed.
    """

    promise: Promise
    status: CommitmentStatus = "open"
    proof: str | None = None
    confirm_until: date | None = None
    dispute: str | None = None
    reminded: bool = False
    """Whether its day has passed and was noted."""
    untold: bool = False
    """Noted, and nobody has heard of it: what lay with the court station then is told when it is back."""
    proven_on: date | None = None
    granted_until: date | None = None
    impossible: str | None = None
    waived_by: tuple[UUID, ...] = ()
    replaced_by: UUID | None = None
    releases: tuple[Release, ...] = ()
    reminded_of: date | None = None
    """The last day of which whoever owes it was reminded ahead."""
    by_mouth: ByMouth | None = None
    """How the other side's word came, where they have no account."""
    stated_by_mediator: bool = False
    """Whether the proof is what the mediator saw."""
    evidence: tuple[UUID, ...] = ()
    """What lies before the case and shows that it is done."""
    affirmed_by: tuple[UUID, ...] = ()
    """Of a group case: those who speak for it and say that it is done."""
    affirmed_on: date | None = None
    objections_until: date | None = None
    objections: tuple[UUID, ...] = ()
    """Those bound who say that it is not: what was affirmed does not stand meanwhile."""

    @property
    def is_affirmed(self) -> bool:
        """Whether it is only waited for whether somebody objects."""
        return self.objections_until is not None and not self.objections

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def last_day(self) -> date:
        return self.granted_until or self.promise.due_on


@dataclass(frozen=True)
class Amendment:
    """New promises that are to take the place of `replaces`; they bind nobody until all have signed and marked.

    `agreed` are those of a group who are bound by the old words and said yes to the new ones too.
    """

    content: Content
    replaces: tuple[UUID, ...]
    signatures: tuple[Signature, ...] = ()
    marks: Marks = field(default_factory=Marks)
    agreed: tuple[UUID, ...] = ()
    proposed_on: date | None = None
