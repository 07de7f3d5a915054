"""What mediation tells: consent, mediator, session, agreement, commitments; no notes, no terms."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import erasure, topics
from shared.contracts.complaints import Party, Side
from shared.contracts.envelope import Code, Contract, Digest, DoorSign, Label


class MediationEvent(Contract, abstract=True):
    """About one mediation; keyed by its case, so that it keeps the order of the case."""

    TOPIC: ClassVar[str] = topics.MEDIATION
    KEY: ClassVar[str] = "case_id"

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: Label
    parties: tuple[Party, ...]
    mediator_id: UUID | None = None


class MediationOpened(MediationEvent):
    """Every party is asked for consent (自愿原则); nothing goes on without it."""

    consent_until: date


class PartyConsented(MediationEvent):
    """One side said yes."""

    side: Side


class ConsentCompleted(MediationEvent):
    """Every party said yes: a mediator may be named."""


class MediationRefused(MediationEvent):
    """A party said no or stopped; ends it without blame. By whom stays with the mediator."""


class MediatorProposed(MediationEvent):
    """This mediator, free of conflict of interest, is asked to take it."""

    proposed_id: UUID


class MediatorTook(MediationEvent):
    """The mediator took it."""


class MediatorPassed(MediationEvent):
    """The mediator cannot, or was not wanted; no reason is owed. `replaced`: the next one is asked already.

    `declined`: a party chose otherwise, and the mediator has yet to hear it. Which party stays with the committee.
    """

    passed_id: UUID
    replaced: bool = False
    declined: bool = False


class MediatorRemoved(MediationEvent):
    """A conflict of interest came to light; the mediator has no part in it any more.

    `session_void`: a session had begun, and nothing of it counts.
    """

    removed_id: UUID
    session_void: bool = False


class Slot(BaseModel):
    """A time and room all could make."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    room: Label


class SlotsProposed(MediationEvent):
    """Times at which both sides, the mediator and a room are free; each is asked yes / if need be / no.

    `guests`, here and below: whoever comes beside them, and is told the same.
    """

    slots: tuple[Slot, ...]
    answer_until: date
    guests: tuple[UUID, ...] = ()


class NoTimeFound(MediationEvent):
    """The days for answers are over, and none of the times proposed suits everybody."""


class SessionPart(BaseModel):
    """When one side comes to a session held apart. It is for that side and the mediator alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    side: Side
    starts_at: datetime
    ends_at: datetime


class SessionScheduled(MediationEvent):
    """The time is fixed or moved. `uid` never changes, `sequence` grows with every change (RFC 5545).

    With `parts` the talks are held apart: a party may be told their own side's part and no other time.
    """

    session_id: UUID
    uid: Label
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None
    moved: bool = False
    parts: tuple[SessionPart, ...] = ()
    guests: tuple[UUID, ...] = ()


class SessionNear(MediationEvent):
    """It begins soon, `to` parties and `guests`; to the mediator too, where one is named.

    Of talks held apart it is told for each side by itself, with the time of its part.
    """

    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None
    to: tuple[UUID, ...] = ()
    guests: tuple[UUID, ...] = ()


class SessionRoomClosed(MediationEvent):
    """The room is closed for that time: whoever leads, and `to`, moves the session. It still stands as it was fixed."""

    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None
    to: tuple[UUID, ...] = ()


class SessionCancelled(MediationEvent):
    """The session will not take place; calendars are told with METHOD:CANCEL. `parts` as it was scheduled."""

    session_id: UUID
    uid: Label
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None
    parts: tuple[SessionPart, ...] = ()
    guests: tuple[UUID, ...] = ()


GuestRole = Literal["second_mediator", "judge", "neighbour", "interpreter"]


class GuestProposed(MediationEvent):
    """Somebody else is to be at the session; `to` are the parties who have not agreed to it yet."""

    role: GuestRole
    to: tuple[UUID, ...]


class GuestInvited(MediationEvent):
    """Every party agreed: the guest is asked whether they come."""

    role: GuestRole
    guests: tuple[UUID, ...]


class InvitationEnded(MediationEvent):
    """A party does not want them there; which one stays with nobody.

    `withdrawn`: nobody said no; whoever invited them took it back, or who was invited declared a tie.
    """

    role: GuestRole
    withdrawn: bool = False


class GuestAnswered(MediationEvent):
    """Whether they come. `guests`: who was asked, and is not to be asked any more."""

    role: GuestRole
    comes: bool
    guests: tuple[UUID, ...] = ()


class GuestBooked(MediationEvent):
    """A guest comes to a session whose time stood already."""

    guests: tuple[UUID, ...]
    session_id: UUID
    uid: Label
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None


class GuestReleased(MediationEvent):
    """Whoever was asked need not come; with the session that stood in their calendar, if one did."""

    guests: tuple[UUID, ...]
    session_id: UUID | None = None
    uid: Label | None = None
    sequence: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: Label | None = None
    room_name: DoorSign | None = None


class OpennessChanged(MediationEvent):
    """Others may listen to the session now, since every party wishes it; or may no more. Who wished what stays."""

    open: bool
    guests: tuple[UUID, ...] = ()


class SessionMissed(MediationEvent):
    """A side did not come: a fact, and no guilt. `to` hears it, `own` of itself."""

    own: bool
    to: tuple[UUID, ...] = ()


class AbsenceExcused(MediationEvent):
    """What excuses an absence was seen; why is nobody's business. `asks_again`: a choice made is asked once more."""

    to: tuple[UUID, ...] = ()
    asks_again: bool = False


