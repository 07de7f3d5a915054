"""Hands a file to the limited process and takes the clean one back."""

from __future__ import annotations

import asyncio
import errno
import json
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from weakref import WeakValueDictionary

import structlog

from services.complaints.media.formats import NotTaken

log = structlog.get_logger()

_ROOT = Path(__file__).resolve().parents[3]
_AT_ONCE = asyncio.Semaphore(2)
_ONE_BY_ONE: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""Whoever sends many files waits for their own, and takes nobody else's place."""


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    max_pixels: int = 50_000_000
    max_edge: int = 2560
    memory_bytes: int = 1024**3
    cpu_seconds: int = 20
    file_bytes: int = 256 * 1024**2
    seconds: float = 30


@dataclass(frozen=True)
class Clean:
    """A file without what it told of its maker; whoever has it closes it."""

    file: BinaryIO
    media_type: str


async def clean(kind: str, source: BinaryIO, limits: Limits, *, of: str) -> Clean:
    """The clean file; `of` says whose it is.

    Raises NotTaken, `file_unreadable` for whatever breaks or outlasts the process.
    Raises OSError where there is no room for it: the file may be sent again.
    """
    target: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
    own = _ONE_BY_ONE.setdefault(of, asyncio.Lock())
    try:
        async with own, _AT_ONCE:
            told = await _told(kind, source, target, limits)
        if "refused" in told:
            raise NotTaken(told["refused"])
        if "no_room" in told:
            raise OSError(errno.ENOSPC, told["no_room"])
        target.seek(0)
        return Clean(target, told["media_type"])
    except BaseException:
        target.close()
        raise


async def _told(kind: str, source: BinaryIO, target: BinaryIO, limits: Limits) -> dict[str, Any]:
    source.seek(0)
    figures = (limits.max_pixels, limits.max_edge, limits.memory_bytes, limits.cpu_seconds, limits.file_bytes)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __package__,
        kind,
        *map(str, figures),
        stdin=source,
        stdout=target,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        async with asyncio.timeout(limits.seconds):
            _, said = await process.communicate()
    except TimeoutError:
        raise NotTaken("file_unreadable") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _read(said, process.returncode)


def _read(said: bytes, returncode: int | None) -> dict[str, Any]:
    with suppress(ValueError):
        told: dict[str, Any] = json.loads(said)
        return told
    log.warning("file_broke_its_process", returncode=returncode)
    return {"refused": "file_unreadable"}
