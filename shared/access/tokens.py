"""Access tokens and proofs of intent: EdDSA JWTs that the alliance service signs and others verify by its JWKS.

They differ in type, so neither passes for the other.
"""

from __future__ import annotations

import time
import warnings
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import KeySet

from shared.access.actor import Actor, Grant, Intent, strongest

log = structlog.get_logger()

# Most verifiers in the field know Ed25519 signatures by RFC 8037's name, not yet by RFC 9864's.
warnings.filterwarnings("ignore", message="EdDSA is deprecated", category=SecurityWarning)

ISSUER = "shangju-alliance"
ALGORITHM = "EdDSA"
ACCESS = "at+jwt"
"""The type of an access token (RFC 9068)."""
INTENT = "intent+jwt"
"""The type of a proof of intent."""
INTENT_AUDIENCE = "shangju-signatures"
_KEPT_TOKENS = 4096
_UNREADABLE = (JoseError, ValueError, KeyError, TypeError)
"""How a decoder fails on bytes that anybody may have put together."""


class BadToken(Exception):
    """Not signed by us, not for now, or not a token at all. Why is nobody's business."""


@dataclass(frozen=True)
class _Verified:
    actor: Actor
    not_after: int


FetchKeys = Callable[[], Awaitable[KeySet]]


class TokenVerifier:
    """Verifies tokens against cached keys; an unknown key id fetches them anew, at most every few seconds.

    So a rotated key works at once, and a forged key id cannot make us hammer the alliance service.
    """

    def __init__(self, fetch_keys: FetchKeys, *, refetch_seconds: float = 5.0) -> None:
        self._fetch_keys = fetch_keys
        self._refetch_seconds = refetch_seconds
        self._keys: KeySet | None = None
        self._fetched_at = float("-inf")
        self._seen: OrderedDict[str, _Verified] = OrderedDict()

    async def actor(self, token: str, now: datetime) -> Actor:
        """Who the token speaks for. Raises BadToken; httpx.HTTPError when the keys cannot be had."""
        verified = self._seen.get(token)
        if verified is None:
            verified = await self._verify(token)
            self._remember(token, verified)
        if now.timestamp() >= verified.not_after:
            raise BadToken
        return verified.actor

    async def intent(self, token: str, now: datetime) -> Intent:
        """What somebody proved that they mean. Raises as `actor` does."""
        claims = await self._claims(token, INTENT)
        if claims["aud"] != INTENT_AUDIENCE or now.timestamp() >= claims["exp"]:
            raise BadToken
        proven_at = datetime.fromtimestamp(claims["iat"], UTC)
        return Intent(UUID(claims["sub"]), claims["content_hash"], proven_at)

    async def _verify(self, token: str) -> _Verified:
        claims = await self._claims(token, ACCESS)
        return _Verified(_actor(claims), int(claims["exp"]))

    async def _claims(self, token: str, kind: str) -> dict[str, Any]:
        keys = await self._current_keys()
        try:
            decoded = jwt.decode(token, keys, algorithms=[ALGORITHM])
        except _UNREADABLE:
            keys = await self._current_keys(refetch=True)
            try:
                decoded = jwt.decode(token, keys, algorithms=[ALGORITHM])
            except _UNREADABLE:
                raise BadToken from None
        if decoded.header.get("typ") != kind or decoded.claims.get("iss") != ISSUER:
            raise BadToken
        return decoded.claims

    async def _current_keys(self, *, refetch: bool = False) -> KeySet:
        stale = time.monotonic() - self._fetched_at > self._refetch_seconds
        if self._keys is None or (refetch and stale):
            self._keys = await self._fetch_keys()
            self._fetched_at = time.monotonic()
            self._seen.clear()
            log.info("signing_keys_fetched", count=len(self._keys.keys))
        return self._keys

    def _remember(self, token: str, verified: _Verified) -> None:
        self._seen[token] = verified
        if len(self._seen) > _KEPT_TOKENS:
            self._seen.popitem(last=False)


def keys_of(alliance_url: str) -> FetchKeys:
    """Fetches the public keys from the alliance service."""

    async def fetch() -> KeySet:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(f"{alliance_url}/.well-known/jwks.json")
            answer.raise_for_status()
            return KeySet.import_key_set(answer.json())

    return fetch


def claims_of(actor: Actor, *, now: datetime, lifetime_seconds: int) -> dict[str, Any]:
    """What the alliance service signs for this actor."""
    issued = int(now.timestamp())
    return {
        "iss": ISSUER,
        "sub": str(actor.member_id),
        "alliance": str(actor.alliance_id),
        "grants": [
            [grant.role, str(grant.place_id) if grant.place_id else None]
            for grant in sorted(actor.grants, key=lambda grant: (grant.role, str(grant.place_id)))
        ],
        "iat": issued,
        "exp": issued + lifetime_seconds,
    }


def claims_of_intent(intent: Intent, *, lifetime_seconds: int) -> dict[str, Any]:
    """What the alliance service signs for whoever gave the code."""
    issued = int(intent.proven_at.timestamp())
    return {
        "iss": ISSUER,
        "aud": INTENT_AUDIENCE,
        "sub": str(intent.member_id),
        "content_hash": intent.content_hash,
        "iat": issued,
        "exp": issued + lifetime_seconds,
    }


def _actor(claims: dict[str, Any]) -> Actor:
    grants = frozenset(Grant(role, UUID(place) if place else None) for role, place in claims["grants"])
    return Actor(UUID(claims["sub"]), UUID(claims["alliance"]), grants, strongest(grants))
