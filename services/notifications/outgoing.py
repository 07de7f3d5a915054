"""The worker's jobs: handing due notices to those who carry them, and seeing to what nobody reports on.

README.md, "What becomes of a mail" and "… of a text", says what is promised and which test shows it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from opentelemetry.trace import SpanKind

from services.notifications import metrics, use_cases
from services.notifications.carriers import Carrier, MailCarrier, TextCarrier
from services.notifications.commands import Answer, HandOver, No, NotYet, Report
from services.notifications.decisions import Mail, Overtaken, Settled
from services.notifications.pacing import Minute
from services.notifications.publish import About
from services.notifications.push.carrier import PushCarrier
from services.notifications.push.storage import MOST_DEVICES
from services.notifications.settings import settings_of
from services.notifications.storage import Channel
from services.notifications.texting.gateway import CONNECT_SECONDS
from services.notifications.use_cases import Hold, Parcel, Times
from services.notifications.webhooks.guard import ANSWER_SECONDS, Guard, networks
from shared.access.door import Kit
from shared.clock import SystemClock
from shared.messaging.failures import describe
from shared.observability import traces
from shared.persistence.database import UNAVAILABLE

log = structlog.get_logger()

FIRST_LOOK_SECONDS, POLL_SECONDS = 0.05, 0.25
"""How soon it is looked again once nothing was due, and how seldom at last: who was busy a moment ago is busy soon."""

KEEP_SECONDS = 5.0
GRACE_SECONDS = 10.0
MARK_SECONDS = 60.0
"""How long the mark may take once the other side has spoken, before others give up on it."""


async def send_mails(kit: Kit) -> None:
    """Hands due mails to the mail server, for ever."""
    settings = settings_of(kit)
    lease = timedelta(seconds=settings.smtp_answer_seconds + MARK_SECONDS)
    await _carry(Mailroom(kit, "mail", partial(MailCarrier, settings), lease))


async def send_texts(kit: Kit) -> None:
    """Asks the provider for due texts, for ever; does nothing where there is no provider."""
    settings = settings_of(kit)
    provider = settings.text_provider()
    if provider is None:
        await asyncio.Event().wait()
    else:
        lease = timedelta(seconds=CONNECT_SECONDS + settings.sms_answer_seconds + MARK_SECONDS)
        await _carry(Mailroom(kit, "sms", partial(TextCarrier, settings, provider), lease))


async def send_pushes(kit: Kit) -> None:
    """Tells the telephones whose owners asked for it, for ever; does nothing where we have no key for it."""
    settings = settings_of(kit)
    sender = settings.push_sender()
    if sender is None:
        await asyncio.Event().wait()
    else:
        guard = Guard(networks(settings.webhook_networks))
        lease = timedelta(seconds=ANSWER_SECONDS * MOST_DEVICES + MARK_SECONDS)
        await _carry(Mailroom(kit, "push", partial(PushCarrier, kit.database, sender, guard), lease))


async def _carry(room: Mailroom) -> None:
    """All lanes of a room; when stopped, finishes what is on its way first."""
    lanes = [asyncio.create_task(room.lane()) for _ in range(room.lanes)]
    try:
        ended, _ = await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED)
        for lane in ended:
            lane.result()
    finally:
        room.close()
        await asyncio.wait(lanes, timeout=GRACE_SECONDS)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)


async def settle_abandoned(kit: Kit) -> None:
    """Settles what was cut off or cannot be addressed, and measures, for ever."""
    while True:
        try:
            while (settled := await _settle_one(kit)) is not None:
                about, channel, mail = settled
                note(channel, mail, case=str(about.case_id), notice=str(about.notice_id))
            await metrics.measure(kit.database, kit.clock.now())
        except UNAVAILABLE as error:
            log.warning("mails_wait_for_database", error=type(error).__name__)
        await asyncio.sleep(KEEP_SECONDS)


async def _settle_one(kit: Kit) -> tuple[About, Channel, Mail] | None:
    async with kit.database.transaction() as tx:
        return await use_cases.settle_abandoned(tx, times(kit))


class Mailroom:
    """What a channel's lanes share: whose turn it is to look for the next notice, and whether they are to close."""

    def __init__(
        self, kit: Kit, channel: Channel, make_carrier: Callable[[], Carrier], lease: timedelta
    ) -> None:
        self._kit = kit
        self._channel = channel
        self._make_carrier = make_carrier
        self._lease = lease
        pace = settings_of(kit).pace(channel)
        self.lanes = pace.lanes
        self._minute = Minute(pace.per_minute)
        self._turn = asyncio.Lock()
        self._closing = False

    def close(self) -> None:
        """No lane takes another notice."""
        self._closing = True

    async def lane(self) -> None:
        """One notice after the other by one carrier."""
        carrier = self._make_carrier()
        try:
            while (claimed := await self._next()) is not None:
                await self._send(carrier, claimed)
        finally:
            carrier.hang_up()

    async def _next(self) -> Parcel | None:
        """The next due notice; one lane looks while the others wait. None when the room closes."""
        idle_seconds = FIRST_LOOK_SECONDS
        async with self._turn:
            while not self._closing:
                if (claimed := await self._claim()) is not None:
                    self._minute.take(time.monotonic())
                    return claimed
                await asyncio.sleep(idle_seconds)
                idle_seconds = min(POLL_SECONDS, idle_seconds * 1.5)
        return None

    async def _claim(self) -> Parcel | None:
        """None while nothing is due, the minute is full or the database is away."""
        if not self._minute.has_room(time.monotonic()):
            return None
        try:
            async with self._kit.database.transaction() as tx:
                return await use_cases.claim(tx, self._channel, times(self._kit))
        except UNAVAILABLE as error:
            log.warning("mails_wait_for_database", error=type(error).__name__)
            return None

    async def _send(self, carrier: Carrier, parcel: Parcel) -> None:
        notice, attempt = parcel.addressed.notice, parcel.holds[0].attempt
        with (
            traces.step(
                f"{self._channel} {notice.kind}", traces.continued(notice.traceparent), SpanKind.PRODUCER
            ) as span,
            structlog.contextvars.bound_contextvars(
                trace_id=traces.trace_id(span),
                case=str(notice.case_id),
                notice=str(notice.id),
                attempt=attempt,
            ),
        ):
            try:
                answer = await self._attempt(carrier, parcel)
                await self._report(parcel.holds, Report(attempt, answer))
            except Overtaken:
                carrier.hang_up()
                log.warning(f"{self._channel}_overtaken")

    async def _attempt(self, carrier: Carrier, parcel: Parcel) -> Answer:
        """Everything up to the other side's word. A failure of ours before the handing over costs nothing."""
        try:
            offered = await carrier.offer(parcel.addressed)
            if isinstance(offered, NotYet | No):
                return offered
            await self._move(parcel.holds, HandOver(parcel.holds[0].attempt, self._lease))
        except Overtaken:
            raise
        except Exception as error:
            log.error(f"{self._channel}_not_made", error=describe(error))
            carrier.hang_up()
            return NotYet("not_made")
        return await offered()

    async def _report(self, holds: Sequence[Hold], report: Report) -> None:
        """Marks what came of it, however long the database is away: only here is it known."""
        while True:
            try:
                mails = await self._move(holds, report)
            except UNAVAILABLE as error:
                log.warning("mark_waits_for_database", error=type(error).__name__)
                await asyncio.sleep(1)
            else:
                for mail in mails:
                    note(self._channel, mail)
                return

    async def _move(self, holds: Sequence[Hold], command: HandOver | Report) -> list[Mail]:
        async with self._kit.database.transaction() as tx:
            return await use_cases.move_mail(tx, holds, command, times(self._kit))


def times(kit: Kit) -> Times:
    """What time it is, and whether texts can be sent."""
    texts = settings_of(kit).text_provider() is not None
    return Times(now=kit.clock.now(), machine_now=SystemClock().now(), texts=texts)


def note(channel: Channel, mail: Mail, **about: str) -> None:
    """Tells the log and the counter what came of it."""
    match mail:
        case Settled(result="accepted" | "not_needed"):
            log.info(f"{channel}_{mail.result}", attempts=mail.attempt, **about)
        case Settled():
            log.warning(f"{channel}_{mail.result}", reason=mail.reason, attempts=mail.attempt, **about)
        case _:
            log.info(f"{channel}_put_off", attempts=mail.attempt, **about)
            return
    metrics.SETTLED.labels(channel, mail.result).inc()
