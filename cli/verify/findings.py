"""What a check counted and what it found broken."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Finding:
    """One check of one service. `waiting` is on its way; `before` was told before anybody listened, or so long ago
    that its trace was let go of: no faults.
    """

    service: str
    check: str
    counted: int = 0
    waiting: int = 0
    before: int = 0
    breaks: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.breaks
