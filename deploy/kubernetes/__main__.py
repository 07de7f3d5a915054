"""Writes the files that follow from the code, or says which are out of step."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from deploy.kubernetes.files import BASE, documents


def main(arguments: Sequence[str]) -> int:
    """1 if a file differs and was only to be compared."""
    made = asyncio.run(documents())
    stale = [
        name for name, text in made.items() if not (BASE / name).exists() or (BASE / name).read_text() != text
    ]
    for name in stale:
        if "--check" in arguments:
            print(f"{name} is out of step", file=sys.stderr)
        else:
            (BASE / name).write_text(made[name])
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
