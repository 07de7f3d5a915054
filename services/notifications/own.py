"""One's own data: the copy everybody may ask for at any time (PIPL art. 45)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter

from services.notifications import views, wording
from services.notifications.commands import ChoosePreferences
from services.notifications.push import storage as devices
from services.notifications.push.storage import Device
from services.notifications.storage.people import KnownContact, contact_of
from services.notifications.views import Sent
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed
from shared.texts import Language

router = APIRouter()


@dataclass(frozen=True)
class OwnNotice:
    """What one was told of and when, in one's language; `ways` tells of each channel what came of it."""

    kind: str
    reference: str
    title: str
    created_at: datetime
    read_at: datetime | None
    ways: Mapping[str, str]


@dataclass(frozen=True)
class OwnData:
    """Where one is reached, how one wants to be told, and every notice there was, with what became of it."""

    contact: KnownContact | None
    preferences: ChoosePreferences
    devices: Sequence[Device]
    notices: Sequence[OwnNotice]


@router.get("/v1/me/data")
async def show_own_data(actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> OwnData:
    """What is held here of whoever asks."""
    if actor.member_id is None:
        raise NotAllowed
    async with kit.database.reading() as connection:
        return OwnData(
            await contact_of(connection, actor.member_id),
            await views.preferences(connection, actor),
            await devices.devices_of(connection, actor.member_id),
            [_notice(one, language) for one in await views.notices_of(connection, actor.member_id)],
        )


def _notice(sent: Sent, language: Language) -> OwnNotice:
    notice = sent.notice
    return OwnNotice(
        notice.kind,
        notice.reference,
        wording.title(notice, language),
        notice.created_at,
        notice.read_at,
        sent.ways,
    )
