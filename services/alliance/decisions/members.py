"""What a member may become: contact, roles with scope, occupancies (占用期) and kin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import Literal
from uuid import UUID

from services.alliance.commands import (
    ChangeContact,
    DeclareKin,
    EndMembership,
    EndOccupancy,
    GrantRole,
    MemberCommand,
    NewOccupancy,
    RegisterMember,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.decisions.places import Places
from services.alliance.events import (
    ContactChanged,
    KinshipDeclared,
    MemberErased,
    MemberEvent,
    MemberRegistered,
    OccupancyEnded,
    OccupancyKind,
    OccupancyStarted,
    PlaceKind,
    RoleGranted,
    RoleWithdrawn,
)
from shared.access.actor import Grant
from shared.errors import Invalid, NotFound, Refused
from shared.texts import Language


@dataclass(frozen=True)
class Stranger:
    """Not a member yet."""


@dataclass(frozen=True)
class Occupancy:
    id: UUID
    place_id: UUID
    building_id: UUID | None
    kind: OccupancyKind
    trade: str | None
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True)
class Member:
    display_name: str
    email: str | None = None
    phone: str | None = None
    language: Language = "zh-CN"
    grants: tuple[Grant, ...] = ()
    occupancies: tuple[Occupancy, ...] = ()
    kin: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Erased:
    """Was a member. The entry stays, so that the history under its id can be verified, and nobody finds it."""

    display_name: Literal[""] = ""


MemberState = Stranger | Member | Erased


@dataclass(frozen=True)
class Known:
    """What the register holds of the places and members a command speaks of."""

    places: Places = field(default_factory=dict)
    members: AbstractSet[UUID] = frozenset()


FITTING: Mapping[OccupancyKind, frozenset[PlaceKind]] = {
    "lives": frozenset({"unit"}),
    "trades": frozenset({"shop", "unit"}),
    "works": frozenset({"block", "building", "unit", "shop", "room"}),
}
"""Where one may live, trade or work. That somebody sleeps in a shop (三合一) is a matter for a case."""

BUILDING_ONLY = frozenset({"building_captain"})
ANY_SCOPE = frozenset({"volunteer"})
"""Every other role counts in the whole alliance: services ask only whether it is held."""


def decide(  # noqa: PLR0911 - one answer for each command
    state: MemberState, command: MemberCommand, known: Known
) -> list[MemberEvent]:
    """Events that follow from `command`; none when it is already so."""
    match state, command:
        case Stranger(), RegisterMember():
            return _registered(state, command, known)
        case Member(), RegisterMember():
            raise Refused("already_registered")
        case Member(), ChangeContact(_, name, email, phone, language):
            event = ContactChanged(name, email, phone, language)
            return [] if evolve(state, event) == state else [event]
        case Member(), GrantRole(_, grant):
            _require_scope(grant, known, at="")
            return [] if grant in state.grants else [RoleGranted(grant)]
        case Member(), WithdrawRole(_, grant):
            return [RoleWithdrawn(grant)] if grant in state.grants else []
        case Member(), StartOccupancy(_, occupancy):
            return [_started(state, occupancy, known, at="")]
        case Member(), EndOccupancy():
            return _ended(state, command)
        case Member(), DeclareKin():
            return _declared(state, command, known)
        case Member(), EndMembership(_, on):
            return _left(state, on)
        case _:
            raise NotFound


def _registered(state: MemberState, command: RegisterMember, known: Known) -> list[MemberEvent]:
    for index, grant in enumerate(command.grants):
        _require_scope(grant, known, at=f"/grants/{index}")
    grants = tuple(dict.fromkeys(command.grants))
    events: list[MemberEvent] = [
        MemberRegistered(command.display_name, command.email, command.phone, command.language, grants)
    ]
    for index, occupancy in enumerate(command.occupancies):
        so_far = reduce(evolve, events, state)
        events.append(_started(so_far, occupancy, known, at=f"/occupancies/{index}"))
    return events


def _require_scope(grant: Grant, known: Known, *, at: str) -> None:
    pointer = f"{at}/place_id"
    if grant.place_id is None:
        if grant.role in BUILDING_ONLY:
            raise Invalid(pointer, "scope_needed")
        return
    place = known.places.get(grant.place_id)
    if place is None:
        raise Invalid(pointer, "unknown_place")
    if grant.role not in BUILDING_ONLY | ANY_SCOPE or place.kind != "building":
        raise Invalid(pointer, "scope_does_not_fit")


def _started(state: MemberState, new: NewOccupancy, known: Known, *, at: str) -> OccupancyStarted:
    place = known.places.get(new.place_id)
    if place is None:
        raise Invalid(f"{at}/place_id", "unknown_place")
    if place.kind not in FITTING[new.kind]:
        raise Invalid(f"{at}/kind", "occupancy_does_not_fit")
    if new.trade is not None and new.kind != "trades":
        raise Invalid(f"{at}/trade", "trade_of_traders_only")
    occupancies = state.occupancies if isinstance(state, Member) else ()
    if any(_overlaps(old, new) for old in occupancies):
        raise Invalid(f"{at}/place_id", "already_there")
    trade = new.trade or place.trade if new.kind == "trades" else None
    return OccupancyStarted(new.occupancy_id, new.place_id, place.building_id, new.kind, trade, new.from_day)


def _overlaps(old: Occupancy, new: NewOccupancy) -> bool:
    """Whether the member would be at the same place in the same way twice on one day."""
    same = (old.place_id, old.kind) == (new.place_id, new.kind)
    return same and (old.until_day is None or new.from_day <= old.until_day)


def _ended(state: Member, command: EndOccupancy) -> list[MemberEvent]:
    occupancy = next((one for one in state.occupancies if one.id == command.occupancy_id), None)
    if occupancy is None:
        raise NotFound
    if occupancy.until_day == command.until_day:
        return []
    if occupancy.until_day is not None:
        raise Refused("already_ended", until_day=occupancy.until_day.isoformat())
    if command.until_day < occupancy.from_day:
        raise Invalid("/until_day", "ends_before_start", from_day=occupancy.from_day.isoformat())
    return [OccupancyEnded(command.occupancy_id, command.until_day)]


def _declared(state: Member, command: DeclareKin, known: Known) -> list[MemberEvent]:
    if command.relative_id == command.member_id:
        raise Invalid("/relative_id", "not_kin_of_oneself")
    if command.relative_id not in known.members:
        raise Invalid("/relative_id", "unknown_member")
    return [] if command.relative_id in state.kin else [KinshipDeclared(command.relative_id)]


def _left(state: Member, on: date) -> list[MemberEvent]:
    """Roles, occupancies and contact in turn; an occupancy that has not begun ends on its first day."""
    unreachable = ContactChanged(state.display_name, None, None, state.language)
    return [*_given_up(state, on), *([unreachable] if state.email or state.phone else [])]


def erased(state: Member, on: date) -> list[MemberEvent]:
    """Roles and occupancies end as for whoever leaves, and then nothing of the person is left."""
    return [*_given_up(state, on), MemberErased()]


def _given_up(state: Member, on: date) -> Iterator[MemberEvent]:
    lasting = (one for one in state.occupancies if one.until_day is None or one.until_day > on)
    yield from (RoleWithdrawn(grant) for grant in state.grants)
    yield from (
        OccupancyEnded(one.id, max(on, one.from_day)) for one in lasting if one.from_day != one.until_day
    )


def evolve(state: MemberState, event: MemberEvent) -> MemberState:  # noqa: PLR0911 - one for each event
    """The member after `event`."""
    match state, event:
        case _, MemberRegistered(name, email, phone, language, grants):
            return Member(name, email, phone, language, grants)
        case Member(), ContactChanged(name, email, phone, language):
            return replace(state, display_name=name, email=email, phone=phone, language=language)
        case Member(), RoleGranted(grant):
            return replace(state, grants=(*state.grants, grant))
        case Member(), RoleWithdrawn(grant):
            return replace(state, grants=tuple(one for one in state.grants if one != grant))
        case Member(), OccupancyStarted():
            return replace(state, occupancies=(*state.occupancies, _occupancy(event)))
        case Member(), OccupancyEnded(occupancy_id, until_day):
            ended = (
                replace(one, until_day=until_day) if one.id == occupancy_id else one
                for one in state.occupancies
            )
            return replace(state, occupancies=tuple(ended))
        case Member(), KinshipDeclared(relative_id):
            return replace(state, kin=(*state.kin, relative_id))
        case Member(), MemberErased():
            return Erased()
        case _:
            return state


def _occupancy(event: OccupancyStarted) -> Occupancy:
    return Occupancy(
        event.occupancy_id, event.place_id, event.building_id, event.kind, event.trade, event.from_day
    )
