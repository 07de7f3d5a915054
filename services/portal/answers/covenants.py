"""Covenants (公约) as everybody reads them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.common import Answer
from shared.texts import Language


class Titled(Answer):
    """By its name, in English where it has one."""

    title: str
    title_en: str | None = None

    def named(self, language: Language) -> str:
        """What it is called on a page in this language."""
        return (self.title_en if language == "en" else None) or self.title


class CovenantSummary(Titled):
    """The version that holds today, without its clauses."""

    id: UUID
    alliance_id: UUID
    standing: str
    version: int
    clauses: int
    sides: tuple[str, ...]
    in_force_since: date
    ended_on: date | None = None


class Clause(Answer):
    """One clause under the number that it keeps."""

    number: int
    text: str


class Count(Answer):
    """How many of a side were there, and were for it."""

    side: str
    present: int
    in_favour: int


class Meeting(Answer):
    """Where it was adopted."""

    kind: str
    place: str
    counts: tuple[Count, ...] = ()


class CovenantVersion(Titled):
    """One version, whole."""

    number: int
    clauses: tuple[Clause, ...]
    sides: tuple[str, ...]
    adopted_on: date
    meeting: Meeting
    in_force_from: date
    filed_on: date | None = None


class Covenant(CovenantSummary):
    """A covenant with all its versions, the newest first."""

    ended_because: str | None = None
    versions: tuple[CovenantVersion, ...]

    @property
    def shown(self) -> CovenantVersion:
        """The version that holds today."""
        return next(one for one in self.versions if one.number == self.version)

    @property
    def next_number(self) -> int:
        """Which number a clause takes that was never there."""
        return 1 + max(clause.number for one in self.versions for clause in one.clauses)
