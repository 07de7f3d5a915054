"""The letter with the one-time code. It leaves after the answer, so that the answer's time tells nothing."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Literal

import aiosmtplib
import structlog

from services.alliance.contact import Contact
from services.alliance.decisions import codes
from services.alliance.decisions.members import Member
from services.alliance.settings import Settings
from services.alliance.storage.register import member_with
from shared.persistence.database import UNAVAILABLE, Database
from shared.texts import Language, Texts

log = structlog.get_logger()
TEXTS = Texts("services.alliance")
_SMTP_SECONDS = 10
_HASH_SHOWN = 8

Letter = Literal["code_mail", "erasure_mail", "signing_mail"]
"""What the code is for."""


async def send_code(
    database: Database,
    settings: Settings,
    contact: Contact,
    code: str,
    now: datetime,
    *,
    letter: Letter = "code_mail",
    about: str = "",
) -> None:
    """Mails `code` if the contact is some member's e-mail address. Who gets none asks again in a minute."""
    if contact.kind != "email":
        return
    try:
        async with database.reading() as connection:
            found = await member_with(connection, contact)
        if found is None or not isinstance(found.state, Member):
            return
        written = code_letter(
            settings.mail_from, contact.value, found.state.language, code, now, letter=letter, about=about
        )
        async with settings.mail_client(answer_seconds=_SMTP_SECONDS) as client:
            await client.send_message(written)
    except (aiosmtplib.SMTPException, *UNAVAILABLE) as error:
        log.warning("code_mail_failed", error=type(error).__name__)


def code_letter(
    sender: str,
    recipient: str,
    language: Language,
    code: str,
    now: datetime,
    *,
    letter: Letter = "code_mail",
    about: str = "",
) -> EmailMessage:
    """The code stands in the text alone: a subject is read by whoever sees the locked screen.

    Of the hash it is `about` the first characters, for whoever compares them with what they are about to sign.
    """
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = TEXTS(f"{letter}_subject", language)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].partition("@")[2] or None)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = language
    minutes = int(codes.LIFE.total_seconds()) // 60
    text = TEXTS(f"{letter}_text", language, digits=code, minutes=minutes, hash=about[:_HASH_SHOWN])
    mail.set_content(text, cte="quoted-printable")
    return mail
