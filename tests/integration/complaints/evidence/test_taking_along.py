"""What was brought in a withdrawn case, in the one that takes it up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services.complaints import use_cases
from tests.integration.complaints.evidence.bringing import bring, content, listed
from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of
from tests.support.http import Client


class TestTakingAlong:
    """What was brought in a withdrawn case lies before the one that takes it up again, by the complainant's tick."""

    async def test_by_the_tick_own_words_and_pieces_lie_before_the_new_case_withheld(self, town: Town):
        first = await town.answered(description="招牌白得像白天")
        mine = await bring(town, first, note="卧室窗口")
        theirs = await bring(town, first, town.ma)
        sealed = await bring(town, first, shows_minor="true")
        done(await town.zhou.post(f"/v1/cases/{first}/evidence/{mine}/release", json={}))
        again = await self.again(town, first, carry_over=True)

        [piece] = await listed(town.lin, again)
        seen = done(await town.zhou.get(f"/v1/cases/{again}"))

        assert (piece["shown"], piece["carried"], piece["note"]) == ("withheld", True, "卧室窗口")
        assert piece["id"] not in {mine, theirs, sealed}
        assert (await content(town.lin, again, piece["id"])).content
        assert seen["earlier_words"] == "招牌白得像白天"
        # and the other side gets neither before the coordinator releases it anew
        done(await town.zhou.post(f"/v1/cases/{again}/accept", json={"shared_summary": "招牌夜间太亮"}))
        assert await listed(town.ma, again) == []
        assert (await content(town.ma, again, piece["id"])).status_code == 404
        assert done(await town.ma.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_without_the_tick_nothing_is_taken_along(self, town: Town):
        first = await town.answered()
        await bring(town, first)
        again = await self.again(town, first)
        assert await listed(town.lin, again) == []
        assert done(await town.lin.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_whoever_was_added_takes_along_what_they_brought_and_not_the_first_words(self, town: Town):
        first = await town.accepted(description="我家窗口被照得睡不着")
        await bring(town, first)
        beside = {"member_id": str(member_of(town.sun)), "side": "complainant", "capacity": "neighbour"}
        done(await town.zhou.post(f"/v1/cases/{first}/add-party", json=beside))
        await bring(town, first, town.sun, note="孙家的照片")
        again = await self.again(town, first, town.sun, carry_over=True)
        assert [one["note"] for one in await listed(town.sun, again)] == ["孙家的照片"]
        assert done(await town.sun.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_a_case_without_a_name_lends_nothing_to_one_that_bears_it(self, town: Town):
        first = await town.accepted(identity="hidden")
        await bring(town, first)
        done(await town.lin.post(f"/v1/cases/{first}/withdraw", json={}))
        form = {"continues": await self.reference(town.lin, first), "carry_over": True}
        problem = done(await self.files(town.lin, town, **form), 422)
        assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
            ("/carry_over", "carried_betrays")
        ]
        done(await self.files(town.lin, town, **form, identity="hidden"), 201)

    async def test_the_tick_alone_is_refused_at_its_field(self, town: Town):
        problem = done(await self.files(town.lin, town, carry_over=True), 422)
        assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
            ("/carry_over", "nothing_to_carry")
        ]

    async def test_the_bytes_stay_while_the_later_case_knows_of_them(self, town: Town, folder: Path):
        first = await town.accepted()
        sealed = await bring(town, first)
        again = await self.again(town, first, carry_over=True)
        done(await town.zhou.post(f"/v1/cases/{first}/evidence/{sealed}/seal", json={}))
        await town.later(days=40)
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 0
        [piece] = await listed(town.lin, again)
        assert (await content(town.lin, again, piece["id"])).status_code == 200

    async def again(self, town: Town, first: str, by: Client | None = None, **form: Any) -> str:
        """Withdrawn by 林, and filed again as its continuation."""
        done(await town.lin.post(f"/v1/cases/{first}/withdraw", json={}))
        who = by or town.lin
        receipt = done(await self.files(who, town, continues=await self.reference(who, first), **form), 201)
        case_id: str = receipt["id"]
        return case_id

    async def files(self, who: Client, town: Town, **form: Any) -> Any:
        return await who.post("/v1/cases", json={**A_NOISY_BAR, "place_id": str(town.shop), **form})

    async def reference(self, who: Client, case_id: str) -> str:
        reference: str = done(await who.get(f"/v1/cases/{case_id}"))["reference"]
        return reference
