"""A mail server in the test's own loop that does what it is told, also the things mail servers should not do."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import SecretStr

from deploy.local.ports import free_port
from tests.support.certificate import Certified

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
            self.doors.append(self._door())
            return self.doors[-1]

        server = await asyncio.get_running_loop().create_server(
            door, "127.0.0.1", self.port, ssl=self._from_the_first_byte()
        )
        try:
            yield self
        finally:
            server.close()

    def _door(self) -> SMTP:
        return SMTP(self, hostname="post.test")

    def _from_the_first_byte(self) -> ssl.SSLContext | None:
        return None


@dataclass(kw_only=True)
class GuardedPost(PostOffice):
    """One that encrypts, and takes mails of nobody but who knows the password."""

    certified: Certified
    security: str
    password: str
    offered: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, Any]:
        """What a service is told of it."""
        return {
            "smtp_port": self.port,
            "smtp_security": self.security,
            "smtp_username": "shangju",
            "smtp_password": SecretStr(self.password),
            "smtp_authority": self.certified.authority,
        }

    def _door(self) -> SMTP:
        by_word = self.security == "starttls"
        return SMTP(
            self,
            hostname="post.test",
            tls_context=self.certified.context() if by_word else None,
            require_starttls=by_word,
            auth_required=True,
            auth_require_tls=by_word,
            authenticator=self._knows,
        )

    def _from_the_first_byte(self) -> ssl.SSLContext | None:
        return self.certified.context() if self.security == "tls" else None

    def _knows(self, _: SMTP, __: Session, ___: Envelope, ____: str, login: Any) -> AuthResult:
        self.offered.append(login.password.decode())
        known = (login.login, login.password) == (b"shangju", self.password.encode())
        return AuthResult(success=known, handled=False)


async def vanish(server: SMTP) -> str:
    """Closes the connection without a word."""
    server.transport.abort()
    return "421 gone"


async def hang(_: SMTP) -> str:
    """Says nothing for longer than anybody waits."""
    await asyncio.sleep(3600)
    return "250 OK"


async def drip(server: SMTP) -> str:
    """A line of its answer now and then and never the last, so that no single wait is ever too long."""
    while not server.transport.is_closing():
        server.transport.write(b"250-one moment\r\n")
        await asyncio.sleep(0.2)
    return "421 gone"


take_and_vanish = answer("250 OK and vanish")
