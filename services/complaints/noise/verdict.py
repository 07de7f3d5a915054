"""What a reading shows: the branch of the standard, its limit, the margin, how sure it is, and why it is not surer.

Only a reading by an accredited laboratory or an agency can say that the standard is exceeded; any other is a clue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import Literal, get_args

from services.complaints.noise.correction import Doubt, Holds, Judged, judge_level
from services.complaints.noise.grading import Grade, Shortfall, grade_of, shortfalls
from services.complaints.noise.reading import Reading
from services.complaints.noise.table import Limits, limits
from services.complaints.noise.validity import Fault, faults
from shared.clock import local_day
from shared.contracts.measurements import Band, Conduct, Point

Outcome = Literal["complies", "exceeds", "above_limit", "cannot_decide", "not_applicable"]
"""`above_limit` is a clue: more than the limit, by a reading that cannot establish it."""

Branch = Literal["through_structure", "near_boundary", "boundary_not_measurable", "at_boundary"]

Quantity = Literal["L_Aeq", "L_max"] | Band

Gap = Literal[
    "class_not_confirmed",
    "distance_unknown",
    "room_unknown",
    "wrong_point",
    "bands_missing",
    "maximum_missing",
]
Reason = Gap | Fault | Doubt

POINTS: dict[Branch, Point] = {
    "through_structure": "indoors_windows_closed",
    "near_boundary": "indoors_windows_open",
    "boundary_not_measurable": "outside_window",
    "at_boundary": "boundary",
}
CLAUSES: dict[Branch, tuple[str, str]] = {
    "through_structure": ("4.2", "2 + 3"),
    "near_boundary": ("4.1.3", "1"),
    "boundary_not_measurable": ("4.1.2", "1"),
    "at_boundary": ("4.1.1", "1"),
}
"""Clause and table of GB 22337-2008 for each branch."""


@dataclass(frozen=True)
class Rule:
    """What was applied."""

    standard: str
    clause: str
    table: str | None = None


@dataclass(frozen=True)
class Finding:
    """One quantity against its limit."""

    quantity: Quantity
    limit_db: int
    measured_db: str
    corrected_db: int | None
    correction_db: int | None
    margin_db: int | None
    holds: Holds


@dataclass(frozen=True)
class Verdict:
    """What follows from a reading, and on which ground."""

    outcome: Outcome
    grade: Grade
    period: Literal["day", "night"]
    branch: Branch | None
    rule: Rule | None
    findings: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    """Why it cannot be decided."""
    shortfalls: tuple[Shortfall, ...]
    """Why the grade is no higher."""

    @property
    def deciding(self) -> Finding | None:
        """The finding with the largest margin: the one people are told."""
        known = [one for one in self.findings if one.margin_db is not None]
        return max(known, key=lambda one: one.margin_db or 0) if known else next(iter(self.findings), None)


def judge(reading: Reading) -> Verdict:
    """The verdict by the rules in force on the day of the reading."""
    table = limits()
    if reading.source in get_args(Conduct):
        return _not_applicable(reading, table)
    branch = branch_of(reading, table)
    judged = dict(_judged(reading, branch, table)) if branch else {}
    reasons = tuple(
        dict.fromkeys((*_gaps(reading, branch, table), *faults(reading, table), *_doubts(judged)))
    )
    grade = grade_of(reading, table)
    return Verdict(
        outcome=_outcome(judged, grade, reasons),
        grade=grade,
        period=reading.period,
        branch=branch,
        rule=Rule(table.source, *CLAUSES[branch]) if branch else None,
        findings=tuple(_finding(quantity, one) for quantity, one in judged.items()),
        reasons=reasons,
        shortfalls=shortfalls(reading, table),
    )


def branch_of(reading: Reading, table: Limits) -> Branch | None:
    """Which limit applies, asked in the order of §4.2, §4.1.3, §4.1.2, §4.1.1; None where a fact is missing."""
    if reading.through_structure:
        return "through_structure"
    if reading.boundary_m is None:
        return None if reading.boundary_measurable else "boundary_not_measurable"
    if reading.boundary_m < table.near_boundary_m:
        return "near_boundary"
    return "at_boundary" if reading.boundary_measurable else "boundary_not_measurable"


def _not_applicable(reading: Reading, table: Limits) -> Verdict:
    """Voices, shutters, dancing and homes have no limit in dB: a rule of conduct is named instead."""
    rule = table.conduct_rule(reading.source, local_day(reading.measured_at))  # type: ignore[arg-type]
    return Verdict(
        "not_applicable",
        grade_of(reading, table),
        reading.period,
        None,
        Rule(rule.source, rule.article),
        (),
        (),
        shortfalls(reading, table),
    )


def _judged(reading: Reading, branch: Branch, table: Limits) -> Iterator[tuple[Quantity, Judged]]:
    """Every quantity the branch limits, as far as it was measured and the class is known."""
    zone, period, room = reading.zone_class, reading.period, reading.room
    if zone is None:
        return
    if branch != "through_structure":
        less = table.indoors_less_db if branch == "near_boundary" else 0
        limit = table.at_boundary(zone, period) - less
        yield "L_Aeq", judge_level(reading.level_db, reading.background_db, limit, table)
        return
    if room is None:
        return
    limit = table.through_structure(zone, period, room)
    yield "L_Aeq", judge_level(reading.level_db, reading.background_db, limit, table)
    for hz, band_limit in table.by_band(zone, period, room).items():
        band = reading.by_band.get(hz)
        if band is not None:
            yield hz, judge_level(band.level_db, band.background_db, band_limit, table)
    if not reading.steady and reading.maximum_db is not None:
        yield "L_max", _maximum(reading, limit + table.maximum_above_db)


def _maximum(reading: Reading, limit: int) -> Judged:
    """Judged as it was measured, with no background taken off (§6.2)."""
    assert reading.maximum_db is not None  # noqa: S101
    above = reading.maximum_db > limit
    rounded = int(reading.maximum_db.to_integral_value(ROUND_CEILING if above else ROUND_FLOOR))
    return Judged(limit, reading.maximum_db, rounded, None, "above" if above else "within")


def _gaps(reading: Reading, branch: Branch | None, table: Limits) -> Iterator[Gap]:
    """Facts without which no limit, or not every limit, can be applied."""
    if reading.zone_class is None:
        yield "class_not_confirmed"
    if branch is None:
        yield "distance_unknown"
        return
    if reading.point != POINTS[branch]:
        yield "wrong_point"
    if branch != "through_structure":
        return
    if reading.room is None:
        yield "room_unknown"
    if set(table.band_hz) - reading.by_band.keys():
        yield "bands_missing"
    if not reading.steady and reading.maximum_db is None:
        yield "maximum_missing"


_PARTLY: frozenset[Reason] = frozenset(
    {"bands_missing", "maximum_missing", "background_missing", "background_too_high"}
)
"""These leave one quantity open; another that is above its limit decides all the same."""


def _doubts(judged: dict[Quantity, Judged]) -> Iterator[Doubt]:
    return (one.doubt for one in judged.values() if one.doubt is not None)


def _outcome(judged: dict[Quantity, Judged], grade: Grade, reasons: tuple[Reason, ...]) -> Outcome:
    if set(reasons) - _PARTLY:
        return "cannot_decide"
    if any(one.holds == "above" for one in judged.values()):
        return "exceeds" if grade == "accredited_cma" else "above_limit"
    return "cannot_decide" if reasons else "complies"


def _finding(quantity: Quantity, judged: Judged) -> Finding:
    return Finding(
        quantity,
        judged.limit_db,
        str(judged.measured_db),
        judged.corrected_db,
        judged.correction_db,
        judged.margin_db,
        judged.holds,
    )
