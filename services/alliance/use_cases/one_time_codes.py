"""One-time codes for a contact: asked for, and tried. Which contact, and what a right one allows, the caller knows."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.alliance import credentials, policy
from services.alliance.contact import Contact, digits
from services.alliance.decisions import codes, members
from services.alliance.settings import Settings
from services.alliance.storage import register
from services.alliance.storage import sign_in as rows
from shared.access.actor import Actor
from shared.access.problem import TooManyRequests
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotFound, Refused
from shared.persistence.database import Connection


class CodesUsedUp(TooManyRequests):
    """As many were sent as are in a day: it says when there is another."""

    def __init__(self, retry_after_seconds: int, now: datetime) -> None:
        super().__init__(retry_after_seconds)
        self.code = "codes_used_up"
        again_at = (now + timedelta(seconds=retry_after_seconds)).astimezone(SHANGHAI)
        self.data["again_at"] = again_at.strftime("%Y-%m-%d %H:%M")


async def new_code(
    tx: Connection,
    contact: Contact,
    *,
    settings: Settings,
    now: datetime,
    purpose: str = "",
    about: str = "",
    per_day: int = codes.PER_DAY,
) -> str:
    """To be sent. Codes are counted by contact and purpose, whatever they are about.

    Raises TooManyRequests; CodesUsedUp where it is for hours.
    """
    secret = settings.key_secret.get_secret_value()
    hashed = credentials.contact_hash(secret, contact, purpose=purpose)
    record = await rows.lock_codes(tx, hashed)
    if wait := codes.seconds_to_wait(record, now, per_day):
        raise CodesUsedUp(wait, now) if codes.are_used_up(record, now, per_day) else TooManyRequests(wait)
    code = credentials.new_code()
    mac = credentials.code_mac(secret, contact, code, purpose=purpose, about=about)
    await rows.save_codes(tx, hashed, codes.sent(record, mac, now))
    return code


async def is_right(
    tx: Connection,
    contact: Contact,
    code: str,
    *,
    settings: Settings,
    now: datetime,
    purpose: str = "",
    about: str = "",
) -> bool:
    """Whether it is the code that was sent for this, typed on any keyboard. The try counts: commit it."""
    secret = settings.key_secret.get_secret_value()
    hashed = credentials.contact_hash(secret, contact, purpose=purpose)
    record = await rows.lock_codes(tx, hashed)
    mac = credentials.code_mac(secret, contact, digits(code), purpose=purpose, about=about)
    after, right = codes.tried(record, mac, now)
    await rows.save_codes(tx, hashed, after)
    return right


async def own_contact(tx: Connection, actor: Actor) -> Contact:
    """Where a code for somebody signed in goes. Raises Refused without an address for mails."""
    known = (await register.member(tx, policy.member(actor))).state
    if not isinstance(known, members.Member):
        raise NotFound
    if known.email is None:
        raise Refused("no_mail_for_code")
    return Contact("email", known.email)


def require_code(*, right: bool) -> None:
    """Raises Invalid: wrong, old and used up are one answer."""
    if not right:
        raise Invalid("/code", "wrong_code")
