"""Quiet hours: at night nobody's phone rings but in an emergency. Pure; the figures are rows of rules.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from shared.charter.rules import RuleTable, read_rules
from shared.clock import SHANGHAI

EVEN_AT_NIGHT = ("emergency_to_check", "emergency_unanswered", "emergency_confirmed")
"""Kinds of notices that wake people: somebody may be in danger, or lies awake for our word."""


@dataclass(frozen=True)
class QuietHours:
    """From an evening to the next morning, in Shanghai."""

    begin: time
    end: time

    def hold(self, moment: datetime) -> bool:
        """Whether it is night; at the very end it is day."""
        at = moment.astimezone(SHANGHAI).time()
        return at >= self.begin or at < self.end

    def last_morning(self, moment: datetime) -> datetime:
        """When the night before `moment` ended."""
        local = moment.astimezone(SHANGHAI)
        morning = datetime.combine(local.date(), self.end, SHANGHAI)
        return morning if morning <= local else morning - timedelta(days=1)


@dataclass(frozen=True)
class Nights:
    """The quiet hours of all alliances: the usual ones, and of those that set their own."""

    usual: QuietHours
    own: Mapping[UUID, QuietHours] = field(default_factory=dict)

    def of(self, alliance_id: UUID) -> QuietHours:
        return self.own.get(alliance_id, self.usual)

    def differing(self, moment: datetime) -> list[UUID]:
        """The alliances where it is day while elsewhere it is night, or night while elsewhere it is day."""
        usual = self.usual.hold(moment)
        return [alliance_id for alliance_id, hours in self.own.items() if hours.hold(moment) != usual]


@cache
def table() -> RuleTable:
    """The table of this version."""
    return read_rules("services.notifications")


def hours_on(day: date, rules: RuleTable) -> QuietHours:
    """The quiet hours in force on `day`."""
    begin, end = (rules.in_force(rule_id, day).figure for rule_id in ("quiet_from", "quiet_until"))
    assert isinstance(begin, time) and isinstance(end, time)  # noqa: PT018, S101
    return QuietHours(begin, end)


def are_sound(rules: RuleTable, day: date) -> bool:
    """Whether the quiet hours leave a day between them."""
    hours = hours_on(day, rules)
    return hours.end < hours.begin
