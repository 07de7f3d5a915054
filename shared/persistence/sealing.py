"""The worker's job that makes checkpoints and carries them out of the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from joserfc.jwk import OKPKey
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url
from prometheus_client import Counter

from shared.clock import Clock
from shared.persistence import checkpoints
from shared.persistence.checkpoints import Checkpoint
from shared.persistence.database import UNAVAILABLE, Database

log = structlog.get_logger()
FAILED = Counter("shangju_checkpoints_failed_total", "Signed checkpoints that their store did not take")


class Store:
    """A place the database's superuser cannot write to: `file:///…`, or `s3://…` with the usual AWS_ variables."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def put(self, checkpoint: Checkpoint, signed: str) -> None:
        """Kept once under its name; the second time is none. Raises obstore's BaseError."""
        name = f"{checkpoint.at:%Y%m%dT%H%M%S.%f}-{checkpoint.size}{'-restored' * checkpoint.restored}"
        with suppress(AlreadyExistsError):
            await obstore.put_async(
                self._opened(), f"{checkpoint.service}/{name}.jws", signed.encode(), mode="create"
            )

    async def all(self, service: str) -> AsyncIterator[str]:
        """Every checkpoint kept of a service, signed, in no order."""
        store = self._opened()
        async for batch in store.list(f"{service}/", chunk_size=500):
            for one in batch:
                found = await store.get_async(one["path"])
                yield bytes(await found.bytes_async()).decode()

    def _opened(self) -> ObjectStore:
        if self._url.startswith("file:"):
            return LocalStore(Path(unquote(urlsplit(self._url).path)), mkdir=True)
        return from_url(self._url)


async def run(
    database: Database, clock: Clock, *, service: str, key: OKPKey, store: Store, every_seconds: float
) -> None:
    """Seals and keeps, for ever. What could not be kept is tried again with the next."""
    while True:
        try:
            await checkpoints.seal(database, service, key, clock.now())
            await keep(database, clock, key, store)
        except BaseError as error:
            FAILED.inc()
            log.warning("checkpoint_not_kept", error=type(error).__name__)
        except UNAVAILABLE as error:
            log.warning("checkpoints_wait_for_database", error=type(error).__name__)
        await asyncio.sleep(every_seconds)


async def keep(database: Database, clock: Clock, key: OKPKey, store: Store) -> None:
    """Puts into the store what it does not have yet. Raises obstore's BaseError."""
    async with database.reading() as connection:
        waiting = await checkpoints.not_kept(connection)
    for signed in waiting:
        checkpoint = checkpoints.read_signed(signed, key)
        await store.put(checkpoint, signed)
        async with database.transaction() as tx:
            await checkpoints.kept(tx, checkpoint, clock.now())
