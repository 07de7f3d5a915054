"""Through whose eyes a mediation is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mediation import guidance, policy
from services.mediation.state import Opened, Party, Side
from shared.access.actor import Actor
from shared.calendar.working_days import WorkingCalendar
from shared.texts import Language


@dataclass(frozen=True)
class Reader:
    """Who reads which mediation, when, in which language."""

    actor: Actor
    state: Opened
    now: datetime
    language: Language
    calendar: WorkingCalendar

    def sees(self, field: policy.Field) -> bool:
        return policy.sees(field, policy.roles_in(self.actor, self.state))

    @property
    def side(self) -> Side | None:
        return policy.side_of(self.actor, self.state)

    def is_(self, party: Party) -> bool:
        return party.member_id == self.actor.member_id

    def id_of(self, party: Party) -> UUID | None:
        """A party's id: one's own always, others' unless the matter is hidden from this reader."""
        hidden = self.state.matter.hidden or policy.is_joined(self.actor, self.state)
        known = self.is_(party) or not hidden or self.sees("parties_of_hidden_matter")
        return party.member_id if known else None

    def label(self, party: Party) -> str:
        return guidance.label(self.state.matter, party, self.language)

    def party(self, member_id: UUID) -> Party:
        parties = (*self.state.matter.parties, *self.state.matter.successors)
        return next(party for party in parties if party.member_id == member_id)
