"""A counter-claim is a case of its own: linked with the one it answers, judged apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of

CLAIM = {"category": "sanitation", "subcategory": "kitchen_waste", "description": "厨余倒在我店门口。"}
ANSWER = {"kind": "counter_claim", "text": "她自己往下倒水。", "claim": CLAIM}


async def claimed(town: Town, **filed: Any) -> tuple[str, dict[str, Any]]:
    """The id of 林's case, and the one that 马's answer became."""
    case_id = await town.accepted(**filed)
    answer = done(await town.ma.post(f"/v1/cases/{case_id}/answer", json=ANSWER))
    return case_id, answer["counter_claim"]


async def test_a_counter_claim_becomes_a_case_and_neither_waits_for_the_other(town: Town):
    # when
    case_id, claim = await claimed(town)
    # then each side finds the other matter beside its own
    mine = done(await town.ma.get(f"/v1/cases/{claim['id']}"))
    assert (mine["role_in_case"], mine["stage"], mine["status"]) == ("complainant", "hear", "filed")
    assert [one["id"] for one in mine["linked"]] == [case_id]
    assert mine["place_id"] == str(town.shop)
    assert [clock["name"] for clock in mine["clocks"]] == ["triage", "contact"]
    theirs = done(await town.zhou.get(f"/v1/cases/{case_id}"))
    assert [one["reference"] for one in theirs["linked"]] == [claim["reference"]]
    assert (theirs["stage"], theirs["answer"]["kind"]) == ("deliberate", "counter_claim")
    # and who is claimed against hears of it when it is taken on
    assert done(await town.lin.get(f"/v1/cases/{case_id}"))["linked"] == []
    accepted = await town.zhou.post(f"/v1/cases/{claim['id']}/accept", json={"shared_summary": "楼上倒水"})
    done(accepted)
    assert done(await town.lin.get(f"/v1/cases/{claim['id']}"))["role_in_case"] == "respondent"
    assert done(await town.lin.get(f"/v1/cases/{case_id}"))["linked"][0]["id"] == claim["id"]


async def test_whom_a_hidden_complainant_is_no_counter_claim_can_find_out(town: Town):
    case_id, claim = await claimed(town, identity="hidden")
    summary = {"shared_summary": "楼上倒水"}
    named = {**summary, "respondent_id": str(member_of(town.lin))}
    # when the coordinator names the hidden complainant as the one who answers
    refused = done(await town.zhou.post(f"/v1/cases/{claim['id']}/accept", json=named), 422)
    # then
    assert (refused["errors"][0]["pointer"], refused["errors"][0]["code"]) == (
        "/respondent_id",
        "would_betray",
    )
    done(await town.zhou.post(f"/v1/cases/{claim['id']}/accept", json=summary))
    seen = done(await town.ma.get(f"/v1/cases/{claim['id']}"))
    assert [party["side"] for party in seen["parties"]] == ["complainant"]
    assert done(await town.lin.get(f"/v1/cases/{case_id}"))["linked"] == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "dispute"}, "/claim"),
        ({"claim": {**CLAIM, "subcategory": "bar_music"}}, "/claim/subcategory"),
    ],
)
async def test_what_cannot_be_claimed_leaves_the_answer_unsaid(
    town: Town, change: dict[str, Any], pointer: str
):
    case_id = await town.accepted()
    refused = done(await town.ma.post(f"/v1/cases/{case_id}/answer", json={**ANSWER, **change}), 422)
    assert refused["errors"][0]["pointer"] == pointer
    assert done(await town.ma.get(f"/v1/cases/{case_id}"))["answer"] is None


async def test_a_case_is_linked_by_its_own_parties_alone(town: Town):
    case_id = await town.accepted()
    reference = done(await town.lin.get(f"/v1/cases/{case_id}"))["reference"]
    form = {**A_NOISY_BAR, "place_id": str(town.shop)}
    refused = [
        done(await town.sun.post("/v1/cases", json={**form, "linked_to": one}), 422)["errors"]
        for one in (reference, "SJ-0000-0000-0")
    ]
    assert refused[0] == refused[1]
    assert refused[0][0]["pointer"] == "/linked_to"
    beside = done(await town.ma.post("/v1/cases", json={**form, **CLAIM, "linked_to": reference}), 201)
    assert [one["id"] for one in done(await town.ma.get(f"/v1/cases/{beside['id']}"))["linked"]] == [case_id]


async def test_a_respondent_links_to_nothing_they_were_not_told_of(town: Town):
    filed = await town.file()
    form = {**CLAIM, "place_id": str(town.shop), "linked_to": filed["reference"]}
    done(await town.ma.post("/v1/cases", json=form), 422)


async def test_what_belongs_together_is_one_conflict_in_the_figures(town: Town):
    case_id, _ = await claimed(town)
    reference = done(await town.lin.get(f"/v1/cases/{case_id}"))["reference"]
    await town.file(continues=reference)
    await town.file(by=town.sun)
    total = done(await town.zhou.get("/v1/figures"))["total"]
    assert (total["cases"], total["conflicts"]) == (4, 2)
