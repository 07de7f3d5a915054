"""A notice of nobody and nothing, to see how words look with something filled in. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from services.notifications.notice import Facts, Notice, Words
from services.notifications.rules import DATES
from shared.clock import SHANGHAI, local_day
from shared.texts import Language

_NOBODY = UUID(int=0)
REFERENCE = "SJ-0000-0000-1"
"""No case has it: the check digit is wrong."""

_ROOM = {"zh-CN": "调解一室", "en": "Mediation room 1"}


def sample(kind: str, language: Language, words: Words, now: datetime) -> Notice:
    """As it would be told now, with all its days named."""
    day = local_day(now) + timedelta(days=7)
    invented: dict[str, Any] = dict.fromkeys(DATES[kind], day)
    invented |= {
        "stage": "hear",
        "starts_at": datetime.combine(day, time(14), SHANGHAI),
        "ends_at": datetime.combine(day, time(15, 30), SHANGHAI),
        "room_name": _ROOM[language],
        "room": "ROOM-1",
    }
    facts = Facts.model_validate({name: invented[name] for name in (*DATES[kind], "room_name")})
    return Notice(_NOBODY, kind, _NOBODY, REFERENCE, facts, now, None, None, {language: words})
