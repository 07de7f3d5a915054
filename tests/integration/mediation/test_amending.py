"""A promise gives way to another by everybody's signature and both marks, and the old one stays readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from shared.clock import SHANGHAI
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def offered(case: Case) -> dict[str, Any]:
    """The first commitment is to give way to a filter in two months; the offer as the complainant sees it."""
    commitments = (await case.view(case.hill.lin))["agreement"]["commitments"]
    day = case.hill.clock.now().astimezone(SHANGHAI).date() + timedelta(days=60)
    new = {"owner_side": "respondent", "what": "装滤网", "measure": "照片", "due_on": day.isoformat()}
    body = {"terms": "烟道不批,改装滤网", "replaces": [commitments[0]["id"]], "commitments": [new]}
    await case.do(case.hill.gu, "amendment", body)
    return dict((await case.view(case.hill.lin))["amendment"])


async def test_signed_and_marked_by_all_it_takes_the_place_of_the_old(hill: Neighbourhood):
    # given
    case = await (await hill.opened()).in_effect()
    offer = await offered(case)
    path = f"/v1/agreements/{offer['id']}"
    # when
    for party in (hill.lin, hill.ma):
        done(await hill.post(party, f"{path}/sign", hill.meant(party, offer["content_hash"])))
    for official in (hill.gu, hill.zhou):
        done(await hill.post(official, f"{path}/mark"))
    # then
    seen = await case.view(hill.lin)
    assert seen["amendment"] is None
    [amended] = seen["amendments"]
    assert (amended["content_hash"], amended["terms"]) == (offer["content_hash"], "烟道不批,改装滤网")
    statuses = [one["status"] for one in seen["agreement"]["commitments"]]
    assert statuses == ["replaced", "open", "open"]
    [told] = [one["data"] for one in await case.told() if one["type"] == "agreement_amended"]
    assert told["last_due_on"] == offer["commitments"][0]["due_on"]
    assert "滤网" not in str(told)
    # and the new promise is proven and confirmed under its own address, and falls due once
    fresh = amended["commitments"][0]["id"]
    done(await hill.post(hill.ma, f"/v1/commitments/{fresh}/proof", {"text": "见照片"}))
    hill.clock.advance(timedelta(days=70))
    await hill.fire_timers()
    due = [one["data"]["commitment_id"] for one in await case.told() if one["type"] == "commitment_due"]
    assert due.count(fresh) == 1
    assert seen["agreement"]["commitments"][0]["id"] not in due


async def test_who_does_not_want_the_change_keeps_what_was_agreed(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    offer = await offered(case)
    await case.do(hill.ma, "amendment/decline")
    answer = await hill.post(hill.lin, f"/v1/agreements/{offer['id']}/sign", hill.meant(hill.lin, "0" * 64))
    assert answer.status_code == 404
    assert (await case.view(hill.lin))["agreement"]["commitments"][0]["status"] == "open"


async def test_a_stranger_finds_no_offer(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    offer = await offered(case)
    for command, body in (("sign", hill.meant(hill.shen, offer["content_hash"])), ("mark", {})):
        answer = await hill.post(hill.shen, f"/v1/agreements/{offer['id']}/{command}", body)
        assert answer.status_code == 404


async def test_each_commitment_is_granted_waived_or_given_up_by_whose_it_is(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    later = (hill.clock.now() + timedelta(days=30)).date().isoformat()
    assert (await case.on_commitment(hill.ma, 0, "grant-day", {"until": later})).status_code == 403
    done(await case.on_commitment(hill.lin, 0, "grant-day", {"until": later}))
    done(await case.on_commitment(hill.ma, 0, "decline-performance"))
    done(await case.on_commitment(hill.gu, 1, "impossible", {"reason": "群已经解散"}))
    done(await case.on_commitment(hill.ma, 1, "waive"))
    first, second = (await case.view(hill.lin))["agreement"]["commitments"]
    assert (first["status"], first["granted_until"]) == ("declined", later)
    assert (second["status"], second["impossible"]) == ("waived", "群已经解散")
    told = await case.types_told()
    for name in ("commitment_granted", "performance_declined", "commitment_impossible", "commitment_waived"):
        assert told.count(name) == 1
    assert "解散" not in str(await case.told())
