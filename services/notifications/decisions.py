"""What may become of a notice and of its mail. Pure: no clock, no database, no SMTP.

A mail can be taken twice or be lost only between the first byte of its content and the mark of what came
of it. So that stretch is a state of its own (Sending), entered as late as can be: everything before may be
tried again freely, and only what is cut off inside it ends as `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.notifications.commands import (
    Answer,
    Claim,
    EndLease,
    GiveUp,
    HandOver,
    MailCommand,
    MarkByHand,
    No,
    NotYet,
    NoWord,
    ReadNotice,
    Report,
    Spare,
    Yes,
)
from services.notifications.events import (
    HANDED,
    Channel,
    LetterBrought,
    MailClaimed,
    MailEvent,
    MailHandedOver,
    MailPutOff,
    MailSettled,
    MailSpared,
    NoticeRead,
    Outcome,
)
from services.notifications.wishes import group_of
from shared.errors import Invalid, Refused

CLAIM = timedelta(minutes=2)
"""How long a worker may take to reach the mail server and name the addresses."""

RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 900, 3600))
"""The wait after the first, second, … attempt; the last one repeats."""

GIVEN_UP_AFTER = timedelta(days=5)
"""RFC 5321, 4.5.4.1: the give-up time generally needs to be at least 4–5 days."""


class Overtaken(Refused):
    """Somebody else was faster, or the lease is over: this worker's hold on the mail is none any more."""

    def __init__(self) -> None:
        super().__init__("overtaken")


@dataclass(frozen=True)
class Pending:
    """To be tried at `due_at`. While a worker holds it, that is when another may take it over.

    `reason` is why the last attempt came to nothing.
    """

    attempt: int
    queued_at: datetime
    due_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Sending:
    """The content is with the mail server or on its way."""

    attempt: int
    queued_at: datetime
    lease_until: datetime


@dataclass(frozen=True)
class Settled:
    """What came of it. `unknown` may yet be corrected by the worker that was late to report."""

    attempt: int
    queued_at: datetime
    result: Outcome
    reason: str


Mail = Pending | Sending | Settled
"""What is on its way to one person by one channel: a mail, a text, or paper, which waits until somebody brings it."""


def read(read_at: datetime | None, _: ReadNotice, now: datetime) -> list[NoticeRead]:
    """Reading counts once (送达); opening it again changes nothing."""
    return [NoticeRead(now)] if read_at is None else []


def decide(  # noqa: PLR0911 - one for each command
    mail: Mail, command: MailCommand, now: datetime
) -> list[MailEvent]:
    """What follows from `command`. Raises Overtaken when the mail is not the caller's to move."""
    match mail, command:
        case Pending(due_at=due_at), Claim() if due_at <= now:
            return [MailClaimed(now + CLAIM)]
        case Pending(), HandOver() if mail.attempt == command.attempt:
            return [MailHandedOver(now + command.lease)]
        case _, Report():
            return [_reported(mail, command, now)]
        case Sending(lease_until=lease_until), EndLease() if lease_until <= now:
            return [MailSettled("unknown", "lease_over", mail.attempt)]
        case Pending(), MarkByHand():
            return [LetterBrought(command.on, command.result, mail.attempt)]
        case Pending(), Spare():
            return [MailSpared(mail.attempt)]
        case Pending(), GiveUp():
            return [MailSettled("failed", command.reason, mail.attempt)]
    raise Overtaken


def require_known(*, known: bool) -> None:
    """Nothing leaves for somebody who was erased while a worker held it. Raises Overtaken."""
    if not known:
        raise Overtaken


def require_day(on: date, *, told_on: date, today: date) -> None:
    """Nothing was brought before it was written, nor tomorrow. Raises Invalid."""
    if on > today:
        raise Invalid("/on", "in_the_future")
    if on < told_on:
        raise Invalid("/on", "before_the_notice")


def next_channel(channel: Channel, mail: Mail, kind: str, *, can_text: bool) -> Channel | None:
    """By which way it goes on when it certainly reached nobody; of an unknown one nobody can say so.

    What is required or waits for an answer is brought by hand in the end; the rest stays in the inbox. A push
    goes beside the mail, and what becomes of it changes nothing.
    """
    if not isinstance(mail, Settled) or mail.result != "failed" or channel in ("paper", "push"):
        return None
    if channel == "mail" and can_text:
        return "sms"
    return "paper" if group_of(kind) in ("required", "my_turn") else None


def _reported(mail: Mail, report: Report, now: datetime) -> MailEvent:
    """A worker that was late is still heard where nobody could tell: late word is better than none."""
    answers: tuple[type[Answer], ...]
    match mail:
        case Pending():
            answers = (NotYet, No)
        case Sending():
            answers = (Yes, NotYet, No, NoWord)
        case Settled(result="unknown"):
            answers = (Yes, NotYet, No)
        case Settled():
            answers = ()
    if report.attempt != mail.attempt or not isinstance(report.answer, answers):
        raise Overtaken
    return _outcome(mail, report.answer, now)


def _outcome(mail: Mail, answer: Answer, now: datetime) -> MailEvent:
    match answer:
        case Yes():
            return MailSettled("accepted", "", mail.attempt)
        case No():
            return MailSettled("failed", answer.reason, mail.attempt)
        case NoWord():
            return MailSettled("unknown", answer.reason, mail.attempt)
        case NotYet() if now - mail.queued_at >= GIVEN_UP_AFTER:
            return MailSettled("failed", "gave_up", mail.attempt)
        case NotYet():
            wait = RETRY_AFTER[min(mail.attempt, len(RETRY_AFTER)) - 1]
            return MailPutOff(now + max(wait, answer.wait or wait), answer.reason)


def evolve(mail: Mail, event: MailEvent) -> Mail:  # noqa: PLR0911 - one for each event
    """The mail after `event`."""
    match event:
        case MailClaimed():
            return Pending(mail.attempt + 1, mail.queued_at, event.until)
        case MailHandedOver():
            return Sending(mail.attempt, mail.queued_at, event.until)
        case MailPutOff():
            return Pending(mail.attempt, mail.queued_at, event.due_at, event.reason)
        case MailSettled():
            return Settled(mail.attempt, mail.queued_at, event.result, event.reason)
        case MailSpared():
            return Settled(mail.attempt, mail.queued_at, "not_needed", "")
        case LetterBrought(result=result) if result in HANDED:
            return Settled(mail.attempt, mail.queued_at, "accepted", "")
        case LetterBrought():
            return Settled(mail.attempt, mail.queued_at, "failed", event.result)
