"""What the pages rely on in the services' answers. What else they say is not our business and is ignored."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Part of a service's answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Answer):
    """A place of the register."""

    id: UUID
    kind: str
    name: str
    block_id: UUID | None = None
    building_id: UUID | None = None


class Occupancy(Answer):
    """Where somebody lives, trades or works."""

    id: UUID
    place_name: str
    kind: str
    from_day: date
    until_day: date | None = None


class Clock(Answer):
    """A running clock and its last day."""

    name: str
    until: date
    state: str = "running"
    provisional: bool = False
    """Counted over a year whose holidays were not known yet."""


class Emergency(Answer):
    """Whom to call before anything else."""

    call: tuple[str, ...] = ()
    text: str = ""


class StepReceipt(Answer):
    """What every write says: what is next, and by when."""

    next: str | None = None
    due: date | None = None
    emergency: Emergency | None = None


class CaseReceipt(StepReceipt):
    """The answer of a filing."""

    id: UUID
    reference: str
    stage: str
    status: str
    next: str
    lookup_secret: str | None = None


class Opened(Answer):
    """The matter a paper's code belongs to."""

    id: UUID


class PaperNotice(Answer):
    """The notice for a respondent without an account."""

    reference: str
    title: str
    lines: tuple[str, ...]
    code: str | None = None


class Paper(Answer):
    """Words the officer was given to read."""

    code: str
    text: str


class Duty(Answer):
    """What to tell the people in a building."""

    do: tuple[str, ...]
    dont: tuple[str, ...]


class HotlineCall(Answer):
    """A call for help that was made."""

    number: str
    at: datetime


class OnDuty(Answer):
    """A case's emergency, as whoever is on duty has it in hand."""

    raised_at: datetime
    confirmed_at: datetime | None = None
    lifted_at: datetime | None = None
    calls: tuple[HotlineCall, ...] = ()
    duty: Duty


class Home(Answer):
    """A home from which somebody must be carried; of one's own also whether, and when the captain looked."""

    place_id: UUID
    name: str
    needed: bool = True
    looked_at: tuple[datetime, ...] = ()


class Result(Answer):
    """What came of a matter, in words for everybody concerned."""

    on: date
    text: str


class OralReceipt(Answer):
    """The receipt of what was agreed on the spot, for somebody without an account."""

    reference: str
    title: str
    lines: tuple[str, ...]


class HandedOver(Answer):
    """What lies with an authority, as its officer sees it."""

    id: UUID
    case_id: UUID
    reference: str
    subcategory: str
    authority_label: str
    place_id: UUID | None = None
    sent_on: date
    until: date
    late_days: int = 0
    received_on: date | None = None
    summary: str | None = None
    note: str
    documents: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()


class VisitTask(Answer):
    """A return visit still to be made."""

    id: UUID
    case_id: UUID
    reference: str
    subcategory: str
    place_id: UUID | None = None
    due: date
    late_days: int = 0
    survey_aloud: bool = False


class MinorNotice(Answer):
    """What was told of a child under 14 and waits for a guardian."""

    id: UUID
    reference: str
    subcategory: str
    place_id: UUID | None = None
    place_text: str | None = None
    description: str
    filed_at: datetime


class AskedOfMe(Answer):
    """What the coordinator asks this person, and their own answer."""

    id: UUID
    reference: str
    question: str
    asked_on: date
    answered_on: date | None = None
    text: str | None = None
    shared_with: str | None = None


class PrivateAnswer(Answer):
    """One who was asked, as far as this reader may know."""

    ask_id: UUID | None = None
    place_id: UUID | None = None
    answered_on: date | None = None
    text: str | None = None
    own_statement: bool = False


class Inquiry(Answer):
    """A question to the homes around a matter."""

    question: str
    asked_on: date
    answers: tuple[PrivateAnswer, ...] = ()


