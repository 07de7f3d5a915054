"""A line between two programs that can be made slow, reset, cut or dumb while it is in use."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from contextlib import suppress
from enum import Enum

from deploy.local.ports import HOST

LINGER_NOT = struct.pack("ii", 1, 0)
"""Closing sends a reset, and what was under way is gone."""

COMMIT = b"COMMIT;"


class Mode(Enum):
    """What the line does with bytes."""

    OPEN = "open"
    SLOW = "slow"
    CUT_AT_COMMIT = "cut right after COMMIT was sent"
    LATE = "hands on every second COMMIT late"
    DUMB = "takes bytes and hands none on"


class Proxy:
    """Listens on `port` and speaks to `target` for whoever calls."""

    def __init__(self, port: int, target: int) -> None:
        self._port = port
        self._target = target
        self._server: asyncio.Server | None = None
        self._lines: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._is_open = asyncio.Event()
        self._mode = Mode.OPEN
        self.cuts = 0

    async def __aenter__(self) -> Proxy:
        self._is_open.set()
        self._server = await asyncio.start_server(self._called, HOST, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.reset()

    def be(self, mode: Mode) -> None:
        """From now on, also for lines that stand; a dumb line says afterwards what it kept back."""
        self._mode = mode
        (self._is_open.clear if mode is Mode.DUMB else self._is_open.set)()

    def reset(self) -> None:
        """Every line ends at once, in the middle of whatever it was saying."""
        for line in list(self._lines):
            self._cut(line)

    def _cut(self, line: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
        for side in line:
            with suppress(OSError):
                side.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
            side.transport.abort()

    async def _called(self, near: asyncio.StreamReader, near_writer: asyncio.StreamWriter) -> None:
        try:
            far, far_writer = await asyncio.open_connection(HOST, self._target)
        except OSError:
            near_writer.transport.abort()
            return
        line = (near_writer, far_writer)
        self._lines.add(line)
        try:
            await asyncio.gather(
                self._hand_on(near, far_writer, line, asks=True),
                self._hand_on(far, near_writer, line, asks=False),
            )
        except OSError:
            pass
        finally:
            self._lines.discard(line)
            for side in line:
                side.transport.abort()

    async def _hand_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        line: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        *,
        asks: bool,
    ) -> None:
        while said := await reader.read(65536):
            await self._is_open.wait()
            if self._mode is Mode.SLOW:
                await asyncio.sleep(random.uniform(0.01, 0.3))
            if asks and self._mode is Mode.LATE and COMMIT in said and random.random() < 0.5:
                await asyncio.sleep(random.uniform(0.3, 1.5))
            writer.write(said)
            await writer.drain()
            if asks and self._mode is Mode.CUT_AT_COMMIT and COMMIT in said:
                self.cuts += 1
                await asyncio.sleep(0.005)  # the server has it; its answer is lost
                self._cut(line)
        writer.close()
