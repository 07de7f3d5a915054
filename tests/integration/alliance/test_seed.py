"""The 山北 demonstration neighbourhood."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from services.alliance.main import SERVICE
from services.alliance.neighbourhood import CAST
from services.alliance.seed import ALLIANCE_ID, Seeded, id_of, seed
from services.alliance.settings import Settings
from shared.persistence.database import Database, open_database
from shared.persistence.migrate import migrate
from tests.integration.alliance.conftest import NOON
from tests.support.http import SetClock, client_of, settings_for
from tests.support.tokens import an_actor


@pytest.fixture(scope="module")
async def seeded(postgres) -> tuple[str, Seeded, float]:
    url = await postgres.create_database("alliance_seeded")
    await migrate("alliance", url)
    async with open_database(url) as database:
        began = time.perf_counter()
        result = await seed(database, NOON)
        return url, result, time.perf_counter() - began


async def counted(database: Database, question: str) -> int:
    async with database.reading() as connection:
        number: int = await connection.fetchval(question)
    return number


async def test_two_blocks_thirty_shops_and_a_hundred_and_twenty_households(
    seeded: tuple[str, Seeded, float],
) -> None:
    async with open_database(seeded[0]) as database:
        async with database.reading() as connection:
            kinds = dict(await connection.fetch("SELECT kind, count(*) FROM places GROUP BY kind"))
        households = await counted(
            database, "SELECT count(DISTINCT place_id) FROM occupancies WHERE kind = 'lives'"
        )
        traders = await counted(
            database,
            "SELECT count(DISTINCT place_id) FROM occupancies WHERE kind = 'trades' AND trade IS NOT NULL",
        )
        unreached = await counted(database, "SELECT count(*) FROM members WHERE email IS NULL")
    assert kinds == {"block": 2, "building": 10, "shop": 30, "unit": 120, "room": 2}
    assert (households, traders, unreached) == (120, 30, 1)


async def test_it_is_quick(seeded: tuple[str, Seeded, float]) -> None:
    assert seeded[2] < 5


async def test_a_second_time_changes_nothing(seeded: tuple[str, Seeded, float]) -> None:
    async with open_database(seeded[0]) as database:
        before = await counted(database, "SELECT count(*) FROM outbox")
        again = await seed(database, NOON + timedelta(days=1))
        assert await counted(database, "SELECT count(*) FROM outbox") == before
    assert again.added == 0
    assert again.sign_ins == seeded[1].sign_ins


async def test_the_same_neighbourhood_everywhere() -> None:
    """These ids stand in other people's tests and bookmarks."""
    assert UUID("1558c1e9-6250-517c-93ab-9445e04dc577") == ALLIANCE_ID
    assert id_of("lin@shanbei.example") == UUID("ff24446d-fd24-533e-95d0-b1507f29021b")
    assert id_of("山北路116号") == UUID("68be066b-7a5b-5382-b6a3-a13411085e77")


async def test_the_cast_lives_where_the_stories_say(seeded: tuple[str, Seeded, float]) -> None:
    settings = settings_for(Settings, seeded[0], key_secret="s")
    async with client_of(SERVICE, settings, clock=SetClock(NOON)) as client:

        async def me(contact: str) -> dict:
            actor = an_actor(member_id=id_of(contact), alliance_id=ALLIANCE_ID)
            return (await client.as_(actor).get("/v1/me")).json()

        lin, ma, shen, xu = [await me(f"{name}@shanbei.example") for name in ("lin", "ma", "shen", "xu")]
        neighbour = client.as_(an_actor(alliance_id=ALLIANCE_ID))
        bar = (await neighbour.get(f"/v1/places/{id_of('山北路116号')}")).json()
        mediators = (await neighbour.get("/v1/members", params={"role": "mediator"})).json()["items"]

    assert [one["place_name"] for one in lin["occupancies"]] == ["118弄6号301"]
    assert [(one["place_name"], one["trade"]) for one in ma["occupancies"]] == [
        ("山北路116号 夜猫小酒馆", "bar")
    ]
    assert shen["occupancies"][0]["building_id"] == ma["occupancies"][0]["building_id"]
    assert {"role": "building_captain", "place_id": str(id_of("118弄3号"))} in xu["grants"]
    assert [(one["name"], one["kind"], one["distance_m"]) for one in bar["adjacent"]] == [
        ("118弄3号", "above", 0),
        ("118弄6号", "behind", 4),
        ("95弄", "opposite", 14),
    ]
    assert sorted(one["display_name"] for one in mediators) == ["沈怡", "韩志明", "顾国强"]


async def test_everybody_of_the_cast_can_sign_in(seeded: tuple[str, Seeded, float]) -> None:
    result = seeded[1]
    assert {one.contact for one in result.sign_ins} == {
        *(person.contact for person in CAST),
        "ma@shanbei.example",
    }
    assert Counter(one.role for one in result.sign_ins) == {
        "resident": 3, "coordinator": 1, "mediator": 3, "court_liaison": 1, "operator": 1, "merchant": 1,
    }  # fmt: skip
    async with open_database(seeded[0]) as database:
        known = await counted(database, "SELECT count(*) FROM members")
    assert known == 159
