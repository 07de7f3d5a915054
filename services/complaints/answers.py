"""What the HTTP door answers with. Fields a reader may not see are null, never guessed at."""

from __future__ import annotations

from datetime import date, datetime
from operator import not_
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.complaints.clocks import ClockName, ClockState, PauseReason
from services.complaints.terms import (
    Audience,
    Basis,
    Capacity,
    ConsentHow,
    Doer,
    EscalationStep,
    HealthSharing,
    HelpRelation,
    Identity,
    LeaveReason,
    LeaveWish,
    Paper,
    ReferralPart,
    ReferralResult,
    Role,
    Rung,
    SharedWith,
    Side,
    Stage,
    Status,
    Succession,
    Tier,
    WithdrawReason,
)

OnlyIfTrue = Annotated[bool, Field(exclude_if=not_)]
"""A mark that most do not bear; where it is absent, it is not so."""


class RunningClock(BaseModel):
    """The day people wait for."""

    name: ClockName
    until: date
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known."""


class LinkedCase(BaseModel):
    """A case that stands beside this one: neither waits for the other."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    stage: Stage
    status: Status


class Emergency(BaseModel):
    """Whom to call before anything else, and until when a human of the committee confirms it."""

    call: list[str]
    text: str


class Receipt(BaseModel):
    """The answer to every write on a case."""

    id: UUID
    reference: str
    stage: Stage
    status: Status
    clock: RunningClock | None
    due: date | None
    next: str
    possible: list[str]
    emergency: Emergency | None = None
    lookup_secret: str | None = None
    """Of an anonymous filing, and never told again: with the reference it opens `POST /v1/lookups`."""
    counter_claim: LinkedCase | None = None
    """The case a counter-claim became."""
    split: LinkedCase | None = None
    """The case that a filing's second matter became."""


class Noted(BaseModel):
    """The answer to whoever is no party: what comes next, and nothing of a case."""

    next: str


class InquiryAnswerView(BaseModel):
    """One person who was asked; home and person are for the coordinator alone, and so is who has not answered."""

    ask_id: UUID | None
    place_id: UUID | None
    member_id: UUID | None
    answered_on: date | None
    text: str | None
    shared_with: SharedWith | None
    own_statement: bool
    entered: bool


class InquiryView(BaseModel):
    """A question that was put to the homes around, in the same words."""

    id: UUID
    question: str
    asked_on: date
    answers: list[InquiryAnswerView]


class Inquiries(BaseModel):
    items: list[InquiryView]


class AskedView(BaseModel):
    """What somebody is asked, and their own answer."""

    id: UUID
    reference: str
    question: str
    asked_on: date
    answered_on: date | None
    text: str | None
    shared_with: SharedWith | None
    own_statement: bool


class AskedOfMe(BaseModel):
    items: list[AskedView]


class MinorNoticeView(BaseModel):
    """What was told of a child under 14 and waits for a guardian."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    place_text: str | None
    description: str
    filed_at: datetime


class MinorNotices(BaseModel):
    items: list[MinorNoticeView]


class CaseItem(BaseModel):
    """A case in a list. `filed_on` is the first day of its half month where the day would betray somebody."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    stage: Stage
    status: Status
    due: date | None
    filed_on: date
    filed_on_is_half_month: bool
    place_id: UUID | None
    role_in_case: Role


class CasePage(BaseModel):
    items: list[CaseItem]
    next_cursor: str | None


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
    visited_on: date | None
    lasting: bool | None
    note: str | None


class VisitTask(BaseModel):
    """A return visit that is still to be made."""

    id: UUID
    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    due: date
    late_days: int
    survey_aloud: bool
    """Whether somebody without an account is to be asked aloud how it went, by whoever reads this."""


class VisitTasks(BaseModel):
    items: list[VisitTask]


class SurveyView(BaseModel):
    """The reader's own survey."""

    id: UUID
    closes_on: date
    answered: bool


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


class GroupView(BaseModel):
    """Those who complain together, for them and the coordinator alone."""

    nominate_until: date | None
    members: list[FellowView]
    you_named: list[UUID]


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


