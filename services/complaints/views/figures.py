"""The figures as an answer and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel

from services.complaints.board import Board
from services.complaints.figures import (
    CaseFacts,
    Dimension,
    Figures,
    Rate,
    by,
    figures_of,
    suppressed,
)
from services.complaints.sentences import TEXTS
from services.complaints.terms import Method
from shared.clock import local_day
from shared.sheets import sheet
from shared.texts import Language

RATES = ("responded", "solved", "satisfied", "performed")


class RateView(BaseModel):
    """`value` is met ÷ counted; what was left out is listed with its reason."""

    value: float | None
    met: int
    counted: int
    excluded: dict[str, int]


class FigureSet(BaseModel):
    """The rates of some cases: 响应率, 解决率, 满意率, and how many agreements were performed in time."""

    cases: int
    open: int
    conflicts: int
    """Cases filed beside or after one another are one."""
    responded: RateView
    solved: RateView
    satisfied: RateView
    performed: RateView
    broken: int | None
    """Promises whose day passed with nothing shown, or that were given up; None by place and building, for nobody
    keeps a list of who broke what."""
    restored: int | None
    """Of them, those that were handed to the court station, and all was performed in the end."""
    methods: dict[Method, int]


class FigureGroup(BaseModel):
    """The figures of one block, building, category or month; none where so few cases would point at somebody."""

    key: str
    figures: FigureSet | None


class FigurePage(BaseModel):
    """Cases filed from `since` to `until`, as they stand now."""

    since: date
    until: date
    total: FigureSet | None
    groups: list[FigureGroup]


class BoardPage(BaseModel):
    """What everybody may know of an alliance's cases filed from `since` on, as they stood at `as_of`."""

    since: date
    as_of: datetime
    total: FigureSet | None
    months: list[FigureGroup]
    categories: list[FigureGroup]
    blocks: list[FigureGroup]


def board_page(board: Board) -> BoardPage:
    """The board, without any group so small that it would point at somebody."""
    return BoardPage(
        since=board.since,
        as_of=board.as_of,
        total=_total(board.cases, shows_small=False),
        months=_groups(board.cases, "month", shows_small=False),
        categories=_groups(board.cases, "category", shows_small=False),
        blocks=_groups(board.cases, "block", shows_small=False),
    )


def public_page(board: Board, dimension: Dimension) -> FigurePage:
    """The board by one dimension."""
    return figure_page(board.cases, board.since, local_day(board.as_of), dimension, shows_small=False)


def figure_page(
    cases: Sequence[CaseFacts], since: date, until: date, dimension: Dimension | None, *, shows_small: bool
) -> FigurePage:
    """The figures of these cases, and of each group of them; small groups only to whom they are shown."""
    return FigurePage(
        since=since,
        until=until,
        total=_total(cases, shows_small=shows_small),
        groups=_groups(cases, dimension, shows_small=shows_small) if dimension else [],
    )


def _total(cases: Sequence[CaseFacts], *, shows_small: bool) -> FigureSet | None:
    withheld = not shows_small and bool(suppressed({"": len(cases)}))
    return None if withheld else _set(figures_of(cases))


def _groups(cases: Sequence[CaseFacts], dimension: Dimension, *, shows_small: bool) -> list[FigureGroup]:
    groups = by(dimension, cases)
    sizes = {key: len(members) for key, members in groups.items()}
    withheld = frozenset() if shows_small else suppressed(sizes)
    return [
        FigureGroup(key=key, figures=None if key in withheld else _set(figures_of(members), dimension))
        for key, members in groups.items()
    ]


def figure_table(page: FigurePage, language: Language) -> str:
    """The page as a table."""
    heads = [
        TEXTS("figures_group", language),
        TEXTS("figures_cases", language),
        *(
            TEXTS(f"figures_{part}", language, rate=TEXTS(f"figures_{rate}", language))
            for rate in RATES
            for part in ("value", "met", "counted", "excluded")
        ),
        TEXTS("figures_conflicts", language),
        TEXTS("figures_open", language),
        TEXTS("figures_broken", language),
        TEXTS("figures_restored", language),
    ]
    groups = ([group.key, *_cells(group.figures)] for group in page.groups)
    return sheet([heads, *groups, [TEXTS("figures_total", language), *_cells(page.total)]])


def _cells(figures: FigureSet | None) -> list[str | int | float | None]:
    if figures is None:
        return ["<5"]
    cells: list[str | int | float | None] = [figures.cases]
    for name in RATES:
        rate: RateView = getattr(figures, name)
        excluded = "; ".join(f"{reason}={count}" for reason, count in rate.excluded.items())
        cells += [rate.value, rate.met, rate.counted, excluded]
    return [*cells, figures.conflicts, figures.open, figures.broken, figures.restored]


def _set(figures: Figures, dimension: Dimension | None = None) -> FigureSet:
    points_at_one = dimension in ("place", "building")
    return FigureSet(
        cases=figures.cases,
        open=figures.open,
        conflicts=figures.conflicts,
        responded=_rate(figures.responded),
        solved=_rate(figures.solved),
        satisfied=_rate(figures.satisfied),
        performed=_withheld(figures.cases) if points_at_one else _rate(figures.performed),
        broken=None if points_at_one else figures.broken,
        restored=None if points_at_one else figures.restored,
        methods=dict(_in_order(figures.methods)),
    )


def _in_order(methods: Mapping[Method, int]) -> list[tuple[Method, int]]:
    return sorted(methods.items(), key=lambda item: (-item[1], item[0]))


def _withheld(cases: int) -> RateView:
    """All cases left out: 0 of 1 performed says as much as a promise that was broken."""
    return RateView(value=None, met=0, counted=0, excluded={"withheld": cases})


def _rate(rate: Rate) -> RateView:
    return RateView(value=rate.value, met=rate.met, counted=rate.counted, excluded=dict(rate.excluded))
