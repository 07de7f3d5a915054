"""Those who keep the register: a place changes its name, who was where on a day, and somebody leaves."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from services.alliance.commands import NewOccupancy, RegisterPlace
from services.alliance.use_cases.register import handle
from shared.access.actor import SYSTEM
from shared.persistence.database import Database
from tests.integration.alliance.conftest import NOON, Register
from tests.support.http import Client
from tests.support.tokens import ALLIANCE, an_actor

COORDINATOR = an_actor("coordinator")


async def a_building(database: Database) -> dict[str, str]:
    """A building of the alliance with a flat and a shop, by their ids."""
    block, building, unit, shop = (uuid4() for _ in range(4))
    async with database.transaction() as tx:
        for command in (
            RegisterPlace(block, ALLIANCE, "block", "200弄"),
            RegisterPlace(building, ALLIANCE, "building", "200弄1号", block),
            RegisterPlace(unit, ALLIANCE, "unit", "200弄1号101", building),
            RegisterPlace(shop, ALLIANCE, "shop", "山北路200号", building, "bar"),
        ):
            await handle(tx, command, SYSTEM, NOON)
    return {"building": str(building), "unit": str(unit), "shop": str(shop)}


async def test_a_shop_changes_hands_and_its_neighbours_stay(client: Client, database: Database) -> None:
    ids = await a_building(database)
    staff = client.as_(COORDINATOR)
    form = {"name": "山北路200号 老友面馆", "trade": "noodles"}
    changed = await staff.post(f"/v1/places/{ids['shop']}/change", json=form)
    assert changed.status_code == 200
    assert {name: changed.json()[name] for name in form} == form
    resident = client.as_(an_actor("resident"))
    assert (await resident.post(f"/v1/places/{ids['shop']}/change", json=form)).status_code == 403
    flat = await staff.post(f"/v1/places/{ids['unit']}/change", json=form)
    assert flat.json()["errors"][0]["pointer"] == "/trade"


async def test_a_buildings_places_are_listed_alone(client: Client, database: Database) -> None:
    ids = await a_building(database)
    found = (await client.as_(COORDINATOR).get("/v1/places", params={"building_id": ids["building"]})).json()
    assert {one["id"] for one in found["items"]} == set(ids.values())


async def test_who_was_there_on_a_day_and_who_may_know(
    client: Client, database: Database, register: Register
) -> None:
    ids = await a_building(database)
    stay = NewOccupancy(uuid4(), UUID(ids["unit"]), "lives", date(2025, 5, 1))
    lin = await register(name="林佩珍", occupancies=(stay,))
    later = NewOccupancy(uuid4(), UUID(ids["unit"]), "lives", date(2026, 3, 1))
    sun = await register(name="孙浩", occupancies=(later,))
    staff, path = client.as_(COORDINATOR), f"/v1/places/{ids['unit']}/occupants"

    now = (await staff.get(path)).json()
    assert [one["display_name"] for one in now["items"]] == ["林佩珍", "孙浩"]
    before = (await staff.get(path, params={"on": "2025-06-01"})).json()
    assert [one["member_id"] for one in before["items"]] == [str(lin.id)]

    own = (await client.as_(sun.actor).get(path, params={"on": "2025-06-01"})).json()
    assert own["on"] == "2026-03-12"
    of_lin, of_sun = own["items"]
    assert (of_lin["display_name"], of_lin["from_day"], of_lin["occupancy_id"]) == ("林佩珍", None, None)
    assert of_sun["occupancy_id"] == str(later.occupancy_id)
    stranger = client.as_(an_actor("resident"))
    assert (await stranger.get(path)).status_code == 403
    captain = client.as_(an_actor("building_captain", place_id=UUID(ids["building"])))
    assert len((await captain.get(path)).json()["items"]) == 2
    assert (await staff.get(f"/v1/places/{uuid4()}/occupants")).status_code == 404


async def test_whoever_leaves_signs_in_no_more_and_is_found_among_the_former(
    client: Client, database: Database, register: Register
) -> None:
    ids = await a_building(database)
    stay = NewOccupancy(uuid4(), UUID(ids["unit"]), "lives", date(2025, 5, 1))
    name = f"张{uuid4().hex[:6]}"
    zhang = await register(name=name, occupancies=(stay,))
    staff = client.as_(COORDINATOR)
    assert (await client.as_(zhang.actor).post(f"/v1/members/{zhang.id}/end", json={})).status_code == 403

    left = (await staff.post(f"/v1/members/{zhang.id}/end", json={})).json()

    assert (left["grants"], left["email"], left["display_name"]) == ([], None, name)
    assert left["occupancies"][0]["until_day"] == "2026-03-12"
    for former, found in ((True, [str(zhang.id)]), (False, [])):
        page = (await staff.get("/v1/members", params={"former": former, "q": name})).json()
        assert [one["id"] for one in page["items"]] == found


async def test_only_the_operator_ends_a_coordinators_membership(client: Client, register: Register) -> None:
    zhou = await register("coordinator")
    path = f"/v1/members/{zhou.id}/end"
    assert (await client.as_(COORDINATOR).post(path, json={})).status_code == 403
    assert (await client.as_(an_actor("operator")).post(path, json={})).status_code == 200


async def test_a_shop_says_when_it_is_open_and_everybody_may_read_it(
    client: Client, database: Database, register: Register
) -> None:
    ids = await a_building(database)
    stays = [NewOccupancy(uuid4(), UUID(ids["shop"]), kind, date(2025, 5, 1)) for kind in ("trades", "works")]
    keeper, clerk = [await register("merchant", occupancies=(stay,)) for stay in stays]
    form = {
        "weekly": [{"weekday": 1, "from": "10:00", "to": "22:00"}],
        "busy": [{"from": "11:00", "to": "13:00"}],
    }
    path = f"/v1/places/{ids['shop']}/hours"
    for other in (clerk.actor, an_actor("merchant"), an_actor("building_captain")):
        assert (await client.as_(other).post(path, json=form)).status_code == 403
    backward = {"busy": [{"from": "13:00", "to": "11:00"}]}
    assert (await client.as_(keeper.actor).post(path, json=backward)).status_code == 422

    assert (await client.as_(keeper.actor).post(path, json=form)).status_code == 200

    seen = (await client.as_(an_actor("resident")).get(f"/v1/places/{ids['shop']}")).json()
    assert seen["weekly"] == [{"weekday": 1, "from": "10:00:00", "to": "22:00:00"}]
    assert seen["busy"] == [{"from": "11:00:00", "to": "13:00:00"}]
    flat = await client.as_(COORDINATOR).post(f"/v1/places/{ids['unit']}/hours", json=form)
    assert (flat.status_code, flat.json()["type"]) == (409, "/problems/hours_of_shops_only")
    assert (await client.as_(COORDINATOR).post(path, json={})).json()["weekly"] == []
