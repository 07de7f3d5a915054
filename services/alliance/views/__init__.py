"""What people read of the register. Every query is bound to the reader's alliance."""

from services.alliance.views.carried_help import (
    CarriedHelp,
    OwnCarriedHelp,
    OwnHome,
    carried_help,
    own_carried_help,
)
from services.alliance.views.members import (
    MemberFilter,
    Occupants,
    me,
    member,
    members,
    names_of,
    neighbours_of,
    numbered,
    occupants,
)
from services.alliance.views.paging import MEMBERS, PLACES, Page
from services.alliance.views.places import PlaceFilter, alliance, alliances, place, places
from services.alliance.views.shapes import (
    AlliancePage,
    AllianceView,
    AllianceWithBlocks,
    Me,
    MemberNumber,
    MemberPage,
    MemberView,
    NamePage,
    PlacePage,
    PlaceWithNeighbours,
)

__all__ = [
    "MEMBERS",
    "PLACES",
    "AlliancePage",
    "AllianceView",
    "AllianceWithBlocks",
    "CarriedHelp",
    "Me",
    "MemberFilter",
    "MemberNumber",
    "MemberPage",
    "MemberView",
    "NamePage",
    "Occupants",
    "OwnCarriedHelp",
    "OwnHome",
    "Page",
    "PlaceFilter",
    "PlacePage",
    "PlaceWithNeighbours",
    "alliance",
    "alliances",
    "carried_help",
    "me",
    "member",
    "members",
    "names_of",
    "neighbours_of",
    "numbered",
    "occupants",
    "own_carried_help",
    "place",
    "places",
]
