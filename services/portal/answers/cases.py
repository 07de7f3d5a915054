"""A case as complaints shows it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.catalogue import Choice
from services.portal.answers.common import Answer, Clock
from services.portal.answers.desks import Result
from shared.clock import local_day


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


class Reply(Answer):
    """What the respondent answered."""

    kind: str
    text: str | None = None


class Party(Answer):
    """A party as this viewer may see it; what was asked of whoever was added later."""

    side: str
    label: str
    member_id: UUID | None = None
    consented: bool | None = None
    party_id: UUID | None = None
    capacity: str | None = None
    served: bool | None = None
    answer: Reply | None = None
    basis: str | None = None
    fact: str | None = None
    said: str | None = None


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


class Leaving(Answer):
    """A party who left, as far as this viewer may know of it."""

    party_id: UUID | None = None
    side: str
    label: str
    left_on: date
    why: str
    wish: str | None = None
    said: tuple[str, ...] = ()


class EnteredPledge(Answer):
    """How a pledge came that was written down for whoever has no account."""

    slip: str
    received_on: date
    by: str


class EnteredAnswer(Answer):
    """How an answer came that was not given on a page, with the picture of the paper."""

    slip: str
    received_on: date
    evidence_ids: tuple[UUID, ...] = ()


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


class AskedToJoin(Answer):
    """Whoever came after is asked; the facts are all they are told."""

    party_id: UUID | None = None
    side: str
    label: str
    capacity: str
    facts: str


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


class Lead(Answer):
    """The case this one was joined to, or takes up again; `id` where it has a page for this person."""

    reference: str
    stage: str
    status: str
    id: UUID | None = None
    due: date | None = None


class OtherMatter(Answer):
    """What a filing seems to speak of beside its own matter."""

    subcategory: str


class Joined(Lead):
    """A case handled with this one, for the coordinator."""

    other_matters: tuple[OtherMatter, ...] = ()


class Fellow(Answer):
    """One of those who complain together, under a mark."""

    id: UUID
    label: str
    is_you: bool = False
    speaks: bool = False
    willing: bool = False
    words: str | None = None
    votes: int | None = None
    volunteers: bool = False
    drawn: int | None = None
    at_session: bool = False
    member_id: UUID | None = None


class Group(Answer):
    """Those who complain together."""

    nominate_until: date | None = None
    members: tuple[Fellow, ...] = ()
    you_named: tuple[UUID, ...] = ()
    drawn_on: date | None = None
    lot: str | None = None


class Post(Answer):
    """A word among them."""

    id: UUID
    label: str
    is_you: bool = False
    text: str
    held: bool
    held_for: tuple[str, ...] = ()
    taken_out: bool = False
    on: date


class Alike(Answer):
    """An open case that may be the same matter."""

    id: UUID
    place_id: UUID | None = None
    filed_on: date
    filed_on_is_half_month: bool = False
    reasons: tuple[str, ...] = ()
    reference: str = ""
    score: int = 0
    other_matters: tuple[OtherMatter, ...] = ()


class Similar(Answer):
    """What is suggested, and what the filing itself speaks of beside its matter."""

    items: tuple[Alike, ...] = ()
    other_matters: tuple[OtherMatter, ...] = ()


class Linked(Lead):
    """A case filed beside this one."""

    id: UUID
    subcategory: str


class Conflict(Answer):
    """One conflict that was filed more than once, for those who look after it."""

    filings: int
    cases: tuple[Linked, ...] = ()


class Extension(Answer):
    """A longer month that is proposed."""

    until: date
    reason: str | None = None


class Health(Answer):
    """What was said of somebody's health, and whether the other side may read of it."""

    words: tuple[str, ...]
    sharing: str
    of_another: bool = False


class ChildView(Answer):
    """How the matter stands, in words for a child."""

    reference: str
    stage: str
    lines: tuple[str, ...]
    help: str
    ended_in: str | None = None


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


class Occurrence(Answer):
    """That it happened again, and by what that is shown."""

    at: datetime | None = None
    on: date | None = None
    by: str
    note: str | None = None
    evidence_ids: tuple[UUID, ...] = ()


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


class Work(Answer):
    """What somebody on the committee's side did, and by which of the ten methods."""

    at: datetime
    actor_role: str
    methods: tuple[Choice, ...] = ()
    rungs: tuple[Choice, ...] = ()
    note: str
    said: str | None = None
    said_by: str | None = None


class Step(Answer):
    """One line of a history; `on` stands in place of `at` where the hour would betray somebody."""

    type: str
    text: str
    actor_role: str
    at: datetime | None = None
    on: date | None = None
    stated_at: datetime | None = None
    """When it is said to have happened, where it was entered only afterwards."""

    @property
    def day(self) -> date | None:
        """The day of it, where that is shown."""
        return self.on or (local_day(self.at) if self.at else None)


class Message(Answer):
    """A message in a case. A held one waits for the coordinator."""

    id: UUID
    text: str
    sender: str
    to: str
    held: bool = False
    at: datetime | None = None
    on: date | None = None


class Followed(Answer):
    """An anonymous matter, opened by its number and secret."""

    reference: str
    stage: str
    status: str
    next: str
    due: date | None = None
    history: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = ()
    results: tuple[Result, ...] = ()
    ended_in: str | None = None


class Evidence(Answer):
    """A file laid before the case, as far as this viewer may know of it."""

    id: UUID
    kind: str
    added_by: str
    shown: str
    masked: bool = False
    carried: bool = False
    added_at: datetime | None = None
    released_on: date | None = None
    taken_at: datetime | None = None
    note: str | None = None
    size: int | None = None
    readable: bool = False


class Finding(Answer):
    """One measured quantity against its limit, the background taken off."""

    quantity: str
    measured_db: str
    correction_db: int | None = None
    corrected_db: int | None = None
    limit_db: int


class Verdict(Answer):
    """What a noise reading shows, in words, and what it is reckoned of."""

    outcome: str
    text: str
    period: str = ""
    findings: tuple[Finding, ...] = ()
    shortfalls: tuple[str, ...] = ()
    """Why it proves no more than its grade says."""


class Reading(Answer):
    """A noise reading; hour and note only where they betray nobody."""

    id: UUID
    added_by: str
    carried: bool = False
    released: bool = False
    measured_at: datetime | None = None
    note: str | None = None
    source: str | None = None
    instrument: str | None = None
    measured_by: str | None = None
    point: str | None = None
    zone_class: str | None = None
    verdict: Verdict
