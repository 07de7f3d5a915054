"""One connection to the mail server, kept open, over which a mail goes in two steps.

aiosmtplib sends DATA and the content in one call, and then a lost connection cannot be told from a lost
mail. Here the step after which no word is no answer is one of its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from aiosmtplib import SMTPTimeoutError as NoAnswerInTime

from services.notifications.commands import Answer, No, NotYet, NoWord, Yes

GO_AHEAD = 354
OFFER_SECONDS = 60


class MailServer:
    """Answers are codes; the server's own words may quote an address and are dropped."""

    def __init__(self, make_client: Callable[[], SMTP], *, answer_seconds: float) -> None:
        self._make_client = make_client
        self._answer_seconds = answer_seconds
        self._client: SMTP | None = None

    async def offer(self, *, sender: str, recipient: str) -> NotYet | No | None:
        """Names the addresses; None when the server waits for the content.

        What it says against the recipient fails this mail. What it says against us, a server that does not
        let us in for instance, would fail every mail; so that has to be mended and the mails wait.
        """
        try:
            async with asyncio.timeout(OFFER_SECONDS):
                client = await self._connected()
                await client.mail(sender)
                await client.rcpt(recipient)
                reply = await client.execute_command(b"DATA")
        except SMTPRecipientRefused as refused:
            return _refusal(refused.code)
        except SMTPResponseException as refused:
            self.hang_up()
            return NotYet(f"smtp_{refused.code}")
        except (SMTPException, OSError):
            self.hang_up()
            return NotYet("no_connection")
        return None if reply.code == GO_AHEAD else _refusal(reply.code)

    async def hand_over(self, content: bytes) -> Answer:
        """Gives the content and waits for the server's word on it."""
        protocol = self._client.protocol if self._client else None
        try:
            if protocol is None:
                return NotYet("no_connection")
            protocol.write(content)
        except SMTPServerDisconnected:
            self.hang_up()
            return NotYet("no_connection")
        try:
            reply = await protocol.read_response(timeout=self._answer_seconds)
        except NoAnswerInTime:
            self.hang_up()
            return NoWord("no_answer")
        except (SMTPException, OSError):
            self.hang_up()
            return NoWord("connection_lost")
        return _judgement(reply.code)

    def hang_up(self) -> None:
        """Without a QUIT: what the server had not taken is as if it had not been offered."""
        if self._client is not None:
            self._client.close()
        self._client = None

    async def _connected(self) -> SMTP:
        """The open connection, asked whether it still is one, or a new one."""
        if self._client is not None:
            try:
                await self._client.rset()
                return self._client
            except SMTPException:
                self.hang_up()
        self._client = self._make_client()
        await self._client.connect()
        return self._client


def _refusal(code: int) -> NotYet | No:
    return No(f"smtp_{code}") if 500 <= code < 600 else NotYet(f"smtp_{code}")


def _judgement(code: int) -> Answer:
    if 200 <= code < 300:
        return Yes()
    return _refusal(code) if 400 <= code < 600 else NoWord(f"smtp_{code}")


def content_of(mail: EmailMessage) -> bytes:
    """The mail as the wire has it: a line that begins with a point gets a second one, a lone point ends it."""
    return re.sub(rb"(?m)^\.", b"..", mail.as_bytes()) + b".\r\n"
