"""Secrets: how they are made, what of them is kept, and what is signed with them."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwe, jwt
from joserfc.jwk import OctKey, OKPKey

from services.alliance.contact import Contact
from shared.access.actor import Actor, Intent
from shared.access.tokens import ACCESS, ALGORITHM, INTENT, claims_of, claims_of_intent

ACCESS_LIFE = timedelta(minutes=10)
PROOF_LIFE = timedelta(minutes=10)
"""How long whoever gave the code may take to sign; no longer than an access token, which keys are shown for."""
_SEAL = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key; its private part only as ciphertext."""

    kid: str
    public: dict[str, Any]
    sealed_private: str


def new_code() -> str:
    """Six digits, each as likely as any other."""
    return f"{secrets.randbelow(10**6):06}"


def code_mac(secret: str, contact: Contact, code: str, *, purpose: str = "", about: str = "") -> bytes:
    """What is kept of a code: who reads the database cannot try the million codes without the secret.

    A code given out for one thing is none for another: `about` says for which.
    """
    return _blind(secret, f"{purpose}{about}code", contact.kind, contact.value, code)


def contact_hash(secret: str, contact: Contact, *, purpose: str = "") -> bytes:
    """Under which a contact's codes are counted, whether anybody has that contact or not.

    Codes of another `purpose` than signing in are counted apart, and sign nobody in.
    """
    return _blind(secret, f"{purpose}contact", contact.kind, contact.value)


def network_hash(secret: str, address: str, hour: datetime) -> bytes:
    """Under which a network's codes of one hour are counted; of IPv6 the /64 that one household is given."""
    return _blind(secret, "network", _network(address), hour.isoformat())


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    prefix = 64 if parsed.version == 6 else 32
    return str(ipaddress.ip_network((parsed, prefix), strict=False))


def new_refresh_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def refresh_hash(token: str) -> bytes:
    """What is kept of a refresh token; it is too random to be guessed from this."""
    return hashlib.sha256(token.encode()).digest()


def new_signing_key(secret: str) -> SigningKey:
    """A fresh key, named by its thumbprint (RFC 7638)."""
    key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    private = json.dumps(key.as_dict(private=True)).encode()
    sealed = jwe.encrypt_compact(_SEAL, private, _sealing_key(secret))
    return SigningKey(str(key.kid), key.as_dict(private=False), sealed)


def access_token(key: SigningKey, secret: str, actor: Actor, now: datetime) -> str:
    """A signed statement of who `actor` is, for ten minutes."""
    claims = claims_of(actor, now=now, lifetime_seconds=int(ACCESS_LIFE.total_seconds()))
    return _signed(key, secret, ACCESS, claims)


def proof_of_intent(key: SigningKey, secret: str, intent: Intent) -> str:
    """A signed statement of what somebody meant to sign, for ten minutes."""
    claims = claims_of_intent(intent, lifetime_seconds=int(PROOF_LIFE.total_seconds()))
    return _signed(key, secret, INTENT, claims)


def _signed(key: SigningKey, secret: str, kind: str, claims: dict[str, Any]) -> str:
    private = jwe.decrypt_compact(key.sealed_private, _sealing_key(secret)).plaintext
    signer = OKPKey.import_key(json.loads(private or b""))
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": kind}
    return jwt.encode(header, claims, signer, algorithms=[ALGORITHM])


def _sealing_key(secret: str) -> OctKey:
    return OctKey.import_key(_blind(secret, "signing keys"))


def _blind(secret: str, purpose: str, *parts: str) -> bytes:
    """One secret, a different key for each purpose; parts cannot run into each other."""
    message = json.dumps([purpose, *parts]).encode()
    return hmac.digest(secret.encode(), message, hashlib.sha256)
