"""The worker's job: says what has gathered, robot by robot, for ever. At most once: a group is not told twice."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import structlog
from cryptography.exceptions import InvalidTag

from services.notifications import decisions, metrics
from services.notifications.charters import nights
from services.notifications.commands import Answer, No, NotYet, NoWord, Report
from services.notifications.decisions import Mail, Settled
from services.notifications.retrying import wait_of
from services.notifications.robots import storage
from services.notifications.robots.messages import text_of
from services.notifications.robots.platforms import GONE, Platform, judge, request
from services.notifications.robots.sealing import unseal
from services.notifications.robots.storage import Batch
from services.notifications.settings import settings_of
from services.notifications.webhooks.guard import ANSWER_SECONDS, Guard, Reply, networks
from shared.access.door import Kit
from shared.clock import SystemClock
from shared.persistence.database import UNAVAILABLE, Connection

log = structlog.get_logger()

POLL_SECONDS = 0.5
LEASE = timedelta(seconds=ANSWER_SECONDS + 60)
"""After that nobody reports any more on what was being said."""


async def tell_groups(kit: Kit) -> None:
    """As many robots at once as the settings say; through each one message after the other."""
    settings = settings_of(kit)
    guard = Guard(networks(settings.webhook_networks))
    async with asyncio.TaskGroup() as lanes:
        for _ in range(settings.robot_lanes):
            lanes.create_task(_lane(kit, guard))


async def _lane(kit: Kit, guard: Guard) -> None:
    while True:
        try:
            if not await tell_next(kit, guard):
                await asyncio.sleep(POLL_SECONDS)
        except UNAVAILABLE as error:
            log.warning("robots_wait_for_database", error=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)


async def tell_next(kit: Kit, guard: Guard) -> bool:
    """One message; False when none is due."""
    settings, machine = settings_of(kit), SystemClock()
    async with kit.database.transaction() as tx:
        await storage.settle_abandoned(tx, machine.now(), now=kit.clock.now())
        batch = await storage.take_batch(
            tx,
            machine.now(),
            now=kit.clock.now(),
            nights=await nights(tx, kit.clock.now()),
            per_minute=settings.robot_messages_per_minute,
            lease=LEASE,
        )
    if batch is None:
        return False
    answer = await _say(kit, guard, batch)
    async with kit.database.transaction() as tx:
        mails = await _settle(tx, batch, answer, kit.clock.now())
        if isinstance(answer, No) and answer.reason == GONE:
            await storage.end_robot(tx, batch.robot_id, "gone", kit.clock.now())
    _note(batch, mails)
    return True


async def _say(kit: Kit, guard: Guard, batch: Batch) -> Answer:
    """After the secret of all links was changed a robot has to be entered anew, and says so on its page."""
    settings = settings_of(kit)
    try:
        line = unseal(settings.link_secret.get_secret_value(), batch.robot_id, batch.platform, batch.sealed)
    except InvalidTag:
        return No("robot_key_changed")
    text = text_of([one.word for one in batch.said], batch.language, public_url=settings.public_url)
    asked = request(line, text, SystemClock().now())
    reply = await guard.ask(asked.url, asked.headers, asked.content)
    return judgement(batch.platform, reply) if isinstance(reply, Reply) else reply


def judgement(platform: Platform, reply: Reply) -> Answer:
    """A code in the body where there is one; a server that broke down may have spoken before."""
    if reply.status in (429, 503) or 300 <= reply.status < 400:
        return NotYet(f"robot_http_{reply.status}", wait_of(reply.retry_after, datetime.now(UTC)))
    if reply.status >= 500:
        return NoWord(f"robot_http_{reply.status}")
    try:
        return judge(platform, json.loads(reply.body))
    except (ValueError, LookupError, TypeError):
        return NoWord("robot_unreadable") if reply.status < 400 else NotYet(f"robot_http_{reply.status}")


async def _settle(tx: Connection, batch: Batch, answer: Answer, now: datetime) -> list[Mail]:
    mails: list[Mail] = []
    for one in batch.said:
        [event] = decisions.decide(one.mail, Report(one.mail.attempt, answer), SystemClock().now())
        mails.append(decisions.evolve(one.mail, event))
        await storage.settle(tx, one.id, mails[-1], now=now)
    return mails


def _note(batch: Batch, mails: list[Mail]) -> None:
    for mail in mails:
        match mail:
            case Settled():
                metrics.SETTLED.labels("robot", mail.result).inc()
                log.info(f"robot_{mail.result}", robot=str(batch.robot_id), reason=mail.reason)
            case _:
                log.info("robot_put_off", robot=str(batch.robot_id), attempts=mail.attempt)
