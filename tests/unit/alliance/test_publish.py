"""What leaves the service: no name and no contact, except on the contacts topic."""

from __future__ import annotations

from datetime import date, time
from typing import get_args
from uuid import UUID

import pytest

from services.alliance import publish
from services.alliance.decisions.members import Member
from services.alliance.decisions.places import Place
from services.alliance.events import (
    AdjacencyDeclared,
    BusyHours,
    ContactChanged,
    KinshipDeclared,
    MemberErased,
    MemberEvent,
    MemberRegistered,
    OccupancyEnded,
    OccupancyStarted,
    OpenHours,
    PlaceChanged,
    PlaceEvent,
    PlaceRegistered,
    RoleGranted,
    RoleWithdrawn,
    ShopHoursSet,
)
from shared.access.actor import Grant
from shared.contracts import alliance, contacts, topics

ALLIANCE, ME, PLACE, BUILDING, STAY = (UUID(int=number) for number in range(1, 6))
NAME, MAIL, PHONE, ADDRESS = "林佩珍", "lin@shanbei.example", "13812345678", "118弄6号301"
GRANTS = (Grant("resident"), Grant("building_captain", BUILDING))
AFTER = Member(NAME, MAIL, PHONE, "en", GRANTS)
MEMBER = alliance.MemberRegistered(
    member_id=ME,
    alliance_id=ALLIANCE,
    grants=(
        alliance.Grant(role="resident"),
        alliance.Grant(role="building_captain", place_id=BUILDING),
    ),
    language="en",
    signs_in=True,
)
CONTACT = contacts.ContactChanged(
    member_id=ME, alliance_id=ALLIANCE, display_name=NAME, email=MAIL, phone=PHONE, language="en"
)
MEMBER_EVENTS: dict[type, tuple[MemberEvent, list]] = {
    MemberRegistered: (MemberRegistered(NAME, MAIL, PHONE, "en", GRANTS), [MEMBER, CONTACT]),
    ContactChanged: (ContactChanged(NAME, MAIL, PHONE, "en"), [MEMBER, CONTACT]),
    RoleGranted: (RoleGranted(GRANTS[0]), [MEMBER]),
    RoleWithdrawn: (RoleWithdrawn(Grant("volunteer")), [MEMBER]),
    OccupancyStarted: (
        OccupancyStarted(STAY, PLACE, BUILDING, "trades", "bar", date(2026, 3, 1)),
        [
            alliance.OccupancyStarted(
                member_id=ME,
                alliance_id=ALLIANCE,
                occupancy_id=STAY,
                place_id=PLACE,
                building_id=BUILDING,
                kind="trades",
                trade="bar",
                from_day=date(2026, 3, 1),
            )
        ],
    ),
    OccupancyEnded: (
        OccupancyEnded(STAY, date(2026, 6, 20)),
        [
            alliance.OccupancyEnded(
                member_id=ME, alliance_id=ALLIANCE, occupancy_id=STAY, until_day=date(2026, 6, 20)
            )
        ],
    ),
    KinshipDeclared: (
        KinshipDeclared(STAY),
        [alliance.KinshipDeclared(member_id=ME, alliance_id=ALLIANCE, relative_id=STAY)],
    ),
    MemberErased: (MemberErased(), [contacts.ContactErased(member_id=ME)]),
}
WEEK, RUSH = (OpenHours(4, time(18), time(23)),), (BusyHours(time(20), time(22)),)
A_SHOP = Place("shop", ADDRESS, STAY, BUILDING, BUILDING, "bar", weekly=WEEK, busy=RUSH)
TOLD = alliance.PlaceRegistered(
    place_id=PLACE,
    alliance_id=ALLIANCE,
    kind="shop",
    block_id=STAY,
    building_id=BUILDING,
    parent_id=BUILDING,
    trade="bar",
    weekly=(alliance.OpenHours(weekday=4, since=time(18), until=time(23)),),
    busy=(alliance.BusyHours(since=time(20), until=time(22)),),
)
PLACE_EVENTS: dict[type, tuple[PlaceEvent, list]] = {
    PlaceRegistered: (PlaceRegistered("shop", ADDRESS, STAY, BUILDING, BUILDING, "bar"), [TOLD]),
    AdjacencyDeclared: (AdjacencyDeclared(BUILDING, "above", 0), []),
    PlaceChanged: (PlaceChanged(ADDRESS, "bar"), [TOLD]),
    ShopHoursSet: (ShopHoursSet(WEEK, RUSH), [TOLD]),
}


@pytest.mark.parametrize("kind", get_args(MemberEvent))
def test_what_leaves_of_each_event_of_a_member(kind: type) -> None:
    event, expected = MEMBER_EVENTS[kind]
    assert publish.of_member(ME, ALLIANCE, AFTER, event) == expected


@pytest.mark.parametrize("kind", get_args(PlaceEvent))
def test_what_leaves_of_each_event_of_a_place(kind: type) -> None:
    event, expected = PLACE_EVENTS[kind]
    assert publish.of_place(PLACE, ALLIANCE, A_SHOP, event) == expected


def test_no_name_contact_or_address_leaves_but_for_contacts() -> None:
    told = [
        *(
            contract
            for event, _ in MEMBER_EVENTS.values()
            for contract in publish.of_member(ME, ALLIANCE, AFTER, event)
        ),
        *(
            contract
            for event, _ in PLACE_EVENTS.values()
            for contract in publish.of_place(PLACE, ALLIANCE, A_SHOP, event)
        ),
    ]
    for contract in told:
        if contract.TOPIC != topics.CONTACTS:
            assert not any(word in contract.model_dump_json() for word in (NAME, MAIL, PHONE, ADDRESS))
