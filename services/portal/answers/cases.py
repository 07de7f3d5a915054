"""A case as complaints shows it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer, Clock
from services.portal.answers.desks import Result
from services.portal.answers.evidence import Occurrence, Reading
from services.portal.answers.parties import AskedToJoin, EnteredAnswer, Leaving, Party, Reply
from services.portal.answers.settling import OfferedService, Pledge, Settlement, SpokenAgreement
from services.portal.answers.together import Conflict, Group, Joined, Lead, Linked


class CaseLine(Answer):
    """A case in a list."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    stage: str
    status: str
    due: date | None = None
    role_in_case: str = ""


class MediationMark(Answer):
    """That there is a mediation."""

    id: UUID


class Refiled(Answer):
    """A matter that was withdrawn and comes back."""

    days: int
    days_since_withdrawal: int


class PoliceReport(Answer):
    """What the police were told of."""

    at: datetime
    what: str
    reference: str | None = None


class Police(Answer):
    """What was reported, and the words that could be theirs to look into."""

    reports: tuple[PoliceReport, ...] = ()
    words: tuple[str, ...] = ()


class SeenOnSite(Answer):
    """What somebody found on the spot."""

    at: datetime
    by: str
    present: str
    found: str
    done: str


class Route(Answer):
    """A way outside the alliance."""

    text: str


class Visit(Answer):
    """A return visit, to be made or made."""

    due: date
    provisional: bool = False
    visited_on: date | None = None
    lasting: bool | None = None
    note: str | None = None


class Extension(Answer):
    """A longer month that is proposed."""

    until: date
    reason: str | None = None


class Health(Answer):
    """What was said of somebody's health, and whether the other side may read of it."""

    words: tuple[str, ...]
    sharing: str
    of_another: bool = False


class Pause(Answer):
    """Days a clock stood still, with the arithmetic in words."""

    since: date
    text: str


class CaseClock(Clock):
    """A clock of a case: how late it is, who was called in for it, and when it stood still."""

    late_days: int = 0
    escalation_step: str | None = None
    pauses: tuple[Pause, ...] = ()


class Referral(Answer):
    """What lies, or lay, with an authority: never lost from sight."""

    id: UUID
    authority_label: str
    part: str
    sent_on: date
    until: date
    received_on: date | None = None
    chased: int = 0
    returned_on: date | None = None
    result: str | None = None
    document_no: str | None = None

    @property
    def days_there(self) -> int | None:
        """How long they had it, from when they confirmed it; None until it is back."""
        return (self.returned_on - (self.received_on or self.sent_on)).days if self.returned_on else None


class Detail(Answer):
    """What was answered to a question about its kind of matter."""

    question: str
    said: str
    sensitive: bool = False


class Help(Answer):
    """Of a filing for somebody else: who helped, how and when they agreed, and whether that one acts for them."""

    relation: str | None = None
    consent_how: str | None = None
    consent_at: datetime | None = None
    acts: bool = False


class Withdrawal(Answer):
    """Why it was withdrawn; whether somebody was pressed is for the coordinator alone."""

    reason: str | None = None
    note: str | None = None
    pressured: bool | None = None


class HowItWent(Answer):
    """What one party answered when asked how it went."""

    on: date
    side: str
    solved: bool
    score: int
    comment: str | None = None
    slip: str | None = None
    """How it came, where it was entered for whoever answered."""


class Case(CaseLine):
    """A case as this viewer may see it."""

    role_in_case: str
    place_id: UUID | None = None
    place_text: str | None = None
    description: str | None = None
    earlier_words: str | None = None
    shared_summary: str | None = None
    identity: str
    happening_now: bool | None = None
    occurred_at: datetime | None = None
    tier: str = "ordinary"
    parties: tuple[Party, ...] = ()
    clocks: tuple[CaseClock, ...] = ()
    answer: Reply | None = None
    answer_entered: EnteredAnswer | None = None
    filed_on: date
    filed_on_is_half_month: bool = False
    next: str
    possible: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    settles_by_code: bool = False
    settlement: Settlement | None = None
    other_routes: tuple[Route, ...] = ()
    mediation: MediationMark | None = None
    referred_to: str | None = None
    ended_in: str | None = None
    held_since: date | None = None
    referrals: tuple[Referral, ...] = ()
    details: tuple[Detail, ...] | None = None
    helped: Help | None = None
    withdrawal: Withdrawal | None = None
    lead: Lead | None = None
    households: int | None = None
    group: Group | None = None
    joined: tuple[Joined, ...] = ()
    continues: Lead | None = None
    anew: bool = False
    conflict: Conflict | None = None
    linked: tuple[Linked, ...] = ()
    extension: Extension | None = None
    refiled: Refiled | None = None
    visits: tuple[Visit, ...] = ()
    how_it_went: tuple[HowItWent, ...] = ()
    site_visits: tuple[SeenOnSite, ...] = ()
    police: Police | None = None
    left: tuple[Leaving, ...] = ()
    invited: tuple[AskedToJoin, ...] = ()
    spoken: SpokenAgreement | None = None
    minor: bool = False
    child_follows: bool = False
    on_board: bool = False
    takedown_asked: bool = False
    readings: tuple[Reading, ...] = ()
    respondent_fact: str | None = None
    health: Health | None = None
    results: tuple[Result, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    services: tuple[OfferedService, ...] = ()
    rungs: tuple[str, ...] = ()
