"""The matter and its parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Side = Literal["complainant", "respondent"]

Dwelling = Literal["home", "shop"]

Conflict = Literal["party", "lives_there", "works_there", "trades_there", "family", "same_trade"]
"""Why somebody may not mediate (利害关系)."""


@dataclass(frozen=True)
class Span:
    """From one moment to another, the end not included."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Party:
    """Somebody whose yes is needed; `windows` are the times they said they can come (none: they said nothing)."""

    member_id: UUID
    side: Side
    dwelling: Dwelling
    consented: bool = False
    separate: bool = False
    windows: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Matter:
    """The case as mediation sees it. `hidden`: the parties must not learn who the others are (隐名)."""

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: str
    hidden: bool
    place_id: UUID | None
    consent_until: date
    parties: tuple[Party, ...]

    def party(self, member_id: UUID) -> Party | None:
        return next((party for party in self.parties if party.member_id == member_id), None)

    def side(self, side: Side) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.side == side)

    @property
    def separate(self) -> bool:
        """Whether the talks are held apart (背靠背): somebody asked for it, or would be recognised."""
        return self.hidden or any(party.separate for party in self.parties)


def other_side(side: Side) -> Side:
    """The side that confirms what this one promised."""
    return "respondent" if side == "complainant" else "complainant"
