"""Others at the session: invited, agreed to by every party, and asked whether they come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Conflict, GuestRole, Relation


@dataclass(frozen=True)
class InviteGuest:
    """Somebody is to be there. `held` and `conflicts` are what the facts say of them.

    `shared`: another matter is talked about in the same session. A party who invites somebody (`party`) agrees to
    them by it; `by` is whoever invites.
    """

    mediation_id: UUID
    guest: UUID
    role: GuestRole
    required: bool = False
    name: str = ""
    held: frozenset[str] = frozenset()
    conflicts: frozenset[Conflict] = frozenset()
    party: UUID | None = None
    shared: bool = False
    by: UUID | None = None


@dataclass(frozen=True)
class InviteSpeakers:
    """Those of a group who were drawn to speak are to be there: the first `seats` of the lot, in its `order`.

    `shared`: another matter is talked about in the same session.
    """

    mediation_id: UUID
    order: tuple[UUID, ...]
    seats: int
    shared: bool = False


@dataclass(frozen=True)
class AgreeToGuest:
    """A party has nothing against them; for itself alone."""

    mediation_id: UUID
    guest: UUID
    party: UUID


@dataclass(frozen=True)
class DeclineGuest:
    """A party does not want them there. No reason is asked for."""

    mediation_id: UUID
    guest: UUID
    party: UUID


@dataclass(frozen=True)
class WithdrawInvitation:
    """Whoever invited them (`by`) thinks better of it."""

    mediation_id: UUID
    guest: UUID
    by: UUID


@dataclass(frozen=True)
class AnswerInvitation:
    """Whoever was asked says whether they come; until the session begins they may say otherwise.

    Of a second mediator the facts are looked at again, and `relation` is what they declare to be to the parties.
    """

    mediation_id: UUID
    guest: UUID
    comes: bool
    conflicts: frozenset[Conflict] = frozenset()
    relation: Relation | None = None
