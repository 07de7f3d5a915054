"""What the command line may do beside the HTTP door: `shangju token --as`, `shangju keys rotate`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.alliance import contact as contacts
from services.alliance.decisions.members import MemberState
from services.alliance.settings import Settings
from services.alliance.storage import register
from services.alliance.use_cases import keys, sign_in
from shared.errors import NotFound, Refused
from shared.persistence.database import Connection, Database
from shared.persistence.saving import Aggregate


async def development_token(
    database: Database, settings: Settings, contact_or_member_id: str, now: datetime
) -> str:
    """An access token without a code, for trying things out.

    Raises Refused(`development_only`) where real people are members, NotFound for nobody.
    """
    if settings.environment != "development":
        raise Refused("development_only")
    async with database.transaction() as tx:
        member = await _member(tx, contact_or_member_id)
        return await sign_in.access_token(tx, member, settings=settings, now=now)


async def rotate_keys(database: Database, settings: Settings, now: datetime) -> str:
    """A new signing key takes over; returns its id. Nobody is signed out by it."""
    async with database.transaction() as tx:
        return await keys.rotate(tx, settings.key_secret.get_secret_value(), now)


async def _member(tx: Connection, contact_or_member_id: str) -> Aggregate[MemberState]:
    contact = contacts.parse(contact_or_member_id)
    if contact is not None:
        found = await register.member_with(tx, contact)
        if found is None:
            raise NotFound
        return found
    try:
        return await register.member(tx, UUID(contact_or_member_id))
    except ValueError:
        raise NotFound from None
