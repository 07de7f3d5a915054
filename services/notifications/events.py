"""What happened to a notice or its mail. Private; what leaves the service is in publish.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Channel = Literal["mail", "sms", "paper", "push"]
"""What carries a notice beyond the inbox."""

CHANNELS: tuple[Channel, ...] = get_args(Channel)
Result = Literal["accepted", "failed", "unknown"]
Outcome = Literal[Result, "not_needed"]
"""What came of it: what the channel said, or that it had not to be sent any more."""

Missed = Literal["not_at_home", "refused", "moved_away"]
Handed = Literal["signed", "handed"]
Brought = Handed | Missed
"""What came of a visit with a letter: only a signed slip proves that it was handed over."""

HANDED: tuple[Handed, ...] = get_args(Handed)


@dataclass(frozen=True)
class NoticeRead:
    """The recipient opened it."""

    read_at: datetime


@dataclass(frozen=True)
class MailClaimed:
    """A worker tries it; after `until` another may."""

    until: datetime


@dataclass(frozen=True)
class MailHandedOver:
    """The mail server is being given the content; `until` somebody must say what came of it."""

    until: datetime


@dataclass(frozen=True)
class MailPutOff:
    """Not taken this time; tried again at `due_at`."""

    due_at: datetime
    reason: str


@dataclass(frozen=True)
class MailSettled:
    """What the channel said, or that it cannot be known."""

    result: Result
    reason: str
    attempt: int


@dataclass(frozen=True)
class MailSpared:
    """It was waiting, and what it reminds of was said meanwhile: it is not sent."""

    attempt: int


@dataclass(frozen=True)
class LetterBrought:
    """Somebody was at the door that day, and what came of it."""

    on: date
    result: Brought
    attempt: int


MailEvent = MailClaimed | MailHandedOver | MailPutOff | MailSettled | MailSpared | LetterBrought
Kept = NoticeRead | MailSettled | MailSpared | LetterBrought
"""What the journal keeps. The rest is the clockwork of trying, and the delivery's row shows it."""
