"""A notice: its kind and what it may say beyond it. Words are made of it only where somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notifications.audiences import Side
from shared.contracts.complaints import Stage
from shared.contracts.envelope import Contract, DoorSign, Label
from shared.contracts.mediation import (
    MediatorProposed,
    SessionCancelled,
    SessionScheduled,
    Slot,
    SlotsProposed,
)
from shared.texts import Language


class Words(BaseModel):
    """What a kind of notice says: one line, a few sentences, and the one that names the days, if it has any."""

    model_config = ConfigDict(frozen=True)

    title: str
    body: str
    dates: str = ""


class Facts(BaseModel):
    """Days, times and marks of the event, nothing of a person; None for what the event does not have.

    The names are those of the contracts' fields; what is not named here cannot reach anybody by a notice.
    """

    model_config = ConfigDict(frozen=True, from_attributes=True)

    stage: Stage | None = None
    due: date | None = None
    mediation_until: date | None = None
    answer_until: date | None = None
    choose_until: date | None = None
    reply_until: date | None = None
    until: date | None = None
    consent_until: date | None = None
    closes_on: date | None = None
    reopen_until: date | None = None
    effective_on: date | None = None
    judicial_until: date | None = None
    confirm_until: date | None = None
    dispute_until: date | None = None
    due_on: date | None = None
    signed_on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: Label | None = None
    room_name: DoorSign | None = None
    """What stands on its door, where somebody said."""
    uid: Label | None = None
    sequence: int | None = None
    survey_id: UUID | None = None
    release_id: UUID | None = None
    agreement_id: UUID | None = None
    commitment_id: UUID | None = None
    pledge_id: UUID | None = None
    session_id: UUID | None = None
    of: UUID | None = None
    """The mediator, the times or whatever else a word is asked to, by which it is known when that is settled."""


def facts_for(side: Side, event: Contract) -> Facts:
    """What of `event` may reach that side: of a session held apart a party is told their own part alone."""
    facts = Facts.model_validate(event)
    match event:
        case SessionScheduled(parts=parts) | SessionCancelled(parts=parts) if parts and side != "staff":
            own = {part.side: part for part in parts}[side]
            return facts.model_copy(update={"starts_at": own.starts_at, "ends_at": own.ends_at})
        case MediatorProposed(proposed_id=of) | SlotsProposed(slots=[Slot(slot_id=of), *_]):
            return facts.model_copy(update={"of": of})
        case _:
            return facts


class Session(BaseModel):
    """The facts of a mediation session, all there: what a calendar is told."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    uid: Label
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: Label
    room_name: DoorSign | None = None

    @property
    def door(self) -> str:
        """What somebody looks for who goes there."""
        return self.room_name or self.room


@dataclass(frozen=True)
class Notice:
    """One person is told one thing about one case."""

    id: UUID
    kind: str
    case_id: UUID
    reference: str
    facts: Facts
    created_at: datetime
    read_at: datetime | None
    traceparent: str | None
    own: Mapping[Language, Words] = field(default_factory=dict)
    """The alliance's own words that held when it was told; in a language it has none for, the catalogue's hold."""
