"""One session for two mediations of the same conflict."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Beside, Session


@dataclass(frozen=True)
class BesideNoted:
    beside: Beside


@dataclass(frozen=True)
class JointAnswered:
    party: UUID
    agreed: bool


@dataclass(frozen=True)
class SessionParted:
    """It is held on its own from now on; time and place stay as they were, so nobody is told."""

    session: Session
