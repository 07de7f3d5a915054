"""A refresh token is good once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.alliance.decisions.sessions import RefreshToken, Verdict, judge

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


def token(expires_at: datetime, *, used: bool, ended: bool) -> RefreshToken:
    return RefreshToken(UUID(int=1), UUID(int=2), expires_at, used, ended)


@pytest.mark.parametrize(
    ("expires_at", "used", "ended", "verdict"),
    [
        (LATER, False, False, Verdict.REPLACE),
        (LATER, False, True, Verdict.REFUSE),
        (LATER, True, False, Verdict.END_SESSION),
        (LATER, True, True, Verdict.REFUSE),
        (EARLIER, False, False, Verdict.REFUSE),
        (EARLIER, False, True, Verdict.REFUSE),
        (EARLIER, True, False, Verdict.END_SESSION),
        (EARLIER, True, True, Verdict.REFUSE),
        (NOW, False, False, Verdict.REFUSE),
    ],
)
def test_what_follows_from_showing_a_token(
    expires_at: datetime, used: bool, ended: bool, verdict: Verdict
) -> None:
    assert judge(token(expires_at, used=used, ended=ended), NOW) is verdict


def test_a_token_nobody_made_is_refused() -> None:
    assert judge(None, NOW) is Verdict.REFUSE
