"""Talks held apart (背靠背): within one session each side has a part of its own, and nobody meets at the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.mediation.rules import Rules
from services.mediation.state import Part, Session, Side, Slot, Span

IN_TURN: tuple[Side, ...] = ("respondent", "complainant")
"""Who comes first, who next: always alike, so that the order says nothing about anybody."""


def length(*, separate: bool, rules: Rules) -> timedelta:
    """How long a session takes, the gaps between its parts included."""
    if not separate:
        return rules.session
    return rules.talk * len(IN_TURN) + rules.talk_gap * (len(IN_TURN) - 1)


def parts(
    starts_at: datetime, ends_at: datetime, sides: Sequence[Side], *, gap: timedelta
) -> tuple[Part, ...]:
    """The time cut into equal talks, one for each side in turn, with `gap` between one and the next."""
    talk = (ends_at - starts_at - gap * (len(sides) - 1)) / len(sides)
    begins = (starts_at + place * (talk + gap) for place in range(len(sides)))
    return tuple(Part(side, begin, begin + talk) for side, begin in zip(sides, begins, strict=True))


def parts_of(whole: Span | Slot, *, separate: bool, rules: Rules) -> tuple[Part, ...]:
    """The parts of a session at this time; none of one at which all sit together."""
    return parts(whole.starts_at, whole.ends_at, IN_TURN, gap=rules.talk_gap) if separate else ()


def arrivals(session: Session) -> list[tuple[Side | None, datetime]]:
    """When whom is waited for: each side at its part, and for None whoever is there for the whole of it."""
    return [(None, session.starts_at), *((part.side, part.starts_at) for part in session.parts)]


def time_for(side: Side | None, whole: Span | Slot | Session, parts: Sequence[Part]) -> Span:
    """When this side is to be there: its part, or the whole where there are no parts or it is nobody's side."""
    own: Span | Slot | Session | Part = next((part for part in parts if part.side == side), whole)
    return Span(own.starts_at, own.ends_at)
