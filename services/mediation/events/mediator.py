"""The mediator: asked, taking it, passing it on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class MediatorProposed:
    mediator: UUID


@dataclass(frozen=True)
class MediatorTook:
    mediator: UUID


@dataclass(frozen=True)
class MediatorPassed:
    mediator: UUID
