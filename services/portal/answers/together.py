"""Cases that belong together, and those who complain together."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.common import Answer


class Lead(Answer):
    """The case this one was joined to, or takes up again; `id` where it has a page for this person."""

    reference: str
    stage: str
    status: str
    id: UUID | None = None
    due: date | None = None


class OtherMatter(Answer):
    """What a filing seems to speak of beside its own matter."""

    subcategory: str


class Joined(Lead):
    """A case handled with this one, for the coordinator."""

    other_matters: tuple[OtherMatter, ...] = ()


class Fellow(Answer):
    """One of those who complain together, under a mark."""

    id: UUID
    label: str
    is_you: bool = False
    speaks: bool = False
    willing: bool = False
    words: str | None = None
    votes: int | None = None
    volunteers: bool = False
    drawn: int | None = None
    at_session: bool = False
    member_id: UUID | None = None


class Group(Answer):
    """Those who complain together."""

    nominate_until: date | None = None
    members: tuple[Fellow, ...] = ()
    you_named: tuple[UUID, ...] = ()
    drawn_on: date | None = None
    lot: str | None = None


class Post(Answer):
    """A word among them."""

    id: UUID
    label: str
    is_you: bool = False
    text: str
    held: bool
    held_for: tuple[str, ...] = ()
    taken_out: bool = False
    on: date


class Alike(Answer):
    """An open case that may be the same matter."""

    id: UUID
    place_id: UUID | None = None
    filed_on: date
    filed_on_is_half_month: bool = False
    reasons: tuple[str, ...] = ()
    reference: str = ""
    score: int = 0
    other_matters: tuple[OtherMatter, ...] = ()


class Similar(Answer):
    """What is suggested, and what the filing itself speaks of beside its matter."""

    items: tuple[Alike, ...] = ()
    other_matters: tuple[OtherMatter, ...] = ()


class Linked(Lead):
    """A case filed beside this one."""

    id: UUID
    subcategory: str


class Conflict(Answer):
    """One conflict that was filed more than once, for those who look after it."""

    filings: int
    cases: tuple[Linked, ...] = ()
