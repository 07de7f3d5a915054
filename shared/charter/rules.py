"""Dated rule tables: what law and alliance fix, shipped with a service (rules.yaml), and an alliance's own rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache, cached_property
from itertools import product
from typing import Any, Literal, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from shared.errors import Invalid, NotFound, Refused
from shared.tables import table_of

Certainty = Literal["H", "M", "L"]
"""H read in the source · M substance known, to be checked · L the alliance's own setting."""

_HOUR_AND_MINUTE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def counted(written: Any, unit: str) -> Any:
    """What is kept of a figure as people write it.

    A time of day, HH:MM, is kept as minutes after midnight, a word as its place among those its unit lists.
    """
    words = words_of(unit)
    if words:
        return words.index(written) if written in words else written
    hour = _HOUR_AND_MINUTE.fullmatch(written) if unit == "time_of_day" and isinstance(written, str) else None
    return int(hour[1]) * 60 + int(hour[2]) if hour else written


def words_of(unit: str) -> tuple[str, ...]:
    """Of a rule that is a choice, what may be chosen: its unit lists it, `this/that`."""
    return tuple(unit.split("/")) if "/" in unit else ()


@dataclass(frozen=True)
class Rule:
    """One figure, where it comes from and from which day it holds."""

    rule_id: str
    value: int
    unit: str
    source: str
    article: str | None
    effective_from: date
    certainty: Certainty
    least: int | None = None
    most: int | None = None
    """What an alliance's own figure must keep to, where its unit does not say it."""

    @property
    def is_law(self) -> bool:
        """Whether it stands in a law or rule outside the alliance, which no alliance may change."""
        return self.certainty != "L"

    @property
    def smallest(self) -> int:
        """The least an alliance may set."""
        from_one = self.unit not in NOUGHT_ALLOWED and not words_of(self.unit)
        return int(from_one) if self.least is None else self.least

    @property
    def largest(self) -> int:
        """The most an alliance may set."""
        words = words_of(self.unit)
        largest = len(words) - 1 if words else LARGEST.get(self.unit, 1_000_000)
        return largest if self.most is None else self.most

    @property
    def figure(self) -> int | time:
        """The value as decisions use it."""
        return time(*divmod(self.value, 60)) if self.unit == "time_of_day" else self.value

    @property
    def word(self) -> str:
        """What is chosen, where the rule is a choice."""
        return words_of(self.unit)[self.value]

    @property
    def written(self) -> int | str:
        """The value as people write it."""
        if words_of(self.unit):
            return self.word
        return f"{self.figure:%H:%M}" if isinstance(self.figure, time) else self.value


@dataclass(frozen=True, kw_only=True)
class OwnRule(Rule):
    """A figure the alliance set itself, by whom and when."""

    set_by: UUID
    set_at: datetime


R = TypeVar("R", bound=Rule)

LARGEST: dict[str, int] = {
    "working_days": 250,
    "days": 3660,
    "months": 60,
    "hours": 8760,
    "minutes": 1440,
    "time_of_day": 1439,
    "percent": 100,
}
NOUGHT_ALLOWED = frozenset({"time_of_day", "times"})


