"""What may be asked of a notice and of the mail that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from services.notifications.events import Brought
from services.notifications.wishes import Beside, OptionalGroup, Rhythm


@dataclass(frozen=True)
class ReadNotice:
    """The recipient opened it in the inbox."""

    notice_id: UUID


@dataclass(frozen=True)
class ChoosePreferences:
    """How a member wants to be told. The required notices are mailed whatever is chosen."""

    language: str
    mail: bool
    mails: Mapping[OptionalGroup, Rhythm] = field(default_factory=dict)
    large_type: bool = False
    pushes: Mapping[OptionalGroup, Beside] = field(default_factory=dict)


@dataclass(frozen=True)
class StopMails:
    """The reader of a mail follows its link to have no more of its like; the link is the proof."""

    notice_id: UUID


@dataclass(frozen=True)
class Claim:
    """A worker takes a due mail to try it."""


@dataclass(frozen=True)
class HandOver:
    """The mail server has taken the addresses and waits for the content: from here on, no word is no answer.

    `lease` is how long the worker may take to say what came of it.
    """

    attempt: int
    lease: timedelta


@dataclass(frozen=True)
class Yes:
    """The mail server has taken the mail."""


@dataclass(frozen=True)
class NotYet:
    """It has certainly not taken it, and may later; `wait` is for how long it asks us to leave it alone."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True)
class No:
    """It has certainly not taken it, and never will."""

    reason: str


@dataclass(frozen=True)
class NoWord:
    """It was given the mail and has not said what it did with it."""

    reason: str


Answer = Yes | NotYet | No | NoWord


@dataclass(frozen=True)
class Report:
    """What came of an attempt."""

    attempt: int
    answer: Answer


@dataclass(frozen=True)
class EndLease:
    """Nobody has reported in time: the worker was killed between sending and marking, or stands still."""


@dataclass(frozen=True)
class GiveUp:
    """There is nobody to send it to."""

    reason: str


@dataclass(frozen=True)
class Spare:
    """What it reminds of has been said, or need not be any more."""


@dataclass(frozen=True)
class MarkByHand:
    """Somebody was at the door that day: it was handed over, for a signed slip or without, or why it was not."""

    on: date
    result: Brought


MailCommand = Claim | HandOver | Report | EndLease | GiveUp | Spare | MarkByHand
