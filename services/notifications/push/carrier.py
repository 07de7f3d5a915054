"""Takes a notice to every browser its reader asked on: that there is something to read, and not what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from services.notifications.carriers import HandOver
from services.notifications.commands import Answer, No, NotYet, NoWord, Yes
from services.notifications.push import storage
from services.notifications.push.sealing import Sender, Subscription, sealed
from services.notifications.quiet import EVEN_AT_NIGHT
from services.notifications.retrying import wait_of
from services.notifications.storage import Addressed
from services.notifications.webhooks.guard import Guard, Reply
from services.notifications.wording import TEXTS
from shared.clock import SystemClock
from shared.persistence.database import Database

A_DAY_SECONDS = 24 * 60 * 60
"""How long a push service keeps it for a telephone that is switched off."""

GONE = No("push_gone")


class PushCarrier:
    """Each browser's push service is asked by itself; one that takes it is enough."""

    def __init__(self, database: Database, sender: Sender, guard: Guard) -> None:
        self._database = database
        self._sender = sender
        self._guard = guard

    async def offer(self, addressed: Addressed) -> NotYet | No | HandOver:
        async with self._database.reading() as connection:
            found = await storage.subscriptions_of(connection, UUID(addressed.address))
        if not found:
            return GONE
        content = content_of(addressed)
        messages = [(one, sealed(content, one)) for one in found]
        return partial(self._send, messages, headers_of(addressed))

    def hang_up(self) -> None:
        """Each message has a connection of its own, and before it is handed over none."""

    async def _send(
        self, messages: Sequence[tuple[Subscription, bytes]], headers: Mapping[str, str]
    ) -> Answer:
        answers = {one.endpoint: await self._post(one, message, headers) for one, message in messages}
        gone = [endpoint for endpoint, answer in answers.items() if answer == GONE]
        if gone:
            async with self._database.transaction() as tx:
                await storage.forget(tx, gone)
        return together([*answers.values()])

    async def _post(self, one: Subscription, message: bytes, headers: Mapping[str, str]) -> Answer:
        signed = self._sender.headers(one.endpoint, SystemClock().now())
        reply = await self._guard.ask(one.endpoint, {**headers, **signed}, message)
        return judgement(reply) if isinstance(reply, Reply) else reply


def content_of(addressed: Addressed) -> bytes:
    """The same words for all: they show on locked screens, and on telephones that are shared."""
    language = addressed.language
    said = {
        "title": TEXTS("mail_sender", language),
        "body": TEXTS("push_body", language),
        "tag": addressed.notice.id.hex,
        "open": "/inbox",
    }
    return json.dumps(said, ensure_ascii=False).encode()


def headers_of(addressed: Addressed) -> Mapping[str, str]:
    """By its topic a message takes the place of the one before it (RFC 8030)."""
    notice = addressed.notice
    return {
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(A_DAY_SECONDS),
        "topic": notice.id.hex,
        "urgency": "high" if notice.kind in EVEN_AT_NIGHT else "normal",
    }


def judgement(reply: Reply) -> Answer:
    """404 and 410 end the subscription; what a server did that broke down, nobody knows."""
    status = reply.status
    if 200 <= status < 300:
        return Yes()
    if status in (404, 410):
        return GONE
    if status in (429, 503) or 300 <= status < 400:
        return NotYet(f"push_{status}", wait_of(reply.retry_after, datetime.now(UTC)))
    return NoWord(f"push_{status}") if status >= 500 else No(f"push_{status}")


def together(answers: Sequence[Answer]) -> Answer:
    """One browser that has it is enough; else the best that may yet be hoped for."""
    for kind in (Yes, NoWord, NotYet):
        if (found := next((one for one in answers if isinstance(one, kind)), None)) is not None:
            return found
    return answers[0]
