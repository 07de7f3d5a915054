"""The HTTP door: parses, hands on, answers. No rule lives here."""

from __future__ import annotations

from fastapi import APIRouter

from services.mediation.api import (
    agreements,
    calendars,
    commitments,
    consent,
    documents,
    guests,
    mediators,
    oral,
    own,
    reads,
    releases,
    sessions,
)

router = APIRouter()
for part in (
    reads,
    consent,
    mediators,
    sessions,
    guests,
    agreements,
    oral,
    commitments,
    documents,
    releases,
    calendars,
    own,
):
    router.include_router(part.router)
