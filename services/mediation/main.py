"""The wiring: all that makes a process of this service."""

from __future__ import annotations

from services.mediation import api, consumers, timers
from services.mediation.guidance import TEXTS
from services.mediation.settings import Settings
from shared.service import Service

SERVICE = Service(
    name="mediation",
    settings=Settings,
    texts=TEXTS,
    routers=(api.router,),
    subscriptions=consumers.subscriptions,
    fire=timers.fire,
)
