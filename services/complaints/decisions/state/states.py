"""One frozen class for each state, so that what cannot be cannot be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.complaints.clocks import Clock, ClockName
from services.complaints.decisions.state.file import CaseFile
from services.complaints.terms import (
    Delivery,
    Outcome,
    Path,
    Side,
    Stage,
    Status,
)


@dataclass(frozen=True)
class Unfiled:
    """Before the first event."""


@dataclass(frozen=True)
class Filed:
    """What every case has."""

    file: CaseFile


@dataclass(frozen=True)
class AwaitingTriage(Filed):
    """Filed; the coordinator accepts, declines or joins it."""


@dataclass(frozen=True)
class Joined(Filed):
    """Handled with a lead case."""

    lead_case_id: UUID


@dataclass(frozen=True)
class AwaitingService(Filed):
    """Accepted; the notice is on its way to the respondent."""

    served_from: datetime | None = None
    delivered_by: Delivery = "mail"
    """When a mail that was delivered, but perhaps not read, counts as served."""


@dataclass(frozen=True)
class AwaitingAnswer(Filed):
    """Served; the respondent has the word."""


@dataclass(frozen=True)
class AwaitingRoute(Filed):
    """Both sides are heard, or the answer's time is over; the coordinator chooses the path."""


@dataclass(frozen=True)
class SettledTerm:
    """One promise of a settlement without its words: who wrote it, as their which, who owes it, and by when."""

    written_by: Side
    place: int
    owed_by: Side
    due_on: date


@dataclass(frozen=True)
class Deliberating(Filed):
    """The sides settle it on this path."""

    path: Path
    settled_by: tuple[Side, ...] = ()
    """The sides that called it settled; of a path without mediation."""
    settlement: str | None = None
    """The hash of the words in which the first of them did."""
    terms: tuple[SettledTerm, ...] = ()
    """What is promised in them."""


@dataclass(frozen=True)
class AwaitingMarks(Filed):
    """An agreement is written; signatures and marks are missing. `oral`: the mediator has to record it yet."""

    oral: bool = False


@dataclass(frozen=True)
class Acting(Filed):
    """The agreement is in force; commitments are carried out."""


@dataclass(frozen=True)
class Supervised(Filed):
    """The first commitment was proven or fell due; the other side confirms."""


@dataclass(frozen=True)
class AwaitingVisits(Filed):
    """All is confirmed; the parties are asked how it went together with the last return visit."""


@dataclass(frozen=True)
class Pledged(Filed):
    """There is no mediation; what a respondent promises by themselves, or both sides settled, is waited for.

    `shown`: something was said to be done, or its day has passed.
    """

    shown: bool = False


@dataclass(frozen=True)
class Survey:
    """One party's question how it went."""

    survey_id: UUID
    party_id: UUID
    solved: bool | None = None

    @property
    def is_answered(self) -> bool:
        return self.solved is not None


@dataclass(frozen=True)
class Surveyed(Filed):
    """All commitments are confirmed; both sides are asked how it went."""

    surveys: tuple[Survey, ...]

    def open_survey_of(self, party_id: UUID | None) -> Survey | None:
        """The survey this party has not answered."""
        return next((one for one in self.surveys if one.party_id == party_id and not one.is_answered), None)


@dataclass(frozen=True)
class Closed(Filed):
    """Ended; may be reopened for a while."""

    outcome: Outcome
    erase_on: date | None = None
    """The day on which sealed evidence goes."""
    lead_case_id: UUID | None = None
    """The lead case it ended with; figures count the lead alone."""


Case = (
    AwaitingTriage
    | Joined
    | AwaitingService
    | AwaitingAnswer
    | AwaitingRoute
    | Deliberating
    | AwaitingMarks
    | Acting
    | Supervised
    | AwaitingVisits
    | Pledged
    | Surveyed
    | Closed
)

State = Unfiled | Case
UNFILED = Unfiled()

STAGES: dict[type[Case], Stage] = {
    AwaitingTriage: "hear",
    Joined: "hear",
    AwaitingService: "hear",
    AwaitingAnswer: "hear",
    AwaitingRoute: "deliberate",
    Deliberating: "deliberate",
    AwaitingMarks: "decide",
    Acting: "act",
    Supervised: "supervise",
    AwaitingVisits: "supervise",
    Pledged: "act",
    Surveyed: "review",
    Closed: "closed",
}

_STATUSES: dict[type[Case], Status] = {
    AwaitingTriage: "filed",
    Joined: "joined",
    AwaitingService: "accepted",
    AwaitingAnswer: "served",
    AwaitingRoute: "answered",
    AwaitingMarks: "agreement_drafted",
    Acting: "in_force",
    Supervised: "being_confirmed",
    AwaitingVisits: "to_be_visited",
    Pledged: "pledged",
    Surveyed: "surveyed",
}

_PATHS: dict[Path, Status] = {
    "direct": "settling_directly",
    "mediation": "in_mediation",
    "topic": "on_topic",
}

_URGENCY: tuple[ClockName, ...] = (
    "referral",
    "triage",
    "answer",
    "party_answer",
    "survey",
    "last_visit",
    "commitments",
    "confirm_done",
    "pledge",
    "mediation",
    "reopen",
    "contact",
    "nomination",
)
"""Of several running clocks, the first of these is the one people are told."""


def stage_of(case: Case) -> Stage:
    """The public stage."""
    if isinstance(case, Pledged) and case.shown:
        return "supervise"
    return STAGES[type(case)]


def status_of(case: Case) -> Status:  # noqa: PLR0911 - one for each
    """The mark within the stage."""
    if case.file.open_referrals and not isinstance(case, Closed):
        return "paused"
    match case:
        case AwaitingTriage(file) if file.alarm is not None and file.alarm.is_standing:
            return "emergency"
        case Deliberating():
            return _PATHS[case.path]
        case Pledged(file) if file.keeps_settlement:
            return "keeping_settlement"
        case AwaitingMarks(oral=True):
            return "oral_unrecorded"
        case Closed():
            return case.outcome
        case _:
            return _STATUSES[type(case)]


def running_clock(case: Case, party_id: UUID | None = None) -> Clock | None:
    """The clock people are waiting for; `party_id` is who reads it."""
    if isinstance(case, Closed):
        return case.file.clock("reopen")
    running = [one for one in case.file.clocks if one.state == "running" and concerns(case, one, party_id)]
    return min(running, key=lambda clock: (_URGENCY.index(clock.name), clock.until), default=None)


def concerns(case: Case, clock: Clock, party_id: UUID | None) -> bool:
    """Whether its days are this reader's too: whoever was added and is to answer has days of their own for it.

    They run from when they were told, and not from when somebody else was.
    """
    party = case.file.added_party(party_id)
    if party is None or not party.is_awaited or clock.name not in ("answer", "party_answer"):
        return True
    return clock.of == party_id
