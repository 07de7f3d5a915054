"""A city's platform in the test's own loop: checks each signature, counts what it got, and misbehaves when told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from deploy.local.ports import free_port
from services.notifications.webhooks.signing import signature_of

from .text_provider import Act, Asked, listening, read_request, says


@dataclass
class Platform:
    """`acts` hold what to do at the next messages; then they are taken."""

    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    secrets: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    bad: int = 0
    acts: list[Act] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/hooks?of=shangju"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Platform]:
        async with listening(self._answer, self.port, self.host):
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            asked = await read_request(reader)
            self.asked.append(asked)
            if not self.knows(asked):
                self.bad += 1
            act = self.acts.pop(0) if self.acts else says("204 No Content", b"", took=True)
            if await act(writer):
                self.taken.append(asked.headers["webhook-id"])
        writer.close()

    def knows(self, asked: Asked) -> bool:
        """Whether one of the signatures is that of what came over the wire, by a secret the platform has."""
        name, moment = asked.headers["webhook-id"], int(asked.headers["webhook-timestamp"])
        mine = {signature_of(name, moment, asked.body.decode(), secret) for secret in self.secrets}
        return bool(mine & {*asked.headers["webhook-signature"].split(" ")})
