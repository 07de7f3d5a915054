"""What a case's page is put together of."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.receipts import OnlyIfTrue
from services.complaints.answers.similar import OtherMatter
from services.complaints.clocks import ClockName, ClockState, PauseReason
from services.complaints.terms import (
    Basis,
    Capacity,
    EscalationStep,
    LeaveReason,
    LeaveWish,
    Paper,
    PledgeStatus,
    ReferralPart,
    ReferralResult,
    Role,
    Side,
    Slip,
    Stage,
    Status,
    Succession,
)


class AnswerView(BaseModel):
    """What the respondent answered, or that they were silent."""

    kind: str
    text: str | None


class PartyView(BaseModel):
    """Somebody concerned; the member only where the reader may know, the rest of whoever was added later."""

    side: Side
    label: str
    member_id: UUID | None
    party_id: UUID | None = None
    capacity: Capacity | None = None
    served: bool | None = None
    answer: AnswerView | None = None
    basis: Basis | None = None
    """By what they became a party of a matter whose doer nobody saw; the `fact` is for the coordinator."""
    fact: str | None = None
    said: str | None = None
    """What somebody who came after a party that left said when they joined."""


class RefiledView(BaseModel):
    """A matter that was withdrawn and comes back: days from filing to filing, and since the withdrawal."""

    days: int
    days_since_withdrawal: int


class PoliceReportView(BaseModel):
    """What the police were told of, when, and under which number of theirs."""

    at: datetime
    what: str
    reference: str | None


class PoliceView(BaseModel):
    """What was reported; and the words in the matter that could be about violence or a crime."""

    reports: list[PoliceReportView]
    words: list[str]


class SeenOnSite(BaseModel):
    """What somebody found on the spot, and who was there."""

    at: datetime
    by: Role
    present: str
    found: str
    done: str


class LeavingView(BaseModel):
    """A party who left, what they wish and what they said: for staff, and of oneself."""

    party_id: UUID | None
    side: Side
    label: str
    left_on: date
    why: LeaveReason
    wish: LeaveWish | None
    said: list[str]


class InvitationView(BaseModel):
    """Whoever is asked whether it concerns them, and the facts they are told."""

    party_id: UUID | None
    side: Side
    label: str
    capacity: Succession
    facts: str


class EnteredView(BaseModel):
    """How a pledge came that was not offered on the platform, and the role of whom wrote it down."""

    slip: Slip
    received_on: date
    by: Role


class EnteredAnswerView(BaseModel):
    """How an answer came that was not given on the platform, with the picture of the paper for who may see it."""

    slip: Slip
    received_on: date
    evidence_ids: list[UUID] = []


class PledgeView(BaseModel):
    """What a respondent promises by themselves, the latest words about it, and whether its day passed unkept."""

    id: UUID
    yours: bool
    owner_side: Side | None
    """Of what both sides settled: the side that owes it. The other one says whether it is done."""
    what: str
    measure: str | None
    due_on: date
    status: PledgeStatus
    missed: bool
    proof: str | None
    dispute: str | None
    confirm_until: date | None
    entered: EnteredView | None = None
    evidence_ids: list[UUID] = []
    """What was brought to show that it is done, of what this reader may see."""


class SettledPromiseView(BaseModel):
    """Who does what, how one sees it, and by when."""

    owner_side: Side
    what: str
    measure: str
    due_on: date


class SettledWordsView(BaseModel):
    """The words in which a side called it settled; none of its own where it agreed to the other's (`words_hash`)."""

    by: Side
    said_on: date | None
    note: str | None
    promises: list[SettledPromiseView]
    words_hash: str | None
    by_code: bool
    """Whether they gave the one-time code for just these words."""


class SettlementNamed(BaseModel):
    """The hash of the words somebody would settle it in: a code is asked for it."""

    words_hash: str


class SettlementView(BaseModel):
    """`to_agree_to`: the hash of the words that the other side has not answered; `lacks`: what is missing, in words."""

    words: list[SettledWordsView]
    to_agree_to: str | None
    lacks: list[str]


class OfferedServiceView(BaseModel):
    """What a party is offered from the service list; `taken` is null until they have said."""

    id: UUID
    yours: bool
    side: Side
    service: str
    what: str
    note: str | None
    offered_on: date
    taken: bool | None


class PauseView(BaseModel):
    """Days a clock stood still, and the arithmetic: `counted_before` + `days` → `counted_until`, then `until`.

    While it lasts `until_day` is null, and the days are those until today.
    """

    reason: PauseReason
    since: date
    until_day: date | None
    days: int
    counted_before: date
    counted_until: date
    until: date
    text: str


