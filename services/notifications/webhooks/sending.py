"""The worker's job: tells platforms what is due, each message by itself, for ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from services.notifications import metrics
from services.notifications.settings import settings_of
from services.notifications.webhooks import decisions, storage
from services.notifications.webhooks.decisions import Over
from services.notifications.webhooks.guard import ANSWER_SECONDS, Guard, networks
from services.notifications.webhooks.signing import headers_for, secret_of
from services.notifications.webhooks.storage import Due
from shared.access.door import Kit
from shared.clock import SystemClock
from shared.persistence.database import UNAVAILABLE

log = structlog.get_logger()

LANES = 2
POLL_SECONDS = 0.5
HELD = timedelta(seconds=ANSWER_SECONDS * 8)
"""For how long a taken message is left to its worker; one that was killed meanwhile has told it, or has not."""


async def tell_platforms(kit: Kit) -> None:
    """Several at once, so that one that is slow holds up none of the others."""
    guard = Guard(networks(settings_of(kit).webhook_networks))
    async with asyncio.TaskGroup() as lanes:
        for _ in range(LANES):
            lanes.create_task(_lane(kit, guard))


async def _lane(kit: Kit, guard: Guard) -> None:
    while True:
        try:
            if not await _tell_next(kit, guard):
                await asyncio.sleep(POLL_SECONDS)
        except UNAVAILABLE as error:
            log.warning("webhooks_wait_for_database", error=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)


async def _tell_next(kit: Kit, guard: Guard) -> bool:
    """One message; False when none is due."""
    machine = SystemClock()
    async with kit.database.transaction() as tx:
        due = await storage.take_due(tx, machine.now(), held=HELD)
    if due is None:
        return False
    answer = await guard.post(due.url, _headers(kit, due), due.body.encode())
    outcome = decisions.outcome(answer, attempt=due.attempt, queued_at=due.queued_at, now=machine.now())
    async with kit.database.transaction() as tx:
        await storage.settle(tx, due, outcome, now=kit.clock.now())
        if isinstance(outcome, Over) and outcome.reason == decisions.GONE:
            await storage.end_as_gone(tx, due.webhook_id, kit.clock.now())
    _note(due, outcome)
    return True


def _headers(kit: Kit, due: Due) -> dict[str, str]:
    key, now = settings_of(kit).link_secret.get_secret_value(), SystemClock().now()
    secrets = [
        secret_of(key, due.webhook_id, generation)
        for generation in decisions.signing_generations(due.generation, due.rotated_at, now)
    ]
    return dict(headers_for(f"msg_{due.id.hex}", due.body, secrets=secrets, now=now))


def _note(due: Due, outcome: decisions.Again | Over) -> None:
    about = {"webhook": str(due.webhook_id), "message": str(due.id), "attempt": due.attempt}
    match outcome:
        case Over(accepted=True):
            log.info("webhook_accepted", **about)
        case Over():
            log.warning("webhook_failed", reason=outcome.reason, **about)
        case _:
            log.info("webhook_put_off", reason=outcome.reason, **about)
            return
    metrics.SETTLED.labels("webhook", "accepted" if outcome.accepted else "failed").inc()
