"""The alliance's working calendar, told over the bus, decides the days of the next case."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from deploy.local.postgres import Postgres
from services.alliance.main import SERVICE as ALLIANCE_SERVICE
from services.alliance.settings import Settings as AllianceSettings
from services.alliance.use_cases.register import found_alliance
from services.complaints import consumers
from shared.contracts import alliance
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.topics import apply
from shared.persistence.migrate import migrate
from tests.integration.complaints.town import FILED_AT, Town, done
from tests.support.http import client_of, settings_for

NEW_YEARS_EVE = datetime(2026, 12, 31, 4, tzinfo=UTC)


async def test_a_day_set_in_the_alliance_moves_the_deadline_of_a_new_case(
    town: Town, postgres: Postgres, kafka: str
):
    """Over the real outbox, relay, broker and consumer; the case filed before keeps its day."""
    url = await postgres.create_database(f"alliance_{uuid4().hex[:8]}")
    await migrate("alliance", url)
    await apply(kafka)
    before = await town.file()
    settings = settings_for(AllianceSettings, url, key_secret="tests-key-secret")
    async with client_of(ALLIANCE_SERVICE, settings, clock=town.clock) as there:
        async with there.kit.database.transaction() as tx:
            await found_alliance(tx, town.alliance_id, "山北商居联盟", FILED_AT)
        form = {"kind": "rests", "source": "街道停电通知"}
        done(await there.as_(town.zhou.actor).put("/v1/calendar/2026-03-16", json=form))
    [subscription] = consumers.subscriptions(town.http.kit)
    relay = Relay(database_url=url, bootstrap=kafka)
    consumer = Consumer(subscription, bootstrap=kafka, database=town.http.kit.database)
    work = [asyncio.ensure_future(one.run()) for one in (relay, consumer)]
    try:
        async with asyncio.timeout(30):
            while not await told(town):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
    after = await town.file(description="又来了。")
    assert (before["due"], after["due"]) == ("2026-03-16", "2026-03-17")
    assert done(await town.zhou.get(f"/v1/cases/{before['id']}"))["due"] == "2026-03-16"


async def told(town: Town) -> bool:
    return bool(await town.rows("SELECT FROM calendar_days WHERE alliance_id = $1", town.alliance_id))


async def test_a_day_counted_over_a_year_nobody_entered_says_so(town: Town):
    town.clock.advance(NEW_YEARS_EVE - town.clock.now())
    guessed = await town.file()
    assert guessed["clock"] == {"name": "triage", "until": "2027-01-04", "provisional": True}
    await town.tell(alliance.CalendarDaySet(alliance_id=town.alliance_id, day=date(2027, 1, 1), works=False))
    await town.tell(alliance.CalendarYearEntered(alliance_id=town.alliance_id, year=2027))
    known = await town.file(description="又来了。")
    assert known["clock"] == {"name": "triage", "until": "2027-01-05"}
    clocks = done(await town.zhou.get(f"/v1/cases/{guessed['id']}"))["clocks"]
    [triage] = [one for one in clocks if one["name"] == "triage"]
    assert (triage["until"], triage["provisional"]) == ("2027-01-04", True)


async def test_a_return_visit_in_the_new_year_has_its_day_once_that_year_is_entered(town: Town):
    town.clock.advance(datetime(2026, 12, 1, 15, tzinfo=UTC) - town.clock.now())
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    done(await town.zhou.post(f"/v1/cases/{case_id}/conclude", json={"result": "settled"}))
    _, guessed = await visits(town, case_id)
    assert (guessed["due"], guessed["provisional"]) == ("2027-01-01", True)
    [_, task] = done(await town.zhou.get("/v1/return-visits"))["items"]
    assert (task["due"], task["provisional"]) == ("2027-01-01", True)

    for day in (1, 2, 3):
        holiday = date(2027, 1, day)
        await town.tell(alliance.CalendarDaySet(alliance_id=town.alliance_id, day=holiday, works=False))
    assert (await visits(town, case_id))[1]["provisional"]
    await town.tell(alliance.CalendarYearEntered(alliance_id=town.alliance_id, year=2027))

    _, known = await visits(town, case_id)
    assert known["due"] == "2027-01-04"
    assert "provisional" not in known
    [_, task] = done(await town.zhou.get("/v1/return-visits"))["items"]
    assert (task["due"], "provisional" in task) == ("2027-01-04", False)
    # and it is told of in the morning of that day, once
    town.clock.advance(datetime(2026, 12, 9, 1, tzinfo=UTC) - town.clock.now())
    await town.later(seconds=0)
    town.clock.advance(datetime(2027, 1, 3, 23, 59, tzinfo=UTC) - town.clock.now())
    await town.later(seconds=0)
    assert await told_of(town, case_id) == ["2026-12-09"]
    await town.later(minutes=1)
    assert await told_of(town, case_id) == ["2026-12-09", "2027-01-04"]


async def visits(town: Town, case_id: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = done(await town.lin.get(f"/v1/cases/{case_id}"))["visits"]
    return shown


async def told_of(town: Town, case_id: str) -> list[str]:
    told = (one for one in await town.told(case_id) if one.type.endswith("return_visit_due.v1"))
    return [one.data.due_on.isoformat() for one in told]
