"""The coordinators' desk: what ends next first, by whatever is looked for, and what a coordinator keeps for it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from shared.contracts import alliance
from tests.integration.complaints.town import Town, done, member_of
from tests.support.tokens import an_actor


async def desk(town: Town, **query: str) -> list[str]:
    """The ids on the desk, in their order."""
    return [one["id"] for one in done(await town.zhou.get("/v1/queue", params=query))["items"]]


async def against_nobody(town: Town) -> str:
    """The id of a complaint in which no other side is named: nobody trades at that place."""
    hall = uuid4()
    told = alliance.PlaceRegistered(
        place_id=hall, alliance_id=town.alliance_id, kind="unit", block_id=town.block, building_id=uuid4()
    )
    await town.tell(told)
    return (await town.file(place_id=str(hall)))["id"]


class TestOrder:
    async def test_what_ends_next_comes_first_and_an_emergency_nobody_confirmed_before_all(self, town: Town):
        later = await town.in_mediation()
        triage = (await town.file())["id"]
        emergency = (await town.file(category="fire_safety", subcategory="gas_cylinder_indoor"))["id"]

        assert await desk(town) == [emergency, triage, later[0]]
        done(await town.zhou.post(f"/v1/cases/{emergency}/confirm-emergency", json={}))
        assert (await desk(town))[0] != later[0]
        assert set(await desk(town)) == {emergency, triage, later[0]}

    @pytest.mark.parametrize("order", ["next_day", "newest"])
    async def test_pages_follow_on_without_gap_or_repetition(self, town: Town, order: str):
        filed = {(await town.file())["id"] for _ in range(5)}
        seen: list[str] = []
        cursor: str | None = None
        while True:
            query = {"limit": "2", "order": order} | ({"cursor": cursor} if cursor else {})
            page = done(await town.zhou.get("/v1/queue", params=query))
            assert (page["counts"] is None) == (cursor is not None)
            assert page["found"] == (None if cursor else 5)
            seen += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == 5
        assert set(seen) == filed

    async def test_each_line_tells_its_clocks_and_what_is_weighed(self, town: Town):
        case_id = await town.answered(identity="hidden")
        [line] = done(await town.zhou.get("/v1/queue"))["items"]
        assert line["id"] == case_id
        assert [clock["name"] for clock in line["clocks"]] == ["mediation"]
        assert (line["tier"], line["identity"], line["needs_me"]) == ("ordinary", "hidden", True)
        assert line["building_id"] == str(town.building)
        assert "description" not in line


class TestFilters:
    async def test_by_clock_near_and_past(self, town: Town):
        triage = (await town.file())["id"]
        assert await desk(town, clock="near") == [triage]
        assert await desk(town, clock="past") == []
        await town.later(days=5)
        assert await desk(town, clock="past") == [triage]
        assert await desk(town, clock="near") == []
        counts = done(await town.zhou.get("/v1/queue"))["counts"]
        assert (counts["open"], counts["past"], counts["near"], counts["needs_me"]) == (1, 1, 0, 1)

    async def test_by_what_it_is_where_it_is_and_who_is_in_it(self, town: Town):
        bar = await town.accepted(identity="hidden")
        nobody = await against_nobody(town)
        both = {bar, nobody}
        assert set(await desk(town, place_id=str(town.block))) == both
        assert await desk(town, place_id=str(town.building)) == [bar]
        assert await desk(town, place_id=str(town.shop)) == [bar]
        assert await desk(town, respondent_unknown="true") == [nobody]
        assert await desk(town, identity="hidden") == [bar]
        assert set(await desk(town, category="noise", subcategory="bar_music")) == both
        assert await desk(town, category="sanitation") == []
        assert await desk(town, tier="urgent") == []
        assert await desk(town, needs_me="true") == [nobody]
        found = done(await town.zhou.get("/v1/queue", params={"identity": "hidden", "limit": "1"}))["found"]
        assert found == 1

    async def test_nobody_mediates_it(self, town: Town):
        case_id, _ = await town.in_mediation()
        assert await desk(town, unassigned="true") == [case_id]

    async def test_closed_ones_are_shown_where_they_are_asked_for(self, town: Town):
        filed = await town.file()
        done(await town.lin.post(f"/v1/cases/{filed['id']}/withdraw", json={}))
        assert await desk(town) == []
        assert await desk(town, stage="closed") == [filed["id"]]

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"clock": "soon"}, "query/clock"),
            ({"place_id": "116"}, "query/place_id"),
            ({"wanted": "all"}, "query/wanted"),
            ({"cursor": "nonsense"}, "query/cursor"),
        ],
    )
    async def test_what_cannot_be_looked_for_is_named(self, town: Town, query: dict[str, str], pointer: str):
        answer = await town.zhou.get("/v1/queue", params=query)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"][0]["pointer"].strip("/") == pointer


class TestWhoseDesk:
    async def test_it_is_the_coordinators_alone(self, town: Town):
        for person in (town.lin, town.ma, town.gu, town.xu):
            assert (await person.get("/v1/queue")).status_code == 403
            assert (await person.get("/v1/queue/filters")).status_code == 403

    async def test_their_own_matter_is_not_theirs_to_handle(self, town: Town):
        await town.file(by=town.zhou)
        assert await desk(town) == []
        counts = done(await town.zhou.get("/v1/queue"))["counts"]
        assert counts["open"] == 0

    async def test_another_alliance_is_not_there(self, town: Town):
        await town.file()
        stranger = town.http.as_(an_actor("coordinator"))
        assert done(await stranger.get("/v1/queue"))["items"] == []


class TestKept:
    async def test_a_filter_is_kept_under_its_name_for_its_coordinator(self, town: Town):
        chosen = {"clock": "past", "tier": "urgent", "needs_me": True}
        done(await town.zhou.put("/v1/queue/filters/急件", json=chosen))
        kept = done(await town.zhou.put("/v1/queue/filters/急件", json=chosen | {"tier": "complex"}))
        assert kept["items"] == [
            {"name": "急件", "filter": {"clock": "past", "tier": "complex", "needs_me": "true"}}
        ]
        other = await town.newcomer("coordinator")
        assert done(await other.get("/v1/queue/filters"))["items"] == []
        assert done(await town.zhou.post("/v1/queue/filters/急件/forget", json={}))["items"] == []

    async def test_not_more_than_the_rule_says(self, town: Town):
        own = {"value": 1, "effective_from": date(2026, 3, 12).isoformat()}
        done(await town.zhou.put("/v1/rules/kept_filters", json=own))
        done(await town.zhou.put("/v1/queue/filters/one", json={}))
        answer = await town.zhou.put("/v1/queue/filters/two", json={})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too_many_filters")
        done(await town.zhou.put("/v1/queue/filters/one", json={"stage": "hear"}))


class TestApart:
    async def test_what_was_told_apart_is_not_compared_again(self, town: Town):
        own, other = [(await town.file())["id"] for _ in range(2)]
        assert done(await town.zhou.get(f"/v1/cases/{own}/similar"))["items"]
        done(await town.zhou.post(f"/v1/cases/{own}/apart", json={"case_id": other}))
        done(await town.zhou.post(f"/v1/cases/{other}/apart", json={"case_id": own}))
        assert done(await town.zhou.get(f"/v1/cases/{own}/similar"))["items"] == []
        assert done(await town.zhou.get(f"/v1/cases/{other}/similar"))["items"] == []
        [row] = await town.rows("SELECT told_by FROM told_apart WHERE case_id IN ($1, $2)", own, other)
        assert row["told_by"] == member_of(town.zhou)

    async def test_only_by_the_coordinator_of_both(self, town: Town):
        own, other = [(await town.file())["id"] for _ in range(2)]
        asked = {"case_id": other}
        assert (await town.lin.post(f"/v1/cases/{own}/apart", json=asked)).status_code == 403
        assert (await town.sun.post(f"/v1/cases/{own}/apart", json=asked)).status_code == 404
        unknown = {"case_id": str(uuid4())}
        assert (await town.zhou.post(f"/v1/cases/{own}/apart", json=unknown)).status_code == 404
        itself = await town.zhou.post(f"/v1/cases/{own}/apart", json={"case_id": own})
        assert itself.json()["errors"][0]["pointer"] == "/case_id"
