"""Signed checkpoints: what a history said at a moment, kept where the database's superuser cannot rewrite it.

A hash chain alone is no proof against whoever may write all its rows anew. So each minute the heads of the
journals that changed become leaves of a log that only grows, and its Merkle root is signed and put into a
store outside the database (a folder of another machine, or a bucket with object lock). A receipt names a
version and its hash; `shangju verify --receipt` finds it below a root that was signed and kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.persistence import merkle
from shared.persistence.database import Connection, Database
from shared.persistence.journal import Proof

_SEALER = (0x5348, 0x5345414C)  # "SH", "SEAL": one at a time, whatever worker it runs in
_ALGORITHM = "Ed25519"


class Forged(Exception):
    """Not signed with this deployment's key, or no checkpoint at all."""


@dataclass(frozen=True)
class Checkpoint:
    """Of one service: `root` (hex) speaks for the first `size` leaves of its log.

    `restored`: the database was brought back from a backup of that size, and what had been kept of larger
    ones up to `at` counts no more.
    """

    service: str
    size: int
    root: str
    at: datetime
    restored: bool = False


@dataclass(frozen=True)
class Leaf:
    """Where an aggregate's journal stood."""

    aggregate_id: UUID
    version: int
    hash: bytes

    def digest(self) -> bytes:
        return merkle.leaf(b"%b%d:%b" % (self.aggregate_id.bytes, self.version, self.hash))


def key_of(secret: str) -> OKPKey:
    """The deployment's signing key (Ed25519), made anew from its secret: nothing of it lies in a database."""
    seed = hmac.digest(secret.encode(), b"checkpoints", hashlib.sha256)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return OKPKey.import_key(pem, {"use": "sig", "alg": _ALGORITHM})


def sign(checkpoint: Checkpoint, key: OKPKey) -> str:
    """A compact JWS (RFC 7515), which anybody may verify who has the public key."""
    payload = json.dumps(asdict(checkpoint), default=datetime.isoformat)
    return jws.serialize_compact({"alg": _ALGORITHM}, payload, key, algorithms=[_ALGORITHM])


def read_signed(signed: str, key: OKPKey) -> Checkpoint:
    """What was signed. Raises Forged."""
    try:
        told = json.loads(jws.deserialize_compact(signed, key, algorithms=[_ALGORITHM]).payload)
        return Checkpoint(**told | {"at": datetime.fromisoformat(told["at"])})
    except (JoseError, ValueError, KeyError, TypeError):
        raise Forged from None


async def seal(database: Database, service: str, key: OKPKey, now: datetime) -> Checkpoint | None:
    """Appends the heads that changed to the log and signs its new root; None when nothing changed.

    What commits while this runs is left to the next: its mark is not yet seen, and so not taken.
    """
    async with database.transaction() as tx:
        if not await tx.fetchval("SELECT pg_try_advisory_xact_lock($1, $2)", *_SEALER):
            return None
        size, peaks = await so_far(tx)
        leaves = await _taken(tx)
        if not leaves:
            return None
        for number, one in enumerate(leaves, start=size):
            peaks = merkle.grown(peaks, number, one.digest())
        await _append(tx, size, leaves)
        made = Checkpoint(service, size + len(leaves), merkle.root(peaks).hex(), now)
        await tx.execute(
            "INSERT INTO checkpoints (size, peaks, signed, made_at) VALUES ($1, $2, $3, $4)",
            made.size,
            list(peaks),
            sign(made, key),
            now,
        )
    return made


async def proof_of(connection: Connection, service: str, aggregate_id: UUID) -> Proof:
    """Where an aggregate's history stands, to be printed on a receipt."""
    digest = await connection.fetchval(
        "SELECT hash FROM journal WHERE aggregate_id = $1 ORDER BY version DESC LIMIT 1", aggregate_id
    )
    return Proof(service, aggregate_id, digest)


async def so_far(connection: Connection) -> tuple[int, merkle.Peaks]:
    """How many leaves the log has, and its peaks."""
    row = await connection.fetchrow("SELECT size, peaks FROM checkpoints ORDER BY size DESC LIMIT 1")
    return (row["size"], tuple(row["peaks"])) if row else (0, ())


async def not_kept(connection: Connection) -> list[str]:
    """Signed ones of which no store has a copy yet, the oldest first."""
    rows = await connection.fetch("SELECT signed FROM checkpoints WHERE kept_at IS NULL ORDER BY size")
    return [row["signed"] for row in rows]


async def kept(tx: Connection, checkpoint: Checkpoint, now: datetime) -> None:
    """A store has it."""
    await tx.execute("UPDATE checkpoints SET kept_at = $2 WHERE size = $1", checkpoint.size, now)


async def latest(connection: Connection) -> str | None:
    """The newest one, signed."""
    signed: str | None = await connection.fetchval(
        "SELECT signed FROM checkpoints ORDER BY size DESC LIMIT 1"
    )
    return signed


async def _taken(tx: Connection) -> list[Leaf]:
    rows = await tx.fetch(
        """
        WITH taken AS (DELETE FROM unsealed RETURNING aggregate_id)
        SELECT head.aggregate_id, head.version, head.hash
        FROM (SELECT DISTINCT aggregate_id FROM taken) AS changed
             CROSS JOIN LATERAL (
                 SELECT aggregate_id, version, hash FROM journal
                 WHERE journal.aggregate_id = changed.aggregate_id ORDER BY version DESC LIMIT 1
             ) AS head
        WHERE NOT EXISTS (SELECT FROM sealed WHERE (aggregate_id, version) = (head.aggregate_id, head.version))
        """
    )
    return [Leaf(**row) for row in rows]


async def _append(tx: Connection, size: int, leaves: list[Leaf]) -> None:
    await tx.execute(
        """
        INSERT INTO sealed (position, aggregate_id, version, hash)
        SELECT $1 + ordinal - 1, aggregate_id, version, hash
        FROM unnest($2::uuid[], $3::int[], $4::bytea[]) WITH ORDINALITY AS leaf (aggregate_id, version, hash, ordinal)
        """,
        size,
        [one.aggregate_id for one in leaves],
        [one.version for one in leaves],
        [one.hash for one in leaves],
    )
