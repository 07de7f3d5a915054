"""A provider of texts in the test's own loop: checks each signature, and does what it is told, also what it should not.

It speaks Alibaba Cloud's tongue or Tencent Cloud's, byte for byte on a socket, and counts what each number got.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from deploy.local.ports import free_port
from services.notifications.settings import TEMPLATES
from services.notifications.texting import aliyun, tencent

KEY_ID, KEY_SECRET = "our-id", "our-secret"


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    address: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Taken:
    """What somebody's phone shows."""

    phone: str
    template: str
    reference: str


Act = Callable[[asyncio.StreamWriter], Awaitable[bool]]
"""Answers in its own way; whether it took the text."""


def says(status: str, body: bytes = b"{}", *headers: str, took: bool = False) -> Act:
    async def act(writer: asyncio.StreamWriter) -> bool:
        lines = "".join(
            f"{line}\r\n" for line in (*headers, f"Content-Length: {len(body)}", "Connection: close")
        )
        writer.write(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)
        await writer.drain()
        return took

    return act


def refuses(code: str) -> Act:
    return says("200 OK", json.dumps({"Code": code, "Message": "13800000000"}).encode())


async def hang(_: asyncio.StreamWriter) -> bool:
    """Takes it and says nothing for longer than anybody waits."""
    await asyncio.sleep(30)
    return True


async def close_in_the_middle(writer: asyncio.StreamWriter) -> bool:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Code"')
    await writer.drain()
    return True


async def drip(writer: asyncio.StreamWriter) -> bool:
    """A byte now and then, so that no single wait is ever too long."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.2)
    return True


@asynccontextmanager
async def listening(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    port: int,
    host: str = "127.0.0.1",
) -> AsyncIterator[None]:
    """`answer` hears whoever comes to the port meanwhile."""
    server = await asyncio.start_server(answer, host, port)
    try:
        yield
    finally:
        server.close()


@dataclass
class TextProvider:
    """`acts` hold, by number, what to do at the next texts; then they are taken."""

    port: int = field(default_factory=free_port)
    tongue: str = "aliyun"
    asked: list[Asked] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    acts: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "sms_provider": self.tongue,
            "sms_url": f"http://127.0.0.1:{self.port}/",
            "sms_key_id": KEY_ID,
            "sms_key_secret": KEY_SECRET,
            "sms_app_id": "1400006666",
            "sms_templates": ",".join(f"{name}={name}" for name in TEMPLATES),
            "sms_answer_seconds": 1,
        }

    @asynccontextmanager
    async def open(self) -> AsyncIterator[TextProvider]:
        async with listening(self._answer, self.port):
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            asked = await read_request(reader)
            self.asked.append(asked)
            text = self._text(asked)
            if not self._is_ours(asked):
                act = says("400 Bad Request", self._no("SignatureDoesNotMatch"))
            elif self.acts[text.phone]:
                act = self.acts[text.phone].pop(0)
            else:
                act = says("200 OK", self._yes, took=True)
            if await act(writer):
                self.taken.append(text)
        writer.close()

    @property
    def _yes(self) -> bytes:
        sent = (
            {"Code": "OK"} if self.tongue == "aliyun" else {"Response": {"SendStatusSet": [{"Code": "Ok"}]}}
        )
        return json.dumps(sent).encode()

    def _no(self, code: str) -> bytes:
        said = {"Code": code} if self.tongue == "aliyun" else {"Response": {"Error": {"Code": code}}}
        return json.dumps(said).encode()

    def _text(self, asked: Asked) -> Taken:
        if self.tongue == "aliyun":
            said = dict(parse_qsl(urlsplit(asked.address).query))
            reference = json.loads(said["TemplateParam"])["reference"]
            return Taken(said["PhoneNumbers"], said["TemplateCode"], reference)
        body = json.loads(asked.body)
        [phone], [reference] = body["PhoneNumberSet"], body["TemplateParamSet"]
        return Taken(phone.removeprefix("+86"), body["TemplateId"], reference)

    def _is_ours(self, asked: Asked) -> bool:
        """Whether the signature is that of what came over the wire."""
        headers, authorization = asked.headers, asked.headers["authorization"]
        if self.tongue == "aliyun":
            names = authorization.partition("SignedHeaders=")[2].partition(",")[0].split(";")
            signed = {name: headers[name] for name in names}
            parts = urlsplit(asked.address)
            _, expected = aliyun.signature_of("POST", parts.path, parts.query, signed, KEY_SECRET)
            return authorization.endswith(f"Signature={expected}")
        expected = tencent.signature_of(
            asked.body,
            host=headers["host"],
            service="sms",
            action=headers["x-tc-action"],
            moment=int(headers["x-tc-timestamp"]),
            secret_key=KEY_SECRET,
        )
        return authorization.endswith(f"Signature={expected}")


async def read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.partition(": ") for line in head[1:] if line)
    headers = {name.lower(): value for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head[0].split(" ")[1], headers, body)
