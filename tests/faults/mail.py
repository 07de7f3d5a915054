"""A mail server as the world has them: it puts off, hangs, breaks off before or after it has taken a mail."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from email import message_from_bytes
from email.message import Message
from enum import Enum

import aiosmtplib
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import HOST

ANSWER_SECONDS = 3
"""How long notifications is told to wait for the server's word."""


class Manner(Enum):
    """What it does with one mail. Behind the ambiguous ones nobody on our side can know whether it was taken."""

    TAKES = "takes"
    SLOWLY = "takes slowly"
    LATER = "asks to come again"
    TAKES_AND_BREAKS = "takes and breaks off"
    TAKES_AND_HANGS = "takes and hangs"
    BREAKS = "breaks off"


AMBIGUOUS = (Manner.TAKES_AND_BREAKS, Manner.TAKES_AND_HANGS, Manner.BREAKS)
ODDS = {
    Manner.TAKES: 60,
    Manner.SLOWLY: 15,
    Manner.LATER: 15,
    Manner.TAKES_AND_BREAKS: 4,
    Manner.TAKES_AND_HANGS: 3,
    Manner.BREAKS: 3,
}

NEEDED = b"/survey"
"""A mail without which the story of a case cannot go on is taken as it comes."""


class MailServer:
    """Stands before the mailbox; what it takes can be read there."""

    def __init__(self, port: int, mailbox: int, dice: random.Random) -> None:
        self._port = port
        self._mailbox = mailbox
        self._dice = dice
        self._server: asyncio.Server | None = None
        self.calm = False
        """Set at the end, so that what waits gets through."""
        self.manners: Counter[str] = Counter()
        self.ambiguous: set[str] = set()
        """Notices over which it kept back its word."""

    async def __aenter__(self) -> MailServer:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True), HOST, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        mail = message_from_bytes(content)
        manner = self._manner(mail)
        self.manners[manner.value] += 1
        if manner in AMBIGUOUS:
            self.ambiguous.add(str(mail["X-Shangju-Notice"]))
        if manner is Manner.LATER:
            return "451 come again"
        if manner is Manner.SLOWLY:
            await asyncio.sleep(0.5)
        if manner is not Manner.BREAKS:
            await aiosmtplib.send(
                content,
                sender=envelope.mail_from,
                recipients=envelope.rcpt_tos,
                hostname=HOST,
                port=self._mailbox,
            )
        if manner is Manner.TAKES_AND_HANGS:
            await asyncio.sleep(ANSWER_SECONDS + 2)
        if manner in (Manner.BREAKS, Manner.TAKES_AND_BREAKS):
            server.transport.abort()
        return "250 taken"

    def _manner(self, mail: Message) -> Manner:
        if self.calm or _is_needed(mail):
            return Manner.TAKES
        [drawn] = self._dice.choices(list(ODDS), weights=list(ODDS.values()))
        return drawn


def _is_needed(mail: Message) -> bool:
    parts = (part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart())
    return any(isinstance(part, bytes) and NEEDED in part for part in parts)
