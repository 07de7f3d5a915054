"""What came to somebody's inbox, and how they wish to be told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.portal.answers.common import Answer


class Notice(Answer):
    """A notice in somebody's inbox."""

    id: UUID
    title: str
    body: str
    link: str
    reference: str
    created_at: datetime
    read_at: datetime | None = None


class Preferences(Answer):
    """How somebody is told."""

    language: str
    mail: bool
    mails: dict[str, str]
    large_type: bool
    pushes: dict[str, str] = Field(default_factory=dict)


class Device(Answer):
    """A browser that asked for word on the telephone."""

    id: UUID
    created_at: datetime


class Push(Answer):
    """The key a browser asks with, and which have asked."""

    key: str | None = None
    devices: tuple[Device, ...] = ()


class LetterToBring(Answer):
    """A notice that has to be brought to its reader; without a name where who complained may be hidden."""

    id: UUID
    case_id: UUID
    reference: str
    title: str
    name: str | None = None
    places: tuple[UUID, ...] = ()
    created_at: datetime


class Robot(Answer):
    """A robot in a group chat of the committee, and what came of the last message."""

    id: UUID
    platform: str
    name: str
    ended_why: str | None = None
    last_state: str | None = None
    last_reason: str | None = None
    last_at: datetime | None = None


class WordedKind(Answer):
    """A kind of notice by what it says now, and in which languages that is the alliance's own."""

    kind: str
    group: str
    title: str
    own: tuple[str, ...] = ()


class NoticeWords(Answer):
    """What a kind of notice says; what is filled in stands in braces."""

    title: str
    body: str
    dates: str = ""


class WordingVersion(Answer):
    """What was said from then on; without words, the standard again."""

    words: NoticeWords | None = None
    set_by: UUID
    set_at: datetime


class WordingPreview(Answer):
    """How it reads with something invented filled in."""

    subject: str
    title: str
    body: str


class Wording(Answer):
    """A kind of notice in one language: what it says, the standard, and every version there was."""

    kind: str
    language: str
    group: str
    placeholders: tuple[str, ...] = ()
    own: bool
    words: NoticeWords
    standard: NoticeWords
    version: int
    versions: tuple[WordingVersion, ...] = ()
    preview: WordingPreview


class Webhook(Answer):
    """A platform of the city that is told, or was."""

    id: UUID
    url: str
    registered_at: datetime
    rotated_at: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str | None = None


class PlatformMessage(Answer):
    """One event as a platform was told of it."""

    id: UUID
    type: str
    state: str
    attempt: int
    reason: str
    created_at: datetime


class Unsubscribing(Answer):
    """Of which mails the link in one of them is; None for those that cannot be switched off."""

    group: str | None


class Survey(Answer):
    """What a survey by personal link asks about."""

    reference: str
    subcategory: str
    closes_on: date
    open: bool


class Release(Answer):
    """A promise somebody is asked to release by personal link."""

    reference: str
    what: str
    measure: str
    due_on: date
    released: bool
