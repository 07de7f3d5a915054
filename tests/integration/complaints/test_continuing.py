"""What comes back is filed anew as the continuation of the own earlier case, with a number and clocks of its own."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts import mediation as m
from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of


async def withdrawn(town: Town, **filed: Any) -> dict[str, Any]:
    """The receipt of 林's case that was withdrawn after it was accepted."""
    case_id = await town.accepted(**filed)
    return done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={"reason": "settled_privately"}))


async def test_a_withdrawn_matter_that_comes_back_is_a_new_case_that_names_the_old_one(town: Town):
    # given
    earlier = await withdrawn(town)
    await town.later(days=20)
    # when
    again = await town.file(continues=earlier["reference"])
    # then
    assert again["reference"] != earlier["reference"]
    assert (again["stage"], again["status"]) == ("hear", "filed")
    for reader in (town.lin, town.zhou):
        seen = done(await reader.get(f"/v1/cases/{again['id']}"))["continues"]
        assert (seen["reference"], seen["status"]) == (earlier["reference"], "withdrawn")
    # and the other side, once told of it, is not told of that
    done(await town.zhou.post(f"/v1/cases/{again['id']}/accept", json={"shared_summary": "夜间音乐"}))
    assert done(await town.ma.get(f"/v1/cases/{again['id']}"))["continues"] is None
    # but that it is dealt with anew, both sides are, for the first had reached them too
    for reader in (town.lin, town.zhou, town.ma):
        assert done(await reader.get(f"/v1/cases/{again['id']}"))["anew"]
    assert "anew" not in done(await town.ma.get(f"/v1/cases/{earlier['id']}"))


async def test_whom_the_first_never_reached_is_not_told_that_it_comes_back(town: Town):
    first = await town.file()
    done(await town.lin.post(f"/v1/cases/{first['id']}/withdraw", json={}))
    again = await town.file(continues=first["reference"])
    done(await town.zhou.post(f"/v1/cases/{again['id']}/accept", json={"shared_summary": "夜间音乐"}))
    assert done(await town.lin.get(f"/v1/cases/{again['id']}"))["anew"]
    assert "anew" not in done(await town.ma.get(f"/v1/cases/{again['id']}"))


@pytest.mark.parametrize(
    ("first", "second"), [("hidden", "named"), ("named", "hidden"), ("hidden", "hidden")]
)
async def test_where_either_is_hidden_the_link_is_the_complainants_alone(town: Town, first: str, second: str):
    earlier = await withdrawn(town, identity=first)
    again = await town.file(continues=earlier["reference"], identity=second)
    assert done(await town.zhou.get(f"/v1/cases/{again['id']}"))["continues"] is None
    done(await town.zhou.post(f"/v1/cases/{again['id']}/accept", json={"shared_summary": "夜间音乐"}))
    for reader in (town.ma, town.zhou):
        assert "anew" not in done(await reader.get(f"/v1/cases/{again['id']}"))
    assert (
        done(await town.lin.get(f"/v1/cases/{again['id']}"))["continues"]["reference"] == earlier["reference"]
    )


async def test_somebody_elses_case_and_none_are_refused_alike(town: Town):
    foreign = (await withdrawn(town))["reference"]
    form = {**A_NOISY_BAR, "place_id": str(town.shop)}
    answers = [
        done(await town.sun.post("/v1/cases", json={**form, "continues": reference}), 422)["errors"]
        for reference in (foreign, "SJ-0000-0000-0")
    ]
    assert answers[0] == answers[1]
    assert (answers[0][0]["pointer"], answers[0][0]["code"]) == ("/continues", "unknown_case")
    # and an anonymous filing, of which nobody is kept, continues nothing
    anonymous = {**form, "identity": "anonymous", "continues": foreign}
    done(await town.lin.post("/v1/cases", json=anonymous), 422)


async def test_that_it_comes_back_after_a_withdrawal_is_a_mark_for_the_coordinator_alone(town: Town):
    earlier = await withdrawn(town)
    await town.later(days=20)
    again = await town.file(continues=earlier["reference"])
    seen = done(await town.zhou.get(f"/v1/cases/{again['id']}"))["refiled"]
    assert seen == {"days": 21, "days_since_withdrawal": 20}
    assert done(await town.lin.get(f"/v1/cases/{again['id']}"))["refiled"] is None
    done(await town.zhou.post(f"/v1/cases/{again['id']}/accept", json={"shared_summary": "夜间音乐"}))
    assert done(await town.ma.get(f"/v1/cases/{again['id']}"))["refiled"] is None


async def test_one_conflict_filed_twice_is_shown_so_to_those_who_look_after_it(town: Town):
    earlier = await withdrawn(town)
    again = await town.file(continues=earlier["reference"])
    done(await town.zhou.post(f"/v1/cases/{again['id']}/accept", json={"shared_summary": "夜间音乐"}))
    for case in (earlier, again):
        shown = done(await town.zhou.get(f"/v1/cases/{case['id']}"))["conflict"]
        assert shown["filings"] == 2
        assert [(one["id"], one["status"]) for one in shown["cases"]] == [
            (earlier["id"], "withdrawn"),
            (again["id"], "accepted"),
        ]
    for party in (town.lin, town.ma):
        assert done(await party.get(f"/v1/cases/{again['id']}"))["conflict"] is None
    # and of the two the withdrawn one is no success
    total = done(await town.zhou.get("/v1/figures"))["total"]
    assert (total["cases"], total["conflicts"]) == (2, 1)
    assert (total["solved"]["counted"], total["solved"]["excluded"]["withdrawn"]) == (0, 1)


@pytest.mark.parametrize(("first", "second"), [("hidden", "named"), ("named", "hidden")])
async def test_a_concealed_filing_stands_for_itself(town: Town, first: str, second: str):
    earlier = await withdrawn(town, identity=first)
    again = await town.file(continues=earlier["reference"], identity=second)
    for case in (earlier, again):
        assert done(await town.zhou.get(f"/v1/cases/{case['id']}"))["conflict"] is None


async def test_a_first_filing_bears_no_mark(town: Town):
    receipt = await town.file()
    assert done(await town.zhou.get(f"/v1/cases/{receipt['id']}"))["refiled"] is None


async def test_the_mediator_looks_on_the_spot_and_the_parties_read_nothing_of_it(town: Town):
    case_id, mediation_id = await town.in_mediation()
    gu = member_of(town.gu)
    await town.mediation(m.MediatorTook, case_id, mediation_id, mediator_id=gu)
    seen = {"present": "调解员一人", "found": "招牌亮着,跑马灯开着", "done": "拍了照"}
    done(await town.gu.post(f"/v1/cases/{case_id}/site-visits", json=seen))
    for reader in (town.gu, town.zhou):
        [visit] = done(await reader.get(f"/v1/cases/{case_id}"))["site_visits"]
        assert (visit["by"], visit["found"]) == ("mediator", seen["found"])
    for reader in (town.lin, town.ma):
        assert done(await reader.get(f"/v1/cases/{case_id}"))["site_visits"] == []
