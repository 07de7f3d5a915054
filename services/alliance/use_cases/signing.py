"""Meaning to sign: a code for just these words, and the proof that it was given back, for where they are signed."""

from __future__ import annotations

from datetime import datetime

from services.alliance import credentials, policy
from services.alliance.contact import Contact
from services.alliance.decisions import codes
from services.alliance.settings import Settings
from services.alliance.use_cases import one_time_codes
from services.alliance.use_cases.keys import active_key
from shared.access.actor import Actor, Intent
from shared.persistence.database import Connection

PURPOSE = "signing"


async def ask_for_code(
    tx: Connection, actor: Actor, content_hash: str, *, settings: Settings, now: datetime
) -> tuple[Contact, str]:
    """A code to sign that content by, and where it goes; one for other words is dead by it.

    Raises TooManyRequests, Refused without an address for mails.
    """
    contact = await one_time_codes.own_contact(tx, actor)
    code = await one_time_codes.new_code(
        tx,
        contact,
        settings=settings,
        now=now,
        purpose=PURPOSE,
        about=content_hash,
        per_day=codes.SIGNING_PER_DAY,
    )
    return contact, code


async def proof(
    tx: Connection, actor: Actor, content_hash: str, code: str, *, settings: Settings, now: datetime
) -> str | None:
    """That the code sent for that content was given back; None for any other. The try counts: commit it."""
    contact = await one_time_codes.own_contact(tx, actor)
    right = await one_time_codes.is_right(
        tx, contact, code, settings=settings, now=now, purpose=PURPOSE, about=content_hash
    )
    if not right:
        return None
    secret = settings.key_secret.get_secret_value()
    intent = Intent(policy.member(actor), content_hash, now)
    return credentials.proof_of_intent(await active_key(tx, secret, now), secret, intent)
