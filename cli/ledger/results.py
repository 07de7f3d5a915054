"""What became of each row, in a file that can be opened in the spreadsheet program the ledger came from."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cli.ledger.problems import Named, Unusable

Result = Literal["created", "already_there", "valid", "error"]

COLUMNS = ("row", "key", "result", "reference", "error", "field", "sentence")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_KEY = 200


@dataclass(frozen=True)
class Outcome:
    """One row's end: a case with its reference, or a named error."""

    row: int
    key: str
    result: Result
    reference: str = ""
    error: Named | None = None


@dataclass
class Tally:
    """Counts that must add up to the rows of the ledger."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.counts.total()

    def __getitem__(self, result: Result) -> int:
        return self.counts[result]


class ResultFile:
    """Writes each outcome as it is known, so that an interrupted run has said what it did."""

    def __init__(self, lines: object, path: Path) -> None:
        self._writer = csv.writer(lines)  # type: ignore[arg-type]
        self._lines = lines
        self.path = path
        self._writer.writerow(COLUMNS)

    def write(self, outcome: Outcome) -> None:
        named = outcome.error or Named("")
        about = f"{named.sentence} ({named.about})" if named.about else named.sentence
        line = (
            str(outcome.row),
            outcome.key[:_LONGEST_KEY].replace("\n", " + "),
            outcome.result,
            outcome.reference,
            named.code,
            named.field,
            about,
        )
        self._writer.writerow([harmless(cell) for cell in line])
        self._lines.flush()  # type: ignore[attr-defined]


@contextmanager
def result_file(path: Path) -> Iterator[ResultFile]:
    """Raises Unusable when it cannot be written, before anything is sent."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as lines:
            yield ResultFile(lines, path)
    except OSError as error:
        raise Unusable("result_unwritable", path=path, why=error.strerror) from None


def harmless(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula (CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
