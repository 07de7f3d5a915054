"""The building files: everybody in the alliance reads them, staff keep them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.alliance.main import SERVICE
from services.alliance.settings import Settings
from services.alliance.use_cases.register import found_alliance
from shared.access.actor import PUBLIC
from shared.persistence.database import Database
from tests.integration.alliance.conftest import NOON
from tests.support.http import Client, SetClock, client_of
from tests.support.tokens import an_actor

NOWHERE = str(uuid4())


@pytest.fixture
async def staff(settings: Settings, clock: SetClock, alliance_id: UUID) -> AsyncIterator[Client]:
    async with client_of(SERVICE, settings, clock=clock) as client:
        yield client.as_(an_actor("coordinator", alliance_id=alliance_id))


async def add(staff: Client, kind: str, name: str, parent: dict | None = None, **more: Any) -> dict[str, Any]:
    form = {"kind": kind, "name": name, "parent_id": parent and parent["id"], **more}
    answer = await staff.post("/v1/places", json=form)
    assert answer.status_code == 201, answer.text
    place: dict[str, Any] = answer.json()
    return place


async def test_a_block_with_its_building_shop_and_yard(staff: Client) -> None:
    block = await add(staff, "block", "118弄")
    building = await add(staff, "building", "118弄3号", block)
    behind = await add(staff, "building", "118弄6号", block)
    unit = await add(staff, "unit", "118弄6号301", behind)
    shop = await add(
        staff,
        "shop",
        "山北路116号",
        building,
        trade="bar",
        adjacent=[
            {"place_id": building["id"], "kind": "above", "distance_m": 0},
            {"place_id": behind["id"], "kind": "behind", "distance_m": 4},
        ],
    )

    assert (block["block_id"], block["building_id"], block["parent_id"]) == (None, None, None)
    assert building["building_id"] == building["id"]
    assert (unit["block_id"], unit["building_id"]) == (block["id"], behind["id"])
    resident = staff.as_(an_actor("resident", alliance_id=staff.actor.alliance_id))
    assert (await resident.get(f"/v1/places/{shop['id']}")).json() == {
        "id": shop["id"],
        "kind": "shop",
        "name": "山北路116号",
        "block_id": block["id"],
        "building_id": building["id"],
        "parent_id": building["id"],
        "trade": "bar",
        "weekly": [],
        "busy": [],
        "adjacent": [
            {"place_id": building["id"], "name": "118弄3号", "kind": "above", "distance_m": 0.0},
            {"place_id": behind["id"], "name": "118弄6号", "kind": "behind", "distance_m": 4.0},
        ],
    }
    seen_from_behind = (await resident.get(f"/v1/places/{behind['id']}")).json()["adjacent"]
    assert seen_from_behind == [
        {"place_id": shop["id"], "name": "山北路116号", "kind": "in_front", "distance_m": 4.0}
    ]


async def test_an_adjacency_can_be_added_and_measured_anew(staff: Client) -> None:
    here, there = await add(staff, "block", "118弄"), await add(staff, "block", "95弄")
    for metres in (14, 14, 15.5):
        answer = await staff.post(
            f"/v1/places/{here['id']}/adjacent",
            json={"place_id": there["id"], "kind": "opposite", "distance_m": metres},
        )
        assert answer.status_code == 200
    for place, other in ((here, there), (there, here)):
        adjacent = (await staff.get(f"/v1/places/{place['id']}")).json()["adjacent"]
        assert [(one["place_id"], one["kind"], one["distance_m"]) for one in adjacent] == [
            (other["id"], "opposite", 15.5)
        ]


async def test_places_come_in_the_order_of_their_addresses(staff: Client) -> None:
    for name in ("山北路112号", "山北路95号", "118弄", "95弄"):
        await add(staff, "block", name)
    page = (await staff.get("/v1/places")).json()
    assert [place["name"] for place in page["items"]] == ["95弄", "118弄", "山北路95号", "山北路112号"]
    assert page["next_cursor"] is None


async def test_places_are_filtered_and_paged(staff: Client) -> None:
    block = await add(staff, "block", "118弄")
    other = await add(staff, "block", "95弄")
    names = [f"118弄{number}号" for number in range(1, 6)]
    await asyncio.gather(*(add(staff, "building", name, block) for name in names))
    await add(staff, "building", "95弄1号", other)

    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"block_id": block["id"], "kind": "building", "limit": 2}
        page = (await staff.get("/v1/places", params=query | ({"cursor": cursor} if cursor else {}))).json()
        seen += [place["name"] for place in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == names
    found = (await staff.get("/v1/places", params={"q": "5弄1"})).json()["items"]
    assert [place["name"] for place in found] == ["95弄1号"]
    assert (await staff.get("/v1/places", params={"q": "%"})).json()["items"] == []


async def test_another_alliances_place_is_like_one_that_is_not(staff: Client) -> None:
    place = await add(staff, "block", "118弄")
    stranger = staff.as_(an_actor("operator"))
    form = {"place_id": NOWHERE, "kind": "above", "distance_m": 0}
    for path in (place["id"], NOWHERE):
        read = await stranger.get(f"/v1/places/{path}")
        write = await stranger.post(f"/v1/places/{path}/adjacent", json=form)
        assert [answer.json()["type"] for answer in (read, write)] == ["/problems/not_found"] * 2
        assert (read.status_code, write.status_code) == (404, 404)
        assert read.content == write.content
    assert place["id"] not in (await stranger.get("/v1/places", params={"limit": 200})).text
    in_between = await stranger.post(
        "/v1/places", json={"kind": "building", "name": "x", "parent_id": place["id"]}
    )
    assert in_between.json()["errors"][0]["code"] == "unknown_place"


async def test_who_keeps_no_register_may_not_write(staff: Client) -> None:
    place = await add(staff, "block", "118弄")
    for role in ("resident", "merchant", "mediator", "building_captain", "court_liaison"):
        other = staff.as_(an_actor(role, alliance_id=staff.actor.alliance_id))
        new = await other.post("/v1/places", json={"kind": "block", "name": "x"})
        beside = await other.post(
            f"/v1/places/{place['id']}/adjacent",
            json={"place_id": place["id"], "kind": "above", "distance_m": 0},
        )
        assert (new.status_code, beside.status_code) == (403, 403)


async def test_nobody_reads_without_signing_in(client: Client) -> None:
    for path in ("/v1/places", f"/v1/places/{NOWHERE}", "/v1/me", "/v1/members"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not_signed_in")


async def test_the_same_registration_sent_twice_is_done_once(staff: Client) -> None:
    form = {"kind": "block", "name": "118弄"}
    first = await staff.post("/v1/places", json=form, key="once")
    again = await staff.post("/v1/places", json=form, key="once")
    other = await staff.post("/v1/places", json={**form, "name": "119弄"}, key="once")
    without = await staff.post("/v1/places", json=form, key=None)

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key_reused")
    assert (without.status_code, without.json()["type"]) == (400, "/problems/key_missing")
    assert len((await staff.get("/v1/places")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("form", "pointer", "code"),
    [
        ({"name": "118弄"}, "/kind", "field_missing"),
        ({"kind": "street", "name": "118弄"}, "/kind", "field_wrong"),
        ({"kind": "block", "name": "  "}, "/name", "field_too_short"),
        ({"kind": "block", "name": "长" * 81}, "/name", "field_too_long"),
        ({"kind": "block", "name": "a\0b"}, "/name", "field_wrong"),
        ({"kind": "block", "name": "x", "parent_id": "x"}, "/parent_id", "field_wrong"),
        ({"kind": "block", "name": "x", "colour": "red"}, "/colour", "field_unknown"),
        ({"kind": "building", "name": "x"}, "/parent_id", "parent_does_not_fit"),
        ({"kind": "building", "name": "x", "parent_id": NOWHERE}, "/parent_id", "unknown_place"),
        ({"kind": "block", "name": "x", "trade": "bar"}, "/trade", "trade_of_shops_only"),
        ({"kind": "block", "name": "x", "trade": "夜猫"}, "/trade", "field_wrong"),
        (
            {
                "kind": "block",
                "name": "x",
                "adjacent": [{"place_id": NOWHERE, "kind": "above", "distance_m": 0}],
            },
            "/adjacent/0/place_id",
            "unknown_place",
        ),
        (
            {
                "kind": "block",
                "name": "x",
                "adjacent": [{"place_id": NOWHERE, "kind": "above", "distance_m": -1}],
            },
            "/adjacent/0/distance_m",
            "field_wrong",
        ),
    ],
)
async def test_a_bad_registration_is_answered_with_its_field(
    staff: Client, form: dict, pointer: str, code: str
) -> None:
    answer = await staff.post("/v1/places", json=form)
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert all(error["detail"] for error in answer.json()["errors"])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"cursor": "x"}, "query/cursor"),
        ({"limit": "0"}, "query/limit"),
        ({"limit": "201"}, "query/limit"),
        ({"kind": "street"}, "query/kind"),
        ({"block_id": "x"}, "query/block_id"),
        ({"q": "a\0"}, "query/q"),
        ({"colour": "red"}, "query/colour"),
    ],
)
async def test_a_bad_question_is_answered_with_its_parameter(
    staff: Client, query: dict[str, str], pointer: str
) -> None:
    answer = await staff.get("/v1/places", params=query)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_which_alliances_and_blocks_there_are_everybody_may_know(
    staff: Client, alliance_id: UUID
) -> None:
    block = await add(staff, "block", "118弄")
    await add(staff, "building", "118弄3号", block)
    stranger = staff.as_(PUBLIC)

    one = (await stranger.get(f"/v1/alliances/{alliance_id}")).json()
    assert one == {
        "id": str(alliance_id),
        "name": "新联盟",
        "contact": None,
        "blocks": [{"id": block["id"], "name": "118弄"}],
    }
    assert (await stranger.get(f"/v1/alliances/{NOWHERE}")).status_code == 404


async def test_an_alliance_says_what_it_is_called_and_how_it_is_reached(
    staff: Client, alliance_id: UUID, database: Database
) -> None:
    path, told = (
        f"/v1/alliances/{alliance_id}",
        {"name": "山北商居联盟", "contact": "居委会一楼，工作日9点至17点"},
    )
    resident = staff.as_(an_actor("resident", alliance_id=alliance_id))
    elsewhere = staff.as_(an_actor("coordinator", alliance_id=uuid4()))
    refused = [(await one.put(path, json=told)).status_code for one in (resident, elsewhere)]
    assert refused == [403, 404]

    for _ in range(2):
        changed = await staff.put(path, json=told)
        assert changed.status_code == 200, changed.text
    assert {name: changed.json()[name] for name in told} == told
    assert (await staff.as_(PUBLIC).get(path)).json()["contact"] == told["contact"]

    async with database.reading() as connection:
        before = await connection.fetch(
            "SELECT name, contact, changed_by FROM alliance_former_names WHERE alliance_id = $1", alliance_id
        )
    assert [tuple(row) for row in before] == [("新联盟", None, staff.actor.member_id)]
    unsaid = await staff.put(path, json={"name": " "})
    assert unsaid.json()["errors"][0]["pointer"] == "/name"


async def test_alliances_are_found_by_name_page_by_page(staff: Client, database: Database) -> None:
    names = [f"{name}联盟 {uuid4().hex[:6]}" for name in ("甲", "乙", "丙")]
    async with database.transaction() as tx:
        for name in names:
            await found_alliance(tx, uuid4(), name, NOON)
    found, query = [], {"limit": "2"}
    while True:
        page = (await staff.get("/v1/alliances", params=query)).json()
        found += [one["name"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    whole = (await staff.get("/v1/alliances", params={"limit": 200})).json()["items"]
    assert found == [one["name"] for one in whole]
    assert set(names) <= {*found}
    [only] = (await staff.get("/v1/alliances", params={"q": names[1][-6:]})).json()["items"]
    assert only["name"] == names[1]
