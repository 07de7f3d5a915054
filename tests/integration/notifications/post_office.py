"""A mail server in the test's own loop that does what it is told, also the things mail servers should not do."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import free_port

Act = Callable[[SMTP], Awaitable[str]]


def answer(words: str) -> Act:
    async def act(_: SMTP) -> str:
        return words

    return act


take = answer("250 OK")


@dataclass
class PostOffice:
    """`at_address` and `at_content` hold, by recipient, what to do at the next mails; then comes `otherwise`."""

    port: int = field(default_factory=free_port)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_address: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    at_content: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    otherwise: Act = take
    connections: int = 0
    offers: int = 0
    closed_to_us: bool = False
    doors: list[SMTP] = field(default_factory=list)

    def mails_of(self, recipient: str) -> list[EmailMessage]:
        return [mail for to, mail in self.taken if to == recipient]

    def hang_up_on_all(self) -> None:
        for door in self.doors:
            if door.transport is not None:
                door.transport.close()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.closed_to_us:
            return "530 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.offers += 1
        if acts := self.at_address[address]:
            return await acts.pop(0)(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        [recipient] = envelope.rcpt_tos
        acts = self.at_content[recipient]
        words = await (acts.pop(0) if acts else self.otherwise)(server)
        if words.startswith("250"):
            mail: Any = message_from_bytes(envelope.original_content or b"", policy=SMTP_POLICY)
            self.taken.append((recipient, mail))
        if words.endswith("and vanish"):
            await vanish(server)
        return words

    @asynccontextmanager
    async def open(self) -> AsyncIterator[PostOffice]:
        def door() -> SMTP:
            self.connections += 1
            self.doors.append(SMTP(self, hostname="post.test"))
            return self.doors[-1]

        server = await asyncio.get_running_loop().create_server(door, "127.0.0.1", self.port)
        try:
            yield self
        finally:
            server.close()


async def vanish(server: SMTP) -> str:
    """Closes the connection without a word."""
    server.transport.abort()
    return "421 gone"


async def hang(_: SMTP) -> str:
    """Says nothing for longer than anybody waits."""
    await asyncio.sleep(3600)
    return "250 OK"


take_and_vanish = answer("250 OK and vanish")
