"""The three rates and what they count (响应率, 解决率, 满意率), and how many agreements were performed. Pure.

A rate is what was met ÷ what was counted; everything left out is listed with its reason, so that met, missed and
left out always add up to the cases of the period (hotline practice: those called back are counted, domain rule).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from services.complaints.clocks import ClockState
from services.complaints.decisions.state import Pledge
from services.complaints.terms import Channel, Method, Outcome

SMALL = 5
"""Below so many cases a figure could point at somebody, so it is shown to staff alone."""

SATISFIED_FROM = 4
"""The survey's score, 1 to 5, from which somebody is counted as satisfied."""

PublicDimension = Literal["block", "category", "month"]

Dimension = Literal[PublicDimension, "building", "place", "subcategory"]


Performance = ClockState | Literal["to_be_confirmed"]


@dataclass(frozen=True)
class Survey:
    """What one complainant said when asked how it went."""

    solved: bool
    score: int


@dataclass(frozen=True)
class CaseFacts:
    """What a case counts as. `triage` and `commitments` are the true states of its clocks on the day of the figures.

    Where no agreement was mediated, `commitments` is how far what both sides settled themselves is.
    """

    filed_on: date
    category: str
    subcategory: str
    channel: Channel
    triage: ClockState
    ended_as: Outcome | Literal["joined"] | None = None
    block_id: UUID | None = None
    building_id: UUID | None = None
    asked: int = 0
    answers: tuple[Survey, ...] = ()
    commitments: Performance | None = None
    methods: frozenset[Method] = frozenset()
    conflict: UUID | None = None
    place_id: UUID | None = None
    broken: int = 0
    """Promises whose day passed with nothing shown, or that were given up."""
    restored: int = 0
    """Of them, those that were handed to the court station, and all was performed in the end."""
    on_board: bool = True
    """No public figure counts what concerns a child, unless the guardian lets it be counted."""


@dataclass(frozen=True)
class Rate:
    """Met of counted; `excluded` tells for each reason how many were left out."""

    met: int = 0
    counted: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """Between 0 and 1, to four places; None where nothing was counted."""
        return round(self.met / self.counted, 4) if self.counted else None


@dataclass(frozen=True)
class Figures:
    """The rates over the same cases. Those filed beside or after one another are one conflict."""

    cases: int
    open: int
    conflicts: int
    responded: Rate
    solved: Rate
    satisfied: Rate
    performed: Rate
    broken: int
    restored: int
    methods: Mapping[Method, int]


def performance_of_settled(pledges: Iterable[Pledge], today: date) -> Performance | None:
    """How far what both sides settled themselves is carried out, told as an agreement's clock tells it.

    Given up means missed: neither side alone can end it, and another path is open where it was not kept. None where
    they promised nothing.
    """
    settled = [one for one in pledges if one.owed_by is not None]
    if not settled:
        return None
    if any(one.missed or one.status == "lapsed" or _is_late(one, today) for one in settled):
        return "missed"
    if all(one.status == "confirmed" for one in settled):
        return "met"
    shown = all(one.status in ("proven", "confirmed") for one in settled)
    return "to_be_confirmed" if shown and max(one.due_on for one in settled) < today else "running"


def _is_late(pledge: Pledge, today: date) -> bool:
    return pledge.status == "wanted" and pledge.due_on < today


Verdict = bool | str
"""Whether a case met a rate, or the reason why it is not counted for it."""


def figures_of(cases: Sequence[CaseFacts]) -> Figures:
    """The figures over these cases."""
    return Figures(
        cases=len(cases),
        open=sum(case.ended_as is None for case in cases),
        conflicts=len({case.conflict for case in cases}),
        responded=_rate(cases, responded),
        solved=_rate(cases, solved),
        satisfied=_rate(cases, satisfied),
        performed=_rate(cases, performed),
        broken=sum(case.broken for case in cases),
        restored=sum(case.restored for case in cases),
        methods=Counter(method for case in cases for method in case.methods),
    )


def by(dimension: Dimension, cases: Iterable[CaseFacts]) -> dict[str, list[CaseFacts]]:
    """The cases by the key of a dimension, in its order; those without one under the empty key."""
    groups: dict[str, list[CaseFacts]] = {}
    for case in cases:
        groups.setdefault(_KEYS[dimension](case), []).append(case)
    return dict(sorted(groups.items()))


def suppressed(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups whose figures the public is not shown.

    Where a single small group could be worked out from the total, the next smallest goes with it.
    """
    small = {key for key, size in sizes.items() if 0 < size < SMALL}
    others = sorted((size, key) for key, size in sizes.items() if key not in small and size)
    if small and others and sum(sizes[key] for key in small) < SMALL:
        small.add(others[0][1])
    return frozenset(small)


def responded(case: CaseFacts) -> Verdict:
    """Whether the committee took a position (accept, decline, join) within the triage clock."""
    if case.channel == "ledger":
        return "taken_over"
    match case.triage:
        case "met":
            return True
        case "missed":
            return False
        case "stopped":
            return "withdrawn"
        case _:
            return "still_running"


def solved(case: CaseFacts) -> Verdict:
    """Whether every complainant called back says that it is solved.

    Where mediation was refused and an authority removed the hazard, there was nothing for the alliance to solve.
    """
    if case.ended_as == "hazard_removed":
        return "hazard_removed"
    return _called_back(case) or all(answer.solved for answer in case.answers)


def satisfied(case: CaseFacts) -> Verdict:
    """Whether every complainant called back gave a score of satisfaction."""
    return _called_back(case) or all(answer.score >= SATISFIED_FROM for answer in case.answers)


def performed(case: CaseFacts) -> Verdict:
    """Whether the agreement was carried out by its last day; one that runs is not counted yet, nor one of which all
    was shown to be done in time and the other side has not said so.
    """
    match case.commitments:
        case None:
            return "without_agreement"
        case "running" | "paused":
            return "still_running"
        case "to_be_confirmed":
            return "to_be_confirmed"
        case "stopped":
            return "withdrawn" if case.ended_as == "withdrawn" else "debtor_left"
        case state:
            return state == "met"


def _called_back(case: CaseFacts) -> str | None:
    """Why a case does not count among those called back; None where it does."""
    if case.answers:
        return None
    if case.asked:
        return "not_answered"
    return case.ended_as or "still_running"


def _rate(cases: Iterable[CaseFacts], verdict: Callable[[CaseFacts], Verdict]) -> Rate:
    met = counted = 0
    excluded: Counter[str] = Counter()
    for case in cases:
        found = verdict(case)
        if isinstance(found, str):
            excluded[found] += 1
        else:
            counted += 1
            met += found
    return Rate(met, counted, dict(sorted(excluded.items())))


_KEYS: Mapping[Dimension, Callable[[CaseFacts], str]] = {
    "block": lambda case: str(case.block_id or ""),
    "building": lambda case: str(case.building_id or ""),
    "place": lambda case: str(case.place_id or ""),
    "category": lambda case: case.category,
    "subcategory": lambda case: case.subcategory,
    "month": lambda case: f"{case.filed_on:%Y-%m}",
}
