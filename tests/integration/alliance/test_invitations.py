"""A link to a home or shop: who may give it out, what it opens, and what it never tells."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.alliance.commands import NewOccupancy
from shared.persistence.database import Database
from tests.integration.alliance.conftest import Register, Somebody
from tests.integration.alliance.test_keeping import COORDINATOR, a_building
from tests.support.http import Client, SetClock
from tests.support.tokens import an_actor


def token_of(invitation: dict[str, Any]) -> str:
    return str(invitation["url"]).rpartition("/")[2]


@pytest.fixture
async def home(client: Client, database: Database, register: Register) -> tuple[str, Somebody]:
    """A flat and who lives there."""
    ids = await a_building(database)
    stay = NewOccupancy(uuid4(), UUID(ids["unit"]), "lives", date(2025, 5, 1))
    return ids["unit"], await register(occupancies=(stay,))


async def invited(client: Client, home: tuple[str, Somebody], kind: str = "lives") -> dict[str, Any]:
    place, lin = home
    answer = await client.as_(lin.actor).post(f"/v1/places/{place}/invitations", json={"kind": kind})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def people_at(client: Client, place: str) -> list[str]:
    answer = await client.as_(COORDINATOR).get(f"/v1/places/{place}/occupants")
    return [one["member_id"] for one in answer.json()["items"]]


async def test_a_member_comes_in_by_the_link_once(
    client: Client, home: tuple[str, Somebody], register: Register
) -> None:
    place, lin = home
    token = token_of(await invited(client, home))
    opened = (await client.get(f"/v1/join/{token}")).json()
    assert (opened["place"], opened["kind"]) == ("200弄1号101", "lives")
    sun, late = await register(), await register()

    assert (await client.as_(sun.actor).post(f"/v1/join/{token}", json={})).status_code == 200

    assert await people_at(client, place) == [str(lin.id), str(sun.id)]
    again = await client.as_(late.actor).post(f"/v1/join/{token}", json={})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/invitation_over")
    assert (await client.get(f"/v1/join/{token}")).status_code == 409


async def test_a_stranger_is_entered_and_signs_in_with_the_contact_given(
    client: Client, home: tuple[str, Somebody]
) -> None:
    place, _ = home
    token = token_of(await invited(client, home))
    contact = f"{uuid4().hex[:10]}@shanbei.example"
    form = {"display_name": "林小妹", "contact": contact}

    said = await client.post(f"/v1/join/{token}/as-stranger", json=form)

    assert said.status_code == 200
    assert len(await people_at(client, place)) == 2
    staff = client.as_(COORDINATOR)
    found = (await staff.get("/v1/members", params={"place_id": place, "q": "林小妹"})).json()["items"]
    assert [grant["role"] for grant in found[0]["grants"]] == ["resident"]


async def test_a_contact_somebody_has_is_answered_alike_and_changes_nothing(
    client: Client, home: tuple[str, Somebody], register: Register
) -> None:
    place, _ = home
    somebody = await register()
    tokens = [token_of(await invited(client, home)) for _ in range(2)]
    fresh = f"{uuid4().hex[:10]}@shanbei.example"

    known, unknown = [
        await client.post(f"/v1/join/{token}/as-stranger", json={"display_name": "某人", "contact": contact})
        for token, contact in zip(tokens, (somebody.contact, fresh), strict=True)
    ]

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert str(somebody.id) not in await people_at(client, place)
    assert (await client.get(f"/v1/join/{tokens[0]}")).status_code == 200


async def test_only_who_is_there_asks_others_and_only_as_what_they_may(
    client: Client, home: tuple[str, Somebody], register: Register
) -> None:
    place, lin = home
    path = f"/v1/places/{place}/invitations"
    assert (await client.as_(lin.actor).post(path, json={"kind": "works"})).status_code == 403
    stranger = await register()
    assert (await client.as_(stranger.actor).post(path, json={"kind": "lives"})).status_code == 403
    elsewhere = client.as_(an_actor("resident", alliance_id=uuid4()))
    assert (await elsewhere.post(path, json={"kind": "lives"})).status_code == 404
    assert (await client.as_(COORDINATOR).post(path, json={"kind": "lives"})).status_code == 201
    wrong = await client.as_(COORDINATOR).post(path, json={"kind": "asleep"})
    assert wrong.json()["errors"][0]["pointer"] == "/kind"


async def test_what_was_taken_back_or_is_too_old_opens_nothing(
    client: Client, home: tuple[str, Somebody], clock: SetClock, register: Register
) -> None:
    place, lin = home
    first, second = await invited(client, home), await invited(client, home)
    me = client.as_(lin.actor)
    stranger = client.as_((await register()).actor)
    assert (await stranger.post(f"/v1/invitations/{first['id']}/withdraw", json={})).status_code == 404
    assert (await stranger.get(f"/v1/places/{place}/invitations")).json()["items"] == []
    assert (await me.post(f"/v1/invitations/{first['id']}/withdraw", json={})).status_code == 200
    left = (await me.get(f"/v1/places/{place}/invitations")).json()["items"]
    assert [one["id"] for one in left] == [second["id"]]
    assert (await client.get(f"/v1/join/{token_of(first)}")).status_code == 409
    clock.advance(timedelta(days=15))
    assert (await client.get(f"/v1/join/{token_of(second)}")).status_code == 409


async def test_a_link_that_is_none_of_ours_is_not_there(client: Client) -> None:
    assert (await client.get(f"/v1/join/{uuid4().hex}.AAAA")).status_code == 404
