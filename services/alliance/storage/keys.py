"""The keys that sign access tokens: one active, the retired ones kept while their tokens may live."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from services.alliance.credentials import SigningKey
from shared.persistence.database import Connection


async def lock(tx: Connection) -> None:
    """Nobody else makes or retires keys until the transaction ends; reading goes on."""
    await tx.execute("LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE")


async def active(connection: Connection) -> SigningKey | None:
    row = await connection.fetchrow(
        "SELECT kid, public, sealed_private FROM signing_keys WHERE retired_at IS NULL"
    )
    if row is None:
        return None
    return SigningKey(row["kid"], json.loads(row["public"]), row["sealed_private"])


async def retire_active(tx: Connection, now: datetime) -> None:
    await tx.execute("UPDATE signing_keys SET retired_at = $1 WHERE retired_at IS NULL", now)


async def add(tx: Connection, key: SigningKey, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO signing_keys (kid, public, sealed_private, created_at) VALUES ($1, $2, $3, $4)",
        key.kid,
        json.dumps(key.public),
        key.sealed_private,
        now,
    )


async def public_since(connection: Connection, moment: datetime) -> list[dict[str, Any]]:
    """The public parts of the active key and of those retired after `moment`, the active one first."""
    rows = await connection.fetch(
        """
        SELECT public FROM signing_keys
        WHERE retired_at IS NULL OR retired_at > $1
        ORDER BY retired_at DESC NULLS FIRST, kid
        """,
        moment,
    )
    return [json.loads(row["public"]) for row in rows]
