"""What the portal remembers of a browser: the token pair, and what was typed before signing in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter

from services.portal.answers import Emergency

SIGNED_IN_DAYS = 30
VISITING_DAYS = 1
_NONCE_BYTES = 12
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Tokens:
    """The pair the alliance service gave out; it never leaves the server."""

    access: str
    refresh: str
    expires_at: datetime

    @property
    def roles(self) -> frozenset[str]:
        """Which pages to offer. Nothing is decided by it: the services verify the token and decide."""
        return frozenset(role for role, _ in self._claims["grants"])

    @property
    def alliance(self) -> str:
        """Whose words to keep apart from another alliance's."""
        return str(self._claims["alliance"])

    @property
    def _claims(self) -> dict[str, Any]:
        payload = self.access.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return claims


@dataclass(frozen=True)
class Person:
    """Who is signed in, as far as pages need to know before they ask a service."""

    id: UUID
    display_name: str


@dataclass(frozen=True)
class Draft:
    """A form as it was sent, kept over a sign-in; `path` is where it goes once somebody is signed in."""

    path: str
    fields: dict[str, list[str]]


@dataclass(frozen=True)
class Receipt:
    """The service's answer to the last thing done, shown once on the next page about it."""

    about: UUID
    next: str
    due: date | None = None
    reference: str | None = None
    anonymous: bool = False
    secret: str | None = None
    """What opens an anonymous matter; shown once."""
    has_page: bool = True
    files: int = 0
    """How many photos and recordings lie before it."""
    files_missing: int = 0
    """How many were chosen and could not be laid before it."""
    emergency: Emergency | None = None
    proof: str | None = None
    """Where the history stands with this act."""
    signed: str | None = None
    """The SHA-256 of the words this answer stands under."""
    by_code: bool = False
    """Whether it was given with the one-time code mailed for just these words."""
    by_hand: str = ""
    """How somebody without an account signed what was entered for them."""


@dataclass(frozen=True)
class Session:
    """Everything kept for one browser. Empty for a visitor."""

    tokens: Tokens | None = None
    person: Person | None = None
    contact: str | None = None
    draft: Draft | None = None
    receipt: Receipt | None = None
    device: UUID | None = None
    """This browser, where it asked for word on the telephone."""

    @property
    def signed_in(self) -> bool:
        return self.tokens is not None

    @property
    def roles(self) -> frozenset[str]:
        """The roles of whoever is signed in."""
        return self.tokens.roles if self.tokens else frozenset()

    @property
    def lifetime(self) -> timedelta:
        """How long it is kept from now on."""
        return timedelta(days=SIGNED_IN_DAYS if self.tokens else VISITING_DAYS)


_SESSION = TypeAdapter(Session)


@dataclass(frozen=True)
class Ticket:
    """The cookie's secret, and what is made from it. The database holds only its hash.

    A file put aside has one of its own, which its form carries.
    """

    secret: bytes

    @classmethod
    def new(cls) -> Self:
        """A ticket nobody can guess."""
        return cls(secrets.token_bytes(_SECRET_BYTES))

    @classmethod
    def read(cls, cookie: str | None) -> Self | None:
        """The ticket a cookie holds, or None for anything else."""
        try:
            secret = base64.urlsafe_b64decode(f"{cookie or ''}=")
        except (binascii.Error, ValueError):
            return None
        return cls(secret) if len(secret) == _SECRET_BYTES else None

    @property
    def cookie(self) -> str:
        return base64.urlsafe_b64encode(self.secret).decode().rstrip("=")

    @property
    def id(self) -> bytes:
        """What the session is found by."""
        return hashlib.sha256(b"id" + self.secret).digest()

    @property
    def csrf(self) -> str:
        """The form's half of the double submit; the cookie is the other."""
        return hmac.digest(self.secret, b"csrf", hashlib.sha256).hex()[:32]

    def seal(self, session: Session) -> bytes:
        """The session as the database keeps it."""
        return self.lock(_SESSION.dump_json(session))

    def unseal(self, sealed: bytes | None) -> Session:
        """The session; an empty one where nothing is kept or what is kept cannot be read."""
        if sealed is None:
            return Session()
        try:
            return _SESSION.validate_json(self.unlock(sealed))
        except (InvalidTag, ValueError):
            return Session()

    def lock(self, plain: bytes) -> bytes:
        """What the database keeps of anything."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, plain, self.id)

    def unlock(self, locked: bytes) -> bytes:
        """What was locked under this ticket. Raises InvalidTag."""
        return self._cipher().decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], self.id)

    def _cipher(self) -> AESGCM:
        return AESGCM(hmac.digest(self.secret, b"seal", hashlib.sha256))
