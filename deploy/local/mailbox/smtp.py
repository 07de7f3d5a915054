"""The SMTP door: says 250 only when the mail is safely on the disk."""

from __future__ import annotations

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mailbox.letters import Letters
from deploy.local.ports import HOST


class Accept:
    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter = await self._letters.put(
            envelope.original_content or b"",
            sender=envelope.mail_from or "",
            recipients=envelope.rcpt_tos,
        )
        return f"250 OK kept as {letter.id}"


async def open_door(letters: Letters, *, port: int) -> asyncio.Server:
    def door() -> SMTP:
        return SMTP(Accept(letters), hostname="mailbox.shangju.local", enable_SMTPUTF8=True)

    return await asyncio.get_running_loop().create_server(door, HOST, port)
