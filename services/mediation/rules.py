"""The dated rule table (rules.yaml) as decisions read it: one figure for each rule on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

from pydantic import TypeAdapter

from shared.charter.rules import RuleTable, read_rules


@dataclass(frozen=True)
class Rules:
    """The figures in force on one day."""

    consent_working_days: int
    slot_answer_working_days: int
    session_minutes: int
    talk_minutes: int
    talk_gap_minutes: int
    buffer_minutes: int
    notice_hours: int
    session_reminder_hours: int
    session_last_reminder_hours: int
    quiet_from: time
    quiet_until: time
    session_guests: int
    search_days: int
    slots_offered: int
    slot_grid_minutes: int
    shop_hours_avoided: int
    reschedule_limit: int
    rota_days: int
    open_mediations: int
    confirm_working_days: int
    reminder_days: int
    consent_reminder_working_days: int
    slot_reminder_working_days: int
    choice_reminder_working_days: int
    opt_in_reminder_working_days: int
    confirm_reminder_working_days: int
    court_reminder_working_days: int
    court_last_reminder_working_days: int
    open_word_reminder_working_days: int
    open_word_reminders: int
    wording_working_days: int
    opt_in_working_days: int
    objection_working_days: int
    judicial_days: int
    archive_months: int
    absences_until_default: int
    default_choice_working_days: int
    default_cooling_working_days: int
    default_effect_at: time

    @property
    def session(self) -> timedelta:
        return timedelta(minutes=self.session_minutes)

    @property
    def talk(self) -> timedelta:
        return timedelta(minutes=self.talk_minutes)

    @property
    def talk_gap(self) -> timedelta:
        return timedelta(minutes=self.talk_gap_minutes)

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)


@cache
def table() -> RuleTable:
    """The table of this version."""
    return read_rules("services.mediation")


def rules_on(day: date, rules: RuleTable) -> Rules:
    """The figures in force on `day`."""
    figures = {rule_id: row.figure for rule_id, row in rules.on(day).items()}
    return _RULES.validate_python(figures)


def are_sound(rules: RuleTable, day: date) -> bool:
    """Whether the quiet hours leave a day between them."""
    found = rules_on(day, rules)
    return found.quiet_until < found.quiet_from


_RULES = TypeAdapter(Rules)
