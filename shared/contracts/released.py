"""The published language as each release promised it: frozen, and never written again.

`python -m shared.contracts.released 0.1.0` freezes today's schemas as those of that release. The kept schemas in
`schemas/` go along with the code, commit by commit; what somebody out there was built for stands here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from shared.contracts.schemas import Schema, breaking_changes, generated

DIRECTORY = Path(__file__).parent / "released"

Language = Mapping[str, Schema]
"""Every contract's schema, by type."""


def releases(directory: Path = DIRECTORY) -> dict[str, Language]:
    """What was promised, by release."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))}


def broken_promises(promised: Language, now: Language) -> Iterator[str]:
    """Why somebody built for that release could not go on with what the code says `now`."""
    for name, schema in promised.items():
        if name not in now:
            yield f"{name} is gone"
        else:
            yield from (f"{name}: {reason}" for reason in breaking_changes(schema, now[name]))


def freeze(release: str, directory: Path = DIRECTORY) -> None:
    """Keeps today's schemas as those of that release. Exits where it is frozen already, or an earlier one is broken."""
    earlier, now = releases(directory), generated()
    if release in earlier:
        sys.exit(f"{release} is released: it never changes")
    reasons = [
        f"{name}, {reason}" for name, promised in earlier.items() for reason in broken_promises(promised, now)
    ]
    if reasons:
        sys.exit("this breaks what was released; make a v2 beside it instead:\n" + "\n".join(reasons))
    directory.mkdir(exist_ok=True)
    text = json.dumps(now, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (directory / f"{release}.json").write_text(text.replace('},"cn.', '},\n"cn.') + "\n")


if __name__ == "__main__":
    freeze(sys.argv[1])
