"""Who stands behind the parties of a case: kept in a table of its own, never in the case or its journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from services.complaints.decisions.state import CaseFile
from services.complaints.terms import Identity, Role, Side


def fellow_party(lead_case_id: UUID, party_id: UUID) -> UUID:
    """The party of a lead case that somebody with a joined case of their own is, or may become."""
    return uuid5(lead_case_id, party_id.hex)


@dataclass(frozen=True)
class Office:
    """A role somebody of the alliance holds, and for which building; everywhere when there is none."""

    role: str
    member_id: UUID
    place_id: UUID | None = None


@dataclass(frozen=True)
class People:
    """The members behind a case's parties, and the coordinators of its alliance."""

    members: Mapping[UUID, UUID] = field(default_factory=dict)
    """Party → member."""
    coordinators: tuple[UUID, ...] = ()
    offices: tuple[Office, ...] = ()
    joined: Mapping[UUID, Identity] = field(default_factory=dict)
    """Of the parties above those whose own case is handled with this one: they stand on no side of it.

    And whether they hide their name there."""

    def parties_of(self, member_id: UUID | None) -> list[UUID]:
        """The parties this member is."""
        return [party for party, member in self.members.items() if member == member_id]

    def sides_of(self, member_id: UUID | None, file: CaseFile) -> dict[Side | None, UUID]:
        """As which party this member stands on which side."""
        return {file.side_of(party): party for party in self.parties_of(member_id)}

    def besides(self, member_id: UUID | None, file: CaseFile) -> dict[Role, UUID]:
        """As whom this member is joined to the case, asked to become a party, or was one."""
        beside: dict[Role, Iterable[UUID]] = {
            "joined": self.joined,
            "invited": [one.party_id for one in file.invited],
            "former": [one.party_id for one in file.former],
        }
        own = self.parties_of(member_id)
        return {role: party for role, parties in beside.items() for party in own if party in parties}

    def side_of(self, party_id: UUID, file: CaseFile) -> Side | None:
        """For whom a party speaks, or spoke until they left: whoever is joined complains too."""
        return "complainant" if party_id in self.joined else file.side_ever(party_id)

    def behind(self, parties: Iterable[UUID]) -> tuple[UUID, ...]:
        """The members behind these parties."""
        return tuple(self.members[party] for party in parties if party in self.members)

    def with_members(self, added: Mapping[UUID, UUID]) -> People:
        """The same with further parties."""
        return replace(self, members={**self.members, **added})

    def holding(self, role: str, file: CaseFile) -> tuple[UUID, ...]:
        """Who holds a role for the case's building, those left out who are concerned themselves."""
        building = file.place.building_id if file.place else None
        concerned = set(self.members.values())
        holders = (
            one.member_id for one in self.offices if one.role == role and one.place_id in (None, building)
        )
        return tuple(dict.fromkeys(one for one in holders if one not in concerned))
