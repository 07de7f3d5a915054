"""The state diagram of the README, drawn from the table that decisions are held to.

`python -m services.mediation.diagram` prints it.
"""

from __future__ import annotations

from collections import defaultdict

from services.mediation.decisions.moves import MOVES

_FINAL = ("performed", "ended")


def mermaid() -> str:
    """A mermaid state diagram: an arrow for each pair of statuses, with the commands that lead along it."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for before, moves in MOVES.items():
        for command, afters in moves.items():
            for after in afters:
                arrows[before, after].append(command)
    lines = [
        f"    {'[*]' if before == 'unopened' else before} --> {after}: {', '.join(commands)}"
        for (before, after), commands in arrows.items()
    ]
    ends = [f"    {status} --> [*]" for status in _FINAL]
    return "\n".join(["stateDiagram-v2", *lines, *ends])


if __name__ == "__main__":
    print(mermaid())
