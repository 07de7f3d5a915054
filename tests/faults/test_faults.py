"""A short cut of `make faults`, and that the patches of the mutants still fit the code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.injecting import FAULTS
from tests.faults.mutants import MUTANTS, PATCHES, Mutant, apply
from tests.faults.runner import run

SECONDS = 75
SEED = int(os.environ.get("SHANGJU_FAULTS_SEED", "20261127"))


@pytest.mark.timeout(600)
async def test_given_everything_that_can_break_when_people_go_on_then_every_invariant_holds(
    home: Path,
) -> None:
    outcome = await run(home, seconds=SECONDS, seed=SEED)
    assert outcome.holds, outcome.document()
    assert len(outcome.faults) >= 8, outcome.document()
    assert all(check.counted for check in outcome.checks if "stranger" not in check.name), outcome.document()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_fits_the_code(mutant: Mutant) -> None:
    apply(mutant, PATCHES.parents[2], "--check")


def test_every_mutant_has_its_patch_and_is_looked_for_under_faults_that_exist() -> None:
    assert {patch.stem for patch in PATCHES.glob("*.patch")} == {mutant.name for mutant in MUTANTS}
    assert {fault for mutant in MUTANTS for fault in mutant.faults} <= {fault.__name__ for fault in FAULTS}
