"""One-time codes, budgets, sessions and refresh tokens as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.alliance.decisions.codes import CodeRecord, LiveCode
from services.alliance.decisions.sessions import RefreshToken
from shared.persistence.database import Connection


async def lock_codes(tx: Connection, contact: bytes) -> CodeRecord:
    """What is remembered of a contact, held until the transaction ends; alike for contacts nobody has."""
    row = await tx.fetchrow(
        """
        INSERT INTO sign_in_codes (contact) VALUES ($1)
        ON CONFLICT (contact) DO UPDATE SET contact = excluded.contact
        RETURNING sent_at, mac, expires_at, tries
        """,
        contact,
    )
    assert row is not None  # noqa: S101 - the statement always returns one
    live = LiveCode(row["mac"], row["expires_at"], row["tries"]) if row["mac"] is not None else None
    return CodeRecord(tuple(row["sent_at"]), live)


async def save_codes(tx: Connection, contact: bytes, record: CodeRecord) -> None:
    await tx.execute(
        "UPDATE sign_in_codes SET sent_at = $2, mac = $3, expires_at = $4, tries = $5 WHERE contact = $1",
        contact,
        list(record.sent_at),
        record.live and record.live.mac,
        record.live and record.live.expires_at,
        record.live.tries if record.live else 0,
    )


async def spend(tx: Connection, network: bytes, hour: datetime) -> int:
    """How many codes the network has asked for in this hour, this one included."""
    spent: int = await tx.fetchval(
        """
        INSERT INTO sign_in_budgets (network, hour, spent) VALUES ($1, $2, 1)
        ON CONFLICT (network) DO UPDATE SET spent = sign_in_budgets.spent + 1
        RETURNING spent
        """,
        network,
        hour,
    )
    return spent


async def start_session(tx: Connection, session_id: UUID, member_id: UUID, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO sessions (id, member_id, started_at) VALUES ($1, $2, $3)", session_id, member_id, now
    )


async def end_session(tx: Connection, session_id: UUID, now: datetime, *, because: str) -> None:
    await tx.execute(
        "UPDATE sessions SET ended_at = $2, ended_because = $3 WHERE id = $1 AND ended_at IS NULL",
        session_id,
        now,
        because,
    )


async def end_sessions_of(tx: Connection, member_id: UUID, now: datetime, *, because: str) -> None:
    await tx.execute(
        "UPDATE sessions SET ended_at = $2, ended_because = $3 WHERE member_id = $1 AND ended_at IS NULL",
        member_id,
        now,
        because,
    )


async def add_refresh_token(tx: Connection, hashed: bytes, session_id: UUID, expires_at: datetime) -> None:
    await tx.execute(
        "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES ($1, $2, $3)",
        hashed,
        session_id,
        expires_at,
    )


async def lock_refresh_token(tx: Connection, hashed: bytes) -> RefreshToken | None:
    """The token with its session, both held: of two who show it at once, the second sees it used."""
    row = await tx.fetchrow(
        """
        SELECT token.session_id, session.member_id, token.expires_at,
               token.used_at IS NOT NULL AS used, session.ended_at IS NOT NULL AS session_ended
        FROM refresh_tokens AS token JOIN sessions AS session ON session.id = token.session_id
        WHERE token.hash = $1
        FOR UPDATE
        """,
        hashed,
    )
    return RefreshToken(**dict(row)) if row else None


async def use_refresh_token(tx: Connection, hashed: bytes, now: datetime) -> None:
    await tx.execute("UPDATE refresh_tokens SET used_at = $2 WHERE hash = $1", hashed, now)


async def forget_old(tx: Connection, now: datetime) -> None:
    """Lets go of what no sign-in can depend on any more."""
    day_ago = now - timedelta(days=1)
    await tx.execute("DELETE FROM sign_in_budgets WHERE hour < $1", day_ago)
    await tx.execute(
        "DELETE FROM sign_in_codes WHERE coalesce(sent_at[cardinality(sent_at)], '-infinity') < $1", day_ago
    )
    await tx.execute("DELETE FROM refresh_tokens WHERE expires_at < $1", day_ago)
    await tx.execute(
        """
        DELETE FROM sessions
        WHERE NOT EXISTS (SELECT FROM refresh_tokens WHERE refresh_tokens.session_id = sessions.id)
        """
    )
