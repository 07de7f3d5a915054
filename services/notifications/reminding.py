"""Which reminders nobody needs any more at which event: they are kept back where they have not left yet. Pure.

What is required is never kept back, whatever was said meanwhile; a test sees to it that none of it stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.contracts import complaints as c
from shared.contracts import mediation as m
from shared.contracts.complaints import CaseEvent
from shared.contracts.envelope import Contract
from shared.contracts.mediation import CommitmentEvent, MediationEvent

OF_CASE = ("answer_reminder", "confirmation_reminder", "extension_reminder", "survey_reminder")
OF_MEDIATION = (
    "consent_reminder",
    "slots_reminder",
    "guest_reminder",
    "choice_reminder",
    "signature_reminder",
    "opt_in_reminder",
    "confirmation_reminder",
    "court_reminder",
)
OF_COMMITMENT = ("commitment_soon_due",)
KINDS = (*OF_CASE, *OF_MEDIATION, *OF_COMMITMENT)
"""All that may be kept back."""

_OVER = c.CaseClosed | c.CaseWithdrawn
_DONE = (
    m.CommitmentProven
    | m.CommitmentConfirmed
    | m.CommitmentGranted
    | m.CommitmentWaived
    | m.CommitmentImpossible
)
SETTLING: tuple[type[Contract], ...] = (
    c.WordSettled,
    m.WordSettled,
    c.CaseClosed,
    c.CaseWithdrawn,
    m.CommitmentProven,
    m.CommitmentConfirmed,
    m.CommitmentGranted,
    m.CommitmentWaived,
    m.CommitmentImpossible,
)
"""Events after which some reminder is needed no more."""


@dataclass(frozen=True)
class Reminders:
    """Those of these kinds to these members; with `of`, only where the notice names just that as its `named_by`."""

    kinds: Sequence[str]
    members: Sequence[UUID]
    of: UUID | None = None
    named_by: str = "of"


def reminders_settled(event: CaseEvent | MediationEvent) -> list[Reminders]:
    """Whose reminders `event` makes idle."""
    match event:
        case c.WordSettled(word=word, to=to):
            return [Reminders((f"{word}_reminder",), to)]
        case m.WordSettled(word="court", to=to, of=of):
            return [Reminders(("court_reminder",), to, of, "agreement_id")]
        case m.WordSettled(word=word, to=to, of=of):
            return [Reminders((f"{word}_reminder",), to, of)]
        case CommitmentEvent(owner_id=owner, commitment_id=commitment) if isinstance(event, _DONE):
            return [Reminders(OF_COMMITMENT, (owner,), commitment, "commitment_id")]
        case _ if isinstance(event, _OVER):
            return [Reminders(OF_CASE, tuple(party.member_id for party in event.parties))]
        case _:
            return []
