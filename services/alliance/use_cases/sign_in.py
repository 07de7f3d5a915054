"""Signing in by one-time code, staying signed in, signing out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from services.alliance import credentials
from services.alliance.contact import Contact
from services.alliance.decisions import sessions
from services.alliance.decisions.members import Member, MemberState
from services.alliance.settings import Settings
from services.alliance.storage import register
from services.alliance.storage import sign_in as rows
from services.alliance.use_cases import one_time_codes
from services.alliance.use_cases.keys import active_key
from shared.access.actor import Actor, strongest
from shared.access.problem import TooManyRequests
from shared.ids import new_id
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

log = structlog.get_logger()
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Tokens:
    """What somebody signed in holds."""

    access_token: str
    refresh_token: str
    expires_in: int
    member_id: UUID
    token_type: str = "Bearer"  # noqa: S105 - a word of RFC 6750


async def ask_for_code(
    tx: Connection, contact: Contact, *, address: str, settings: Settings, now: datetime
) -> str:
    """A new code for `contact`, to be sent if it is anybody's. Raises TooManyRequests.

    Nothing here depends on whether it is: neither the answer nor the time it takes may tell.
    """
    await _spend(tx, address, settings, now)
    return await one_time_codes.new_code(tx, contact, settings=settings, now=now)


async def _spend(tx: Connection, address: str, settings: Settings, now: datetime) -> None:
    hour = now.replace(minute=0, second=0, microsecond=0)
    network = credentials.network_hash(settings.key_secret.get_secret_value(), address, hour)
    if await rows.spend(tx, network, hour) > settings.codes_per_hour:
        raise TooManyRequests(int((hour + HOUR - now).total_seconds()) + 1)


async def use_code(
    tx: Connection, contact: Contact, code: str, *, settings: Settings, now: datetime
) -> Tokens | None:
    """Tokens for whoever has `contact`, or None for a wrong, old or dead code. The try counts: commit it."""
    right = await one_time_codes.is_right(tx, contact, code, settings=settings, now=now)
    member = await register.member_with(tx, contact) if right else None
    if member is None:
        return None
    session_id = new_id()
    await rows.start_session(tx, session_id, member.id, now)
    log.info("signed_in", member=str(member.id), session=str(session_id))
    return await _tokens(tx, member, session_id, settings, now)


async def refresh(tx: Connection, token: str, *, settings: Settings, now: datetime) -> Tokens | None:
    """The next pair of tokens, or None. A reused token ends its session: commit that too."""
    hashed = credentials.refresh_hash(token)
    known = await rows.lock_refresh_token(tx, hashed)
    match known, sessions.judge(known, now):
        case sessions.RefreshToken(session_id, member_id), sessions.Verdict.REPLACE:
            await rows.use_refresh_token(tx, hashed, now)
            member = await register.member(tx, member_id)
            return await _tokens(tx, member, session_id, settings, now)
        case sessions.RefreshToken(session_id), sessions.Verdict.END_SESSION:
            await rows.end_session(tx, session_id, now, because="token_reused")
            log.warning("refresh_token_reused", session=str(session_id))
    return None


async def sign_out(tx: Connection, token: str, now: datetime) -> None:
    """Ends the session the token belongs to, if there is one."""
    known = await rows.lock_refresh_token(tx, credentials.refresh_hash(token))
    if known is not None:
        await rows.end_session(tx, known.session_id, now, because="signed_out")


async def access_token(
    tx: Connection, member: Aggregate[MemberState], *, settings: Settings, now: datetime
) -> str:
    """A token for a member as their roles stand now."""
    assert isinstance(member.state, Member)  # noqa: S101 - rows hold members only
    grants = frozenset(member.state.grants)
    actor = Actor(member.id, member.alliance_id, grants, strongest(grants))
    secret = settings.key_secret.get_secret_value()
    return credentials.access_token(await active_key(tx, secret, now), secret, actor, now)


async def _tokens(
    tx: Connection, member: Aggregate[MemberState], session_id: UUID, settings: Settings, now: datetime
) -> Tokens:
    refresh_token = credentials.new_refresh_token()
    await rows.add_refresh_token(tx, credentials.refresh_hash(refresh_token), session_id, now + sessions.LIFE)
    token = await access_token(tx, member, settings=settings, now=now)
    return Tokens(token, refresh_token, int(credentials.ACCESS_LIFE.total_seconds()), member.id)
