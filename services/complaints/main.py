"""The only wiring: what the complaints processes are made of."""

from __future__ import annotations

from typing import get_args

from services.complaints import api, consumers, metrics, timers
from services.complaints.api import evidence
from services.complaints.categories import catalogue
from services.complaints.settings import Settings
from services.complaints.storage import CHARTERS
from services.complaints.terms import Tier
from services.complaints.use_cases import sweep
from shared.charter.door import rules_router
from shared.service import Service
from shared.texts import Texts

REFINED_BY = frozenset({*catalogue().categories, *get_args(Tier)})
"""A clock's figure may be set for one category, one tier, or both."""

SERVICE = Service(
    name="complaints",
    settings=Settings,
    texts=Texts("services.complaints"),
    routers=(*api.ROUTERS, rules_router(CHARTERS, refined_by=REFINED_BY)),
    subscriptions=consumers.subscriptions,
    fire=timers.fire,
    jobs=(sweep, metrics.watch),
    streamed=evidence.STREAMED,
)
