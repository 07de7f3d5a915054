"""Those who complain together, and what they say among themselves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.receipts import OnlyIfTrue


class FellowView(BaseModel):
    """One of those who complain together, under a mark that tells nothing; `words` are what they say of themselves."""

    id: UUID
    label: str
    is_you: OnlyIfTrue = False
    speaks: OnlyIfTrue = False
    willing: OnlyIfTrue = False
    words: str | None
    votes: int | None
    """To the coordinator, and of oneself."""
    volunteers: OnlyIfTrue = False
    """Would speak at the session; to the coordinator, and of oneself."""
    drawn: int | None = None
    """Their place in the lot."""
    at_session: OnlyIfTrue = False
    member_id: UUID | None = None
    """Of who was drawn to speak, for the coordinator."""


class GroupView(BaseModel):
    """Those who complain together, for them and the coordinator alone."""

    nominate_until: date | None
    members: list[FellowView]
    you_named: list[UUID]
    drawn_on: date | None
    lot: str | None
    """With which the draw can be made again: by SHA-256 of `lot:id`, the smallest first."""


class PostView(BaseModel):
    """A word among them. A held one is for its writer and the coordinator: `held_for` are the words it waits for."""

    id: UUID
    label: str
    is_you: OnlyIfTrue = False
    text: str
    held: bool
    held_for: list[str]
    taken_out: OnlyIfTrue = False
    """Parts of it were taken out before it was released."""
    on: date


class Thread(BaseModel):
    items: list[PostView]
