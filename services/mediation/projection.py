"""The alliance's facts as conflicts of interest are judged by them. A copy, kept in the order they were told."""

from __future__ import annotations

from collections.abc import Mapping

from services.mediation.decisions.conflict import Occupancy
from services.mediation.decisions.shop_hours import BusyHours, OpenHours, ShopHours
from services.mediation.storage import people
from shared.contracts import alliance, topics
from shared.contracts.envelope import Envelope
from shared.messaging.subscription import Handler, Projection
from shared.persistence.database import Connection


async def on_place_registered(tx: Connection, event: Envelope[alliance.PlaceRegistered]) -> None:
    """A place, the building it is in, and of a shop its hours."""
    told = event.data
    hours = ShopHours(
        tuple(OpenHours(one.weekday, one.since, one.until) for one in told.weekly),
        tuple(BusyHours(one.since, one.until) for one in told.busy),
    )
    await people.keep_place(tx, told.place_id, told.alliance_id, building_id=told.building_id, hours=hours)


async def on_member_registered(tx: Connection, event: Envelope[alliance.MemberRegistered]) -> None:
    """A member's roles, and whether they can sign in; the latest word counts."""
    told = event.data
    roles = sorted({grant.role for grant in told.grants})
    await people.keep_member(tx, told.member_id, told.alliance_id, roles=roles, signs_in=told.signs_in)


async def on_occupancy_started(tx: Connection, event: Envelope[alliance.OccupancyStarted]) -> None:
    """Somebody lives, trades or works somewhere from a day on."""
    told = event.data
    await people.keep_occupancy(
        tx,
        told.occupancy_id,
        member_id=told.member_id,
        alliance_id=told.alliance_id,
        occupancy=Occupancy(told.place_id, told.building_id, told.kind, told.trade),
        from_day=told.from_day,
    )


async def on_occupancy_ended(tx: Connection, event: Envelope[alliance.OccupancyEnded]) -> None:
    """The last day of it."""
    told = event.data
    await people.end_occupancy(tx, told.occupancy_id, until_day=told.until_day)


async def on_kinship_declared(tx: Connection, event: Envelope[alliance.KinshipDeclared]) -> None:
    """Two members are family."""
    told = event.data
    await people.keep_kinship(tx, told.member_id, told.relative_id, told.alliance_id)


HANDLERS: Mapping[str, Handler] = {
    alliance.PlaceRegistered.TYPE: on_place_registered,
    alliance.MemberRegistered.TYPE: on_member_registered,
    alliance.OccupancyStarted.TYPE: on_occupancy_started,
    alliance.OccupancyEnded.TYPE: on_occupancy_ended,
    alliance.KinshipDeclared.TYPE: on_kinship_declared,
}

PEOPLE = Projection(
    "people",
    topics.ALLIANCE,
    frozenset(HANDLERS) | {alliance.ErasureGranted.TYPE},
    tables=("known_places", "known_members", "known_occupancies", "known_kin"),
)
