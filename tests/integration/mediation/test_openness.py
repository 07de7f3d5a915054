"""Open or closed, through the doors: chosen by both, shown before it, told when it changes, kept to by the session."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.integration.mediation.test_guests import comes, fix, somebody
from tests.integration.mediation.test_joint import agreed, both, fixed


async def announced_in(hill: Neighbourhood) -> list[Any]:
    """What anybody reads who has not signed in; of another alliance there is nothing."""
    nowhere = await hill.client.get(f"/v1/open-sessions/{uuid4()}")
    assert nowhere.json() == {"items": []}
    answer = await hill.client.get(f"/v1/open-sessions/{hill.alliance_id}")
    assert answer.status_code == 200
    return list(answer.json()["items"])


async def test_both_open_it_and_one_closes_it_again_before_it_begins(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).answered()
    await comes(case, guest)
    await fix(case)
    await case.do(hill.lin, "openness", {"open": True})
    assert (await case.view(hill.ma))["openness"] == {"open": False, "may_be_open": True, "yours": None}
    assert (await case.view(guest))["open"] is False

    await case.do(hill.ma, "openness", {"open": True})
    assert (await case.view(hill.lin))["openness"]["open"]
    assert (await case.view(guest))["open"] is True
    session = (await case.view(hill.lin))["session"]
    [announced] = await announced_in(hill)
    assert announced == {
        "starts_at": session["starts_at"],
        "ends_at": session["ends_at"],
        "room": "调解室",
        "category": "noise",
    }

    await case.do(hill.lin, "openness", {"open": False})
    view = await case.view(hill.ma)
    assert view["openness"]["open"] is False
    assert await announced_in(hill) == []
    assert [one["open"] for one in view["parties"] if one["member_id"] != str(hill.ma.member_id)] == [None]
    told = [one["data"] for one in await case.told() if one["type"] == "openness_changed"]
    assert [(one["open"], one["guests"]) for one in told] == [
        (True, [str(guest.member_id)]),
        (False, [str(guest.member_id)]),
    ]
    for stranger in (hill.gu, hill.zhou):
        assert (await case.ask(stranger, "openness", {"open": True})).status_code == 403
    assert (await case.ask(hill.lin, "openness", {})).json()["errors"][0]["pointer"] == "/open"


async def test_a_session_that_holds_another_matter_is_opened_from_neither_side(hill: Neighbourhood):
    first, second = await both(hill)
    await agreed(first, second)
    await fixed(first)
    await second.do(hill.gu, "schedule-together", {"with_mediation_id": str(first.id)})
    for case in (first, second):
        refused = await case.ask(hill.lin, "openness", {"open": True})
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/closed_sessions_alone")


async def test_an_open_session_takes_in_no_other_matter(hill: Neighbourhood):
    first, second = await both(hill)
    await agreed(first, second)
    await fixed(first)
    for party in (hill.lin, hill.ma):
        await first.do(party, "openness", {"open": True})
    refused = await second.ask(hill.gu, "schedule-together", {"with_mediation_id": str(first.id)})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/closed_together")
