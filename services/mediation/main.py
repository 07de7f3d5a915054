"""The wiring: all that makes a process of this service."""

from __future__ import annotations

from services.mediation import api, consumers, timers
from services.mediation.guidance import TEXTS
from services.mediation.rules import are_sound
from services.mediation.settings import Settings
from services.mediation.storage.charters import CHARTERS
from shared.charter.door import rules_router
from shared.service import Service

SERVICE = Service(
    name="mediation",
    settings=Settings,
    texts=TEXTS,
    routers=(*api.ROUTERS, rules_router(CHARTERS, sound=are_sound)),
    subscriptions=consumers.subscriptions,
    fire=timers.fire,
)