class ClockView(BaseModel):
    """A day that was named. `counted_until` is the last day before it was moved off a holiday."""

    name: ClockName
    until: date
    state: ClockState
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known."""
    since: date
    counted_until: date
    warned: bool
    late_days: int
    escalation_step: EscalationStep | None
    referral_id: UUID | None
    pauses: list[PauseView]


class ReferralView(BaseModel):
    """A matter in an authority's hands, as the people of the case see it."""

    id: UUID
    authority: str
    authority_label: str
    part: ReferralPart
    sent_on: date
    until: date
    received_on: date | None
    chased: int
    returned_on: date | None
    result: ReferralResult | None
    document_no: str | None
    public_note: str | None
    """What of the authority's result is for everybody concerned."""


class PaperView(BaseModel):
    """Something the officer reads: words alone, without hour, place on the network or device."""

    code: Paper
    text: str


class ResultView(BaseModel):
    """What came of it, in words for everybody concerned."""

    on: date
    text: str


class HandedFile(BaseModel):
    """A file the officer may look at, under the referral: without its bringer's hour and words."""

    id: UUID
    kind: str
    media_type: str
    size: int


class HandedOverView(ReferralView):
    """The same as the officer and the coordinator have it: just what was handed over."""

    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    late_days: int
    summary: str | None
    note: str
    documents: list[str]
    papers: list[PaperView]
    evidence: list[HandedFile]
    """As long as it lies with them."""
    returned_note: str | None


class Referrals(BaseModel):
    items: list[HandedOverView]


class MediationView(BaseModel):
    """How far the mediation is; the mediation service has the rest."""

    id: UUID
    status: str


class ExtensionView(BaseModel):
    """A longer month that is proposed: how many of how many agreed, and whether the reader's word is waited for.

    The reason is shown where staff wrote it, or to the side that did: it might betray a hidden name.
    """

    until: date
    agreed: int
    needed: int
    awaited: bool
    reason: str | None


class VisitView(BaseModel):
    """A return visit; its note is for staff."""

    id: UUID
    due: date
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known; it is counted again when they are."""
    visited_on: date | None
    lasting: bool | None
    note: str | None


class VisitTask(BaseModel):
    """A return visit that is still to be made, or that was and left the question how it went to be answered."""

    id: UUID
    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    due: date
    provisional: OnlyIfTrue = False
    made: bool
    late_days: int
    survey_aloud: bool
    """Whether somebody without an account is to be asked aloud how it went, by whoever reads this."""
    survey_slips: bool
    """Whether an answer on paper may still be entered."""


class VisitTasks(BaseModel):
    items: list[VisitTask]


class SurveyView(BaseModel):
    """The reader's own survey."""

    id: UUID
    closes_on: date
    answered: bool


class HowItWent(BaseModel):
    """What one party answered when asked how it went, for whoever handled the case and once all is answered.

    The comment only where whoever wrote it agreed.
    """

    on: date
    side: Side
    solved: bool
    score: int
    comment: str | None
    slip: Slip | None
    """How it came, where it was entered for whoever answered."""


class Route(BaseModel):
    """A way that stays open whatever happens here (People's Mediation Law art. 3)."""

    code: str
    text: str


class RelatedCase(BaseModel):
    """Where another case stands that this one belongs to; `id` where the reader may open it."""

    reference: str
    stage: Stage
    status: Status
    id: UUID | None = None
    due: date | None = None


class JoinedCase(RelatedCase):
    """A case handled with a lead, as the coordinator sees it."""

    other_matters: list[OtherMatter]


class FellowView(BaseModel):
    """One of those who complain together, under a mark that tells nothing; `words` are what they say of themselves."""

    id: UUID
    label: str
    is_you: OnlyIfTrue = False
    speaks: OnlyIfTrue = False
    willing: OnlyIfTrue = False
    words: str | None
    votes: int | None
    """To the coordinator, and of oneself."""
    volunteers: OnlyIfTrue = False
    """Would speak at the session; to the coordinator, and of oneself."""
    drawn: int | None = None
    """Their place in the lot."""
    at_session: OnlyIfTrue = False
    member_id: UUID | None = None
    """Of who was drawn to speak, for the coordinator."""


class GroupView(BaseModel):
    """Those who complain together, for them and the coordinator alone."""

    nominate_until: date | None
    members: list[FellowView]
    you_named: list[UUID]
    drawn_on: date | None
    lot: str | None
    """With which the draw can be made again: by SHA-256 of `lot:id`, the smallest first."""


class PostView(BaseModel):
    """A word among them. A held one is for its writer and the coordinator: `held_for` are the words it waits for."""

    id: UUID
    label: str
    is_you: OnlyIfTrue = False
    text: str
    held: bool
    held_for: list[str]
    taken_out: OnlyIfTrue = False
    """Parts of it were taken out before it was released."""
    on: date


class Thread(BaseModel):
    items: list[PostView]
