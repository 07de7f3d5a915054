"""A signing key of the tests' own, so that any service can be asked by anybody without the alliance."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.access.actor import Actor, Grant, strongest
from shared.access.tokens import ALGORITHM, TokenVerifier, claims_of

ALLIANCE = UUID("5a000000-0000-4000-8000-000000000001")
"""The alliance everybody belongs to where a test does not say otherwise."""

KEY = OKPKey.generate_key("Ed25519", {"kid": "tests"})


def an_actor(
    *roles: str,
    member_id: UUID | None = None,
    alliance_id: UUID = ALLIANCE,
    place_id: UUID | None = None,
) -> Actor:
    """A member with these roles, `place_id` being where they count; a resident if none is named."""
    grants = frozenset(Grant(role, place_id) for role in roles or ("resident",))
    return Actor(member_id or uuid4(), alliance_id, grants, strongest(grants))


def token_for(actor: Actor, *, now: datetime, lifetime_seconds: int = 600) -> str:
    """An access token as the alliance would sign it."""
    header = {"alg": ALGORITHM, "kid": KEY.kid, "typ": "at+jwt"}
    claims = claims_of(actor, now=now, lifetime_seconds=lifetime_seconds)
    return jwt.encode(header, claims, KEY, algorithms=[ALGORITHM])


def verifier() -> TokenVerifier:
    """Accepts what `token_for` signs."""

    async def keys() -> KeySet:
        return KeySet([KEY])

    return TokenVerifier(keys)
