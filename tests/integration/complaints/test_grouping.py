"""Group cases: many filings become one matter, nobody is lost in it, and the other side learns a round number."""

from __future__ import annotations

import asyncio
import json
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.complaints import use_cases
from services.complaints.commands import Filing
from shared.contracts import complaints
from shared.ids import new_reference
from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of
from tests.support.http import Client

LEAK = {"subcategory": "dirty_water", "description": "制冰机的水一直流到门口,地上滑,婆婆差点摔跤。"}
SUMMARY = {"shared_summary": "后门夜间低频音乐,影响周边住户休息"}


async def neighbours(town: Town, count: int) -> list[Client]:
    return [await town.newcomer("resident") for _ in range(count)]


def a_filing(town: Town) -> Filing:
    return Filing(
        case_id=uuid4(),
        reference=new_reference(),
        place_id=town.shop,
        place_text=None,
        respondent_id=None,
        occurred_at=None,
        happening_now=False,
        identity="named",
        on_behalf_of=None,
        channel="web",
        **A_NOISY_BAR,
    )


async def gather(town: Town, lead: str, *references: str, status: int = 200) -> dict:
    return done(await town.zhou.post(f"/v1/cases/{lead}/gather", json={"references": [*references]}), status)


async def status_of(case_id: str, by: Client) -> str:
    return str(done(await by.get(f"/v1/cases/{case_id}"))["status"])


async def test_the_coordinator_joins_many_by_one_call(town: Town):
    # given
    lead = await town.file()
    people = await neighbours(town, 6)
    receipts = [await town.file(one, identity="hidden") for one in people]
    # when
    await gather(town, lead["id"], *(one["reference"] for one in receipts))
    # then
    for one, receipt in zip(people, receipts, strict=True):
        case = done(await one.get(f"/v1/cases/{receipt['id']}"))
        assert (case["status"], case["lead"]["reference"]) == ("joined", lead["reference"])
        assert case["lead"]["due"] == "2026-03-16"
    shown = done(await town.zhou.get(f"/v1/cases/{lead['id']}"))
    assert shown["households"] == 7
    assert {one["reference"] for one in shown["joined"]} == {one["reference"] for one in receipts}
    # and told again it changes nothing
    await gather(town, lead["id"], receipts[0]["reference"])
    assert done(await town.zhou.get(f"/v1/cases/{lead['id']}"))["households"] == 7


async def test_all_are_joined_or_none_and_the_one_at_fault_is_pointed_at(town: Town):
    lead, other = await town.file(), await town.file(town.sun)
    taken_on = await town.accepted(by=await town.newcomer("resident"))
    reference = done(await town.zhou.get(f"/v1/cases/{taken_on}"))["reference"]
    against = await town.file(town.ma, respondent_id=str(member_of(town.lin)))
    lead_of_lin = lead["id"]
    for bad, code in (("SJ-NONE", "unknown_reference"), (reference, "cannot_join")):
        refused = await gather(town, lead_of_lin, other["reference"], bad, status=422)
        assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("/references/1", code)]
    refused = await gather(town, lead_of_lin, against["reference"], status=422)
    assert refused["errors"][0]["code"] == "cannot_join"
    assert await status_of(other["id"], town.sun) == "filed"


async def test_only_the_coordinator_gathers_and_splits(town: Town):
    lead, other = await town.file(), await town.file(town.sun)
    form = {"references": [other["reference"]]}
    assert (await town.lin.post(f"/v1/cases/{lead['id']}/gather", json=form)).status_code == 403
    assert (await town.sun.post(f"/v1/cases/{lead['id']}/gather", json=form)).status_code == 404
    assert (await town.lin.post(f"/v1/cases/{lead['id']}/split", json=LEAK)).status_code == 403


async def test_thirty_who_file_in_the_same_minute_are_one_matter_and_nobody_is_lost(town: Town):
    # given
    lead = await town.file()
    people = await neighbours(town, 29)
    # when
    receipts = await asyncio.gather(*(town.file(one, joins=lead["id"]) for one in people))
    # then
    assert len({lead["reference"], *(one["reference"] for one in receipts)}) == 30
    assert {one["status"] for one in receipts} == {"joined"}
    shown = done(await town.zhou.get(f"/v1/cases/{lead['id']}"))
    assert shown["households"] == 30
    # and who wished it is not told a second time
    told = await town.told(receipts[0]["id"])
    assert [type(one.data) for one in told] == [complaints.CaseFiled, complaints.CaseJoined]


async def test_me_too_follows_a_case_that_was_joined_itself_and_stands_alone_where_the_lead_ended(
    town: Town,
):
    # given
    lead, suggested = await town.file(), await town.file(town.sun)
    await gather(town, lead["id"], suggested["reference"])
    one, another = await neighbours(town, 2)
    # when
    followed = await town.file(one, joins=suggested["id"])
    # then
    case = done(await one.get(f"/v1/cases/{followed['id']}"))
    assert case["lead"]["reference"] == lead["reference"]
    # and
    done(await town.lin.post(f"/v1/cases/{lead['id']}/withdraw", json={}))
    late = await town.file(another, joins=lead["id"])
    assert late["status"] == "filed"


async def test_a_lead_cannot_end_unnoticed_while_somebody_joins_it(town: Town):
    lead = UUID((await town.file())["id"])
    database, filing = town.http.kit.database, a_filing(town)
    async with database.transaction() as joining:
        await use_cases.file_joining(joining, filing, lead, town.sun.actor, town.clock.now())
        with pytest.raises(asyncpg.LockNotAvailableError):
            async with database.transaction() as ending:
                await ending.execute("SELECT FROM cases WHERE id = $1 FOR UPDATE NOWAIT", lead)