class DefaultPathOpened(MediationEvent):
    """The other side stayed away again: those who came choose how it goes on; nothing is chosen for them."""

    to: tuple[UUID, ...]
    choose_until: date


class DefaultPathChosen(MediationEvent):
    """They chose; handing it to an authority takes effect on a later day, until which it may be changed."""

    choice: Literal["again", "refer", "fail"]
    takes_effect_on: date | None = None


class SessionHeld(MediationEvent):
    """Minutes were written (People's Mediation Law art. 27)."""

    session_id: UUID


class MinutesReleased(MediationEvent):
    """Those for whom others speak may read them from here; the words stay in the service."""


class AgreementDrafted(MediationEvent):
    """An agreement lies ready to be signed."""

    agreement_id: UUID
    form: Literal["written", "oral"]
    group_until: date | None = None
    """Of a group case: until when each for whom others speak says whether they agree."""


class OralAgreementOpened(MediationEvent):
    """Agreed on the spot and entered afterwards; the mediator is to record it, the parties may dispute its words."""

    agreement_id: UUID
    agreed_on: date
    dispute_until: date
    judicial_until: date


class WordingDisputed(MediationEvent):
    """A party does not agree with the words of an oral agreement."""


class WordingRecorded(MediationEvent):
    """The mediator has recorded its words anew."""

    agreement_id: UUID


class AgreementSigned(MediationEvent):
    """One party signed."""

    agreement_id: UUID
    side: Side


class PaperEntered(MediationEvent):
    """What `to`, who have no account, signed by hand on that day was entered for them: they hear that it was."""

    word: Literal["consent", "signature"]
    to: tuple[UUID, ...]
    signed_on: date


