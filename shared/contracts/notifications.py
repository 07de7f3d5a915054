"""What the notifications service tells: that word arrived, by which way, and that it was read."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts import erasure, topics
from shared.contracts.envelope import Code, Contract


class NoticeEvent(Contract, abstract=True):
    """About one notice on a case to one person."""

    TOPIC: ClassVar[str] = topics.NOTIFICATIONS
    KEY: ClassVar[str] = "case_id"

    case_id: UUID
    alliance_id: UUID
    notice_id: UUID
    recipient_id: UUID
    kind: Code


class NoticeDelivered(NoticeEvent):
    """A channel accepted or refused the notice, or could not tell."""

    channel: Literal["inbox", "mail"]
    result: Literal["accepted", "failed", "unknown"]


class NoticeTexted(NoticeEvent):
    """What the provider said of the text that tells of the notice."""

    result: Literal["accepted", "failed", "unknown"]


class NoticeBrought(NoticeEvent):
    """Somebody was at the door with the notice that day: whether the receipt slip was signed, or why nobody had it."""

    on: date
    result: Literal["signed", "handed", "not_at_home", "refused", "moved_away"]


class NoticeRead(NoticeEvent):
    """The recipient opened it in the inbox: counts as served (送达)."""


class PersonErased(erasure.Done):
    """What of a person is gone here, and what stays."""

    TOPIC: ClassVar[str] = topics.NOTIFICATIONS