@dataclass(frozen=True)
class RuleTable:
    """All rows, past and coming ones too: those shipped, and those an alliance set, the last one set last."""

    rows: tuple[Rule, ...]
    own: tuple[OwnRule, ...] = ()

    def in_force(self, rule_id: str, on: date) -> Rule:
        """The row that holds on that day. Raises LookupError when there is none.

        From its day on the alliance's row stands before what is shipped, until a law says otherwise.
        """
        row = self._row(rule_id, on)
        if row is None:
            raise LookupError(f"no rule {rule_id} on {on}")
        return row

    def refined(self, rule_id: str, on: date, *by: str) -> Rule | None:
        """The most specific row in force: of `answer` by fire_safety and urgent, `answer.fire_safety.urgent` first.

        An earlier word counts more than a later one. None where not even the rule itself is in force.
        """
        words = [
            tuple(word for word, taken in zip(by, mask, strict=True) if taken) for mask in _masks(len(by))
        ]
        rows = (self._row(".".join((rule_id, *chosen)), on) for chosen in words)
        return next((row for row in rows if row is not None), None)

    def _row(self, rule_id: str, on: date) -> Rule | None:
        shipped, base = _newest(self._rows_of, rule_id, on), self._shipped_for(rule_id, on)
        own = None if base is None or base.is_law else _newest(self._own_of, rule_id, on)
        return own or shipped

    @cached_property
    def _rows_of(self) -> Mapping[str, Sequence[Rule]]:
        return _by_rule(self.rows)

    @cached_property
    def _own_of(self) -> Mapping[str, Sequence[OwnRule]]:
        return _by_rule(self.own)

    def on(self, day: date) -> dict[str, Rule]:
        """Every rule in force on that day."""
        begun = sorted({row.rule_id for row in (*self.rows, *self.own) if row.effective_from <= day})
        return {rule_id: row for rule_id in begun if (row := self._row(rule_id, day)) is not None}

    def history(self, rule_id: str) -> tuple[Rule, ...]:
        """All rows of a rule, the newest first. Raises NotFound for a rule there is not."""
        rows: list[Rule] = [row for row in (*self.rows, *self.own) if row.rule_id == rule_id]
        if not rows:
            raise NotFound
        return tuple(sorted(rows, key=lambda row: row.effective_from))[::-1]

    def _shipped_for(self, rule_id: str, on: date) -> Rule | None:
        """The shipped row a figure stands in place of; a refinement (`answer.noise`) in place of what it refines."""
        names = rule_id.split(".")
        tried = (".".join(names[:length]) for length in range(len(names), 0, -1))
        return next((row for name in tried if (row := _newest(self._rows_of, name, on)) is not None), None)

    def with_own(self, row: OwnRule) -> RuleTable:
        """The table after the alliance set that row."""
        return replace(self, own=(*self.own, row))

    def set(
        self,
        rule_id: str,
        value: int | str,
        *,
        effective_from: date,
        source: str,
        by: UUID,
        at: datetime,
        today: date,
    ) -> OwnRule:
        """The alliance's new row. Raises NotFound, Invalid, or a refusal for what a law fixes.

        Not for days gone by: what was told then stays as it was told.
        """
        if effective_from < today:
            raise Invalid("/effective_from", "day_is_past")
        replaced = self._shipped_for(rule_id, effective_from)
        if replaced is None:
            raise NotFound
        if replaced.is_law:
            raise Refused("rule_is_law", rule=rule_id, source=replaced.source)
        figure = _sound_figure(replaced, value)
        return OwnRule(
            rule_id, figure, replaced.unit, source, None, effective_from, "L", set_by=by, set_at=at
        )


def _sound_figure(replaced: Rule, written: int | str) -> int:
    """What an alliance may set in place of that row. Raises Invalid."""
    words, figure = words_of(replaced.unit), counted(written, replaced.unit)
    if words and written not in words:
        raise Invalid("/value", "not_among_the_words", words=", ".join(words))
    if not words and (isinstance(figure, str) or not replaced.smallest <= figure <= replaced.largest):
        raise Invalid("/value", "figure_out_of_range", least=replaced.smallest, most=replaced.largest)
    return int(figure)


@cache
def _masks(count: int) -> list[tuple[bool, ...]]:
    """Which of so many words to name, the most specific choice first."""
    return sorted(
        product((True, False), repeat=count), key=lambda mask: (-sum(mask), [not one for one in mask])
    )


def _by_rule(rows: Iterable[R]) -> Mapping[str, Sequence[R]]:
    """The rows of each rule, the newest first; of one day, the one set last."""
    found: dict[str, list[R]] = {}
    for row in reversed(tuple(rows)):
        found.setdefault(row.rule_id, []).append(row)
    for held in found.values():
        held.sort(key=lambda row: row.effective_from, reverse=True)
    return found


def _newest(rows: Mapping[str, Sequence[R]], rule_id: str, on: date) -> R | None:
    return next((row for row in rows.get(rule_id, ()) if row.effective_from <= on), None)


def read_rules(package: str) -> RuleTable:
    """The table shipped with a service."""
    rows = (row | {"value": counted(row["value"], row["unit"])} for row in table_of(package, "rules.yaml"))
    return RuleTable(TypeAdapter(tuple[Rule, ...]).validate_python(tuple(rows)))
