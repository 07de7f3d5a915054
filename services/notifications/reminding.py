"""Which requests and reminders nobody needs any more at which event: they are kept back where they have not left yet.

Pure. What is required is never kept back, whatever was said meanwhile; a test sees to it that none of it stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.contracts import complaints as c
from shared.contracts import mediation as m
from shared.contracts.complaints import CaseEvent
from shared.contracts.envelope import Contract
from shared.contracts.mediation import CommitmentEvent, MediationEvent

Kinds = tuple[str, ...]

OF_WORD: Mapping[str, Kinds] = {
    "answer": ("answer_reminder",),
    "confirmation": ("confirmation_reminder",),
    "extension": ("extension_asked", "extension_reminder"),
    "survey": ("survey_asked", "survey_reminder"),
}
"""What asks for that word in a case, and what reminds of it."""

OF_MEDIATION_WORD: Mapping[str, Kinds] = {
    "consent": ("consent_reminder",),
    "slots": ("slots_to_answer", "guest_slots", "slots_reminder"),
    "guest": ("guest_to_agree", "guest_reminder"),
    "choice": ("choice_reminder",),
    "signature": ("signature_reminder",),
    "opt_in": ("opt_in_reminder",),
    "confirmation": ("confirmation_reminder",),
    "court": ("court_reminder",),
}
"""The same in a mediation."""

LEAVING, JOINING, INQUIRY = ("leaving_to_settle",), ("invited_to_join",), ("inquiry_asked",)
SETTLEMENT, RELEASE, CANDIDATE = ("settlement_to_answer",), ("release_asked",), ("mediator_suggested",)
OFFER, DONE = ("pledge_offered",), ("pledge_to_confirm", "settled_to_confirm")
NOT_DONE = ("pledge_disputed", "settled_disputed", "settled_day_passed")
INVITED, TIMES, NEAR = ("guest_invited",), ("guest_slots",), ("session_near", "guest_near")
OF_SESSION = (*NEAR, "session_room_closed")
SOON_DUE, TO_DO = ("commitment_soon_due",), ("commitment_overdue", "commitment_disputed")
TO_CONFIRM = ("commitment_to_confirm", "confirmation_overdue")

OF_CASE = (
    *(kind for kinds in OF_WORD.values() for kind in kinds),
    *(*LEAVING, *JOINING, *SETTLEMENT, *OFFER, *DONE, *NOT_DONE),
)
"""What a case that is over asks for no more; of a question to the homes around it `InquiryOver` says so."""

OF_MEDIATION = (
    *(kind for kinds in OF_MEDIATION_WORD.values() for kind in kinds),
    *(*RELEASE, *CANDIDATE, *INVITED, *OF_SESSION, *SOON_DUE, *TO_DO, *TO_CONFIRM),
)
KINDS = (*OF_CASE, *INQUIRY, *OF_MEDIATION)
"""All that may be kept back."""

REMINDERS = (*(kind for kind in KINDS if kind.endswith("_reminder")), *NEAR, *SOON_DUE)
"""What is kept back however short it waits. What asks first is kept back where something holds it: the night, the
evening's summary, a server, an address, a hand. Else it would be luck whether who answers at once gets a mail too.
"""

SETTLING: tuple[type[Contract], ...] = (
    *(c.WordSettled, c.LeavingSpoken, c.InvitationAnswered, c.InquiryOver),
    *(c.SettlementReached, c.CaseConcluded, c.CaseClosed, c.CaseWithdrawn),
    *(c.PledgeAnswered, c.PledgeProven, c.PledgeConfirmed, c.PledgeDisputed),
    *(m.WordSettled, m.MediatorTook, m.MediatorPassed, m.GuestAnswered, m.GuestReleased),
    *(m.SessionScheduled, m.SessionCancelled, m.SessionHeld, m.AgreementEnded),
    *(m.CommitmentProven, m.CommitmentConfirmed, m.CommitmentDisputed),
    *(m.CommitmentGranted, m.CommitmentWaived, m.CommitmentImpossible),
)
"""Events after which something of it is needed no more."""


@dataclass(frozen=True)
class Idle:
    """Those of these kinds to these members, or to whomever where none are named.

    With `of`, only where the notice names just that as its `named_by`.
    """

    kinds: Kinds
    members: Sequence[UUID] | None = None
    of: UUID | None = None
    named_by: str = "of"


def idle_after(event: CaseEvent | MediationEvent) -> list[Idle]:
    """What `event` makes idle."""
    match event:
        case CommitmentEvent():
            kinds = _of_commitment(event)
            return [Idle(kinds, of=event.commitment_id, named_by="commitment_id")] if kinds else []
        case MediationEvent():
            return _of_mediation(event)
        case _:
            return _of_case(event)


def _of_case(event: CaseEvent) -> list[Idle]:  # noqa: PLR0911 - one for each event
    match event:
        case c.WordSettled(word=word, to=to):
            return [Idle(OF_WORD[word], to)]
        case c.LeavingSpoken(by=by):
            return [Idle(LEAVING, by)]
        case c.InvitationAnswered(by=by):
            return [Idle(JOINING, by)]
        case c.InquiryOver():
            return [Idle(INQUIRY)]
        case c.PledgeAnswered(pledge_id=pledge):
            return [Idle(OFFER, of=pledge, named_by="pledge_id")]
        case c.PledgeProven(pledge_id=pledge):
            return [Idle(NOT_DONE, of=pledge, named_by="pledge_id")]
        case c.PledgeConfirmed(pledge_id=pledge):
            return [Idle((*DONE, *NOT_DONE), of=pledge, named_by="pledge_id")]
        case c.PledgeDisputed(pledge_id=pledge):
            return [Idle(DONE, of=pledge, named_by="pledge_id")]
        case c.SettlementReached() | c.CaseConcluded():
            return [Idle(SETTLEMENT)]
        case c.CaseClosed() | c.CaseWithdrawn():
            return [Idle(OF_CASE)]
        case _:
            return []


def _of_mediation(event: MediationEvent) -> list[Idle]:  # noqa: PLR0911 - one for each event
    match event:
        case m.WordSettled(word="court", to=to, of=of):
            return [Idle(OF_MEDIATION_WORD["court"], to, of, "agreement_id")]
        case m.WordSettled(word="confirmation", to=to, of=of):
            return [
                Idle(OF_MEDIATION_WORD["confirmation"], to, of),
                Idle(TO_CONFIRM, to, of, "commitment_id"),
            ]
        case m.WordSettled(word=word, to=to, of=of):
            return [Idle(OF_MEDIATION_WORD[word], to, of)]
        case m.MediatorTook(mediator_id=candidate) | m.MediatorPassed(passed_id=candidate):
            return [Idle(CANDIDATE, of=candidate)]
        case m.GuestAnswered(guests=guests):
            return [Idle(INVITED, guests)]
        case m.GuestReleased(guests=guests):
            return [Idle((*INVITED, *TIMES, *NEAR), guests)]
        case m.SessionScheduled(session_id=one) | m.SessionCancelled(session_id=one):
            return [Idle(OF_SESSION, of=one, named_by="session_id"), Idle(TIMES)]
        case m.SessionHeld(session_id=one):
            return [Idle(OF_SESSION, of=one, named_by="session_id")]
        case m.AgreementEnded():
            return [Idle(RELEASE)]
        case _:
            return []


def _of_commitment(event: CommitmentEvent) -> Kinds:
    """A later day leaves what was found not done to be done; what nobody owes needs no word of anybody."""
    match event:
        case m.CommitmentProven():
            return (*SOON_DUE, *TO_DO)
        case m.CommitmentDisputed():
            return TO_CONFIRM
        case m.CommitmentGranted():
            return (*SOON_DUE, "commitment_overdue")
        case m.CommitmentConfirmed() | m.CommitmentWaived() | m.CommitmentImpossible():
            return (*SOON_DUE, *TO_DO, *TO_CONFIRM)
        case _:
            return ()