async def test_nobody_joins_what_would_not_have_been_suggested_to_them(town: Town):
    lead = await town.file()
    elsewhere = {"category": "sanitation", "subcategory": "dirty_water"}
    form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_id": str(town.shop)}
    for by, more in ((town.sun, elsewhere), (town.lin, {}), (town.ma, {})):
        refused = done(await by.post("/v1/cases", json={**form, **more, "joins": lead["id"]}), 422)
        assert refused["errors"][0]["code"] == "cannot_lead"
    assert len(done(await town.zhou.get("/v1/cases"))["items"]) == 1


async def test_an_emergency_is_never_joined_away(town: Town):
    fire = {"category": "fire_safety", "subcategory": "exit_blocked", "happening_now": True}
    lead = await town.file(**fire)
    receipt = await town.file(town.sun, **fire, joins=lead["id"])
    assert receipt["status"] in ("emergency", "filed")


async def test_a_second_matter_gets_a_case_of_its_own_and_its_filer_both_references(town: Town):
    # given
    lead, (ye,) = await town.file(), await neighbours(town, 1)
    filed = await town.file(ye, identity="hidden", description="吵,还有制冰机的水一直流,地上滑。")
    await gather(town, lead["id"], filed["reference"])
    [joined] = done(await town.zhou.get(f"/v1/cases/{lead['id']}"))["joined"]
    assert [one["subcategory"] for one in joined["other_matters"]] == ["dirty_water"]
    # when
    receipt = done(await town.zhou.post(f"/v1/cases/{filed['id']}/split", json=LEAK))
    # then
    second = done(await ye.get(f"/v1/cases/{receipt['split']['id']}"))
    assert (second["category"], second["status"], second["identity"]) == ("sanitation", "filed", "hidden")
    assert [one["name"] for one in second["clocks"] if one["state"] == "running"] == ["triage", "contact"]
    assert await status_of(filed["id"], ye) == "joined"
    messages = done(await ye.get(f"/v1/cases/{filed['id']}/messages"))["items"]
    assert all(one in messages[-1]["text"] for one in (filed["reference"], second["reference"]))
    assert [one["reference"] for one in second["linked"]] == [filed["reference"]]
    # and the figures count it as a conflict of its own
    [told, *_] = await town.told(second["id"])
    assert told.data.conflict_id is None


async def test_the_other_side_learns_a_round_number_and_nothing_of_the_others(town: Town):
    # given
    lead = await town.file()
    people = await neighbours(town, 12)
    receipts = [await town.file(one, identity="hidden", joins=lead["id"]) for one in people]
    done(await town.zhou.post(f"/v1/cases/{lead['id']}/accept", json=SUMMARY))
    # then
    shown = done(await town.ma.get(f"/v1/cases/{lead['id']}"))
    history = done(await town.ma.get(f"/v1/cases/{lead['id']}/history"))
    assert (shown["households"], shown["joined"]) == (10, [])
    told = json.dumps([shown, history])
    for one, receipt in zip(people, receipts, strict=True):
        assert receipt["reference"] not in told
        assert receipt["id"] not in told
        assert str(member_of(one)) not in told
    assert "group_gathered" not in [one["type"] for one in history["items"]]
    assert [one["id"] for one in done(await town.ma.get("/v1/cases"))["items"]] == [lead["id"]]


async def test_of_fewer_than_five_no_number_is_told(town: Town):
    lead = await town.file()
    for one in await neighbours(town, 3):
        await town.file(one, joins=lead["id"])
    done(await town.zhou.post(f"/v1/cases/{lead['id']}/accept", json=SUMMARY))
    assert done(await town.ma.get(f"/v1/cases/{lead['id']}"))["households"] is None
    assert done(await town.zhou.get(f"/v1/cases/{lead['id']}"))["households"] == 4


async def test_who_is_joined_sees_how_the_lead_stands_and_nobody_in_it(town: Town):
    # given
    lead = await town.file(description="我是蒋蓓,电话13800000000,低音炮咚咚咚的")
    receipt = await town.file(town.sun, joins=lead["id"])
    done(await town.zhou.post(f"/v1/cases/{lead['id']}/accept", json=SUMMARY))
    done(await town.ma.post(f"/v1/cases/{lead['id']}/answer", json={"kind": "propose", "text": "十点关门"}))
    # when
    own = done(await town.sun.get(f"/v1/cases/{receipt['id']}"))
    shown = done(await town.sun.get(f"/v1/cases/{own['lead']['id']}"))
    # then
    assert (shown["role_in_case"], shown["stage"]) == ("joined", "deliberate")
    assert shown["shared_summary"] == SUMMARY["shared_summary"]
    assert shown["answer"]["text"] == "十点关门"
    assert {one["name"] for one in shown["clocks"]} >= {"mediation"}
    assert (shown["description"], shown["possible"]) == (None, ["speakers/volunteer", "thread"])
    assert {one["member_id"] for one in shown["parties"]} == {None}
    assert "13800000000" not in json.dumps(shown)
    for path in ("messages", "work"):
        assert (await town.sun.get(f"/v1/cases/{lead['id']}/{path}")).status_code in (403, 404)
    assert done(await town.sun.get(f"/v1/cases/{lead['id']}/evidence"))["items"] == []


async def test_withdrawing_a_joined_filing_leaves_the_lead_alone(town: Town):
    lead = await town.file()
    receipt = await town.file(town.sun, joins=lead["id"])
    done(await town.sun.post(f"/v1/cases/{receipt['id']}/withdraw", json={}))
    assert await status_of(lead["id"], town.lin) == "filed"
    assert (await town.sun.get(f"/v1/cases/{lead['id']}")).status_code == 404
