"""Each guarantee broken once, in a copy, by a patch: a checker that does not notice proves nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.settings import ROOT

PATCHES = Path(__file__).parent / "mutants"
SECONDS = 60


@dataclass(frozen=True)
class Mutant:
    """What is broken, the faults in which it shows, and the invariants of which one has to say so."""

    name: str
    faults: tuple[str, ...]
    caught_by: tuple[int, ...]

    @property
    def patch(self) -> Path:
        return PATCHES / f"{self.name}.patch"


MUTANTS = (
    Mutant("offset_before_commit", ("die_at_a_point", "kill_all_workers"), (3,)),
    Mutant("no_inbox", ("kill_all_workers",), (3,)),
    Mutant("id_greater_than_last", ("late_commits",), (3,)),
    Mutant("mark_before_send", ("die_at_a_point",), (3,)),
    Mutant("no_version_check", ("late_commits",), (2,)),
    Mutant("answer_not_kept", ("cut_after_commit", "kill_a_process"), (1,)),
    Mutant("half_a_file_kept", ("fill_the_disk",), (1,)),
    Mutant("doubt_taken_for_no", ("kill_a_process",), (4,)),
)


def copy_to(folder: Path, mutant: Mutant) -> None:
    """What git knows of this clone, as it stands, with the patch on it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    apply(mutant, folder)


def apply(mutant: Mutant, folder: Path, *options: str) -> None:
    """Raises CalledProcessError when the code has moved on from under the patch."""
    subprocess.run(["git", "apply", "--unsafe-paths", *options, str(mutant.patch)], cwd=folder, check=True)


def main(seed: int, wanted: frozenset[str] = frozenset()) -> int:
    """Runs all of them, or those wanted; prints what caught each; 1 if one was not caught."""
    caught = {}
    for mutant in MUTANTS:
        if not wanted or mutant.name in wanted:
            caught[mutant.name] = _caught(mutant, seed)
            print(
                f"{mutant.name}: {'caught' if caught[mutant.name] else 'LIVED'}", file=sys.stderr, flush=True
            )
    print(json.dumps({"seed": seed, "mutants": caught}, indent=1, ensure_ascii=False))
    return int(not all(caught.values()))


def _caught(mutant: Mutant, seed: int) -> dict[str, Any]:
    """The breaks by which the checks that must notice it did; none means that it lived."""
    with tempfile.TemporaryDirectory(prefix="sj-mutant-") as folder:
        copy_to(Path(folder), mutant)
        command = [sys.executable, "-m", "tests.faults", "--seconds", str(SECONDS), "--seed", str(seed)]
        ended = subprocess.run(
            [*command, "--only", ",".join(mutant.faults)],
            cwd=folder,
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
    found = json.loads(ended.stdout)["checks"] if ended.stdout else {}
    noticed = {
        name: [*check["first"][:1], f"{check['breaks']} in all"]
        for name, check in found.items()
        if check["breaks"] and int(name.split()[0]) in mutant.caught_by
    }
    if not noticed:
        print(ended.stdout, file=sys.stderr)
    return noticed
