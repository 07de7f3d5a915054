"""One-time codes for a contact: asked for, and tried. Which contact, and what a right one allows, the caller knows."""

from __future__ import annotations

from datetime import datetime

from services.alliance import credentials
from services.alliance.contact import Contact
from services.alliance.decisions import codes
from services.alliance.settings import Settings
from services.alliance.storage import sign_in as rows
from shared.access.problem import TooManyRequests
from shared.persistence.database import Connection


async def new_code(
    tx: Connection, contact: Contact, *, settings: Settings, now: datetime, purpose: str = ""
) -> str:
    """To be sent. Raises TooManyRequests."""
    secret = settings.key_secret.get_secret_value()
    hashed = credentials.contact_hash(secret, contact, purpose=purpose)
    record = await rows.lock_codes(tx, hashed)
    if wait := codes.seconds_to_wait(record, now):
        raise TooManyRequests(wait)
    code = credentials.new_code()
    mac = credentials.code_mac(secret, contact, code, purpose=purpose)
    await rows.save_codes(tx, hashed, codes.sent(record, mac, now))
    return code


async def is_right(
    tx: Connection, contact: Contact, code: str, *, settings: Settings, now: datetime, purpose: str = ""
) -> bool:
    """Whether it is the code that was sent. The try counts: commit it."""
    secret = settings.key_secret.get_secret_value()
    hashed = credentials.contact_hash(secret, contact, purpose=purpose)
    record = await rows.lock_codes(tx, hashed)
    after, right = codes.tried(record, credentials.code_mac(secret, contact, code, purpose=purpose), now)
    await rows.save_codes(tx, hashed, after)
    return right
