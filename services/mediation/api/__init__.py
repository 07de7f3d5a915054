"""The HTTP door: parses, hands on, answers. No rule lives here."""

from __future__ import annotations

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

PARTS = (
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
)

ROUTERS = tuple(part.router for part in PARTS)
