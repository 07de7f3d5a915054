"""What was signed and kept outside the databases, as the operator's key reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from joserfc.jwk import OKPKey

from cli.running import Running
from shared.persistence import checkpoints, merkle
from shared.persistence.checkpoints import Checkpoint, Forged
from shared.persistence.database import Database
from shared.persistence.sealing import Store


@dataclass(frozen=True)
class Kept:
    """What the store holds of one service, without what a restored backup has set aside."""

    by_size: Mapping[int, tuple[Checkpoint, ...]]
    forged: int

    @property
    def size(self) -> int:
        """Of the largest log any of them speaks for."""
        return max(self.by_size, default=0)


@dataclass(frozen=True)
class Outside:
    """Where checkpoints are kept, and the key that signs them."""

    key: OKPKey
    store: Store


def outside_of(where: Running) -> Outside | None:
    """None where none are made. Raises NotHere where only half of what it takes is known."""
    if not any(where.environment.get(f"SHANGJU_CHECKPOINT_{name}") for name in ("SECRET", "STORE")):
        return None
    return Outside(checkpoints.key_of(where["CHECKPOINT_SECRET"]), Store(where["CHECKPOINT_STORE"]))


async def kept_of(service: str, outside: Outside | None) -> Kept:
    """Nothing where none are made."""
    found: list[Checkpoint] = []
    if outside is None:
        return Kept(_by_size(found), forged=0)
    forged = 0
    async for signed in outside.store.all(service):
        try:
            found.append(checkpoints.read_signed(signed, outside.key))
        except Forged:
            forged += 1
    return Kept(_by_size(found), forged)


def _by_size(found: list[Checkpoint]) -> dict[int, tuple[Checkpoint, ...]]:
    restored = [one for one in found if one.restored]
    counted: dict[int, tuple[Checkpoint, ...]] = {}
    for one in sorted(found, key=lambda one: one.at):
        if not any(one.size > back.size and one.at <= back.at for back in restored):
            counted[one.size] = (*counted.get(one.size, ()), one)
    return counted


async def go_on_from_backup(service: str, database: Database, outside: Outside) -> None:
    """Signs that a database was brought back on purpose, so that what it lost is not taken for a forgery."""
    kept = await kept_of(service, outside)
    async with database.reading() as connection:
        size, peaks = await checkpoints.so_far(connection)
    lost = [one.at for later in kept.by_size if later > size for one in kept.by_size[later]]
    if lost:
        back = Checkpoint(service, size, merkle.root(peaks).hex(), max(lost), restored=True)
        await outside.store.put(back, checkpoints.sign(back, outside.key))
