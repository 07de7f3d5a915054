"""The signing keys: the first is made when first needed, a new one takes over when told to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.alliance.credentials import ACCESS_LIFE, SigningKey, new_signing_key
from services.alliance.storage import keys as rows
from shared.persistence.database import Connection

_SHOWN_AFTER_RETIREMENT = ACCESS_LIFE + timedelta(minutes=5)
"""Longer than any token the key has signed, for transactions that ran while it was retired."""


async def active_key(tx: Connection, secret: str, now: datetime) -> SigningKey:
    """The key that signs now. Of two processes that miss it at once, one makes it and both use it."""
    key = await rows.active(tx)
    if key is not None:
        return key
    await rows.lock(tx)
    return await rows.active(tx) or await _add_new(tx, secret, now)


async def rotate(tx: Connection, secret: str, now: datetime) -> str:
    """A new key signs from now on; tokens signed by the old one stay good. Returns the new key's id."""
    await rows.lock(tx)
    await rows.retire_active(tx, now)
    return (await _add_new(tx, secret, now)).kid


async def published(tx: Connection, secret: str, now: datetime) -> list[dict[str, Any]]:
    """The public keys (JWKS) by which tokens that may still live are verified."""
    await active_key(tx, secret, now)
    return await rows.public_since(tx, now - _SHOWN_AFTER_RETIREMENT)


async def _add_new(tx: Connection, secret: str, now: datetime) -> SigningKey:
    key = new_signing_key(secret)
    await rows.add(tx, key, now)
    return key
