"""Refresh tokens: each is good once. One used twice was copied, so the whole session ends (RFC 9700, 4.14.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

LIFE = timedelta(days=30)


@dataclass(frozen=True)
class RefreshToken:
    """One token of a session. A session is the row of tokens that one sign-in led to."""

    session_id: UUID
    member_id: UUID
    expires_at: datetime
    used: bool
    session_ended: bool


class Verdict(Enum):
    """What is to happen when a refresh token is shown."""

    REPLACE = auto()
    REFUSE = auto()
    END_SESSION = auto()


def judge(token: RefreshToken | None, now: datetime) -> Verdict:
    """What follows from showing `token`; None is one we never made."""
    if token is None or token.session_ended:
        return Verdict.REFUSE
    if token.used:
        return Verdict.END_SESSION
    return Verdict.REPLACE if now < token.expires_at else Verdict.REFUSE
