"""A robot's address and secret as the database keeps them: who reads its tables or a backup speaks in no group."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.notifications.robots.platforms import Line, Platform

_NONCE_BYTES = 12


def seal(key: str, robot_id: UUID, line: Line) -> bytes:
    """For this robot alone: sealed for another it does not open."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, json.dumps([line.url, line.secret]).encode(), robot_id.bytes)


def unseal(key: str, robot_id: UUID, platform: Platform, sealed: bytes) -> Line:
    """How it is reached. Raises InvalidTag under another key."""
    plain = _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], robot_id.bytes)
    url, secret = json.loads(plain)
    return Line(platform, url, secret)


def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), b"robots", hashlib.sha256))
