"""Who may not mediate a matter, from facts alone (利害关系, 回避; People's Mediation Law art. 15).

Not a party; not living, working or trading in the building of a party or of the place in question; no
family of a party, declared or under one roof; not in a party's trade; not with or against one of them in another
mediation; not near to any of them by their own word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from services.mediation.state import Conflict

OccupancyKind = Literal["lives", "trades", "works"]

_BY_PRESENCE: dict[OccupancyKind, Conflict] = {
    "lives": "lives_there",
    "works": "works_there",
    "trades": "trades_there",
}


@dataclass(frozen=True)
class Occupancy:
    """Where somebody is on the day in question. A place outside any building has no `building_id`."""

    place_id: UUID
    building_id: UUID | None
    kind: OccupancyKind
    trade: str | None = None


@dataclass(frozen=True)
class Person:
    """What bears on somebody's impartiality."""

    member_id: UUID
    occupancies: tuple[Occupancy, ...] = ()
    kin: frozenset[UUID] = field(default_factory=frozenset)
    declared: frozenset[UUID] = field(default_factory=frozenset)
    """Members and places a mediator named as too near to them."""
    stood_with: frozenset[UUID] = field(default_factory=frozenset)
    """Who was a party beside or against a mediator when they were one themselves."""


def conflicts(
    mediator: Person,
    parties: tuple[Person, ...],
    *,
    building_id: UUID | None,
    place_id: UUID | None = None,
) -> frozenset[Conflict]:
    """Every reason why `mediator` may not lead; `place_id` is the place in question, in its building."""
    buildings = {one.building_id or one.place_id for party in parties for one in party.occupancies}
    exposed = buildings | ({building_id} if building_id else set())
    found = {
        _BY_PRESENCE[one.kind] for one in mediator.occupancies if (one.building_id or one.place_id) in exposed
    }
    if any(party.member_id == mediator.member_id for party in parties):
        found.add("party")
    if any(_is_family(mediator, party) for party in parties):
        found.add("family")
    if _trades(mediator) & {trade for party in parties for trade in _trades(party)}:
        found.add("same_trade")
    if mediator.stood_with & {party.member_id for party in parties}:
        found.add("earlier_party")
    near = {one.place_id for party in parties for one in party.occupancies} | exposed
    near |= {party.member_id for party in parties} | ({place_id} if place_id else set())
    if mediator.declared & near:
        found.add("declared")
    return frozenset(found)


def _is_family(one: Person, other: Person) -> bool:
    declared = other.member_id in one.kin or one.member_id in other.kin
    return declared or bool(_homes(one) & _homes(other))


def _homes(person: Person) -> set[UUID]:
    return {one.place_id for one in person.occupancies if one.kind == "lives"}


def _trades(person: Person) -> set[str]:
    return {one.trade for one in person.occupancies if one.trade}
