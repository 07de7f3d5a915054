"""The only wiring: what the complaints processes are made of."""

from __future__ import annotations

from services.complaints import api, consumers, timers
from services.complaints.settings import Settings
from services.complaints.storage import CHARTERS
from shared.charter.door import rules_router
from shared.service import Service
from shared.texts import Texts

SERVICE = Service(
    name="complaints",
    settings=Settings,
    texts=Texts("services.complaints"),
    routers=(api.router, rules_router(CHARTERS)),
    subscriptions=consumers.subscriptions,
    fire=timers.fire,
)