class Promise(BaseModel):
    """Who owes a commitment, who confirms it, until when."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    commitment_id: UUID
    owner_id: UUID
    due_on: date


class AgreementEffective(MediationEvent):
    """All marks are made; binding from `effective_on` (art. 29, 31)."""

    agreement_id: UUID
    effective_on: date
    judicial_until: date
    commitments: tuple[Promise, ...]
    declined: tuple[UUID, ...] = ()
    """Of a group case: those who did not agree; they get their own matter back."""


class CommitmentEvent(MediationEvent, abstract=True):
    """About one commitment: `owner_id` does it, the other side confirms it."""

    commitment_id: UUID
    owner_id: UUID
    due_on: date


class CommitmentProven(CommitmentEvent):
    """The owner gave proof; the other side is asked to confirm until `confirm_until`.

    `evidence_ids`: what lies before the case and shows it (photos, films, recordings), brought by the owner or, where
    it is the mediator who states what was seen, by the mediator.
    """

    confirm_until: date
    evidence_ids: tuple[UUID, ...] = ()
    by_mediator: bool = False


class CommitmentConfirmed(CommitmentEvent):
    """The other side confirmed; `open_count` commitments of the agreement remain."""

    open_count: int


class CommitmentDisputed(CommitmentEvent):
    """The other side says it is not done."""


class CommitmentSoonDue(CommitmentEvent):
    """Its day is near and there is no proof yet: the owner is reminded once."""


Word = Literal["consent", "slots", "guest", "choice", "signature", "opt_in", "confirmation"]


class WordAwaited(MediationEvent):
    """`to` still owe a word: to mediation, to times, to a guest, how it goes on after absences, a signature, their own
    yes or no as members of a group, or whether something was done. `until` is its last day, where one was named.
    """

    word: Word
    to: tuple[UUID, ...]
    until: date | None = None
    of: UUID | None = None
    """What the word is said to; not of a guest, who hears of it before others do."""


class WordSettled(MediationEvent):
    """`to` owe a word no more that they were asked for: given, taken back or overtaken. Which it was is not told."""

    word: Literal[Word, "court"]
    to: tuple[UUID, ...]
    until: date | None = None
    of: UUID | None = None


class CommitmentDue(CommitmentEvent):
    """The due day passed unconfirmed: both are reminded. `proven` tells whose turn it is."""

    proven: bool


class CommitmentGranted(CommitmentEvent):
    """The other side agreed to a later day; done by then it is late, not missed."""

    until: date


class CommitmentWaived(CommitmentEvent):
    """Everybody it was owed to asks for it no longer."""


class CommitmentImpossible(CommitmentEvent):
    """It cannot be done, the mediator says; the parties replace or waive it."""


class PerformanceDeclined(CommitmentEvent):
    """Whoever promised it says that they will not do it."""


class AmendmentProposed(MediationEvent):
    """New promises in the place of old ones lie ready to be signed; until then the old hold."""

    agreement_id: UUID


class AmendmentDeclined(MediationEvent):
    """A party did not want them; what was agreed stays."""


class AgreementAmended(MediationEvent):
    """All signatures and marks are made: what was replaced is, and the new promises run."""

    agreement_id: UUID
    effective_on: date
    judicial_until: date
    commitments: tuple[Promise, ...]
    last_due_on: date


class CourtAwaited(MediationEvent):
    """Another party has asked for judicial confirmation, and `to` have not: it may be asked jointly `until` then."""

    agreement_id: UUID
    to: tuple[UUID, ...]
    until: date


class CourtRequested(MediationEvent):
    """Every party has asked for judicial confirmation: the request is one (art. 33)."""

    agreement_id: UUID


class CourtDecided(MediationEvent):
    """What the court said to the request."""

    agreement_id: UUID
    confirmed: bool


class HandedToCourt(MediationEvent):
    """A pack of what was agreed and not kept went to the court station; both sides see what is in it."""

    pack_id: UUID
    sha256: Digest
    pages: int


class CommitmentsPerformed(MediationEvent):
    """Every commitment is confirmed."""

    agreement_id: UUID
    confirmed_on: date | None = None
    """The day of the last confirmation, where it was known only later that it stands."""
    done_by: date | None = None
    """By this day all of them were shown to be done: what was confirmed later is not late by that.

    What was shown by a later day that the other side granted counts as shown by the one agreed at first."""


class PartiesGone(MediationEvent):
    """Everybody of a side has left before an agreement: there is nobody to mediate with. The case remains."""


class DebtorLeft(CommitmentEvent):
    """Whoever promised it has left: it stays owed on paper, is nobody else's, and is not missed."""


class ReleaseAsked(CommitmentEvent):
    """Somebody it is owed to is asked to release it; `release_id` is what their personal link stands for."""

    release_id: UUID
    to: tuple[UUID, ...]


class AgreementEnded(MediationEvent):
    """What was left of an agreement was released by those it was owed to, after who owed it had gone."""

    agreement_id: UUID


class MediationFailed(MediationEvent):
    """Ended without agreement; the notice names the other routes (art. 26)."""

    reason: Code
    wishes_referral: bool = False
    """Those who came wish that an authority takes it up: the case waits for the committee to hand it over."""


class ErasureWeighed(erasure.Weighed):
    """What stands here against a person's erasure."""

    TOPIC: ClassVar[str] = topics.MEDIATION


class PersonErased(erasure.Done):
    """What of a person is gone here, and what stays."""

    TOPIC: ClassVar[str] = topics.MEDIATION