class FindingView(BaseModel):
    """One measured quantity against its limit."""

    quantity: str
    limit_db: int
    measured_db: str
    corrected_db: int | None
    correction_db: int | None
    margin_db: int | None
    holds: str


class VerdictView(BaseModel):
    """What a reading shows; the figures are those of the quantity with the largest margin."""

    outcome: str
    grade: str
    period: str
    branch: str | None
    standard: str | None
    clause: str | None
    table: str | None
    quantity: str | None
    limit_db: int | None
    corrected_db: int | None
    correction_db: int | None
    margin_db: int | None
    findings: list[FindingView]
    reasons: list[str]
    shortfalls: list[str]
    text: str


class ReadingView(BaseModel):
    """A noise reading; hour, place and note are for its own side and the staff where a name is concealed."""

    id: UUID
    added_by: Role
    released: bool
    source: str
    instrument: str
    measured_by: str
    measured_at: datetime | None
    point: str | None
    note: str | None
    zone_class: str | None
    zone_registered: bool
    verdict: VerdictView


class ReadingReceipt(Receipt):
    """The answer to a reading: where the case stands, and what the reading shows."""

    reading: ReadingView


class EvidenceView(BaseModel):
    """A piece of evidence; hour, words and hash are for its bringer and the staff."""

    id: UUID
    kind: str
    added_by: Role
    shown: str
    masked: bool
    added_at: datetime | None
    released_on: date | None
    taken_at: datetime | None
    note: str | None
    sha256: str | None
    media_type: str | None
    size: int | None
    readable: bool


class EvidenceList(BaseModel):
    items: list[EvidenceView]


class EvidenceReceipt(Receipt):
    """The answer to a file: where the case stands, and the id it got."""

    evidence_id: UUID


class ZoneView(BaseModel):
    """The noise class of a block, and the map it was read from."""

    block_id: UUID
    zone_class: str
    source: str


class DetailView(BaseModel):
    """An answer to a question of the version the case was filed under."""

    code: str
    question: str
    answer: Any
    said: str
    sensitive: bool


class HelpView(BaseModel):
    """Of a filing for somebody else: who helped, and how and when they agreed."""

    relation: HelpRelation | None
    consent_how: ConsentHow | None
    consent_at: datetime | None


class WithdrawalView(BaseModel):
    """Why a case was withdrawn; `pressured` for the coordinator alone."""

    reason: WithdrawReason | None
    note: str | None
    pressured: bool | None


class HealthView(BaseModel):
    """What the complainant said of somebody's health, and whether the other side may read of it."""

    words: list[str]
    sharing: HealthSharing


class SpokenPromise(BaseModel):
    """What a side said it would do, in the words of who entered it."""

    id: UUID
    owner_side: Side
    what: str
    due_on: date


class SpokenView(BaseModel):
    """What was agreed on the spot and entered afterwards: the times stated, and when they were written down."""

    told_at: datetime
    talked_at: datetime
    agreed_at: datetime
    entered_at: datetime
    mediator_id: UUID
    agreement_id: UUID
    promises: list[SpokenPromise]
    receipt_handed_on: date | None


