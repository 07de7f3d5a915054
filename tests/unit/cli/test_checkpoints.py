"""A deployment may do without checkpoints; then nothing that reads them asks for their settings."""

from __future__ import annotations

import pytest

from cli.checkpoints import kept_of, outside_of
from cli.running import NotHere, Running
from cli.verify.command import findings_on

NO_CHECKPOINTS = Running({})


async def test_given_none_are_made_when_asked_what_is_kept_then_nothing_is() -> None:
    kept = await kept_of("complaints", outside_of(NO_CHECKPOINTS))
    assert (kept.size, kept.forged) == (0, 0)


async def test_given_none_are_made_when_a_receipt_is_verified_then_it_is_said() -> None:
    with pytest.raises(NotHere, match="no checkpoints are made"):
        await findings_on(f"complaints:00000000-0000-0000-0000-000000000001:{'0' * 64}", NO_CHECKPOINTS)


@pytest.mark.parametrize("half", ["SECRET", "STORE"])
def test_given_half_of_the_settings_when_asked_then_the_other_half_is_named(half: str) -> None:
    with pytest.raises(NotHere, match="SHANGJU_CHECKPOINT_"):
        outside_of(Running({f"SHANGJU_CHECKPOINT_{half}": "file:///somewhere"}))
