"""The only wiring."""

from __future__ import annotations

from services.alliance import consumers, jobs
from services.alliance.api import ROUTERS
from services.alliance.mail import TEXTS
from services.alliance.settings import Settings
from shared.service import Service

SERVICE = Service(
    name="alliance",
    settings=Settings,
    texts=TEXTS,
    routers=ROUTERS,
    subscriptions=consumers.subscriptions,
    jobs=(jobs.tidy,),
)
