"""走访询问: all around are asked alike, what each says is theirs and the coordinator's, and nobody is suspected."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts import alliance, complaints
from tests.integration.complaints.town import Town, done, member_of
from tests.support.http import Client

CLAIM = {
    "category": "sanitation",
    "subcategory": "falling_objects",
    "description": "楼上倒水、扔烟头。四楼那家嫌疑最大。",
}
QUESTION = "5月3日上午,您在家里看到或听到窗外有人倒水、扔东西吗?"
PRIVATE = "是我爸倒的洗拖把水,他看不清楼下有人。"
OWN = "水是我倒的,烟头不认。"


@dataclass
class House:
    """A shop below, and five homes above: in one of them a father and a daughter, in two nobody is known."""

    town: Town
    case_id: str
    father: Client
    daughter: Client
    neighbour: Client
    homes: list[UUID] = field(default_factory=list)

    async def ask(self, **more: Any) -> dict[str, Any]:
        form = {"question": QUESTION, "place_ids": [str(one) for one in self.homes], **more}
        return done(await self.town.zhou.post(f"/v1/cases/{self.case_id}/inquiries", json=form))

    async def asked(self, person: Client) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = done(await person.get("/v1/inquiries"))["items"]
        return items

    async def says(self, person: Client, text: str, **more: Any) -> dict[str, Any]:
        [ask] = await self.asked(person)
        form = {"text": text, **more}
        return done(await person.post(f"/v1/inquiries/{ask['id']}/answer", json=form))

    async def answers(self, reader: Client) -> list[dict[str, Any]]:
        [inquiry] = done(await reader.get(f"/v1/cases/{self.case_id}/inquiries"))["items"]
        found: list[dict[str, Any]] = inquiry["answers"]
        return found


async def a_house(town: Town) -> House:
    """马's claim against whoever it was, taken on."""
    filed = done(await town.ma.post("/v1/cases", json={**CLAIM, "place_id": str(town.shop)}), 201)
    summary = {"shared_summary": "遮阳棚上方泼水、掉落烟头"}
    done(await town.zhou.post(f"/v1/cases/{filed['id']}/accept", json=summary))
    people = [await town.newcomer("resident") for _ in range(3)]
    house = House(town, filed["id"], *people)
    for living in (people[:2], people[2:], [], [], []):
        home = uuid4()
        common = {"alliance_id": town.alliance_id}
        await town.tell(
            alliance.PlaceRegistered(
                place_id=home, kind="unit", block_id=town.block, building_id=town.building, **common
            )
        )
        for person in living:
            await town.tell(
                alliance.OccupancyStarted(
                    member_id=member_of(person),
                    occupancy_id=uuid4(),
                    place_id=home,
                    kind="lives",
                    from_day=date(2020, 1, 1),
                    **common,
                )
            )
        house.homes.append(home)
    return house


async def test_everybody_is_asked_the_same_and_told_of_no_case(town: Town):
    house = await a_house(town)
    await house.ask()
    for person in (house.father, house.daughter, house.neighbour):
        [ask] = await house.asked(person)
        assert (ask["question"], ask["text"]) == (QUESTION, None)
        assert house.case_id not in json.dumps(ask)
        done(await person.get(f"/v1/cases/{house.case_id}"), 404)
    assert await house.asked(town.sun) == []
    # and homes where nobody is known are the coordinator's to visit
    assert [one["member_id"] is None for one in await house.answers(town.zhou)].count(True) == 3


async def test_the_bus_is_told_of_no_home_and_the_asked_of_no_case(town: Town):
    house = await a_house(town)
    await house.ask()
    await house.says(house.daughter, PRIVATE, shared_with="mediator")
    [inquiry] = done(await town.zhou.get(f"/v1/cases/{house.case_id}/inquiries"))["items"]
    [asked] = [event.data for event in await town.told(inquiry["id"])]
    [answered] = [
        event.data
        for event in await town.told(house.case_id)
        if isinstance(event.data, complaints.InquiryAnswered)
    ]
    assert isinstance(asked, complaints.InquiryAsked)
    assert {*asked.to} == {member_of(one) for one in (house.father, house.daughter, house.neighbour)}
    assert (asked.parties, answered.parties) == ((), ())
    both = asked.model_dump_json() + answered.model_dump_json()
    assert not [one for one in (*house.homes, PRIVATE, QUESTION) if str(one) in both]
    assert house.case_id not in asked.model_dump_json()
    assert str(member_of(house.daughter)) not in answered.model_dump_json()


async def test_a_private_answer_is_nobodys_but_the_coordinators(town: Town):
    house = await a_house(town)
    await house.ask()
    await house.says(house.daughter, PRIVATE)
    # then the father finds his own question, unanswered
    [his] = await house.asked(house.father)
    assert his["text"] is None
    [hers] = await house.asked(house.daughter)
    assert (hers["text"], hers["shared_with"]) == (PRIVATE, "coordinator")
    [said] = [one for one in await house.answers(town.zhou) if one["text"]]
    assert (said["text"], said["member_id"]) == (PRIVATE, str(member_of(house.daughter)))
    # and the one who complained learns that homes were asked, and nothing of what they said
    done(await town.ma.get(f"/v1/cases/{house.case_id}/inquiries"), 403)
    seen = [done(await town.ma.get(f"/v1/cases/{house.case_id}{part}")) for part in ("", "/history")]
    assert "inquiry_opened" in [step["type"] for step in seen[1]["items"]]
    for home in house.homes:
        assert str(home) not in json.dumps(seen)
    assert PRIVATE not in json.dumps(seen, ensure_ascii=False)
    # and she cannot answer for him
    taken = await house.daughter.post(f"/v1/inquiries/{his['id']}/answer", json={"text": "是他"})
    assert taken.status_code == 404
    again = await house.daughter.post(f"/v1/inquiries/{hers['id']}/answer", json={"text": "不是"})
    assert done(again, 409)["type"].endswith("already_answered")


