"""Whoever is at a session beside the two sides and the mediator, where every party wishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.mediation.state.relations import Relation
from services.mediation.state.spans import Span

GuestRole = Literal["second_mediator", "judge", "neighbour", "interpreter"]


@dataclass(frozen=True)
class Guest:
    """Somebody invited: which parties agree, and whether they come (None: they have not said).

    No time is fixed without a `required` one, unless they do not come. `name` is what those who invite call them;
    `windows` are the times at which they said they can come.
    """

    member_id: UUID
    role: GuestRole
    required: bool = False
    name: str = ""
    agreed: tuple[UUID, ...] = ()
    comes: bool | None = None
    windows: tuple[Span, ...] = ()
    by: UUID | None = None
    """Who invited them, and may take it back until every party has agreed."""
    declared: Relation | None = None
    """What a second mediator said that they are to the parties, before they came."""
    mark: UUID | None = None
    """Of who was drawn by lot to speak for those who complain together: what the sides know them by until they come."""

    @property
    def drawn(self) -> bool:
        """Whether a lot named them."""
        return self.mark is not None

    @property
    def known_as(self) -> UUID:
        """The id under which the sides speak of them."""
        return self.mark or self.member_id
