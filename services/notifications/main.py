"""The wiring of the notifications service."""

from __future__ import annotations

from services.notifications import api, consumers, outgoing
from services.notifications.charters import CHARTERS
from services.notifications.quiet import are_sound
from services.notifications.settings import Settings
from services.notifications.webhooks import api as webhooks_api
from services.notifications.webhooks.sending import tell_platforms
from services.notifications.wording import TEXTS
from shared.charter.door import rules_router
from shared.service import Service

SERVICE = Service(
    name="notifications",
    settings=Settings,
    texts=TEXTS,
    routers=(api.router, webhooks_api.router, rules_router(CHARTERS, sound=are_sound)),
    subscriptions=consumers.subscriptions,
    jobs=(outgoing.send_mails, outgoing.send_texts, outgoing.settle_abandoned, tell_platforms),
)
