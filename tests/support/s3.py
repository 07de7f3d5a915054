"""An S3 bucket on one loopback port: checks every signature (AWS Signature Version 4), and fails when it is told to.

Written from the published description of the protocol, so that what we send is judged by somebody else than the
library that sent it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote
from uuid import uuid4

BUCKET, REGION = "evidence", "cn-east-1"
ACCESS_KEY, SECRET_KEY = "AKIDEXAMPLE", "a secret only the two know"

Fault = Literal["error", "slow", "cut"]
"""Answered with 500, not answered at all, or cut off in the middle of what is sent or of the answer."""


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def key(self) -> str:
        """Of the object; empty for the bucket itself."""
        return unquote(self.path).removeprefix(f"/{BUCKET}").lstrip("/")

    @property
    def said(self) -> dict[str, str]:
        return dict(self.query)


@dataclass
class Bucket:
    """What lies in it, what it was asked, and how it fails."""

    url: str = ""
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    """Uploads in parts that were neither completed nor given up."""
    asked: list[Asked] = field(default_factory=list)
    fails: Callable[[Asked], Fault | None] = lambda _: None

    @property
    def settings(self) -> dict[str, str]:
        """What the service is told of it."""
        return {
            "evidence_bucket": BUCKET,
            "evidence_s3_endpoint": self.url,
            "evidence_s3_region": REGION,
            "evidence_s3_access_key": ACCESS_KEY,
            "evidence_s3_secret_key": SECRET_KEY,
        }

    def times(self, method: str) -> list[Asked]:
        return [one for one in self.asked if one.method == method]


@asynccontextmanager
async def a_bucket() -> AsyncIterator[Bucket]:
    """An empty one, for as long as it is used."""
    bucket = Bucket()
    server = await asyncio.start_server(lambda *pair: _serve(bucket, *pair), "127.0.0.1", 0)
    bucket.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield bucket
    finally:
        server.close()


async def _serve(bucket: Bucket, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
        while head := await _head(reader):
            if not await _answer(bucket, head, reader, writer):
                break
    writer.close()


async def _head(reader: asyncio.StreamReader) -> Asked | None:
    try:
        raw = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = raw.strip().split("\r\n")
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(method, path, tuple(parse_qsl(query, keep_blank_values=True)), headers)


async def _answer(
    bucket: Bucket, head: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bool:
    """Whether the connection may be used again."""
    fault = bucket.fails(head)
    length = int(head.headers.get("content-length", "0"))
    if fault == "cut" and length:
        bucket.asked.append(head)
        await reader.readexactly(length // 2)
        return False
    asked = Asked(head.method, head.path, head.query, head.headers, await reader.readexactly(length))
    bucket.asked.append(asked)
    if fault == "slow":
        await reader.read()
        return False
    status, body = (500, b"<Error><Code>InternalError</Code></Error>") if fault else (403, b"")
    extra: dict[str, str] = {}
    if fault != "error" and signed_with(asked, SECRET_KEY):
        status, body, extra = _done(bucket, asked)
    sent = body[: len(body) // 2] if fault == "cut" else body
    lines = {"Content-Length": str(len(body)), **extra}
    head_lines = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {status} .\r\n{head_lines}\r\n".encode() + sent)
    await writer.drain()
    return fault != "cut"


Answer = tuple[int, bytes, dict[str, str]]


def _done(bucket: Bucket, asked: Asked) -> Answer:  # noqa: PLR0911 - one for each
    match asked.method, asked.said:
        case "POST", {"delete": _}:
            gone = re.findall(r"<Key>([^<]*)</Key>", asked.body.decode())
            for key in gone:
                bucket.objects.pop(key, None)
            lines = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
            return 200, f"<DeleteResult>{lines}</DeleteResult>".encode(), {}
        case "POST", {"uploads": _}:
            upload = uuid4().hex
            bucket.parts[upload] = {}
            return 200, f"<R><UploadId>{upload}</UploadId></R>".encode(), {}
        case "PUT", {"uploadId": upload, "partNumber": number}:
            bucket.parts[upload][int(number)] = asked.body
            return 200, b"", {"ETag": _etag(asked.body)}
        case "POST", {"uploadId": upload}:
            parts = bucket.parts.pop(upload)
            return _kept(bucket, asked.key, b"".join(parts[number] for number in sorted(parts)))
        case "DELETE", {"uploadId": upload}:
            bucket.parts.pop(upload)
            return 204, b"", {}
        case "PUT", _:
            return _kept(bucket, asked.key, asked.body)
        case "GET", {"list-type": "2"}:
            return 200, _listing(bucket), {}
        case _:
            return _content(bucket, asked)


def _kept(bucket: Bucket, key: str, body: bytes) -> Answer:
    bucket.objects[key] = (body, datetime.now(UTC))
    etag = _etag(body)
    return 200, f"<R><ETag>{etag}</ETag></R>".encode(), {"ETag": etag}


def _content(bucket: Bucket, asked: Asked) -> Answer:
    if asked.key not in bucket.objects:
        return 404, b"<Error><Code>NoSuchKey</Code></Error>", {}
    body, at = bucket.objects[asked.key]
    told = {"ETag": _etag(body), "Last-Modified": f"{at:%a, %d %b %Y %H:%M:%S} GMT"}
    wanted = asked.headers.get("range")
    if wanted is None:
        return 200, body, told
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, end = int(first), int(last) + 1 if last else len(body)
    return 206, body[start:end], {**told, "Content-Range": f"bytes {start}-{end - 1}/{len(body)}"}


def _listing(bucket: Bucket) -> bytes:
    lines = (
        f"<Contents><Key>{key}</Key><LastModified>{at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
        f"<Size>{len(body)}</Size><ETag>{_etag(body)}</ETag></Contents>"
        for key, (body, at) in sorted(bucket.objects.items())
    )
    return f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(lines)}</ListBucketResult>".encode()


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def signed_with(asked: Asked, secret: str) -> bool:
    """Whether the request carries the signature that this secret gives it, over just the body that came."""
    told = asked.headers.get("authorization", "")
    scheme, _, rest = told.partition(" ")
    fields = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    if scheme != "AWS4-HMAC-SHA256" or not fields.keys() >= {"Credential", "SignedHeaders", "Signature"}:
        return False
    payload = asked.headers["x-amz-content-sha256"]
    if payload not in (hashlib.sha256(asked.body).hexdigest(), "UNSIGNED-PAYLOAD"):
        return False
    names = fields["SignedHeaders"].split(";")
    canonical = "\n".join(
        (
            asked.method,
            asked.path,
            "&".join(f"{_plain(name)}={_plain(value)}" for name, value in sorted(asked.query)),
            *(f"{name}:{asked.headers.get(name, '')}" for name in names),
            "",
            fields["SignedHeaders"],
            payload,
        )
    )
    scope = fields["Credential"].partition("/")[2]
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = "\n".join(("AWS4-HMAC-SHA256", asked.headers["x-amz-date"], scope, hashed))
    key = f"AWS4{secret}".encode()
    for part in (*scope.split("/"), to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(key.hex(), fields["Signature"])


def _plain(text: str) -> str:
    return quote(text, safe="-_.~")
