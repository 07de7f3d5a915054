"""What was agreed on the spot: entered once, in one transaction, by the captain of the building for its people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.contracts import alliance, complaints
from tests.integration.complaints.town import Town, done, member_of
from tests.support.http import Client

WORDS = "铁管放店里"


async def lives_here(town: Town, person: Client) -> None:
    unit = uuid4()
    place = {"place_id": unit, "kind": "unit", "block_id": town.block, "building_id": town.building}
    await town.tell(alliance.PlaceRegistered(**place, alliance_id=town.alliance_id))
    await town.tell(
        alliance.OccupancyStarted(
            member_id=member_of(person),
            occupancy_id=uuid4(),
            place_id=unit,
            kind="lives",
            from_day=date(2020, 1, 1),
            alliance_id=town.alliance_id,
        )
    )


def form(town: Town, **more: Any) -> dict[str, Any]:
    now = town.clock.now()
    agreed = {
        "told_at": (now - timedelta(minutes=40)).isoformat(),
        "talked_at": (now - timedelta(minutes=30)).isoformat(),
        "agreed_at": (now - timedelta(minutes=20)).isoformat(),
        "commitments": [{"owner_side": "respondent", "what": WORDS, "due_on": "2026-03-20"}],
    }
    return {
        "on_behalf_of": str(member_of(town.sun)),
        "relation": "captain",
        "told_by": "mouth",
        "place_id": str(town.shop),
        "subcategory": "goods_on_pavement",
        "agreed": agreed,
        "mediator_id": str(member_of(town.gu)),
    } | more


async def entered(town: Town) -> dict[str, Any]:
    await lives_here(town, town.sun)
    return done(await town.xu.post("/v1/oral-agreements", json=form(town)), 201)


async def test_it_is_entered_once_and_all_of_it_together(town: Town):
    await lives_here(town, town.sun)
    key = {"Idempotency-Key": str(uuid4())}
    first = done(await town.xu.post("/v1/oral-agreements", json=form(town), headers=key), 201)
    again = done(await town.xu.post("/v1/oral-agreements", json=form(town), headers=key), 201)
    assert (first["id"], first["stage"], first["status"]) == (again["id"], "decide", "oral_unrecorded")
    told = [one.data for one in await town.told(first["id"])]
    assert [type(one) for one in told] == [complaints.CaseFiled, complaints.OralAgreementStated]
    rows = await town.rows(
        "SELECT convert_from(payload, 'UTF8') AS payload FROM outbox WHERE aggregateid = $1",
        UUID(first["id"]),
    )
    assert not [row for row in rows if WORDS in row["payload"]]


async def test_each_one_sees_what_was_agreed_and_nobody_a_word_of_the_elders(town: Town):
    receipt = await entered(town)
    for reader in (town.sun, town.ma, town.zhou, town.gu, town.xu):
        seen = done(await reader.get(f"/v1/cases/{receipt['id']}"))
        assert [one["what"] for one in seen["spoken"]["promises"]] == [WORDS]
        assert not seen["description"]
    done(await town.lin.get(f"/v1/cases/{receipt['id']}"), 404)
    paper = done(await town.xu.get(f"/v1/cases/{receipt['id']}/oral-receipt"))
    assert paper["reference"] == receipt["reference"]
    for reader in (town.ma, town.gu):
        done(await reader.get(f"/v1/cases/{receipt['id']}/oral-receipt"), 403)


async def test_a_captain_enters_for_the_people_of_her_building_alone(town: Town):
    done(await town.xu.post("/v1/oral-agreements", json=form(town)), 403)  # 孙 lives elsewhere
    await lives_here(town, town.sun)
    other = await town.newcomer("building_captain", place_id=uuid4())
    for stranger in (other, town.zhou, town.lin, town.ma):
        done(await stranger.post("/v1/oral-agreements", json=form(town)), 403)
    own = form(town, on_behalf_of=str(member_of(town.xu)))
    done(await town.xu.post("/v1/oral-agreements", json=own), 422)


async def test_what_is_not_known_is_named(town: Town):
    await lives_here(town, town.sun)
    for wrong in ({"mediator_id": str(uuid4())}, {"subcategory": "no_such"}, {"relation": "kin"}):
        answer = done(await town.xu.post("/v1/oral-agreements", json=form(town, **wrong)), 422)
        assert answer["errors"][0]["pointer"] == f"/{next(iter(wrong))}"


async def test_in_a_filed_matter_there_is_no_receipt_of_an_oral_agreement(town: Town):
    case_id = await town.accepted()
    done(await town.zhou.get(f"/v1/cases/{case_id}/oral-receipt"), 404)
    done(await town.zhou.post(f"/v1/cases/{case_id}/receipt-handed", json={"on": "2026-03-13"}), 409)