class CaseLine(Answer):
    """A case in a list."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    stage: str
    status: str
    due: date | None = None


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


class Group(Answer):
    """Those who complain together."""

    nominate_until: date | None = None
    members: tuple[Fellow, ...] = ()
    you_named: tuple[UUID, ...] = ()


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


class Extension(Answer):
    """A longer month that is proposed."""

    until: date
    reason: str | None = None


class Health(Answer):
    """What was said of somebody's health, and whether the other side may read of it."""

    words: tuple[str, ...]
    sharing: str


class ChildView(Answer):
    """How the matter stands, in words for a child."""

    reference: str
    stage: str
    lines: tuple[str, ...]
    help: str


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


class Case(CaseLine):
    """A case as this viewer may see it."""

    role_in_case: str
    place_id: UUID | None = None
    place_text: str | None = None
    description: str | None = None
    shared_summary: str | None = None
    identity: str
    parties: tuple[Party, ...] = ()
    clocks: tuple[Clock, ...] = ()
    answer: Reply | None = None
    filed_on: date
    filed_on_is_half_month: bool = False
    next: str
    possible: tuple[str, ...] = ()
    other_routes: tuple[Route, ...] = ()
    mediation: MediationMark | None = None
    referred_to: str | None = None
    lead: Lead | None = None
    households: int | None = None
    group: Group | None = None
    joined: tuple[Joined, ...] = ()
    continues: Lead | None = None
    linked: tuple[Linked, ...] = ()
    extension: Extension | None = None
    refiled: Refiled | None = None
    site_visits: tuple[SeenOnSite, ...] = ()
    left: tuple[Leaving, ...] = ()
    invited: tuple[AskedToJoin, ...] = ()
    spoken: SpokenAgreement | None = None
    minor: bool = False
    child_follows: bool = False
    takedown_asked: bool = False
    readings: tuple[Reading, ...] = ()
    respondent_fact: str | None = None
    health: Health | None = None
    results: tuple[Result, ...] = ()


class Step(Answer):
    """One line of a history; `on` stands in place of `at` where the hour would betray somebody."""

    text: str
    actor_role: str
    at: datetime | None = None
    on: date | None = None
    stated_at: datetime | None = None
    """When it is said to have happened, where it was entered only afterwards."""


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


class Evidence(Answer):
    """A file laid before the case, as far as this viewer may know of it."""

    id: UUID
    kind: str
    added_by: str
    shown: str
    masked: bool = False
    added_at: datetime | None = None
    released_on: date | None = None
    taken_at: datetime | None = None
    note: str | None = None
    size: int | None = None
    readable: bool = False


class Verdict(Answer):
    """What a noise reading shows, in words."""

    outcome: str
    text: str


class Reading(Answer):
    """A noise reading; hour and note only where they betray nobody."""

    id: UUID
    added_by: str
    released: bool = False
    measured_at: datetime | None = None
    note: str | None = None
    verdict: Verdict


class Slot(Answer):
    """A time and room offered."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    room: str
    answer: str | None = None
    """What a guest said to it."""


class Guest(Answer):
    """Somebody invited to the session beside the sides."""

    guest_id: UUID
    role: str
    name: str = ""
    required: bool = False
    agreed: bool = False
    own: bool | None = None
    comes: bool | None = None


class Meeting(Answer):
    """The session fixed."""

    starts_at: datetime
    ends_at: datetime
    room: str
    status: str


class InvitedMeeting(Answer):
    """The session fixed, as a guest is told of it."""

    starts_at: datetime
    ends_at: datetime
    room: str


class Invitation(Answer):
    """A session somebody is asked to who is no party; they see this much of it."""

    id: UUID
    reference: str
    role: str
    required: bool = False
    comes: bool | None = None
    sides: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: InvitedMeeting | None = None
    next: str
    possible: tuple[str, ...] = ()


class Absence(Answer):
    """That a side did not come to a session."""

    side: str
    on: date
    excused: bool = False
    explanation: str | None = None


class Commitment(Answer):
    """A promise in an agreement."""

    id: UUID
    owner_side: str
    what: str
    measure: str
    due_on: date
    status: str
    overdue: bool = False
    proof: str | None = None
    dispute: str | None = None
    late_days: int = 0
    granted_until: date | None = None
    told_on: date | None = None
    stated_by_mediator: bool = False
    impossible: str | None = None
    objections_until: date | None = None
    objected: bool = False


class Signature(Answer):
    """Who signed or marked, and on which day."""

    by: str
    label: str | None = None
    on: date


class Warning(Answer):
    """What an agreement leaves open, in words."""

    text: str


class Court(Answer):
    """Until when both sides may ask the court to confirm the agreement, and whether all have."""

    until: date
    complete: bool = False


class OptIn(Answer):
    """Of a group's draft: until when its members answer, what this one said, and about how many agree."""

    until: date
    yours: bool | None = None
    agreed: int | None = None


