"""`python -m tests.faults --seconds 600 --seed 7`, and `--mutants` for the proof that the checks can fail."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import secrets
import sys

from deploy.local.home import short_home
from deploy.local.up import quieten_libraries
from tests.faults import injecting, mutants
from tests.faults.runner import run


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    words.add_argument("--seconds", type=float, default=600, help="how long things go wrong")
    words.add_argument("--seed", type=int, help="the same faults again; else drawn and printed")
    words.add_argument("--only", help="these faults alone, by name, with commas")
    words.add_argument(
        "--mutants", action="store_true", help="break each guarantee in a copy: that must be seen"
    )
    words.add_argument("--mutant", help="these mutants alone, by name, with commas")
    asked = words.parse_args()
    quieten_libraries()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    seed = asked.seed if asked.seed is not None else secrets.randbelow(1_000_000)
    if asked.mutants or asked.mutant:
        return mutants.main(seed, _names(asked.mutant))
    only = _names(asked.only)
    if unknown := only - {fault.__name__ for fault in injecting.FAULTS}:
        words.error(f"no fault is called {', '.join(sorted(unknown))}")
    with short_home() as home:
        outcome = asyncio.run(run(home, seconds=asked.seconds, seed=seed, only=only))
    print(json.dumps(outcome.document(), indent=1, ensure_ascii=False))
    return int(not outcome.holds)


def _names(said: str | None) -> frozenset[str]:
    return frozenset(said.split(",")) if said else frozenset()


if __name__ == "__main__":
    sys.exit(main())
