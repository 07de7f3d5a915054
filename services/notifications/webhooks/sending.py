"""The worker's job: tells platforms what is due, each message by itself, for ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

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
    """Several at once, for ever."""
    switchboard = Switchboard(kit)
    async with asyncio.TaskGroup() as lanes:
        for _ in range(LANES):
            lanes.create_task(switchboard.lane())


class Switchboard:
    """What the lanes share: who is being told. Nobody is by two, so that a slow one holds up none of the others."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._guard = Guard(networks(settings_of(kit).webhook_networks))
        self._busy: set[UUID] = set()
        self._turn = asyncio.Lock()

    async def lane(self) -> None:
        """One message after the other."""
        while True:
            try:
                if not await self._tell_next():
                    await asyncio.sleep(POLL_SECONDS)
            except UNAVAILABLE as error:
                log.warning("webhooks_wait_for_database", error=type(error).__name__)
                await asyncio.sleep(POLL_SECONDS)

    async def _tell_next(self) -> bool:
        """One message; False when none is due."""
        due = await self._take()
        if due is None:
            return False
        try:
            await _tell(self._kit, self._guard, due)
        finally:
            self._busy.discard(due.webhook_id)
        return True

    async def _take(self) -> Due | None:
        async with self._turn:
            async with self._kit.database.transaction() as tx:
                due = await storage.take_due(tx, SystemClock().now(), held=HELD, busy=self._busy)
            if due is not None:
                self._busy.add(due.webhook_id)
        return due


async def _tell(kit: Kit, guard: Guard, due: Due) -> None:
    answer = await guard.post(due.url, _headers(kit, due), due.body.encode())
    now = SystemClock().now()
    outcome = decisions.outcome(answer, attempt=due.attempt, queued_at=due.queued_at, now=now)
    async with kit.database.transaction() as tx:
        await storage.settle(tx, due, outcome, now=kit.clock.now())
        if isinstance(outcome, Over) and outcome.reason == decisions.GONE:
            await storage.end_as_gone(tx, due.webhook_id, kit.clock.now())
    _note(due, outcome)


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
