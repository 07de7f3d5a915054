"""Turns the table's audiences into people: from the event and the alliance's roles alone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from services.notifications.rules import Audience, lines_for
from shared.contracts.envelope import Contract

Side = Literal["complainant", "respondent", "staff"]

STAFF = {
    Audience.MEDIATOR,
    Audience.PROPOSED,
    Audience.REMOVED,
    Audience.DECLINED,
    Audience.FOLLOWER,
    Audience.COORDINATORS,
    Audience.CAPTAINS,
    Audience.AWAITED,
    Audience.GUESTS,
}


@dataclass(frozen=True)
class Roster:
    """Who holds the roles the table speaks of, and who has been told of this case before."""

    coordinators: tuple[UUID, ...]
    told: frozenset[UUID]
    captains: tuple[UUID, ...] = ()
    """Of the building the event names, if it names one."""


@dataclass(frozen=True)
class Recipient:
    """One person to be told, and which side they stand on in the case."""

    member_id: UUID
    kind: str
    side: Side


class NobodyCoordinates(Exception):
    """The alliance has no coordinator that we know of: its members have not reached us yet, or none is named.

    Told to nobody it would be lost; so the record is tried again and then set aside, where operators see it.
    """


def recipients(event: Contract, roster: Roster) -> list[Recipient]:
    """Everybody to be told of `event`, each once. Raises NobodyCoordinates."""
    told: dict[UUID, Recipient] = {}
    for line in lines_for(event):
        for member_id in _AUDIENCES[line.audience](event, roster):
            side = _side(event, member_id, line.audience)
            told.setdefault(member_id, Recipient(member_id, line.kind, side))
    return list(told.values())


def _side(event: Any, member_id: UUID, audience: Audience) -> Side:
    """A stranger to the event who is not staff is taken for the one whose identity may be hidden."""
    sides: dict[UUID, Side] = {party.member_id: party.side for party in event.parties}
    return sides.get(member_id, "staff" if audience in STAFF else "complainant")


def _of_side(event: Any, side: str) -> Iterator[UUID]:
    return (party.member_id for party in event.parties if party.side == side)


def _told_respondents(event: Any, roster: Roster) -> Iterable[UUID]:
    """A case that ends before it was accepted is never heard of by the other side."""
    return (member_id for member_id in _of_side(event, "respondent") if member_id in roster.told)


def _other_side(event: Any, _: Roster) -> Iterable[UUID]:
    sides = {party.member_id: party.side for party in event.parties}
    own = sides.get(event.owner_id)
    return [member_id for member_id, side in sides.items() if side != own]


def _mediator(event: Any, _: Roster) -> Iterable[UUID]:
    return [event.mediator_id] if event.mediator_id else []


def _follower(event: Any, roster: Roster) -> Iterable[UUID]:
    return _mediator(event, roster) or _coordinators(event, roster)


def _coordinators(_: Any, roster: Roster) -> Iterable[UUID]:
    if not roster.coordinators:
        raise NobodyCoordinates
    return roster.coordinators


_AUDIENCES: Mapping[Audience, Callable[[Any, Roster], Iterable[UUID]]] = {
    Audience.COMPLAINANTS: lambda event, _: _of_side(event, "complainant"),
    Audience.RESPONDENTS: lambda event, _: _of_side(event, "respondent"),
    Audience.TOLD_RESPONDENTS: _told_respondents,
    Audience.PARTIES: lambda event, _: [party.member_id for party in event.parties],
    Audience.ADDRESSEES: lambda event, _: event.to,
    Audience.AWAITED: lambda event, _: event.to,
    Audience.SURVEYED: lambda event, _: [event.member_id],
    Audience.OWNER: lambda event, _: [event.owner_id],
    Audience.OTHER_SIDE: _other_side,
    Audience.MEDIATOR: _mediator,
    Audience.PROPOSED: lambda event, _: [event.proposed_id],
    Audience.DECLINED: lambda event, _: [event.passed_id],
    Audience.REMOVED: lambda event, _: [event.removed_id],
    Audience.FOLLOWER: _follower,
    Audience.COORDINATORS: _coordinators,
    Audience.GUESTS: lambda event, _: event.guests,
    Audience.CAPTAINS: lambda _, roster: roster.captains,
}
