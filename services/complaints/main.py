"""The only wiring: what the complaints processes are made of."""

from __future__ import annotations

from services.complaints import api, consumers, timers
from services.complaints.api import evidence
from services.complaints.settings import Settings
from services.complaints.storage import CHARTERS
from services.complaints.use_cases import sweep
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
    jobs=(sweep,),
    streamed=evidence.STREAMED,
)
