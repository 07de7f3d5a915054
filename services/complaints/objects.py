"""Where the bytes of evidence lie: a folder of this machine or an S3 bucket, under keys nobody can guess.

Bytes are written, and on this machine forced to disk, before the transaction that tells of them; what no case
knows of is removed later, what was written by half too. So a crash leaves bytes too many, never too few.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store
from prometheus_client import Counter

from services.complaints.commands import StoredObject
from services.complaints.settings import Settings
from shared.access.problem import Unavailable

log = structlog.get_logger()
WRITTEN = Counter("shangju_evidence_written_bytes_total", "Bytes of evidence written to the object store")

_CHUNK = 1024 * 1024
_LONGEST_TRANSFER = timedelta(hours=1)
_UNFINISHED = "*/*#*"
"""What obstore calls a file of a folder until the last byte is in it."""


class Objects:
    """The object store of one service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def put(self, case_id: UUID, file: BinaryIO, media_type: str) -> StoredObject:
        """Keeps the file's bytes for good. Raises Unavailable when they cannot be kept."""
        key = f"{case_id}/{uuid4().hex}"
        size, sha256 = await asyncio.to_thread(_measure, file)
        try:
            await obstore.put_async(self._store(), key, file)
            await asyncio.to_thread(self._force_to_disk, key)
        except (BaseError, OSError) as error:
            log.warning("evidence_not_kept", error=type(error).__name__)
            raise Unavailable from None
        WRITTEN.inc(size)
        return StoredObject(key, media_type, size, sha256)

    async def read(self, stored: StoredObject) -> AsyncIterator[bytes]:
        """The bytes, piece by piece. Raises Unavailable before the first one when they cannot be had."""
        try:
            found = await obstore.get_async(self._store(), stored.object_key)
        except (BaseError, OSError) as error:
            log.error("evidence_not_read", error=type(error).__name__)
            raise Unavailable from None
        return _pieces(found)

    async def remove(self, keys: list[str]) -> None:
        """Lets go of bytes; those already gone are no error."""
        for key in keys:
            try:
                await obstore.delete_async(self._store(), key)
            except FileNotFoundError:
                continue

    async def let_go(self, key: str) -> None:
        """The same for what was put a moment ago and is not needed; where it cannot be removed it is swept later."""
        try:
            await self.remove([key])
        except BaseError as error:
            log.warning("evidence_left_to_sweep", error=type(error).__name__)

    async def older_than(self, moment: datetime) -> AsyncIterator[list[str]]:
        """The keys of all objects last written before `moment`, some hundred at a time."""
        async for batch in self._store().list(chunk_size=500):
            yield [one["path"] for one in batch if one["last_modified"] < moment]

    async def remove_unfinished(self, moment: datetime) -> int:
        """Lets go of what was last written before `moment` and never became an object; says how many.

        A process that is killed while it writes leaves such a file, and the store neither lists nor removes it. In a
        bucket nothing lies that was not finished.
        """
        if self._settings.evidence_bucket:
            return 0
        return await asyncio.to_thread(_remove_unfinished, self._settings.evidence_folder, moment.timestamp())

    def _store(self) -> LocalStore | S3Store:
        return _bucket(self._settings) if self._settings.evidence_bucket else _folder(self._settings)

    def _force_to_disk(self, key: str) -> None:
        """A folder's store does not: the file, its name in its folder, and that folder's name in ours."""
        if self._settings.evidence_bucket:
            return
        path = self._settings.evidence_folder / key
        for one in (path, path.parent, path.parent.parent):
            _sync(one)


def _folder(settings: Settings) -> LocalStore:
    settings.evidence_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(settings.evidence_folder)


def _bucket(settings: Settings) -> S3Store:
    return _s3(
        settings.evidence_bucket,
        settings.evidence_s3_endpoint,
        settings.evidence_s3_region,
        settings.evidence_s3_access_key.get_secret_value(),
        secret_key=settings.evidence_s3_secret_key.get_secret_value(),
        silence=timedelta(seconds=settings.evidence_s3_silence_seconds),
    )


@cache
def _s3(
    bucket: str, endpoint: str, region: str, access_key: str, *, secret_key: str, silence: timedelta
) -> S3Store:
    """Made once: it keeps its connections.

    A store that says nothing is given up after the `silence`, and so is one that fails again and again; a film that
    goes out slowly over a poor line may take its time.
    """
    return S3Store(
        bucket,
        endpoint=endpoint or None,
        region=region,
        access_key_id=access_key or None,
        secret_access_key=secret_key or None,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "read_timeout": silence,
            "timeout": _LONGEST_TRANSFER,
        },
        retry_config={"max_retries": 3, "retry_timeout": silence},
    )


def _measure(file: BinaryIO) -> tuple[int, str]:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_CHUNK):
        digest.update(piece)
    size = file.tell()
    file.seek(0)
    return size, digest.hexdigest()


def _remove_unfinished(folder: Path, moment: float) -> int:
    old = [one for one in folder.glob(_UNFINISHED) if one.stat().st_mtime < moment]
    for one in old:
        one.unlink()
    return len(old)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def _pieces(found: obstore.GetResult) -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=_CHUNK):
        yield bytes(piece)
