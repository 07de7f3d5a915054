"""A mediation as its service shows it: who is in it, how far it is, and all that belongs to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.agreements import Agreement, Amendment, Oral, Pack
from services.portal.answers.common import Answer, Clock
from services.portal.answers.mediators import AskedMediator
from services.portal.answers.parties import Party, Sheet
from services.portal.answers.sessions import (
    Absence,
    Dialogue,
    Guest,
    Joint,
    Meeting,
    Openness,
    Slot,
    VoidSession,
)


class MediationLine(Answer):
    """A mediation in a list."""

    id: UUID
    case_id: UUID
    reference: str
    status: str
    roles: tuple[str, ...] = ()
    due: date | None = None
    waits: tuple[str, ...] = ()


class Mediation(Answer):
    """A mediation as this viewer may see it."""

    id: UUID
    status: str
    parties: tuple[Party, ...] = ()
    refused_sheet: Sheet | None = None
    mediator_id: UUID | None = None
    proposed_id: UUID | None = None
    accepted_by: tuple[str, ...] = ()
    mediators_asked: tuple[AskedMediator, ...] = ()
    void_sessions: tuple[VoidSession, ...] = ()
    guests: tuple[Guest, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: Meeting | None = None
    absences: tuple[Absence, ...] = ()
    minutes: tuple[str, ...] = ()
    dialogue: Dialogue | None = None
    oral: Oral | None = None
    joint: Joint | None = None
    openness: Openness | None = None
    agreement: Agreement | None = None
    amendment: Amendment | None = None
    amendments: tuple[Amendment, ...] = ()
    handover: Pack | None = None
    rights: tuple[str, ...] = ()
    clock: Clock | None = None
    next: str
    possible: tuple[str, ...] = ()

    def as_answered_by(self, member_id: UUID) -> Mediation:
        """The same with what a party themselves said to the times offered."""
        me = next((party for party in self.parties if party.member_id == member_id), None)
        return self.model_copy(update={"slots": tuple(slot.of(me) for slot in self.slots)}) if me else self