class CaseView(BaseModel):
    """One case as its reader may see it."""

    id: UUID
    reference: str
    role_in_case: Role
    stage: Stage
    status: Status
    category: str
    subcategory: str
    place_id: UUID | None
    place_text: str | None
    description: str | None
    shared_summary: str | None
    identity: Identity
    minor: OnlyIfTrue = False
    """A child is concerned: everything stays closed. Told to those whose matter it is and who look after it."""
    child_follows: OnlyIfTrue = False
    takedown_asked: OnlyIfTrue = False
    """The reader's side is to take down what it posted of a child."""
    happening_now: bool | None
    occurred_at: datetime | None
    parties: list[PartyView]
    clocks: list[ClockView]
    due: date | None
    answer: AnswerView | None
    filed_on: date
    filed_on_is_half_month: bool
    next: str
    possible: list[str]
    other_routes: list[Route]
    mediation: MediationView | None
    referred_to: str | None
    referrals: list[ReferralView]
    tier: Tier
    extension: ExtensionView | None
    visits: list[VisitView]
    surveys: list[SurveyView]
    lead: RelatedCase | None
    """The case a joined one is handled with."""
    households: int | None
    """How many complain together: to the coordinator all of them, to others in fives from the alliance's floor on."""
    group: GroupView | None
    joined: list[JoinedCase]
    """What is handled with this one, to the coordinator alone: what else the words speak of, so that it is not lost."""
    continues: RelatedCase | None
    refiled: RefiledView | None
    site_visits: list[SeenOnSite]
    """The complainant's earlier case that this one takes up again: for them and the coordinator."""
    linked: list[LinkedCase]
    """Cases filed beside this one, as far as they exist for the reader."""
    rungs: list[Rung]
    """By whose strength the matter is being settled (四治融合)."""
    readings: list[ReadingView]
    details: list[DetailView] | None
    """The complainant's answers to the subcategory's questions."""
    respondent_fact: str | None
    """What the complainant saw that shows who it was: theirs, the coordinator's and the mediator's to read."""
    health: HealthView | None
    helped: HelpView | None
    spoken: SpokenView | None
    withdrawal: WithdrawalView | None
    results: list[ResultView]
    left: list[LeavingView]
    invited: list[InvitationView]


class StepView(BaseModel):
    """One step of the history. `on` stands in place of `at` where the hour would betray somebody."""

    version: int
    at: datetime | None = None
    on: date | None = None
    stated_at: datetime | None = None
    """When it happened, where it was entered only afterwards."""
    type: str
    text: str
    actor_role: Role


class History(BaseModel):
    items: list[StepView]


class MessageView(BaseModel):
    """One message. A held one waits for the coordinator and is shown to its writer and to them alone."""

    id: UUID
    at: datetime | None = None
    on: date | None = None
    sender: Role
    to: Audience
    text: str
    held: bool


class Messages(BaseModel):
    items: list[MessageView]


class SurveyQuestion(BaseModel):
    """What a personal link opens."""

    reference: str
    category: str
    subcategory: str
    side: Side
    closes_on: date
    open: bool


class Choice(BaseModel):
    """A code and its name in the reader's language."""

    code: str
    label: str


class QuestionView(Choice):
    """A question; a time range is answered {from, to} in HH:MM, a multiple choice by a list of codes."""

    type: str
    options: list[Choice]
    multiple: bool
    least: float | None
    most: float | None
    unit: str | None
    sensitive: bool


class SubcategoryView(Choice):
    """What one may complain of; a row proposes, the coordinator decides."""

    usual_path: str
    then: str | None
    authorities: list[Choice]
    emergency: str
    call: list[str]
    doer: Doer
    version: int
    off: bool
    questions: list[QuestionView]
    """May be answered in `details`, each by its code; none must be."""
    evidence: list[Choice]
    certainty: str | None
    unverified: str | None
    """What staff see where the remit is to be checked: parties see the authority's name alone."""
    law: list[str] | None


class CategoryView(Choice):
    subcategories: list[SubcategoryView]


class Choices(BaseModel):
    """All codes a form may send."""

    categories: list[CategoryView]
    authorities: list[Choice]
    decline_reasons: list[Choice]
    referral_results: list[Choice]


class SimilarCase(BaseModel):
    """An open case that may be the same matter: nobody's words and nobody's name."""

    id: UUID
    place_id: UUID | None
    category: str
    filed_on: date
    filed_on_is_half_month: bool
    reasons: list[str]


class SimilarCases(BaseModel):
    """What is offered before a complaint is sent; `about` counts from the alliance's floor on, in fives."""

    items: list[SimilarCase]
    about: int | None


class OtherMatter(BaseModel):
    """What a complaint seems to speak of beside its own category."""

    category: str
    subcategory: str


class ComparedCase(SimilarCase):
    """The same for the coordinator who may join them; `score` is how alike the words are."""

    reference: str
    subcategory: str
    score: int
    other_matters: list[OtherMatter]


class ComparedCases(BaseModel):
    items: list[ComparedCase]
    other_matters: list[OtherMatter]
