"""Before a complaint is sent, and at triage: what is known already, and how little of it is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.integration.complaints.town import A_NOISY_BAR, Town, done

LIKE = "低音炮咚咚咚,后门天天开到一两点,床都抖。"


async def offered(town: Town, client: Any, **more: Any) -> dict[str, Any]:
    form = {**A_NOISY_BAR, "description": LIKE, "place_id": str(town.shop), **more}
    return done(await client.post("/v1/cases/similar", json=form, key=None))


class TestBeforeFiling:
    async def test_a_neighbour_is_shown_place_category_day_and_reason_alone(self, town: Town):
        receipt = await town.file()
        found = await offered(town, town.sun)
        assert found == {
            "items": [
                {
                    "id": receipt["id"],
                    "place_id": str(town.shop),
                    "category": "noise",
                    "filed_on": "2026-03-12",
                    "filed_on_is_half_month": False,
                    "reasons": ["same_place", "same_subcategory", "alike_words"],
                }
            ],
            "about": None,
        }
        [count] = await town.rows("SELECT count(*) FROM cases WHERE alliance_id = $1", town.alliance_id)
        assert count["count"] == 1

    async def test_of_a_hidden_one_the_half_month_and_of_an_anonymous_one_nothing(self, town: Town):
        await town.file(identity="hidden")
        await town.file(identity="anonymous")
        [only] = (await offered(town, town.sun))["items"]
        assert (only["filed_on"], only["filed_on_is_half_month"]) == ("2026-03-01", True)

    async def test_the_shop_learns_nothing_of_what_is_said_about_it(self, town: Town):
        for _ in range(6):
            await town.file()
        assert await offered(town, town.ma) == {"items": [], "about": None}

    async def test_who_has_not_signed_in_learns_a_rounded_number_alone(self, town: Town):
        for _ in range(4):
            await town.file()
        assert (await offered(town, town.http))["about"] is None
        for _ in range(3):
            await town.file(by=town.sun)
        assert await offered(town, town.http) == {"items": [], "about": 5}

    async def test_at_most_five_and_none_that_is_over_or_elsewhere(self, town: Town):
        withdrawn = await town.file()
        done(await town.lin.post(f"/v1/cases/{withdrawn['id']}/withdraw", json={}))
        assert (await offered(town, town.sun))["items"] == []
        for _ in range(6):
            await town.file()
        assert len((await offered(town, town.sun))["items"]) == 5
        assert await offered(town, town.sun, place_id=str(uuid4())) == {"items": [], "about": None}
        assert (await offered(town, town.sun, category="sanitation", subcategory="pests"))["items"] == []

    async def test_what_is_long_past_is_another_matter(self, town: Town):
        await town.file()
        await town.later(days=91)
        assert (await offered(town, town.sun))["items"] == []


class TestAtTriage:
    async def test_the_coordinator_sees_how_alike_and_what_else_is_spoken_of(self, town: Town):
        own = await town.file()
        other = await town.file(by=town.sun, description=LIKE + "还有污水流到门口,地上滑。")
        found = done(await town.zhou.get(f"/v1/cases/{own['id']}/similar"))
        [item] = found["items"]
        assert item["id"] == other["id"]
        assert item["score"] >= 70
        assert item["other_matters"] == [{"category": "sanitation", "subcategory": "dirty_water"}]
        assert found["other_matters"] == []

    async def test_it_is_the_coordinators_alone(self, town: Town):
        case_id = (await town.file())["id"]
        assert (await town.lin.get(f"/v1/cases/{case_id}/similar")).status_code == 403
        assert (await town.sun.get(f"/v1/cases/{case_id}/similar")).status_code == 404
