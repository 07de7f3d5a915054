"""What a push service is given: a body that only the browser reads (RFC 8291), and our signature (RFC 8292). Pure."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

CURVE = ec.SECP256R1()
RECORD_BYTES = 4096
SIGNED_FOR = timedelta(hours=12)
"""A push service refuses a signature that is good for more than a day."""


@dataclass(frozen=True)
class Subscription:
    """Where one browser is reached, and how a message is sealed for it alone."""

    endpoint: str
    public_key: bytes
    secret: bytes


@dataclass(frozen=True)
class Sender:
    """Our key, by which push services know us, and where they complain."""

    private_key: str
    contact: str

    @property
    def public_key(self) -> str:
        """As a browser is given it."""
        return _said(_point(self._key.public_key()))

    def headers(self, endpoint: str, now: datetime) -> Mapping[str, str]:
        """That it is us, to this push service and for some hours."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + SIGNED_FOR).timestamp()),
            "sub": self.contact,
        }
        token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, ECKey.import_key(self._key))
        return {"authorization": f"vapid t={token}, k={self.public_key}"}

    @property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return private_key_of(self.private_key)


def private_key_of(written: str) -> ec.EllipticCurvePrivateKey:
    """32 bytes in base64url. Raises ValueError."""
    return ec.derive_private_key(int.from_bytes(read(written)), CURVE)


def sealed(
    content: bytes,
    subscription: Subscription,
    *,
    salt: bytes | None = None,
    once: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The content as one record of aes128gcm (RFC 8188); salt and key are new each time unless a test says."""
    salt, once = salt or os.urandom(16), once or ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, subscription.public_key)
    ours = _point(once.public_key())
    info = b"WebPush: info\0" + subscription.public_key + ours
    shared = _derived(once.exchange(ec.ECDH(), theirs), subscription.secret, info, 32)
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_BYTES.to_bytes(4) + len(ours).to_bytes(1) + ours
    return head + AESGCM(key).encrypt(nonce, content + b"\x02", None)


def read(written: str) -> bytes:
    """Base64url without padding. Raises ValueError."""
    return base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)


def is_point(key: bytes) -> bool:
    """Whether it is a public key of the curve."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    except ValueError:
        return False
    return len(key) == 65


def _said(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
