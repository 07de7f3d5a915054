"""The wiring of the notifications service."""

from __future__ import annotations

from services.notifications import api, consumers, mail
from services.notifications.settings import Settings
from services.notifications.wording import TEXTS
from shared.service import Service

SERVICE = Service(
    name="notifications",
    settings=Settings,
    texts=TEXTS,
    routers=(api.router,),
    subscriptions=consumers.subscriptions,
    jobs=(mail.send_mails, mail.settle_abandoned),
)
