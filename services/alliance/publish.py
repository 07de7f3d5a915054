"""What of each private event may leave the service. Names and contacts go to the contacts topic alone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.alliance import events
from services.alliance.decisions import erasing
from services.alliance.decisions.covenants import Covenant
from services.alliance.decisions.members import Member
from services.alliance.decisions.places import Place
from shared.contracts import alliance, contacts
from shared.contracts.envelope import Contract


def of_place(place_id: UUID, alliance_id: UUID, after: Place, event: events.PlaceEvent) -> Sequence[Contract]:
    """A place's address stays here; adjacency is read over HTTP. What changed is told as the place it is now."""
    match event:
        case events.PlaceRegistered() | events.PlaceChanged() | events.ShopHoursSet():
            return [
                alliance.PlaceRegistered(
                    place_id=place_id,
                    alliance_id=alliance_id,
                    kind=after.kind,
                    block_id=after.block_id,
                    building_id=after.building_id,
                    parent_id=after.parent_id,
                    trade=after.trade,
                    weekly=tuple(
                        alliance.OpenHours(weekday=one.weekday, since=one.from_, until=one.to)
                        for one in after.weekly
                    ),
                    busy=tuple(alliance.BusyHours(since=one.from_, until=one.to) for one in after.busy),
                )
            ]
        case events.AdjacencyDeclared():
            return []


def of_member(
    member_id: UUID, alliance_id: UUID, after: Member, event: events.MemberEvent
) -> Sequence[Contract]:
    """`after` is the member once all events of the command have happened: the latest one counts."""
    match event:
        case events.MemberRegistered() | events.ContactChanged():
            return [_member(member_id, alliance_id, after), _contact(member_id, alliance_id, after)]
        case events.RoleGranted() | events.RoleWithdrawn():
            return [_member(member_id, alliance_id, after)]
        case events.OccupancyStarted():
            return [
                alliance.OccupancyStarted(
                    member_id=member_id,
                    alliance_id=alliance_id,
                    occupancy_id=event.occupancy_id,
                    place_id=event.place_id,
                    building_id=event.building_id,
                    kind=event.kind,
                    trade=event.trade,
                    from_day=event.from_day,
                )
            ]
        case events.OccupancyEnded(occupancy_id, until_day):
            return [
                alliance.OccupancyEnded(
                    member_id=member_id,
                    alliance_id=alliance_id,
                    occupancy_id=occupancy_id,
                    until_day=until_day,
                )
            ]
        case events.KinshipDeclared(relative_id):
            return [
                alliance.KinshipDeclared(
                    member_id=member_id, alliance_id=alliance_id, relative_id=relative_id
                )
            ]
        case events.MemberErased():
            return [contacts.ContactErased(member_id=member_id)]


def of_erasure(
    erasure_id: UUID, alliance_id: UUID, member_id: UUID, event: erasing.Event
) -> Sequence[Contract]:
    """The other services are asked, and told that it is granted; what each of them said is for the receipt."""
    about = {"member_id": member_id, "alliance_id": alliance_id, "erasure_id": erasure_id}
    match event:
        case erasing.ErasureAsked():
            return [alliance.ErasureAsked(**about)]
        case erasing.ErasureGranted():
            return [alliance.ErasureGranted(**about)]
        case _:
            return []


def of_calendar(alliance_id: UUID, event: events.CalendarEvent) -> Sequence[Contract]:
    """Whether a day works; who says so is read over HTTP."""
    match event:
        case events.CalendarDaySet(day, kind, _):
            return [alliance.CalendarDaySet(alliance_id=alliance_id, day=day, works=kind == "works")]
        case events.CalendarYearEntered(year):
            return [alliance.CalendarYearEntered(alliance_id=alliance_id, year=year)]


def of_covenant(
    covenant_id: UUID, alliance_id: UUID, after: Covenant, event: events.CovenantEvent
) -> Sequence[Contract]:
    """Which clauses are in force since when; their words, which people wrote, are read over HTTP."""
    match event:
        case events.CovenantAdopted() | events.CovenantFiled():
            newest = after.versions[-1]
            return [
                alliance.CovenantAdopted(
                    covenant_id=covenant_id,
                    alliance_id=alliance_id,
                    version=len(after.versions),
                    clauses=tuple(clause.number for clause in newest.clauses),
                    sides=newest.sides,
                    adopted_on=newest.adopted_on,
                    in_force_from=newest.in_force_from,
                    filed_on=newest.filed_on,
                )
            ]
        case events.CovenantEnded(on, _):
            return [alliance.CovenantEnded(covenant_id=covenant_id, alliance_id=alliance_id, ended_on=on)]


def _member(member_id: UUID, alliance_id: UUID, member: Member) -> Contract:
    grants = [{"role": grant.role, "place_id": grant.place_id} for grant in member.grants]
    return alliance.MemberRegistered.model_validate(
        {
            "member_id": member_id,
            "alliance_id": alliance_id,
            "grants": grants,
            "language": member.language,
            "signs_in": member.email is not None,
        }
    )


def _contact(member_id: UUID, alliance_id: UUID, member: Member) -> Contract:
    return contacts.ContactChanged(
        member_id=member_id,
        alliance_id=alliance_id,
        display_name=member.display_name,
        email=member.email,
        phone=member.phone,
        language=member.language,
    )
