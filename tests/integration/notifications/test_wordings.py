"""The alliance's own words: kept with who and when, in mail, inbox and letter alike, and for nobody else's notices."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cli.verify import chains
from services.notifications.main import SERVICE
from shared.contracts import complaints as c
from tests.support.http import Client, client_of
from tests.support.tokens import an_actor
from tests.unit.notifications.news import LIN, MA, ZHOU

from .conftest import ADDRESSES, World, the_case

PATH = "/v1/wordings/case_accepted/zh-CN"
OURS = {
    "title": "街坊有事请您看看",
    "body": "请打开了解，参加与否由您决定。",
    "dates": "调解期到{mediation_until}。",
}
SAID = "请打开了解，参加与否由您决定。调解期到3月5日 周四。"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    await world.people_arrive()
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked


@pytest.fixture
def zhou(client: Client) -> Client:
    return client.as_(an_actor("coordinator", member_id=ZHOU))


async def kept(by: Client, follows: int = 0, **changes: str) -> dict[str, Any]:
    answer = await by.put(PATH, json=OURS | changes | {"follows": follows})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def inbox_of(client: Client, language: str = "zh-CN") -> list[tuple[str, str]]:
    ma = client.as_(an_actor(member_id=MA))
    answer = await ma.get("/v1/inbox", headers={"Accept-Language": language})
    return [(one["title"], one["body"]) for one in answer.json()["items"]]


async def test_the_standard_stands_there_with_what_is_filled_in(zhou: Client):
    listed = (await zhou.get("/v1/wordings")).json()["items"]
    [line] = [one for one in listed if one["kind"] == "case_accepted"]
    assert (line["group"], line["own"], line["title"][:3]) == ("required", [], "有一件")

    shown = (await zhou.get(PATH)).json()
    assert (shown["own"], shown["version"], shown["versions"]) == (False, 0, [])
    assert shown["words"] == shown["standard"]
    assert shown["placeholders"] == ["mediation_until"]
    assert "{mediation_until}" in shown["words"]["dates"]
    assert "3月12日 周四" in shown["preview"]["body"]


async def test_own_words_arrive_in_mail_inbox_and_ones_own_copy_of_what_is_told_from_then_on(
    world: World, client: Client, zhou: Client
):
    await world.hear(the_case(c.CaseAccepted))
    before = await inbox_of(client)
    world.clock.advance(MINUTE)
    shown = await kept(zhou)
    await world.hear(the_case(c.CaseAccepted))
    async with world.worker():
        await world.settled_all(6)

    assert (shown["own"], shown["words"]) == (True, OURS)
    assert await inbox_of(client) == [(OURS["title"], SAID), *before]
    [english, _] = await inbox_of(client, "en")
    assert english[0] == "A matter concerns you"
    mails = world.post.mails_of(ADDRESSES[MA])
    assert [OURS["title"] in one.get_body(("plain",)).get_content() for one in mails] == [False, True]
    for part in ("plain", "html"):
        assert SAID in mails[1].get_body((part,)).get_content()
    assert OURS["title"] not in str(mails[1]["Subject"])
    copied = (await client.as_(an_actor(member_id=MA)).get("/v1/me/data")).json()["notices"]
    assert [one["title"] == OURS["title"] for one in copied] == [False, True]


async def test_own_words_are_brought_to_the_door_too(world: World, zhou: Client):
    await world.contact_arrives(MA, email=None)
    await kept(zhou)
    await world.hear(the_case(c.CaseAccepted))
    world.clock.advance(timedelta(hours=24))
    await world.abandon()
    letters = (await zhou.get("/v1/by-hand")).json()["items"]
    assert OURS["title"] in {one["title"] for one in letters}


async def test_the_standard_comes_back_and_who_did_what_when_stays_known(
    world: World, client: Client, zhou: Client
):
    await kept(zhou)
    world.clock.advance(MINUTE)
    operator = an_actor("operator")
    done = await client.as_(operator).post(f"{PATH}/restore", json={"follows": 1})
    again = await client.as_(operator).post(f"{PATH}/restore", json={"follows": 2})
    await world.hear(the_case(c.CaseAccepted))

    assert (done.status_code, done.json()["own"]) == (200, False)
    assert again.json()["versions"] == done.json()["versions"], "nothing was left to take back"
    who = [(one["version"], one["set_by"], one["words"]) for one in done.json()["versions"]]
    assert who == [(2, str(operator.member_id), None), (1, str(ZHOU), OURS)]
    assert (await inbox_of(client))[0][0].startswith("有一件")
    journal = await world.rows(
        """
        SELECT version, type, actor_id, actor_role, convert_from(payload, 'UTF8') AS payload FROM journal
        WHERE type LIKE 'Words%' ORDER BY version
        """
    )
    assert [(one["version"], one["type"], one["actor_id"], one["actor_role"]) for one in journal] == [
        (1, "WordsReplaced", ZHOU, "coordinator"),
        (2, "WordsRestored", operator.member_id, "operator"),
    ]
    assert json.loads(journal[0]["payload"])["words"] == OURS
    assert await world.count("SELECT count(*) FROM outbox WHERE type LIKE '%word%'") == 0


async def test_the_histories_hold_after_words_were_replaced_and_restored(world: World, zhou: Client):
    await kept(zhou)
    await kept(zhou, follows=1, title="街坊等您看看")
    assert (await zhou.post(f"{PATH}/restore", json={"follows": 2})).status_code == 200
    finding = await chains.check("notifications", world.database)
    assert (finding.counted, finding.breaks) == (3, [])


async def test_of_two_who_change_it_at_once_one_is_told(zhou: Client):
    asked = (zhou.put(PATH, json=OURS | {"title": title, "follows": 0}) for title in ("一", "二", "三"))
    answers = await asyncio.gather(*asked)
    assert sorted(one.status_code for one in answers) == [200, 409, 409]
    late = max(answers, key=lambda one: one.status_code)
    assert late.json()["type"].endswith("/changed_meanwhile")
    assert (await zhou.get(PATH)).json()["version"] == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"title": "见 https://pay.example"}, "/title", "no_links"),
        ({"body": "{name}，您好"}, "/body", "placeholder_unknown"),
        ({"dates": "调解期有期限。"}, "/dates", "placeholder_missing"),
        ({"body": "话" * 601}, "/body", "words_too_long"),
        ({"body": "话" * 4001}, "/body", "field_too_long"),
    ],
)
async def test_what_may_not_be_said_is_refused_beside_its_field_and_in_the_preview_too(
    zhou: Client, changes: dict[str, str], pointer: str, code: str
):
    refused = await zhou.put(PATH, json=OURS | changes | {"follows": 0})
    looked = await zhou.post(f"{PATH}/preview", json=OURS | changes)
    for answer in (refused, looked):
        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)
    assert (await zhou.get(PATH)).json()["version"] == 0


async def test_a_preview_fills_in_invented_days_and_keeps_nothing(zhou: Client):
    seen = await zhou.post(f"{PATH}/preview", json=OURS)
    assert seen.json() == {
        "subject": "您有一条办理进展 SJ-0000-0000-1",
        "title": OURS["title"],
        "body": SAID.replace("3月5日", "3月12日"),
    }
    assert (await zhou.get(PATH)).json()["version"] == 0


async def test_nobody_elses_words_are_seen_changed_or_told(world: World, client: Client, zhou: Client):
    await kept(zhou)
    stranger = client.as_(an_actor("coordinator", alliance_id=uuid4()))
    shown = (await stranger.get(PATH)).json()
    assert (shown["own"], shown["version"]) == (False, 0)
    listed = (await stranger.get("/v1/wordings")).json()["items"]
    assert all(one["own"] == [] for one in listed)
    assert (await stranger.post(f"{PATH}/restore", json={"follows": 1})).status_code == 409
    assert (await kept(stranger, title="别处的话"))["version"] == 1
    await world.hear(the_case(c.CaseAccepted))
    assert (await inbox_of(client))[0][0] == OURS["title"]


@pytest.mark.parametrize("role", ["resident", "mediator", "building_captain", "representative"])
async def test_it_is_for_those_alone_who_run_the_alliance(client: Client, role: str):
    somebody = client.as_(an_actor(role, member_id=LIN))
    asked = [
        await somebody.get("/v1/wordings"),
        await somebody.get(PATH),
        await somebody.put(PATH, json=OURS | {"follows": 0}),
        await somebody.post(f"{PATH}/restore", json={"follows": 0}),
        await somebody.post(f"{PATH}/preview", json=OURS),
    ]
    assert {one.status_code for one in asked} == {403}
    assert (await client.get(PATH)).status_code == 401


@pytest.mark.parametrize("path", ["no_such_kind/zh-CN", "case_accepted/fr", "case_accepted/en/versions"])
async def test_what_is_not_there_is_not_found(zhou: Client, path: str):
    assert (await zhou.get(f"/v1/wordings/{path}")).status_code in (404, 422)
