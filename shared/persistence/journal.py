"""The history of each aggregate: versions 1..n, each row's hash chained to the row before.

A leaf is SHA-256(payload ‖ salt); the chained hash covers the leaf and everything around it. Erasing a
person's words deletes payload and salt and leaves the leaf, so the chain still verifies (RFC 6962's idea,
one chain per aggregate so that no writer waits for another's).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

GENESIS = bytes(32)


@dataclass(frozen=True)
class Entry:
    """One row of a journal."""

    aggregate_id: UUID
    version: int
    event_id: UUID
    alliance_id: UUID
    type: str
    actor_id: UUID | None
    actor_role: str
    occurred_at: datetime
    payload: bytes | None
    salt: bytes | None
    leaf: bytes
    hash: bytes


@dataclass(frozen=True)
class Written:
    """An event ready to be chained: its name, its bytes, and who did it when."""

    event_id: UUID
    type: str
    payload: bytes


def chain(
    events: Sequence[Written],
    *,
    aggregate_id: UUID,
    alliance_id: UUID,
    version: int,
    head: bytes,
    actor_id: UUID | None,
    actor_role: str,
    at: datetime,
) -> list[Entry]:
    """The rows that follow version `version`, whose hash is `head`."""
    entries = []
    for number, event in enumerate(events, start=version + 1):
        salt = secrets.token_bytes(16)
        leaf = _leaf(event.payload, salt)
        unhashed = Entry(
            aggregate_id,
            number,
            event.event_id,
            alliance_id,
            event.type,
            actor_id,
            actor_role,
            at,
            event.payload,
            salt,
            leaf,
            b"",
        )
        head = _hash(head, unhashed)
        entries.append(Entry(**(vars(unhashed) | {"hash": head})))
    return entries


@dataclass(frozen=True)
class Broken:
    """Where a history stops being true, and how it shows."""

    version: int
    why: str


def verify(entries: Iterable[Entry], *, expected_version: int, expected_head: bytes) -> Broken | None:
    """The first place where the chain is broken, or None.

    `expected_version` and `expected_head` come from the aggregate's own row: a truncated tail or a
    restamped chain agrees with itself but not with them.
    """
    head, count = GENESIS, 0
    for count, entry in enumerate(entries, start=1):
        if entry.version != count:
            return Broken(count, "version missing")
        if (
            entry.payload is not None
            and hashlib.sha256(entry.payload + (entry.salt or b"")).digest() != entry.leaf
        ):
            return Broken(count, "payload changed")
        head = _hash(head, entry)
        if head != entry.hash:
            return Broken(count, "hash does not follow")
    if count != expected_version:
        return Broken(count + 1, "tail missing")
    return None if head == expected_head else Broken(count, "restamped")


@dataclass(frozen=True)
class Proof:
    """What a receipt says of the history it stands in: the hash of this act and of all before it.

    Not the version: two receipts would tell how much had happened in between that one is not shown.
    """

    service: str
    aggregate_id: UUID
    hash: bytes

    def __str__(self) -> str:
        return f"{self.service}:{self.aggregate_id}:{self.hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> Proof:
        """As it was printed. Raises ValueError."""
        service, aggregate_id, digest = text.strip().split(":")
        return cls(service, UUID(aggregate_id), bytes.fromhex(digest))


def _leaf(payload: bytes, salt: bytes) -> bytes:
    return hashlib.sha256(payload + salt).digest()


def _hash(previous: bytes, entry: Entry) -> bytes:
    around = (
        entry.aggregate_id,
        entry.version,
        entry.event_id,
        entry.alliance_id,
        entry.type,
        entry.actor_id,
        entry.actor_role,
        entry.occurred_at.timestamp(),
    )
    return hashlib.sha256(previous + entry.leaf + "|".join(map(str, around)).encode()).digest()


def from_row(row: Any) -> Entry:
    """An entry as asyncpg returns it. What may be read of erased words is no part of the proof."""
    return Entry(**{name: value for name, value in row.items() if name != "remains"})
