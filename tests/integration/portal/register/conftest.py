from __future__ import annotations

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.register.entries import A_BAR, A_BLOCK, A_BUILDING, HERE, MA_TENG
from tests.integration.portal.town import BAR, BLOCK, BUILDING, MA


@pytest.fixture
async def office(portal: Portal) -> Portal:
    """An administrator's browser, with the bar's file and its keeper's entry."""
    for place, found in ((BAR, A_BAR), (BUILDING, A_BUILDING), (BLOCK, A_BLOCK)):
        portal.services.says(f"GET /alliance/v1/places/{place}", found)
        occupants = {"on": "2026-03-12", "items": [HERE] if place == BAR else []}
        portal.services.says(f"GET /alliance/v1/places/{place}/occupants", occupants)
    portal.services.says("GET /alliance/v1/members", {"items": [MA_TENG], "next_cursor": None})
    portal.services.says(f"GET /alliance/v1/members/{MA}", MA_TENG)
    await portal.sign_in("operator")
    return portal
