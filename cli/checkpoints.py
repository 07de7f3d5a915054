"""What was signed and kept outside the databases, as the operator's key reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


async def kept_of(service: str, where: Running) -> Kept:
    """Raises NotHere where none are made."""
    key, forged = checkpoints.key_of(where["CHECKPOINT_SECRET"]), 0
    found: list[Checkpoint] = []
    async for signed in Store(where["CHECKPOINT_STORE"]).all(service):
        try:
            found.append(checkpoints.read_signed(signed, key))
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


async def go_on_from_backup(service: str, database: Database, where: Running) -> None:
    """Signs that a database was brought back on purpose, so that what it lost is not taken for a forgery."""
    kept = await kept_of(service, where)
    async with database.reading() as connection:
        size, peaks = await checkpoints.so_far(connection)
    lost = [one.at for later in kept.by_size if later > size for one in kept.by_size[later]]
    if lost:
        back = Checkpoint(service, size, merkle.root(peaks).hex(), max(lost), restored=True)
        signed = checkpoints.sign(back, checkpoints.key_of(where["CHECKPOINT_SECRET"]))
        await Store(where["CHECKPOINT_STORE"]).put(back, signed)
