"""Filing for somebody else, with the consent that was given; and stopping, with what only the coordinator reads."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from shared.contracts import alliance
from tests.integration.complaints.town import FILED_AT, Town, done, member_of
from tests.support.http import Client

CONSENT = {"how": "told_in_person", "at": FILED_AT.isoformat()}


async def test_a_captain_files_for_people_of_the_own_building_with_their_consent(town: Town):
    # when
    more = {"on_behalf_of": str(member_of(town.lin)), "relation": "captain", "consent": CONSENT}
    case_id = (await town.file(town.xu, channel="visit", **more))["id"]
    # then
    for reader in (town.lin, town.zhou):
        helped = done(await reader.get(f"/v1/cases/{case_id}"))["helped"]
        assert (helped["relation"], helped["consent_how"]) == ("captain", "told_in_person")
    assert done(await town.xu.get(f"/v1/cases/{case_id}"))["helped"] is None


async def test_a_captain_of_another_building_does_not(town: Town):
    other = await town.newcomer("building_captain", place_id=uuid4())
    form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_id": str(town.shop)}
    form["on_behalf_of"] = str(member_of(town.lin))
    done(await other.post("/v1/cases", json=form), 403)


async def test_consent_is_somebodys_and_of_the_past(town: Town):
    form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_id": str(town.shop)}
    of_nobody = done(await town.zhou.post("/v1/cases", json={**form, "consent": CONSENT}), 422)
    assert of_nobody["errors"][0]["code"] == "helped_whom"
    late = {"how": "phone", "at": "2099-01-01T00:00:00Z"}
    form["on_behalf_of"] = str(member_of(town.lin))
    future = done(await town.zhou.post("/v1/cases", json={**form, "consent": late}), 422)
    assert future["errors"][0]["pointer"] == "/consent/at"


async def move_in(town: Town, person: Client, home: UUID, *, kind: str = "lives") -> None:
    stay = {"occupancy_id": uuid4(), "place_id": home, "kind": kind, "from_day": date(2020, 1, 1)}
    started = {"member_id": member_of(person), "alliance_id": town.alliance_id, **stay}
    await town.tell(alliance.OccupancyStarted(**started))


OF_HIS_MOTHER = {
    "category": "sanitation",
    "subcategory": "cooking_fumes",
    "description": "油烟全部灌进我妈厨房",
    "relation": "kin",
    "consent": CONSENT,
}


async def for_the_mother(town: Town) -> tuple[Client, dict[str, object]]:
    """林 files for his mother, who lives with him and has said yes."""
    mother, home = await town.newcomer("resident"), uuid4()
    for person in (town.lin, mother):
        await move_in(town, person, home)
    form = {**OF_HIS_MOTHER, "place_id": str(town.shop), "on_behalf_of": str(member_of(mother))}
    return mother, form


async def test_who_files_for_family_at_home_acts_for_them_and_they_may_themselves(town: Town):
    # given
    mother, form = await for_the_mother(town)
    # when
    case = f"/v1/cases/{done(await town.lin.post('/v1/cases', json=form), 201)['id']}"
    done(await town.zhou.post(f"{case}/accept", json={"shared_summary": "油烟影响楼上"}))
    # then
    for reader in (town.lin, mother):
        seen = done(await reader.get(case))
        assert (seen["role_in_case"], seen["description"]) == ("complainant", form["description"])
        assert (seen["helped"]["acts"], seen["helped"]["consent_how"]) == (True, "told_in_person")
        assert case.endswith(done(await reader.get("/v1/cases?mine=true"))["items"][0]["id"])
    assert done(await town.zhou.get(case))["helped"]["acts"]
    [party] = [one for one in done(await town.zhou.get(case))["parties"] if one["side"] == "complainant"]
    assert party["member_id"] == str(member_of(town.lin))
    assert done(await town.ma.get(case))["helped"] is None
    assert str(member_of(mother)) not in str([one.data for one in await town.told(case[-36:])])
    # and she may end it herself
    done(await mother.post(f"{case}/withdraw", json={}))
    assert done(await town.lin.get(case))["status"] == "withdrawn"


async def left_by_who_acts(town: Town) -> tuple[Client, str]:
    """林 filed for his mother, and has left since."""
    mother, form = await for_the_mother(town)
    case = f"/v1/cases/{done(await town.lin.post('/v1/cases', json=form), 201)['id']}"
    done(await town.zhou.post(f"{case}/accept", json={"shared_summary": "油烟影响楼上"}))
    left = {"why": "moved", "on": FILED_AT.date().isoformat()}
    parties = done(await town.zhou.get(case))["parties"]
    left["leaver_id"] = next(one["party_id"] for one in parties if one["side"] == "complainant")
    done(await town.zhou.post(f"{case}/leavings", json=left))
    return mother, case


async def test_who_was_acted_for_reads_on_and_may_end_it_when_nobody_acts_any_more(town: Town):
    mother, case = await left_by_who_acts(town)
    seen = done(await mother.get(case))
    assert (seen["role_in_case"], seen["possible"]) == ("complainant", ["withdraw"])
    assert seen["description"] == OF_HIS_MOTHER["description"]
    done(await mother.post(f"{case}/messages", json={"to": "coordinator", "text": "还在吗"}), 403)
    done(await mother.post(f"{case}/withdraw", json={}))
    for reader in (mother, town.zhou, town.ma, town.lin):
        assert done(await reader.get(case))["status"] == "withdrawn"


async def test_who_was_acted_for_never_stands_as_a_stranger_who_came_after(town: Town):
    mother, case = await left_by_who_acts(town)
    stranger = await town.newcomer("resident")
    invited = {"member_id": str(member_of(stranger)), "side": "complainant", "facts": "油烟"}
    done(await town.zhou.post(f"{case}/invite", json=invited))
    done(await stranger.post(f"{case}/invitation", json={"affected": True}))
    seen = done(await mother.get(case))
    assert (seen["role_in_case"], seen["possible"]) == ("complainant", [])
    done(await mother.post(f"{case}/messages", json={"to": "coordinator", "text": "还在吗"}), 403)
    done(await mother.post(f"{case}/withdraw", json={}), 409)
    assert "withdraw" in done(await stranger.get(case))["possible"]


async def test_a_household_files_for_nobody_who_lives_elsewhere_has_not_agreed_or_is_no_family(town: Town):
    mother, form = await for_the_mother(town)
    elsewhere = await town.newcomer("resident")
    await move_in(town, elsewhere, uuid4())
    done(await town.lin.post("/v1/cases", json={**form, "on_behalf_of": str(member_of(elsewhere))}), 403)
    done(await town.lin.post("/v1/cases", json={**form, "relation": "neighbour"}), 403)
    unasked = {name: value for name, value in form.items() if name != "consent"}
    missing = done(await town.lin.post("/v1/cases", json=unasked), 422)
    assert [one["pointer"] for one in missing["errors"]] == ["/consent"]
    done(await town.lin.post("/v1/cases", json={**form, "respondent_id": str(member_of(mother))}), 422)


async def test_what_family_complained_of_before_is_not_for_whoever_acts_for_them(town: Town):
    # given: the mother told it first, about the same shop, and did not ask to be named
    mother, form = await for_the_mother(town)
    told = {name: form[name] for name in ("category", "subcategory", "place_id")}
    first = done(
        await mother.post("/v1/cases", json={**told, "description": "他们瞒着我", "identity": "hidden"}), 201
    )
    # when, then: not hers to go on with, and no answer tells whose it was
    for more in (
        {"continues": first["reference"]},
        {"continues": "SJ-0000-0000-0"},
        {"linked_to": first["reference"]},
    ):
        refused = done(await town.lin.post("/v1/cases", json={**form, "identity": "hidden", **more}), 422)
        assert [one["code"] for one in refused["errors"]] == ["unknown_case"]
    done(
        await mother.post(
            "/v1/cases", json={**told, "description": "又来了", "continues": first["reference"]}
        ),
        201,
    )


async def test_nobody_says_yes_to_the_health_of_whom_they_act_for(town: Town):
    _, form = await for_the_mother(town)
    form["description"] = "心脏病，夜里睡不着"
    case = f"/v1/cases/{done(await town.lin.post('/v1/cases', json=form), 201)['id']}"
    no = done(await town.lin.post(f"{case}/health-sharing", json={"shared": True}), 409)
    assert no["type"] == "/problems/health_of_another"


async def test_family_that_is_acted_for_is_no_respondent_of_their_own_matter(town: Town):
    mother, form = await for_the_mother(town)
    case = f"/v1/cases/{done(await town.lin.post('/v1/cases', json=form), 201)['id']}"
    named = {"shared_summary": "油烟影响楼上", "respondent_id": str(member_of(mother))}
    refused = done(await town.zhou.post(f"{case}/accept", json=named), 422)
    assert [one["pointer"] for one in refused["errors"]] == ["/respondent_id"]


async def test_who_works_at_the_same_place_is_no_family_at_home(town: Town):
    mate, shop = await town.newcomer("resident"), uuid4()
    for person in (town.lin, mate):
        await move_in(town, person, shop, kind="works")
    form = {**OF_HIS_MOTHER, "place_id": str(town.shop), "on_behalf_of": str(member_of(mate))}
    done(await town.lin.post("/v1/cases", json=form), 403)


@pytest.mark.parametrize("pressured", [True, False])
async def test_whether_somebody_was_pressed_the_coordinator_alone_reads(town: Town, *, pressured: bool):
    # given
    case_id = await town.accepted()
    # when
    said = {"reason": "settled_privately", "pressured": pressured}
    done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json=said))
    # then
    shown = [
        done(await one.get(f"/v1/cases/{case_id}"))["withdrawal"] for one in (town.zhou, town.lin, town.ma)
    ]
    assert shown == [
        {"reason": "settled_privately", "note": None, "pressured": pressured},
        {"reason": "settled_privately", "note": None, "pressured": None},
        None,
    ]