async def test_by_her_word_he_is_no_party_and_by_his_own_he_is(town: Town):
    house = await a_house(town)
    await house.ask()
    await house.says(house.daughter, PRIVATE)
    done(await house.father.get(f"/v1/cases/{house.case_id}"), 404)
    # when
    await house.says(house.father, OWN, own_statement=True)
    # then
    seen = done(await house.father.get(f"/v1/cases/{house.case_id}"))
    assert (seen["role_in_case"], seen["description"]) == ("respondent", None)
    [party] = [one for one in seen["parties"] if one["side"] == "respondent"]
    assert (party["basis"], party["member_id"]) == ("own_statement", str(member_of(house.father)))
    assert PRIVATE not in json.dumps(seen, ensure_ascii=False)
    [added] = [
        event.data
        for event in await town.told(house.case_id)
        if isinstance(event.data, complaints.PartyAdded)
    ]
    assert added.to == (member_of(house.father),)
    done(await house.father.get(f"/v1/cases/{house.case_id}/inquiries"), 403)


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"question": "四楼那家嫌疑最大,是他倒的吗?"}, "/question", "accusing_words"),
        ({"place_ids": [str(UUID(int=1))] * 4}, "/place_ids", "too_few_homes"),
        ({"place_ids": [str(UUID(int=n)) for n in range(4)]}, "/place_ids/0", "unknown_place"),
    ],
)
async def test_no_single_home_is_asked_and_none_accused(
    town: Town, change: dict[str, Any], pointer: str, code: str
):
    house = await a_house(town)
    form = {"question": QUESTION, "place_ids": [str(one) for one in house.homes], **change}
    refused = done(await town.zhou.post(f"/v1/cases/{house.case_id}/inquiries", json=form), 422)["errors"][0]
    assert (refused["pointer"], refused["code"]) == (pointer, code)


async def test_what_was_said_at_the_door_the_coordinator_writes_down(town: Town):
    house = await a_house(town)
    await house.ask()
    [ask, *_] = [one for one in await house.answers(town.zhou) if one["member_id"] is None]
    form = {"ask_id": ask["ask_id"], "text": "没有看到。"}
    address = f"/v1/cases/{house.case_id}/inquiries/answers"
    done(await town.ma.post(address, json=form), 403)
    done(await town.zhou.post(address, json=form))
    [said] = [one for one in await house.answers(town.zhou) if one["entered"]]
    assert (said["place_id"], said["text"]) == (ask["place_id"], "没有看到。")


async def test_what_is_over_is_answered_no_more(town: Town):
    house = await a_house(town)
    await house.ask()
    [hers] = await house.asked(house.daughter)
    asked = [one["ask_id"] for one in await house.answers(town.zhou)]
    assert hers["open"]
    # when
    done(await town.ma.post(f"/v1/cases/{house.case_id}/withdraw", json={}))
    # then
    late = await house.daughter.post(f"/v1/inquiries/{hers['id']}/answer", json={"text": PRIVATE})
    assert done(late, 409)["type"].endswith("inquiry_over")
    form = {"ask_id": asked[0], "text": "没有看到。"}
    entered = await town.zhou.post(f"/v1/cases/{house.case_id}/inquiries/answers", json=form)
    assert done(entered, 409)["type"].endswith("inquiry_over")
    assert not (await house.asked(house.daughter))[0]["open"]
    assert not [one for one in await house.answers(town.zhou) if one["text"]]
    # and what still waits to be told of the question is kept back, by its own number and without anybody's name
    [inquiry] = done(await town.zhou.get(f"/v1/cases/{house.case_id}/inquiries"))["items"]
    asked_at, over = [event.data for event in await town.told(inquiry["id"])]
    assert isinstance(over, complaints.InquiryOver)
    assert (over.reference, over.parties) == (asked_at.reference, ())
    assert house.case_id not in over.model_dump_json()


async def test_however_many_are_asked_the_database_is_asked_as_often(town: Town):
    """One after another all requests get the pool's first connection: what it is asked is what is asked."""
    house, statements = await a_house(town), list[str]()
    async with town.http.kit.database.reading() as connection:
        connection.add_query_logger(lambda record: statements.append(record.query))

    async def asked_by(path: str, reader: Client) -> int:
        statements.clear()
        done(await reader.get(path))
        return len(statements)

    paths = ((f"/v1/cases/{house.case_id}/inquiries", town.zhou), ("/v1/inquiries", house.daughter))
    await house.ask()
    once = [await asked_by(*one) for one in paths]
    await house.ask()
    assert [await asked_by(*one) for one in paths] == once


async def test_only_the_coordinator_asks(town: Town):
    house = await a_house(town)
    form = {"question": QUESTION, "place_ids": [str(one) for one in house.homes]}
    done(await town.ma.post(f"/v1/cases/{house.case_id}/inquiries", json=form), 403)
    done(await house.father.post(f"/v1/cases/{house.case_id}/inquiries", json=form), 404)
