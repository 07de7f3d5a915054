"""The dated rule table (rules.yaml) as decisions read it: one figure for each rule on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


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
    quiet_from: time
    quiet_until: time
    search_days: int
    slots_offered: int
    slot_grid_minutes: int
    reschedule_limit: int
    rota_days: int
    confirm_working_days: int
    judicial_days: int

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


class Rule(BaseModel):
    """One line of the table, with where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule_id: str
    value: int | str
    unit: str
    source: str
    article: str | None
    effective_from: date
    certainty: Literal["high", "medium", "alliance"]


@cache
def table() -> tuple[Rule, ...]:
    """Every line, oldest first."""
    text = resources.files("services.mediation").joinpath("rules.yaml").read_text("utf-8")
    lines = TypeAdapter(tuple[Rule, ...]).validate_python(yaml.safe_load(text))
    return tuple(sorted(lines, key=lambda line: line.effective_from))


@cache
def rules_on(day: date) -> Rules:
    """The figures in force on `day`: of each rule the newest line that has begun."""
    in_force = {line.rule_id: line.value for line in table() if line.effective_from <= day}
    return TypeAdapter(Rules).validate_python(in_force)
