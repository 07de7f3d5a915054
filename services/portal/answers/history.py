"""What was done and said in a case so far, for those on its page, those who follow by a secret, and a child."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.catalogue import Choice
from services.portal.answers.common import Answer
from services.portal.answers.desks import Result
from shared.clock import local_day


class ChildView(Answer):
    """How the matter stands, in words for a child."""

    reference: str
    stage: str
    lines: tuple[str, ...]
    help: str
    ended_in: str | None = None


class Work(Answer):
    """What somebody on the committee's side did, and by which of the ten methods."""

    at: datetime
    actor_role: str
    methods: tuple[Choice, ...] = ()
    rungs: tuple[Choice, ...] = ()
    note: str
    said: str | None = None
    said_by: str | None = None


class Step(Answer):
    """One line of a history; `on` stands in place of `at` where the hour would betray somebody."""

    type: str
    text: str
    actor_role: str
    at: datetime | None = None
    on: date | None = None
    stated_at: datetime | None = None
    """When it is said to have happened, where it was entered only afterwards."""

    @property
    def day(self) -> date | None:
        """The day of it, where that is shown."""
        return self.on or (local_day(self.at) if self.at else None)


class Message(Answer):
    """A message in a case. A held one waits for the coordinator."""

    id: UUID
    text: str
    sender: str
    to: str
    held: bool = False
    at: datetime | None = None
    on: date | None = None


class Followed(Answer):
    """An anonymous matter, opened by its number and secret."""

    reference: str
    stage: str
    status: str
    next: str
    due: date | None = None
    history: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = ()
    results: tuple[Result, ...] = ()
    ended_in: str | None = None
