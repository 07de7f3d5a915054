"""A signing key of the tests' own, so that any service can be asked by anybody without the alliance."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.access.actor import Actor, Grant, Intent, strongest
from shared.access.tokens import ACCESS, ALGORITHM, INTENT, TokenVerifier, claims_of, claims_of_intent

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
    return _signed(ACCESS, claims_of(actor, now=now, lifetime_seconds=lifetime_seconds))


def proof_for(actor: Actor, content_hash: str, *, now: datetime, lifetime_seconds: int = 600) -> str:
    """A proof as the alliance would sign it once the code for just that content was given."""
    assert actor.member_id is not None
    intent = Intent(actor.member_id, content_hash, now)
    return _signed(INTENT, claims_of_intent(intent, lifetime_seconds=lifetime_seconds))


def _signed(kind: str, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": ALGORITHM, "kid": KEY.kid, "typ": kind}, claims, KEY, algorithms=[ALGORITHM])


def verifier() -> TokenVerifier:
    """Accepts what `token_for` and `proof_for` sign."""

    async def keys() -> KeySet:
        return KeySet([KEY])

    return TokenVerifier(keys)