class Agreement(Answer):
    """An agreement as drafted or in effect."""

    id: UUID
    form: str
    facts: str
    terms: str
    content_hash: str
    warnings: tuple[Warning, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None
    court: Court | None = None
    opt_in: OptIn | None = None


class WordingDispute(Answer):
    """That a side does not agree with the words recorded."""

    side: str
    reason: str | None = None


class Oral(Answer):
    """An oral agreement: until when its words may be disputed, and whether the mediator has recorded it."""

    agreement_id: UUID
    agreed_on: date
    recorded: bool
    dispute_until: date
    dispute: WordingDispute | None = None
    judicial_until: date
    judicial_note: str


class Amendment(Answer):
    """New promises in the place of old ones, offered or in effect."""

    id: UUID
    terms: str
    content_hash: str
    replaces: tuple[UUID, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None


class Pack(Answer):
    """What the court station would be handed, or was."""

    contents: tuple[str, ...]
    pages: int
    sha256: str
    limits: str | None = None
    left_out: str | None = None
    id: UUID | None = None
    sent_on: date | None = None


class WeeklyHours(Answer):
    """From and until when, every week on this day."""

    weekday: int
    from_: time = Field(alias="from")
    to: time


class Exceptional(Answer):
    """A day that differs from the week."""

    day: date
    available: bool
    from_: time = Field(alias="from", default=time.min)
    to: time = time.max


class Availability(Answer):
    """When a mediator can be had."""

    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


class Mediator(Answer):
    """A mediator in the alliance's list; hours for themselves and the committee."""

    id: UUID
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    availability: Availability | None = None


class Course(Answer):
    """A course finished."""

    code: str
    on: date


class Profile(Answer):
    """What a mediator says of themselves."""

    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    training: tuple[Course, ...] = ()
    limit: int | None = None
    members: tuple[UUID, ...] = ()
    places: tuple[UUID, ...] = ()


class Room(Answer):
    """A room for sessions, and when it is open."""

    code: str
    name: str
    weekly: tuple[WeeklyHours, ...] = ()


class SentPack(Answer):
    """A pack in the court station's list."""

    id: UUID
    case_id: UUID


class MediationLine(Answer):
    """A mediation in a list."""

    id: UUID
    case_id: UUID
    reference: str
    status: str
    roles: tuple[str, ...] = ()
    due: date | None = None


class AskedMediator(Answer):
    """A mediator who was asked, as the committee sees it."""

    mediator_id: UUID
    declared: str | None = None
    left: str | None = None
    note: str = ""


class VoidSession(Answer):
    """A session that counts for nothing."""

    starts_at: datetime
    stopped_at: datetime
    minutes: tuple[str, ...] = ()


class Spoken(Answer):
    """How long a side had the word."""

    side: str
    minutes: int


class Restatement(Answer):
    """What a side said that the other needs."""

    side: str
    text: str
    right: bool | None = None


class Finding(Answer):
    """A point that was, or could not be, established."""

    point: str
    established: bool


class Dialogue(Answer):
    """How the sides spoke with each other."""

    spoken: tuple[Spoken, ...] = ()
    restated: tuple[Restatement, ...] = ()
    findings: tuple[Finding, ...] = ()


class Beside(Answer):
    """Another mediation between the same people."""

    mediation_id: UUID
    case_id: UUID
    reference: str


class Joint(Answer):
    """One session for both: what this person said, and whether all have said yes."""

    beside: tuple[Beside, ...]
    agreed: bool | None = None
    complete: bool = False
    with_mediation_id: UUID | None = None


class Mediation(Answer):
    """A mediation as this viewer may see it."""

    id: UUID
    status: str
    parties: tuple[Party, ...] = ()
    mediator_id: UUID | None = None
    proposed_id: UUID | None = None
    accepted_by: tuple[str, ...] = ()
    mediators_asked: tuple[AskedMediator, ...] = ()
    void_sessions: tuple[VoidSession, ...] = ()
    guests: tuple[Guest, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: Meeting | None = None
    absences: tuple[Absence, ...] = ()
    minutes: tuple[str, ...] = ()
    dialogue: Dialogue | None = None
    oral: Oral | None = None
    joint: Joint | None = None
    agreement: Agreement | None = None
    amendment: Amendment | None = None
    amendments: tuple[Amendment, ...] = ()
    handover: Pack | None = None
    rights: tuple[str, ...] = ()
    clock: Clock | None = None
    next: str
    possible: tuple[str, ...] = ()

    def side_of(self, member_id: UUID | None) -> str | None:
        """The side on which a member is a party."""
        mine = (party.side for party in self.parties if party.member_id == member_id)
        return next(mine, None) if member_id else None


class Notice(Answer):
    """A notice in somebody's inbox."""

    id: UUID
    title: str
    body: str
    link: str
    reference: str
    created_at: datetime
    read_at: datetime | None = None


class Preferences(Answer):
    """How somebody is told."""

    language: str
    mail: bool
    mails: dict[str, str]
    large_type: bool


class LetterToBring(Answer):
    """A notice that has to be brought to its reader; without a name where who complained may be hidden."""

    id: UUID
    case_id: UUID
    reference: str
    title: str
    name: str | None = None
    places: tuple[UUID, ...] = ()
    created_at: datetime


class Unsubscribing(Answer):
    """Of which mails the link in one of them is; None for those that cannot be switched off."""

    group: str | None


class Survey(Answer):
    """What a survey by personal link asks about."""

    reference: str
    subcategory: str
    closes_on: date
    open: bool


class Release(Answer):
    """A promise somebody is asked to release by personal link."""

    reference: str
    what: str
    measure: str
    due_on: date
    released: bool


class Choice(Answer):
    """A code and its name in the reader's language."""

    code: str
    label: str


class Question(Choice):
    """A question a kind of matter has of its own; none must be answered."""

    type: str
    options: tuple[Choice, ...] = ()
    multiple: bool = False
    unit: str | None = None


class Subcategory(Choice):
    """What a matter may be about."""

    emergency: str = "never"
    call: tuple[str, ...] = ()
    doer: str = "known"
    then: str | None = None
    authorities: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[Choice, ...] = ()


class Category(Choice):
    """A group of things a matter may be about."""

    subcategories: tuple[Subcategory, ...] = ()

    @property
    def calls(self) -> tuple[str, ...]:
        """Whom to call first where something of this kind is always an emergency; nobody where nothing is."""
        always = (one.call for one in self.subcategories if one.emergency == "always")
        return next(always, ())

    def sub(self, code: str) -> Subcategory | None:
        """The one of that code."""
        return next((one for one in self.subcategories if one.code == code), None)


class Choices(Answer):
    """All codes a form may send to the complaints service."""

    categories: tuple[Category, ...]
    authorities: tuple[Choice, ...] = ()
    decline_reasons: tuple[Choice, ...] = ()
    referral_results: tuple[Choice, ...] = ()
