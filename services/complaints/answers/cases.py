"""A case as a reader sees it, its history and its messages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.clocks import ClockView, ExtensionView
from services.complaints.answers.evidence import ReadingView
from services.complaints.answers.groups import GroupView
from services.complaints.answers.parties import (
    AnswerView,
    EnteredAnswerView,
    InvitationView,
    LeavingView,
    PartyView,
)
from services.complaints.answers.parts import (
    JoinedCase,
    MediationView,
    PoliceView,
    RefiledView,
    RelatedCase,
    ResultView,
    Route,
    SeenOnSite,
)
from services.complaints.answers.pledges import OfferedServiceView, PledgeView, SettlementView
from services.complaints.answers.receipts import ConflictView, LinkedCase, OnlyIfTrue
from services.complaints.answers.referrals import ReferralView
from services.complaints.answers.visits import HowItWent, SurveyView, VisitView
from services.complaints.terms import (
    Audience,
    ConsentHow,
    HealthSharing,
    HelpRelation,
    Identity,
    Role,
    Rung,
    SaidConclusion,
    Side,
    Stage,
    Status,
    Tier,
    WithdrawReason,
)


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


class DayView(BaseModel):
    """A day of one of the reader's own cases: the last one of a clock by its name, or that of a return visit."""

    case_id: UUID
    reference: str
    subcategory: str
    what: str
    on: date


class Days(BaseModel):
    items: list[DayView]


class OccurrenceView(BaseModel):
    """That it happened again, with what shows it, for whom the words are."""

    at: datetime | None = None
    on: date | None = None
    by: Role
    note: str | None
    evidence_ids: list[UUID]


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
    acts: OnlyIfTrue = False
    """Whether the one who filed is of their family at home, and acts for them from then on."""


class WithdrawalView(BaseModel):
    """Why a case was withdrawn; `pressured` for the coordinator alone."""

    reason: WithdrawReason | None
    note: str | None
    pressured: bool | None


class HealthView(BaseModel):
    """What the complainant said of somebody's health, and whether the other side may read of it.

    `of_another`: it is not theirs to say yes to.
    """

    of_another: OnlyIfTrue = False
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
    earlier_words: str | None
    """What the complainant wrote in the case that this one continues, where they took it over."""
    shared_summary: str | None
    identity: Identity
    minor: OnlyIfTrue = False
    """A child is concerned: everything stays closed. Told to those whose matter it is and who look after it."""
    child_follows: OnlyIfTrue = False
    on_board: OnlyIfTrue = False
    """The guardian lets it be counted on the public board; told to them alone."""
    takedown_asked: OnlyIfTrue = False
    """The reader's side is to take down what it posted of a child."""
    happening_now: bool | None
    occurred_at: datetime | None
    parties: list[PartyView]
    clocks: list[ClockView]
    due: date | None
    answer: AnswerView | None
    answer_entered: EnteredAnswerView | None
    filed_on: date
    filed_on_is_half_month: bool
    next: str
    possible: list[str]
    conclusions: list[SaidConclusion]
    """What the reader may say of its end, where they may say it now."""
    other_routes: list[Route]
    mediation: MediationView | None
    referred_to: str | None
    ended_in: Stage | None
    """The stage it stood in when it ended; None while it goes on."""
    held_since: date | None
    """The day from which whoever holds it now has had it."""
    referrals: list[ReferralView]
    tier: Tier
    extension: ExtensionView | None
    visits: list[VisitView]
    surveys: list[SurveyView]
    how_it_went: list[HowItWent]
    lead: RelatedCase | None
    """The case a joined one is handled with."""
    households: int | None
    """How many complain together: to the coordinator all of them, to others in fives from the alliance's floor on."""
    group: GroupView | None
    joined: list[JoinedCase]
    """What is handled with this one, to the coordinator alone: what else the words speak of, so that it is not lost."""
    continues: RelatedCase | None
    anew: OnlyIfTrue = False
    """What was withdrawn is not settled, and this is dealt with anew: for whom the earlier one had reached."""
    refiled: RefiledView | None
    site_visits: list[SeenOnSite]
    police: PoliceView | None
    """The complainant's earlier case that this one takes up again: for them and the coordinator."""
    conflict: ConflictView | None
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
    occurrences: list[OccurrenceView]
    left: list[LeavingView]
    invited: list[InvitationView]
    pledges: list[PledgeView]
    settles_by_code: bool
    """Whether this reader, who is of a side, may sign now that it is settled."""
    settlement: SettlementView | None
    """What the sides settle themselves, for them and whoever looks after the case."""
    services: list[OfferedServiceView]


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
