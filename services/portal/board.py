"""The public board as its page shows it: figures, and the bars drawn of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.portal.answers import Answer
from shared.clock import local_day

CHART_HEIGHT = 96.0
BAR_PITCH = 28.0
BAR_WIDTH = 18.0
"""In units of the drawing, whose own width is a pitch for each bar."""


class Rate(Answer):
    """How many of those counted, and as a part of one; None where nobody was counted."""

    value: float | None
    met: int
    counted: int

    @property
    def percent(self) -> int | None:
        """To whole percents."""
        return None if self.value is None else round(self.value * 100)


class Figures(Answer):
    """The figures of some cases."""

    cases: int
    open: int
    responded: Rate
    solved: Rate
    satisfied: Rate
    performed: Rate

    @property
    def rates(self) -> list[tuple[str, Rate]]:
        """Each by its name, in the order in which they are read."""
        return [(name, getattr(self, name)) for name in ("responded", "solved", "satisfied", "performed")]


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


class Block(Answer):
    """A block by its name."""

    id: UUID
    name: str


class Alliance(Answer):
    """An alliance with its blocks."""

    id: UUID
    name: str
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
    known = {group.key: group.figures for group in board.months}
    numbers = {
        month: _number(known[month]) if month in known else 0
        for month in _months(board.since, local_day(board.as_of))
    }
    highest = max((number for number in numbers.values() if number), default=1)
    return [_bar(place, month, numbers[month], highest) for place, month in enumerate(numbers)]


def _number(figures: Figures | None) -> int | None:
    return figures.cases if figures else None


def _months(first: date, last: date) -> list[str]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _bar(place: int, month: str, cases: int | None, highest: int) -> Bar:
    height = round(CHART_HEIGHT * (cases or 0) / highest, 1)
    label = str(int(month.rsplit("-", 1)[-1]))
    return Bar(label, cases, place * BAR_PITCH + (BAR_PITCH - BAR_WIDTH) / 2, CHART_HEIGHT - height, height)
