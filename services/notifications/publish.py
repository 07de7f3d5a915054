"""Private event → public contract. Ids, kind and result leave; texts, addresses and reasons stay."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.notifications.events import Channel, Kept, LetterBrought, MailSettled, MailSpared, NoticeRead
from shared.contracts import notifications
from shared.contracts.envelope import Contract


@dataclass(frozen=True)
class About:
    """The notice an event is about."""

    alliance_id: UUID
    case_id: UUID
    notice_id: UUID
    recipient_id: UUID
    kind: str


def contracts(about: About, event: Kept, *, channel: Channel = "mail") -> list[Contract]:
    """What other services hear, of what serves somebody: the inbox takes everything at once, a push says nothing."""
    match event:
        case NoticeRead():
            return [notifications.NoticeRead(**vars(about))]
        case LetterBrought():
            return [notifications.NoticeBrought(**vars(about), on=event.on, result=event.result)]
        case MailSettled() if channel == "mail":
            return [notifications.NoticeDelivered(**vars(about), channel="mail", result=event.result)]
        case MailSettled() if channel == "sms":
            return [notifications.NoticeTexted(**vars(about), result=event.result)]
        case MailSettled() | MailSpared():
            return []
