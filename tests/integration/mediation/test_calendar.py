"""The alliance's working calendar, as it is told, decides the days of the next mediation."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shared.contracts import alliance
from tests.integration.mediation.neighbourhood import Neighbourhood


async def test_a_day_that_rests_moves_the_day_of_consent(hill: Neighbourhood):
    day = date(2026, 3, 23)
    await hill.tell(alliance.CalendarDaySet(alliance_id=hill.alliance_id, day=day, works=False))
    case = await hill.opened()
    clock = (await case.view(hill.lin))["clock"]
    assert clock == {"name": "consent", "until": "2026-03-30"}


async def test_a_day_in_a_year_nobody_entered_says_so(hill: Neighbourhood):
    hill.clock.advance(datetime(2026, 12, 30, 4, tzinfo=UTC) - hill.clock.now())
    case = await hill.opened()
    assert (await case.view(hill.lin))["clock"]["provisional"] is True
    await hill.tell(alliance.CalendarYearEntered(alliance_id=hill.alliance_id, year=2027))
    assert "provisional" not in (await case.view(hill.lin))["clock"]
