"""Somebody unknown files from the street, follows the matter with a secret, and is kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from services.complaints.api import strangers
from services.complaints.api.hourly import Hourly
from tests.integration.complaints.town import A_NOISY_BAR, Town, done


@pytest.fixture(autouse=True)
def fresh_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.complaints.api.filing.STRANGERS", Hourly(strangers.PER_HOUR))


async def a_tip(town: Town, **more: Any) -> dict[str, Any]:
    form = {**A_NOISY_BAR, "place_id": str(town.shop), "identity": "anonymous", **more}
    return done(await town.http.post("/v1/cases", json=form), 201)


async def looked_up(town: Town, reference: str, secret: str) -> Any:
    return await town.http.post("/v1/lookups", json={"reference": reference, "secret": secret}, key=None)


async def test_without_an_account_one_files_and_follows(town: Town):
    # given
    tip = await a_tip(town)
    assert len(tip["lookup_secret"].replace("-", "")) == 12
    # when
    done(await town.zhou.post(f"/v1/cases/{tip['id']}/accept", json={"shared_summary": "夜间音乐"}))
    told = tip["lookup_secret"].lower().replace("-", " ")
    seen = done(await looked_up(town, tip["reference"].lower(), told))
    # then
    assert (seen["reference"], seen["stage"], seen["status"]) == (tip["reference"], "hear", "accepted")
    assert [step["type"] for step in seen["history"]] == ["case_filed", "case_accepted"]
    assert seen["next"]
    assert seen["ended_in"] is None
    assert "parties" not in seen
    # and nobody is kept as its complainant
    parties = await town.rows("SELECT side FROM parties WHERE case_id = $1::text::uuid", tip["id"])
    assert [row["side"] for row in parties] == ["respondent"]
    [filed] = await town.rows(
        "SELECT actor_id FROM journal WHERE aggregate_id = $1::text::uuid AND version = 1", tip["id"]
    )
    assert filed["actor_id"] is None


async def test_what_came_of_it_is_read_with_the_secret_too(town: Town):
    tip = await a_tip(town)
    visit = {"present": "消防", "found": "四个钢瓶", "done": "搬走", "public_note": "已核实,锁链已移除"}
    done(await town.zhou.post(f"/v1/cases/{tip['id']}/site-visits", json=visit))
    seen = await looked_up(town, tip["reference"], tip["lookup_secret"])
    assert done(seen)["results"] == [{"on": "2026-03-12", "text": "已核实,锁链已移除"}]
    assert "四个钢瓶" not in seen.text


async def test_a_named_case_is_filed_by_somebody_signed_in_and_opened_by_no_secret(town: Town):
    for identity in ("named", "hidden"):
        form = {**A_NOISY_BAR, "place_id": str(town.shop), "identity": identity}
        assert (await town.http.post("/v1/cases", json=form)).status_code == 401
    named = await town.file()
    assert named["lookup_secret"] is None
    assert (await looked_up(town, named["reference"], "0000-0000-0000")).status_code == 404


async def test_a_stranger_names_a_registered_place_and_no_member(town: Town):
    form = {**A_NOISY_BAR, "identity": "anonymous", "place_text": "后门"}
    assert done(await town.http.post("/v1/cases", json=form), 422)["errors"][0]["pointer"] == "/place_id"
    naming = {**form, "place_id": str(town.shop), "respondent_id": str(town.ma.actor.member_id)}
    assert (await town.http.post("/v1/cases", json=naming)).status_code == 401


async def test_a_wrong_secret_and_no_such_matter_are_answered_alike_and_guessing_ends(town: Town):
    tip = await a_tip(town)
    none = await looked_up(town, "SJ-0000-0000-0", "0000-0000-0000")
    for _ in range(5):
        wrong = await looked_up(town, tip["reference"], "0000-0000-0000")
        assert (wrong.status_code, wrong.json()) == (404, none.json())
    # when the right one comes while guessing is paused
    assert (await looked_up(town, tip["reference"], tip["lookup_secret"])).status_code == 404
    # then it opens again after a while
    await town.later(minutes=15)
    assert (await looked_up(town, tip["reference"], tip["lookup_secret"])).status_code == 200


async def test_the_result_can_be_looked_at_for_ninety_days(town: Town):
    tip = await a_tip(town)
    decline = {"reason": "with_an_authority", "next_address": "hotline_12345"}
    done(await town.zhou.post(f"/v1/cases/{tip['id']}/decline", json=decline))
    await town.later(days=90)
    seen = done(await looked_up(town, tip["reference"], tip["lookup_secret"]))
    assert (seen["stage"], seen["status"], seen["ended_in"]) == ("closed", "declined", "hear")
    await town.later(days=1)
    assert (await looked_up(town, tip["reference"], tip["lookup_secret"])).status_code == 404


async def test_the_same_request_twice_is_one_tip(town: Town):
    form = {**A_NOISY_BAR, "place_id": str(town.shop), "identity": "anonymous"}
    first = await town.http.post("/v1/cases", json=form, key="a-key-of-mine")
    again = await town.http.post("/v1/cases", json=form, key="a-key-of-mine")
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_one_address_may_not_flood_the_committee_and_gets_its_answers_again(town: Town):
    form = {**A_NOISY_BAR, "place_id": str(town.shop), "identity": "anonymous"}
    first = await town.http.post("/v1/cases", json=form, key="the-first")
    for _ in range(strangers.PER_HOUR - 1):
        await a_tip(town)
    flood = await town.http.post("/v1/cases", json=form)
    assert flood.status_code == 429
    assert int(flood.headers["Retry-After"]) <= 3600
    assert (await town.http.post("/v1/cases", json=form, key="the-first")).json() == first.json()
