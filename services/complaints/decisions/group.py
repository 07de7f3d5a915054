"""What a lead case knows of those who complain together: whom they name, who speaks for them, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

LEADS = 2
"""As many speak for a group; what binds it needs both."""


@dataclass(frozen=True)
class Nomination:
    """Whom somebody named."""

    by: UUID
    chosen: tuple[UUID, ...]


@dataclass(frozen=True)
class Drawn:
    """What the lot said, so that anybody may draw it again: all who were willing, in its order."""

    on: date
    lot: str
    order: tuple[UUID, ...]
    seats: int

    def speakers(self, members: Collection[UUID]) -> tuple[UUID, ...]:
        """The first of them; for whoever has left the next steps in."""
        return tuple(one for one in self.order if one in members)[: self.seats]


@dataclass(frozen=True)
class Group:
    """Who is joined is not told here: it stands in their own cases."""

    nominations: tuple[Nomination, ...] = ()
    willing: tuple[UUID, ...] = ()
    """Who accepted, in that order."""
    leads: tuple[UUID, ...] = ()
    held: tuple[UUID, ...] = ()
    """Words among them that wait for the coordinator."""
    asked_until: date | None = None
    """Until when what was written for them lies before each of them."""
    volunteers: tuple[UUID, ...] = ()
    """Who would speak at the session beside the two."""
    drawn: Drawn | None = None
    tell_at: datetime | None = None
    """When they are told that there is news, if there is any."""

    def with_nomination(self, said: Nomination) -> Group:
        """The same with what this one says now, and nothing of what they said before."""
        others = (one for one in self.nominations if one.by != said.by)
        return replace(self, nominations=(*others, said))

    def without(self, party: UUID) -> Group:
        """The same with that one speaking for nobody."""
        return replace(self, leads=tuple(one for one in self.leads if one != party))

    def votes(self, members: Collection[UUID]) -> Counter[UUID]:
        """How often each was named; who has left is neither counted nor heard."""
        named = (one.chosen for one in self.nominations if one.by in members)
        return Counter(party for chosen in named for party in chosen if party in members)

    def elected(self, members: Collection[UUID]) -> tuple[UUID, ...]:
        """Who speaks for all: of those who were named and are willing the first two. Silence is no vote.

        A place that was filled stays filled; of two named as often, who was willing first.
        """
        votes = self.votes(members)
        willing = [one for one in self.willing if votes[one] and one not in self.leads]
        willing.sort(key=lambda one: -votes[one])
        return (*self.leads, *willing)[:LEADS]
