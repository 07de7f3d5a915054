"""A push service and the browsers behind it, on one socket: takes only what is signed, opens what is sealed for it."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from deploy.local.ports import free_port

from .text_provider import Act, Asked, listening, read_request, says

CURVE = ec.SECP256R1()


def said(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


@dataclass
class Browser:
    """Somebody's browser that asked: keeps its key, and reads what nobody else can."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = b"sixteen bytes it"

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def form(self) -> dict[str, Any]:
        return {"endpoint": self.endpoint, "keys": {"p256dh": said(self.point), "auth": said(self.secret)}}

    def reads(self, body: bytes) -> dict[str, Any]:
        """RFC 8291 from the other side."""
        salt, point, sealed = body[:16], body[21:86], body[86:]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        info = b"WebPush: info\0" + self.point + point
        seed = HKDF(SHA256(), 32, self.secret, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(seed)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(seed)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        shown: dict[str, Any] = json.loads(plain[:-1])
        return shown


@dataclass
class PushService:
    """`acts` hold, by path, what to do at the next messages; then they are taken with 201."""

    port: int = field(default_factory=free_port)
    browsers: dict[str, Browser] = field(default_factory=dict)
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: int = 0
    bad: int = 0
    acts: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))

    def browser(self, name: str) -> Browser:
        self.browsers[f"/{name}"] = Browser(f"http://127.0.0.1:{self.port}/{name}")
        return self.browsers[f"/{name}"]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[PushService]:
        async with listening(self._answer, self.port):
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            asked = await read_request(reader)
            self.asked += 1
            self.headers.append(asked.headers)
            if not self._is_signed(asked):
                self.bad += 1
            acts = self.acts[asked.address]
            act = acts.pop(0) if acts else says("201 Created", b"", took=True)
            if await act(writer):
                self.shown[asked.address].append(self.browsers[asked.address].reads(asked.body))
        writer.close()

    def _is_signed(self, asked: Asked) -> bool:
        """RFC 8292: for this push service, by the key that is named beside it."""
        token, _, key = asked.headers["authorization"].removeprefix("vapid t=").partition(", k=")
        point = base64.urlsafe_b64decode(key + "=")
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        claims = jwt.decode(token, ECKey.import_key(public), algorithms=["ES256"]).claims
        return bool(claims["aud"] == f"http://127.0.0.1:{self.port}")
