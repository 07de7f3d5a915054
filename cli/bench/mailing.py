"""From the moment a filing was due until its mails are with the mail server, in an open loop at half of the maximum.

Filings come at times fixed before, however long the last ones take; each wait is counted from the time it was due. So
nobody who waits keeps the next one from coming, and no wait is left out.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Self

import psutil  # type: ignore[import-untyped]

from cli.bench import wire
from cli.bench.figures import Limited
from cli.bench.filing import CONNECTIONS, Filer
from cli.bench.weighing import BROKER, DATABASE
from deploy.local.ports import HOST
from deploy.local.system import LocalSystem

LIMIT_MS = 500
MAILS = 2
"""Of one filing: to whoever filed, and to the coordinator."""

ON_THEIR_WAY = 32
"""Filings whose mails are waited for while the maximum is measured: more than the chain has hands for."""

PATIENCE_SECONDS = 60
PROCESSES = ("complaints-api", "complaints-worker", "notifications-worker")
_CASE = re.compile(rb"(?mi)^X-Shangju-Case: (\S+)")
_LONGEST_MAIL = 2**20


class Sink:
    """A mail server that takes everything, keeps nothing, and knows when the last byte of each case's mails came."""

    def __init__(self) -> None:
        self._arrived: dict[str, list[float]] = defaultdict(list)
        self._complete: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    @asynccontextmanager
    async def open(self, port: int) -> AsyncIterator[None]:
        async with await asyncio.start_server(self._talk, HOST, port, limit=_LONGEST_MAIL):
            yield

    async def arrivals(self, case_id: str) -> Sequence[float]:
        """When each of the case's mails came, once all have. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._complete[case_id].wait()
        return self._arrived[case_id]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        while line := await reader.readline():
            if line.startswith(b"DATA"):
                writer.write(b"354 go ahead\r\n")
                self._note(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"250 bench\r\n")
        writer.close()

    def _note(self, mail: bytes) -> None:
        if found := _CASE.search(mail):
            case_id = found[1].decode()
            self._arrived[case_id].append(time.perf_counter())
            if len(self._arrived[case_id]) == MAILS:
                self._complete[case_id].set()


@dataclass(frozen=True)
class Maximum:
    """What the chain can do, and how many cores each part of it took for it."""

    per_second: float
    cores: Mapping[str, float]


class Chain:
    """The way from a caller to the mail server: filed over as many connections as there are, heard of by the sink."""

    def __init__(self, port: int, filers: Sequence[Filer], sink: Sink) -> None:
        self._port = port
        self._filers = cycle(filers)
        self._sink = sink
        self._lines: asyncio.Queue[wire.Line] = asyncio.Queue()

    @asynccontextmanager
    async def connected(self, lines: int) -> AsyncIterator[Self]:
        """With so many connections to file over."""
        self._lines = asyncio.Queue()
        opened = [await asyncio.open_connection(HOST, self._port) for _ in range(lines)]
        for line in opened:
            self._lines.put_nowait(line)
        try:
            yield self
        finally:
            for _, writer in opened:
                writer.close()

    async def one_after_the_other(self, until: float) -> int:
        """How many filings' mails have come, each filed when the last one's had."""
        done = 0
        while time.perf_counter() < until:
            await self.wait_of(time.perf_counter())
            done += 1
        return done

    async def wait_of(self, due: float) -> list[float]:
        """How long each mail of a filing took that was due then; nobody files before a connection is free."""
        line = await self._lines.get()
        answer = await wire.asked(line, next(self._filers).request(), expected_status=201)
        self._lines.put_nowait(line)
        return [at - due for at in await self._sink.arrivals(json.loads(answer)["id"])]


async def compare(system: LocalSystem, filers: Sequence[Filer], *, seconds: int) -> Limited:
    """The maximum first, then half of it for twice as long."""
    sink = Sink()
    await system.process("mailbox").stop()
    chain = Chain(system.site.ports.api("complaints"), filers, sink)
    async with sink.open(system.site.mailbox.smtp_port):
        async with chain.connected(ON_THEIR_WAY):
            await chain.wait_of(time.perf_counter())
            most = await _most(system, chain, seconds=seconds)
        waits = sorted(await _waits(chain, per_second=most.per_second / 2, seconds=2 * seconds))
    return Limited(
        "filed to mail handed to SMTP, p99 at half of the maximum",
        "ms",
        _ms(waits[len(waits) * 99 // 100]),
        LIMIT_MS,
        {
            "p50_ms": _ms(waits[len(waits) // 2]),
            "max_ms": _ms(waits[-1]),
            "mails": len(waits),
            "maximum_filings_per_second": round(most.per_second, 1),
            **{f"{name}_cores_at_maximum": round(cores, 2) for name, cores in most.cores.items()},
        },
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000)


async def _most(system: LocalSystem, chain: Chain, *, seconds: int) -> Maximum:
    """Filings whose mails have come, per second, while so many are on their way that every hand is busy."""
    before, began = _processor_seconds(system), time.perf_counter()
    done = await asyncio.gather(*(chain.one_after_the_other(began + seconds) for _ in range(ON_THEIR_WAY)))
    took, after = time.perf_counter() - began, _processor_seconds(system)
    return Maximum(sum(done) / took, {name: (after[name] - before[name]) / took for name in after})


async def _waits(chain: Chain, *, per_second: float, seconds: int) -> list[float]:
    """How long each mail took. Callers come by chance, as people do (Poisson), and the same ones every time."""
    async with chain.connected(CONNECTIONS), asyncio.TaskGroup() as callers:
        began = time.perf_counter()
        filings = []
        for moment in _moments(per_second, seconds):
            await asyncio.sleep(began + moment - time.perf_counter())
            filings.append(callers.create_task(chain.wait_of(began + moment)))
    return [wait for filing in filings for wait in filing.result()]


def _moments(per_second: float, seconds: int) -> Iterator[float]:
    chance, moment = random.Random(7), 0.0  # noqa: S311
    while (moment := moment + chance.expovariate(per_second)) < seconds:
        yield moment


def _processor_seconds(system: LocalSystem) -> dict[str, float]:
    seconds = {name: _of(psutil.Process(system.process(name).pid)) for name in PROCESSES}
    for child in psutil.Process().children(recursive=True):
        who = {DATABASE: "database", BROKER: "broker"}.get(child.name())
        if who is not None:
            seconds[who] = seconds.get(who, 0.0) + _of(child)
    return seconds


def _of(process: psutil.Process) -> float:
    return float(sum(process.cpu_times()[:2]))
