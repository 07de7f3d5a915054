"""The public board as its page shows it: figures, and the bars drawn of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.portal.answers import Answer
from shared.clock import local_day

CHART_HEIGHT = 96.0
BAR_PITCH = 28.0
BAR_WIDTH = 18.0
"""In units of the drawing, whose own width is a pitch for each bar."""


RATES = ("responded", "solved", "satisfied", "performed")
"""In the order in which they are read."""


class Rate(Answer):
    """How many of those counted, and as a part of one; None where nobody was counted."""

    value: float | None
    met: int
    counted: int
    excluded: dict[str, int] = Field(default_factory=dict)
    """How many were left out, by the reason."""

    @property
    def percent(self) -> int | None:
        """To whole percents."""
        return None if self.value is None else round(self.value * 100)


class Figures(Answer):
    """The figures of some cases."""

    cases: int
    open: int
    methods: dict[str, int] = Field(default_factory=dict)
    """In how many of them each of the ten methods was used."""
    responded: Rate
    solved: Rate
    satisfied: Rate
    performed: Rate
    broken: int | None = None
    restored: int | None = None
    """Promises not kept, and of them those that were through the court station; None by place."""

    @property
    def rates(self) -> list[tuple[str, Rate]]:
        """Each by its name, in the order in which they are read."""
        return [(name, getattr(self, name)) for name in RATES]


class Group(Answer):
    """One month, category or block; no figures where there are too few cases to show."""

    key: str
    figures: Figures | None


class Board(Answer):
    """An alliance's public figures."""

    since: date
    as_of: datetime
    total: Figures | None
    months: tuple[Group, ...]
    categories: tuple[Group, ...]
    blocks: tuple[Group, ...]


class OpenSession(Answer):
    """A session to which everybody may come and listen."""

    starts_at: datetime
    ends_at: datetime
    room: str
    category: str


class Block(Answer):
    """A block by its name."""

    id: UUID
    name: str


class Alliance(Answer):
    """An alliance with its blocks, and how it is reached."""

    id: UUID
    name: str
    contact: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Table:
    """One way of grouping, in words."""

    by: str
    rows: list[tuple[str, Figures | None]]


@dataclass(frozen=True)
class Bar:
    """One group as a bar; `cases` is None where the number is not shown."""

    label: str
    cases: int | None
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + BAR_WIDTH / 2


def table(by: str, groups: Sequence[Group], name: Callable[[str], str]) -> Table:
    """The groups under their names."""
    return Table(by, [(name(group.key), group.figures) for group in groups])


def bars(board: Board) -> list[Bar]:
    """A bar for each month from the first on, one without cases too; the highest as high as the drawing."""
    return month_bars(board.months, board.since, local_day(board.as_of))


def month_bars(months: Sequence[Group], since: date, until: date) -> list[Bar]:
    """The same for any months."""
    known = {group.key: group.figures for group in months}
    return bars_of(
        [
            (str(int(month.rsplit("-", 1)[-1])), _number(known[month]) if month in known else 0)
            for month in _months(since, until)
        ]
    )


def bars_of(numbers: Sequence[tuple[str, int | None]]) -> list[Bar]:
    """A bar for each number under its label."""
    highest = max((number for _, number in numbers if number), default=1)
    return [_bar(place, label, number, highest) for place, (label, number) in enumerate(numbers)]


def by_street(rows: Sequence[tuple[str, Figures | None]]) -> list[tuple[str, Figures | None]]:
    """Places added up by their street: what stands before the number, of 山北路116号 it is 山北路."""
    streets: dict[str, list[Figures]] = {}
    for name, figures in rows:
        if figures is not None:
            streets.setdefault(street_of(name), []).append(figures)
    return [(street, _added(several)) for street, several in streets.items()]


def street_of(name: str) -> str:
    """A lane's number is part of its name (118弄3号 lies in 118弄)."""
    found = re.match(r"\d+弄|\D+", name)
    return found.group().strip() if found else name


def _added(several: Sequence[Figures]) -> Figures:
    rates = {name: _added_rate([getattr(one, name) for one in several]) for name in RATES}
    return Figures(
        cases=sum(one.cases for one in several),
        open=sum(one.open for one in several),
        methods=_summed([one.methods for one in several]),
        **rates,
    )


def _added_rate(rates: Sequence[Rate]) -> Rate:
    met, counted = sum(one.met for one in rates), sum(one.counted for one in rates)
    return Rate(
        value=met / counted if counted else None,
        met=met,
        counted=counted,
        excluded=_summed([one.excluded for one in rates]),
    )


def _summed(several: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return dict(sum((Counter(one) for one in several), Counter()))


def _number(figures: Figures | None) -> int | None:
    return figures.cases if figures else None


def _months(first: date, last: date) -> list[str]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _bar(place: int, label: str, cases: int | None, highest: int) -> Bar:
    height = round(CHART_HEIGHT * (cases or 0) / highest, 1)
    return Bar(label, cases, place * BAR_PITCH + (BAR_PITCH - BAR_WIDTH) / 2, CHART_HEIGHT - height, height)
