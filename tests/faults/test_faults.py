"""A short cut of `make faults`, and that the patches of the mutants still fit the code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.settings import ROOT
from tests.faults.injecting import FAULTS
from tests.faults.mutants import MUTANTS, PATCHES, Mutant, apply
from tests.faults.runner import run

SECONDS = 75
SEVERAL = 4
"""So many kinds come to pass in that time on a busy machine too: each waits for what it broke to be there again."""
SEED = int(os.environ.get("SHANGJU_FAULTS_SEED", "20261127"))


@pytest.mark.timeout(600)
async def test_given_everything_that_can_break_when_people_go_on_then_every_invariant_holds(
    home: Path,
) -> None:
    outcome = await run(home, seconds=SECONDS, seed=SEED)
    assert outcome.holds, outcome.document()
    assert len(outcome.faults) >= SEVERAL, outcome.document()
    assert all(check.counted for check in outcome.checks if "stranger" not in check.name), outcome.document()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_fits_the_code_and_names_what_is_there(mutant: Mutant, tmp_path: Path) -> None:
    """One that falls over a name of before breaks more than its guarantee, and is caught for another reason."""
    patched = re.findall(r"^\+\+\+ b/(.+)$", mutant.patch.read_text(), re.MULTILINE)
    for name in patched:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    apply(mutant, tmp_path)
    code = [name for name in patched if name.endswith(".py")]
    pyflakes = (sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", *code)
    subprocess.run(pyflakes, cwd=tmp_path, check=True)


def test_every_mutant_has_its_patch_and_is_looked_for_under_faults_that_exist() -> None:
    assert {patch.stem for patch in PATCHES.glob("*.patch")} == {mutant.name for mutant in MUTANTS}
    assert {fault for mutant in MUTANTS for fault in mutant.faults} <= {fault.__name__ for fault in FAULTS}
