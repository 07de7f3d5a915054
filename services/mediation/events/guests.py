"""Others at the session. Which party did not want somebody is in no event."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Guest, GuestRole, Relation, Session


@dataclass(frozen=True)
class GuestInvited:
    guest: Guest


@dataclass(frozen=True)
class SpeakersInvited:
    """By lot, of those who complain together; the parties are asked for their yes as for any guest."""

    guests: tuple[UUID, ...]
    seats: int


@dataclass(frozen=True)
class GuestAgreed:
    guest: UUID
    party: UUID


@dataclass(frozen=True)
class InvitationEnded:
    """A party does not want them there; they have no part in it any more, if they had one.

    `withdrawn`: whoever invited them took it back before all had agreed.
    """

    guest: UUID
    role: GuestRole
    withdrawn: bool = False


@dataclass(frozen=True)
class GuestSteppedAside:
    """A second mediator declared a tie (回避). What tie is for the committee alone."""

    guest: UUID
    declared: Relation


@dataclass(frozen=True)
class GuestAnswered:
    guest: UUID
    role: GuestRole
    comes: bool
    declared: Relation | None = None


@dataclass(frozen=True)
class GuestBooked:
    """The time was fixed before they said that they come."""

    guest: UUID
    session: Session


@dataclass(frozen=True)
class GuestReleased:
    """They were asked, and are not expected any more; at `session`, if they were booked for one."""

    guest: UUID
    session: Session | None = None
