"""Meaning to sign, on a running system: without the mail and its limits, for whoever is not about the code."""

from __future__ import annotations

from uuid import UUID

from services.alliance import credentials
from services.alliance.settings import Settings
from services.alliance.use_cases.keys import active_key
from shared.access.actor import Intent
from shared.access.door import Kit


async def proof_from(kit: Kit, member_id: str, content_hash: str) -> str:
    """A proof as the alliance service there signs it once the code for that content was given back."""
    assert isinstance(kit.settings, Settings)
    secret, now = kit.settings.key_secret.get_secret_value(), kit.clock.now()
    async with kit.database.transaction() as tx:
        key = await active_key(tx, secret, now)
    return credentials.proof_of_intent(key, secret, Intent(UUID(member_id), content_hash, now))
