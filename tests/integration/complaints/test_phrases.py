"""What an alliance says often: kept by those who run it, read by those who write in its cases."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.integration.complaints.town import Town, done
from tests.support.tokens import an_actor

PATH = "/v1/phrases"
ARRIVED = {"used_in": "message", "title_zh": "已收到", "text_zh": "您反映的事已收到。"}


async def listed(who: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(await who.get(PATH))["items"]
    return items


async def test_a_phrase_is_kept_changed_and_let_go(town: Town):
    id = uuid4()
    done(await town.zhou.put(f"{PATH}/{id}", json=ARRIVED))
    again = ARRIVED | {"title_en": "It has arrived", "text_en": "It has arrived."}
    done(await town.zhou.put(f"{PATH}/{id}", json=again))
    [one] = await listed(town.gu)
    assert one == again | {"id": str(id)}
    assert done(await town.zhou.post(f"{PATH}/{id}/forget", json={}))["items"] == []


async def test_who_may(town: Town):
    id = uuid4()
    for person in (town.lin, town.ma, town.xu):
        assert (await person.get(PATH)).status_code == 403
    for person in (town.lin, town.gu):
        assert (await person.put(f"{PATH}/{id}", json=ARRIVED)).status_code == 403
        assert (await person.post(f"{PATH}/{id}/forget", json={})).status_code == 403
    operator = await town.newcomer("operator")
    done(await operator.put(f"{PATH}/{id}", json=ARRIVED))
    assert [one["title_zh"] for one in await listed(town.zhou)] == ["已收到"]


async def test_another_alliance_neither_reads_nor_changes_it(town: Town):
    id = uuid4()
    done(await town.zhou.put(f"{PATH}/{id}", json=ARRIVED))
    elsewhere = town.http.as_(an_actor("coordinator"))
    assert await listed(elsewhere) == []
    assert (await elsewhere.put(f"{PATH}/{id}", json=ARRIVED | {"title_zh": "别人"})).status_code == 409
    done(await elsewhere.post(f"{PATH}/{id}/forget", json={}))
    assert [one["title_zh"] for one in await listed(town.zhou)] == ["已收到"]


async def test_not_more_than_the_rule_says_and_the_field_at_fault_is_named(town: Town):
    own = {"value": 1, "effective_from": "2026-03-12"}
    done(await town.zhou.put("/v1/rules/kept_phrases", json=own))
    id = uuid4()
    done(await town.zhou.put(f"{PATH}/{id}", json=ARRIVED))
    answer = await town.zhou.put(f"{PATH}/{uuid4()}", json=ARRIVED)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too_many_phrases")
    done(await town.zhou.put(f"{PATH}/{id}", json=ARRIVED | {"used_in": "work"}))
    long = done(await town.zhou.put(f"{PATH}/{id}", json=ARRIVED | {"text_zh": "长" * 501}), 422)
    assert [one["pointer"] for one in long["errors"]] == ["/text_zh"]
