"""What mediators say of themselves decides who is asked first, who not now, and who not for this matter."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Case, Neighbourhood

MINE = "/v1/mediators/me/profile"


async def says(hill: Neighbourhood, mediator: Actor, **profile: Any) -> None:
    answer = await hill.put(mediator, MINE, profile)
    assert answer.status_code == 200, answer.text


async def listed(case: Case, reader: Actor) -> list[dict[str, Any]]:
    answer = await case.hill.get(reader, f"/v1/mediators?mediation_id={case.id}")
    return list(answer.json()["items"])


async def consented(hill: Neighbourhood, *languages: str) -> Case:
    case = await hill.opened()
    await case.do(hill.lin, "consent", {"languages": list(languages)})
    await case.do(hill.ma, "consent")
    return case


async def test_a_profile_is_kept_read_back_and_the_committees_to_enter_too(hill: Neighbourhood):
    said = {
        "languages": ["cmn", "wuu"],
        "topics": ["noise"],
        "training": [{"code": "listening_basics", "on": "2025-11-03"}],
        "limit": 3,
        "members": [str(uuid4())],
        "places": [str(uuid4())],
    }
    assert (await hill.get(hill.gu, MINE)).json()["languages"] == []
    await says(hill, hill.gu, **said)
    assert (await hill.get(hill.gu, MINE)).json() == said
    theirs = f"/v1/mediators/{hill.gu.member_id}/profile"
    assert (await hill.get(hill.zhou, theirs)).json() == said
    assert (await hill.put(hill.zhou, theirs, {"topics": ["sanitation"]})).status_code == 200
    assert (await hill.get(hill.gu, MINE)).json()["topics"] == ["sanitation"]


async def test_nobody_else_reads_or_enters_it(hill: Neighbourhood):
    theirs = f"/v1/mediators/{hill.gu.member_id}/profile"
    for somebody in (hill.lin, hill.ma, hill.han):
        assert (await hill.get(somebody, theirs)).status_code == 403
        assert (await hill.put(somebody, theirs, {})).status_code == 403
    assert (await hill.get(hill.lin, MINE)).status_code == 403
    assert (await hill.get(hill.zhou, f"/v1/mediators/{hill.lin.member_id}/profile")).status_code == 404
    assert (await hill.put(hill.gu, MINE, {"languages": ["fr"]})).status_code == 422


@pytest.mark.parametrize("best", ["gu", "han"])
async def test_who_speaks_the_languages_asked_for_comes_first(hill: Neighbourhood, best: str):
    await says(hill, getattr(hill, best), languages=["wuu"])
    case = await consented(hill, "wuu")
    first = (await listed(case, hill.lin))[0]
    assert (first["id"], first["languages"]) == (str(getattr(hill, best).member_id), ["wuu"])
    await case.do(hill.zhou, "nominate")
    assert (await case.view(hill.zhou))["proposed_id"] == first["id"]


@pytest.mark.parametrize("best", ["gu", "han"])
async def test_then_whose_topic_it_is(hill: Neighbourhood, best: str):
    await says(hill, getattr(hill, best), topics=["noise"])
    case = await consented(hill)
    assert (await listed(case, hill.ma))[0]["id"] == str(getattr(hill, best).member_id)


@pytest.mark.parametrize("busy", ["gu", "han"])
async def test_who_leads_enough_comes_last_and_is_not_proposed(hill: Neighbourhood, busy: str):
    await says(hill, getattr(hill, busy), limit=1, languages=["wuu"], topics=["noise"])
    await (await hill.opened()).led(getattr(hill, busy))
    case = await consented(hill, "wuu")
    last = (await listed(case, hill.lin))[-1]
    assert (last["id"], last["full"]) == (str(getattr(hill, busy).member_id), True)
    await case.do(hill.zhou, "nominate")
    assert (await case.view(hill.zhou))["proposed_id"] != last["id"]
    await case.do(hill.lin, "decline-mediator")
    assert (await case.view(hill.zhou))["proposed_id"] is None


@pytest.mark.parametrize("named", ["party", "their home", "the place"])
async def test_what_a_mediator_declared_keeps_them_away_and_stays_with_the_committee(
    hill: Neighbourhood, named: str
):
    if named == "party":
        await says(hill, hill.gu, members=[str(hill.ma.member_id)])
    else:
        place = hill.bar if named == "the place" else hill.building_6
        await says(hill, hill.gu, places=[str(place)])
    case = await consented(hill)
    assert str(hill.gu.member_id) not in {one["id"] for one in await listed(case, hill.lin)}
    against = {one["id"]: one["conflicts"] for one in await listed(case, hill.zhou)}
    assert against[str(hill.gu.member_id)] == ["declared"]
    form = {"mediator_id": str(hill.gu.member_id)}
    refused = [await case.ask(party, "nominate", form) for party in (hill.lin, hill.ma)]
    form = {"mediator_id": str(hill.shen.member_id)}
    refused += [await case.ask(party, "nominate", form) for party in (hill.lin, hill.ma)]
    assert len({answer.text for answer in refused}) == 1
    assert refused[0].status_code == 422


async def test_parties_learn_no_home_and_nobody_who_left(hill: Neighbourhood):
    case = await consented(hill)
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await case.do(hill.ma, "decline-mediator")
    items = await listed(case, hill.lin)
    assert [one["id"] for one in items] == [str(hill.han.member_id)]
    assert str(hill.building_3) not in str(items)
    assert {one["id"] for one in await listed(case, hill.zhou)} >= {str(hill.gu.member_id)}
