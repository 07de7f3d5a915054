"""A table of places as it is pasted into a page, and how far its entering is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from services.portal.forms import Form

AT_ONCE = 20
"""Lines that one request enters: so long that a page can wait for it."""

MOST_LINES = 2000
_COMMA, _SMALL = re.compile(r"[,，]"), re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Line:
    """One place: what it is, its name, what it stands in, and what a shop trades in."""

    kind: str
    name: str
    inside: str = ""
    trade: str = ""

    @classmethod
    def read(cls, written: str, kinds: Mapping[str, str]) -> Self | None:
        """The place in a line of a spreadsheet, `kinds` by the words for them; None where that is not one."""
        parted = written.split("\t") if "\t" in written else _COMMA.split(written)
        columns = [column.strip() for column in parted]
        kind = kinds.get(columns[0].lower())
        if kind is None or not 2 <= len(columns) <= 4 or not columns[1]:
            return None
        return cls(kind, *columns[1:])


@dataclass(frozen=True)
class Work:
    """What of a table is entered, what was there already, what was refused and why, and what waits."""

    waiting: tuple[str, ...]
    entered: int = 0
    there: int = 0
    refused: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, form: Form) -> Self:
        """As the page carries it from one request to the next; nothing of it is kept here."""
        refused = zip(_lines(form["refused"]), _lines(form["why"]), strict=False)
        return cls(_lines(form["rows"]), _count(form["entered"]), _count(form["there"]), tuple(refused))

    @property
    def done(self) -> int:
        return self.entered + self.there + len(self.refused)

    @property
    def total(self) -> int:
        return self.done + len(self.waiting)

    def has_entered(self) -> Self:
        """The first of what waits is in the register now."""
        return replace(self, waiting=self.waiting[1:], entered=self.entered + 1)

    def was_there(self) -> Self:
        """The first of what waits stood in the register before."""
        return replace(self, waiting=self.waiting[1:], there=self.there + 1)

    def was_refused(self, why: str) -> Self:
        """The first of what waits cannot be entered as it is written."""
        return replace(self, waiting=self.waiting[1:], refused=(*self.refused, (self.waiting[0], why)))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _count(text: str) -> int:
    return int(text) if _SMALL.fullmatch(text) else 0
