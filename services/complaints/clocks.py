"""The days named to people, and how they are counted: working days, months, and a pause that loses none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from dateutil.relativedelta import relativedelta

from services.complaints.terms import Ring
from shared.calendar.working_days import WorkingCalendar
from shared.charter.rules import Rule, RuleTable
from shared.clock import SHANGHAI, end_of_day, local_day

ClockName = Literal[
    "contact",
    "triage",
    "answer",
    "party_answer",
    "mediation",
    "referral",
    "commitments",
    "survey",
    "reopen",
    "nomination",
    "last_visit",
    "pledge",
    "confirm_done",
]
ClockState = Literal["running", "paused", "met", "missed", "stopped"]

PauseReason = Literal["referral"]
"""Why a clock may stand still. A further reason is a further word here."""


@dataclass(frozen=True)
class Pause:
    """Days a clock stood still: from the first one until the day it went on, that day not counted."""

    since: date
    until: date
    reason: PauseReason = "referral"

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True)
class Clock:
    """A last day somebody was told. It ends at 24:00 in Shanghai.

    `counted_until` is the last day before it was moved off a holiday: a pause adds its days there, and the
    move is made afterwards.
    """

    name: ClockName
    since: date
    counted_until: date
    until: date
    state: ClockState = "running"
    paused_on: date | None = None
    told_late: bool = False
    """Whether the people concerned were told that the day passed. What it waits for may still happen."""
    provisional: bool = False
    """Whether it was counted over a year whose holidays nobody had entered. It keeps its day all the same."""
    of: UUID | None = None
    """Which referral, pledge or party who was added it is of: several may be asked at once."""
    pauses: tuple[Pause, ...] = ()
    ended_on: date | None = None
    warned: bool = False
    escalated: int = 0
    """How many steps of the escalation were told."""

    @property
    def ends_at(self) -> datetime:
        return end_of_day(self.until)

    def is_over(self, now: datetime) -> bool:
        """Whether its last day has passed while it ran."""
        return self.state == "running" and now >= self.ends_at

    def state_at(self, now: datetime) -> ClockState:
        """The true state at `now`, however late the timer that tells of it."""
        return "missed" if self.is_over(now) else self.state

    @property
    def days_paused(self) -> int:
        """How many days it stood still, a pause that lasts not counted."""
        return sum(pause.days for pause in self.pauses)

    def late_days(self, today: date) -> int:
        """How many days after its last day it was still waited for, or is."""
        if self.state in {"stopped", "paused"}:
            return 0
        return max(0, ((self.ended_on or today) - self.until).days)

    def ended(self, on: date) -> Clock:
        """What it was named for happened on that day."""
        if self.state not in ("running", "paused"):
            return self
        return replace(self, state="met" if on <= self.until else "missed", paused_on=None, ended_on=on)

    def stopped(self) -> Clock:
        """Nothing is waited for any more."""
        return replace(self, state="stopped", paused_on=None) if self.state in ("running", "paused") else self

    def late(self) -> Clock:
        """People were told that its last day passed."""
        return replace(self, told_late=True)

    def paused(self, on: date) -> Clock:
        """It stands still from that day (中止计时)."""
        return replace(self, state="paused", paused_on=on) if self.state == "running" else self


@dataclass(frozen=True)
class Emergency:
    """Somebody may be in danger: counted in minutes, day and night, until a human has it in hand."""

    raised_at: datetime
    remind_at: datetime
    confirm_until: datetime
    confirmed_at: datetime | None = None
    lifted_at: datetime | None = None
    rung: tuple[Ring, ...] = ()
    """The calls that have gone out since because nobody had confirmed it."""
    was_visited: bool = False
    """Whether somebody of the committee has been on the spot."""

    def rings_at(self, step: Ring) -> datetime:
        """When that call goes out, unless somebody has confirmed it."""
        return self.remind_at if step == "reminder" else self.confirm_until

    @property
    def is_standing(self) -> bool:
        """Whether it is not over."""
        return self.lifted_at is None

    @property
    def is_unanswered(self) -> bool:
        """Whether no human has said yet that they have it in hand."""
        return self.is_standing and self.confirmed_at is None


@dataclass(frozen=True)
class Timetable:
    """Turns the rule table's figures into last days."""

    rules: RuleTable
    calendar: WorkingCalendar

    def begin(self, name: ClockName, on: date, *matter: str) -> Clock:
        """The clock that starts on that day; the first day never counts.

        `matter`, a case's category and tier, may have a figure of its own: the most specific one holds.
        """
        rule = self.figure(name, on, *matter)
        if rule is None:
            raise LookupError(f"no rule {name} on {on}")
        match rule.unit:
            case "working_days":
                until = self.calendar.after_working_days(on, rule.value)
                return Clock(name, on, until, until, provisional=self.calendar.is_guess(on, until))
            case "months":
                counted = on + relativedelta(months=rule.value)
                until = self.calendar.next_working(counted)
                return Clock(name, on, counted, until, provisional=self.calendar.is_guess(counted, until))
            case _:
                until = on + timedelta(days=rule.value)
                return Clock(name, on, until, until)

    def resumed(self, clock: Clock, on: date) -> Clock:
        """The clock goes on after a pause, as many days later as it stood still."""
        assert clock.paused_on is not None  # noqa: S101
        pause = Pause(clock.paused_on, on)
        moved = self.moved(clock, clock.counted_until + (on - clock.paused_on))
        return replace(moved, pauses=(*clock.pauses, pause) if pause.days else clock.pauses)

    def moved(self, clock: Clock, counted_until: date) -> Clock:
        """The clock with another last day, which people are warned of and told of anew.

        A step of the escalation that was told is not told again: each comes once.
        """
        until = self.calendar.next_working(counted_until)
        kept: dict[str, Any] = {
            "since": clock.since,
            "of": clock.of,
            "pauses": clock.pauses,
            "escalated": clock.escalated,
            "provisional": clock.provisional or self.calendar.is_guess(counted_until, until),
        }
        return Clock(clock.name, counted_until=counted_until, until=until, **kept)

    def extended(self, clock: Clock, until: date) -> Clock:
        """The clock as all agreed to it: their day stands in place of whatever was counted before."""
        return replace(self.moved(clock, until), pauses=())

    def figure(self, rule_id: str, on: date, *matter: str) -> Rule | None:
        """The most specific row of a rule in force on that day, or None where there is none."""
        return self.rules.refined(rule_id, on, *(word for word in matter if word))

    def time_of_day(self, rule_id: str, on: date) -> time:
        """An hour of the day that a rule names."""
        figure = self.rules.in_force(rule_id, on).figure
        assert isinstance(figure, time)  # noqa: S101
        return figure

    def word(self, rule_id: str, on: date, *matter: str) -> str:
        """What a rule that is a choice says."""
        rule = self.figure(rule_id, on, *matter)
        assert rule is not None  # noqa: S101
        return rule.word

    def next_at(self, rule_id: str, now: datetime) -> datetime:
        """The next time it is the hour that a rule names."""
        hour = self.time_of_day(rule_id, local_day(now))
        today = datetime.combine(local_day(now), hour, SHANGHAI)
        return today if today > now else today + timedelta(days=1)

    def counts_as_served_at(self, delivered_at: datetime, on: date) -> datetime:
        """When a mail that was accepted counts as having reached its reader."""
        return delivered_at + timedelta(hours=self.rules.in_force("service_by_mail", on).value)
