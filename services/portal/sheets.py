"""Figures as a table for a spreadsheet, in the reader's words: the services know places by their ids alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.portal.board import RATES, Figures
from shared import sheets


def sheet(
    by: str,
    rows: Sequence[tuple[str, Figures | None]],
    total: Figures | None,
    *,
    say: Callable[..., str],
    word: Callable[[str, str], str],
) -> str:
    """Each group in a line, what was left out with its reasons."""
    heads = [say(f"board_group_{by}"), say("board_cases"), say("board_open"), *_heads(say)]
    lines = (
        [sheets.plain(name), *_cells(figures, word)]
        for name, figures in [*rows, (say("board_in_all"), total)]
    )
    return sheets.sheet([heads, *lines])


def _heads(say: Callable[..., str]) -> list[str]:
    rates = [say(f"board_{rate}") for rate in RATES]
    return [
        head
        for rate in rates
        for head in (
            rate,
            *(say(f"sheet_{part}", rate=rate) for part in ("met", "counted", "left_out")),
        )
    ]


def _cells(figures: Figures | None, word: Callable[[str, str], str]) -> list[str | int | float | None]:
    if figures is None:
        return ["<5"]
    cells: list[str | int | float | None] = [figures.cases, figures.open]
    for _, rate in figures.rates:
        left_out = "; ".join(f"{word('left_out', reason)} {count}" for reason, count in rate.excluded.items())
        cells += [rate.value, rate.met, rate.counted, left_out]
    return cells
