"""The court and its station."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import CourtResult, Handover


@dataclass(frozen=True)
class CourtDecided:
    agreement_id: UUID
    result: CourtResult


@dataclass(frozen=True)
class HandedOver:
    handover: Handover
    on: date


@dataclass(frozen=True)
class HandoverReturned:
    on: date
