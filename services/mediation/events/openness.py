"""Whether others may listen. Which party wished what is told to nobody but mediator and committee."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OpennessChosen:
    party: UUID
    open: bool


@dataclass(frozen=True)
class OpennessChanged:
    """By that choice the session is an open one now, or is one no more."""

    open: bool
