"""Who stands behind the parties of a case: kept in a table of its own, never in the case or its journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.complaints.decisions.state import CaseFile
from services.complaints.terms import Side


@dataclass(frozen=True)
class People:
    """The members behind a case's parties, and the coordinators of its alliance."""

    members: Mapping[UUID, UUID] = field(default_factory=dict)
    """Party → member."""
    coordinators: tuple[UUID, ...] = ()

    def parties_of(self, member_id: UUID | None) -> list[UUID]:
        """The parties this member is."""
        return [party for party, member in self.members.items() if member == member_id]

    def sides_of(self, member_id: UUID | None, file: CaseFile) -> dict[Side | None, UUID]:
        """As which party this member stands on which side."""
        return {file.side_of(party): party for party in self.parties_of(member_id)}

    def behind(self, parties: Iterable[UUID]) -> tuple[UUID, ...]:
        """The members behind these parties."""
        return tuple(self.members[party] for party in parties if party in self.members)

    def with_members(self, added: Mapping[UUID, UUID]) -> People:
        """The same with further parties."""
        return People({**self.members, **added}, self.coordinators)
