"""The worker's jobs: handing due mails to the mail server, and seeing to those nobody reports on.

README.md, "What becomes of a mail", says what is promised and which test shows it.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import structlog
from opentelemetry.trace import SpanKind

from services.notifications import metrics, use_cases
from services.notifications.commands import Answer, HandOver, MailCommand, NotYet, Report
from services.notifications.decisions import Mail, Overtaken, Settled
from services.notifications.letters import Office, compose
from services.notifications.publish import About
from services.notifications.settings import settings_of
from services.notifications.smtp import MailServer, content_of
from services.notifications.storage import Addressed
from services.notifications.use_cases import Times
from shared.access.door import Kit
from shared.clock import SystemClock
from shared.messaging.failures import describe
from shared.observability import traces
from shared.persistence.database import UNAVAILABLE

log = structlog.get_logger()

LANES = 4
"""Mails on their way at once, each over a connection of its own."""

POLL_SECONDS = 0.25
KEEP_SECONDS = 5.0
GRACE_SECONDS = 10.0
MARK_SECONDS = 60.0
"""How long the mark may take once the mail server has spoken, before others give up on it."""


async def send_mails(kit: Kit) -> None:
    """Hands due mails to the mail server, for ever; when stopped, finishes those on their way first."""
    room = Mailroom(kit)
    lanes = [asyncio.create_task(room.lane()) for _ in range(LANES)]
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
                about, mail = settled
                _note(mail, case=str(about.case_id), notice=str(about.notice_id))
            await metrics.measure(kit.database, kit.clock.now())
        except UNAVAILABLE as error:
            log.warning("mails_wait_for_database", error=type(error).__name__)
        await asyncio.sleep(KEEP_SECONDS)


async def _settle_one(kit: Kit) -> tuple[About, Mail] | None:
    async with kit.database.transaction() as tx:
        return await use_cases.settle_abandoned(tx, _times(kit))


class Mailroom:
    """What the lanes share: whose turn it is to look for the next mail, and whether they are to close."""

    def __init__(self, kit: Kit) -> None:
        settings = settings_of(kit)
        self._kit = kit
        self._settings = settings
        self._office = Office(
            settings.mail_address, settings.public_url, settings.link_secret.get_secret_value()
        )
        self._lease = timedelta(seconds=settings.smtp_answer_seconds + MARK_SECONDS)
        self._turn = asyncio.Lock()
        self._closing = False

    def close(self) -> None:
        """No lane takes another mail."""
        self._closing = True

    async def lane(self) -> None:
        """One mail after the other over one connection."""
        server = MailServer(
            host=self._settings.smtp_host,
            port=self._settings.smtp_port,
            answer_seconds=self._settings.smtp_answer_seconds,
        )
        try:
            while (claimed := await self._next()) is not None:
                await self._send(server, *claimed)
        finally:
            server.hang_up()

    async def _next(self) -> tuple[UUID, int, Addressed] | None:
        """The next due mail; one lane looks while the others wait. None when the room closes."""
        async with self._turn:
            while not self._closing:
                try:
                    async with self._kit.database.transaction() as tx:
                        claimed = await use_cases.claim_mail(tx, _times(self._kit))
                except UNAVAILABLE as error:
                    log.warning("mails_wait_for_database", error=type(error).__name__)
                    claimed = None
                if claimed is not None:
                    return claimed
                await asyncio.sleep(POLL_SECONDS)
        return None

    async def _send(self, server: MailServer, delivery_id: UUID, attempt: int, addressed: Addressed) -> None:
        notice = addressed.notice
        with (
            traces.tracer().start_as_current_span(
                f"mail {notice.kind}", context=traces.continued(notice.traceparent), kind=SpanKind.PRODUCER
            ) as span,
            structlog.contextvars.bound_contextvars(
                trace_id=traces.trace_id(span),
                case=str(notice.case_id),
                notice=str(notice.id),
                attempt=attempt,
            ),
        ):
            try:
                answer = await self._attempt(server, delivery_id, attempt, addressed)
                await self._report(delivery_id, Report(attempt, answer))
            except Overtaken:
                server.hang_up()
                log.warning("mail_overtaken")

    async def _attempt(
        self, server: MailServer, delivery_id: UUID, attempt: int, addressed: Addressed
    ) -> Answer:
        """Everything up to the mail server's word. A failure on our side before the content costs nothing."""
        try:
            mail = compose(addressed, office=self._office, traceparent=traces.current_traceparent())
            content = content_of(mail)
            refused = await server.offer(sender=self._office.mail_from, recipient=addressed.email)
            if refused is not None:
                return refused
            await self._move(delivery_id, HandOver(attempt, self._lease))
        except Overtaken:
            raise
        except Exception as error:
            log.error("mail_not_made", error=describe(error))
            server.hang_up()
            return NotYet("not_made")
        return await server.hand_over(content)

    async def _report(self, delivery_id: UUID, report: Report) -> None:
        """Marks what came of it, however long the database is away: only here is it known."""
        while True:
            try:
                mail = await self._move(delivery_id, report)
            except UNAVAILABLE as error:
                log.warning("mark_waits_for_database", error=type(error).__name__)
                await asyncio.sleep(1)
            else:
                _note(mail)
                return

    async def _move(self, delivery_id: UUID, command: MailCommand) -> Mail:
        async with self._kit.database.transaction() as tx:
            return await use_cases.move_mail(tx, delivery_id, command, _times(self._kit))


def _times(kit: Kit) -> Times:
    return Times(now=kit.clock.now(), machine_now=SystemClock().now())


def _note(mail: Mail, **about: str) -> None:
    match mail:
        case Settled(result="accepted"):
            log.info("mail_accepted", attempts=mail.attempt, **about)
        case Settled():
            log.warning(f"mail_{mail.result}", reason=mail.reason, attempts=mail.attempt, **about)
        case _:
            log.info("mail_put_off", attempts=mail.attempt, **about)
            return
    metrics.SETTLED.labels("mail", mail.result).inc()
