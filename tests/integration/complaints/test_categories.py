"""Categories as data: their questions are answered at filing, and an alliance changes them while it runs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.integration.complaints.test_steps import notice_is_read
from tests.integration.complaints.town import Town, done, member_of
from tests.support.http import Client
from tests.support.tokens import an_actor

DETAILS = {
    "noise_source": "music",
    "hours": {"from": "22:00", "to": "02:00"},
    "days": ["friday", "saturday"],
    "where_heard": ["bedroom"],
    "reading_db": 54.5,
    "reading_by": "phone",
    "talked_to": True,
    "bass_or_melody": "bass",
    "vulnerable": ["infant"],
}


async def subcategory(by: Client, code: str = "bar_music", *, language: str = "en") -> dict[str, Any] | None:
    answer = done(await by.get("/v1/categories", headers={"Accept-Language": language}))
    every = (one for category in answer["categories"] for one in category["subcategories"])
    return next((one for one in every if one["code"] == code), None)


async def details_of(by: Client, case_id: str) -> dict[str, Any] | None:
    case = done(await by.get(f"/v1/cases/{case_id}", headers={"Accept-Language": "en"}))
    shown = case["details"]
    return None if shown is None else {one["code"]: one["said"] for one in shown}


class TestDetails:
    async def test_answers_are_kept_and_read_by_those_who_may_read_words(self, town: Town):
        case_id = await town.accepted(details=DETAILS)
        await notice_is_read(town, case_id)
        said = await details_of(town.lin, case_id)
        assert said is not None
        assert said["hours"] == "22:00–02:00"
        assert said["days"] == "Friday, Saturday"
        assert said["reading_db"] == "54.5 dB(A)"
        assert await details_of(town.zhou, case_id) == said
        assert await details_of(town.ma, case_id) is None
        assert await details_of(town.xu, case_id) is None
        for event in await town.told(case_id):
            assert b"infant" not in event.value()

    async def test_none_must_be_answered(self, town: Town):
        case_id = (await town.file())["id"]
        assert await details_of(town.lin, case_id) == {}

    @pytest.mark.parametrize(
        ("details", "pointer", "code"),
        [
            ({"noise_source": "ufo"}, "/details/noise_source", "answer_not_offered"),
            ({"cylinders": 3}, "/details/cylinders", "question_unknown"),
            ({"reading_db": 900}, "/details/reading_db", "answer_out_of_range"),
        ],
    )
    async def test_what_does_not_fit_is_named(self, town: Town, details: Any, pointer: str, code: str):
        form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "details": details}
        answer = done(await town.lin.post("/v1/cases", json={**form, "place_id": str(town.shop)}), 422)
        assert [(one["pointer"], one["code"]) for one in answer["errors"]] == [(pointer, code)]


class TestVersions:
    async def test_the_next_filing_has_the_new_questions_and_an_old_case_keeps_its_own(self, town: Town):
        old = (await town.file(details={"noise_source": "music"}))["id"]
        question = {"code": "karaoke", "type": "bool", "zh-CN": "是否卡拉OK", "en": "Is it karaoke"}
        change = {"names": {"zh-CN": "酒吧、卡拉OK", "en": "Bars and karaoke"}, "questions": [question]}
        set_ = done(await town.zhou.put("/v1/categories/bar_music", json=change))
        assert (set_["version"], [one["code"] for one in set_["questions"]]) == (1, ["karaoke"])
        new = (await town.file(description="又来了。", details={"karaoke": True}))["id"]
        assert await details_of(town.lin, old) == {"noise_source": "Music"}
        assert await details_of(town.lin, new) == {"karaoke": "yes"}
        done(await town.zhou.put("/v1/categories/bar_music", json={"questions": []}))
        assert await details_of(town.lin, new) == {"karaoke": "yes"}

    async def test_what_is_not_named_stays_as_it_is(self, town: Town):
        before = await subcategory(town.zhou)
        done(await town.zhou.put("/v1/categories/bar_music", json={"path": "direct", "then": "mediation"}))
        after = await subcategory(town.zhou)
        assert before is not None
        assert after == {**before, "usual_path": "direct", "then": "mediation", "version": 1}

    async def test_one_switched_off_is_not_offered_and_its_cases_go_on(self, town: Town):
        case_id = await town.accepted()
        done(await town.zhou.put("/v1/categories/bar_music", json={"off": True}))
        assert await subcategory(town.lin) is None
        for by, path, listed in [
            (town.zhou, "/v1/categories", False),
            (town.zhou, "/v1/categories?off=true", True),
            (town.lin, "/v1/categories?off=true", False),
        ]:
            codes = {one["code"] for one in done(await by.get(path))["categories"][0]["subcategories"]}
            assert ("bar_music" in codes) is listed
        form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_text": "116号"}
        refused = done(await town.lin.post("/v1/cases", json=form), 422)
        assert refused["errors"][0]["code"] == "unknown_subcategory"
        answer = {"kind": "agree", "text": "好。"}
        done(await town.ma.post(f"/v1/cases/{case_id}/answer", json=answer))
        done(await town.zhou.put("/v1/categories/bar_music", json={"off": False}))
        await town.file(description="又来了。")

    async def test_a_new_one_is_added_and_calls_for_help(self, town: Town):
        change = {
            "category": "other",
            "names": {"zh-CN": "电梯困人", "en": "Stuck in a lift"},
            "path": "authority",
            "authorities": ["fire_rescue"],
            "emergency": "always",
            "call": "119",
        }
        done(await town.zhou.put("/v1/categories/lift_stuck", json=change))
        receipt = await town.file(category="other", subcategory="lift_stuck")
        assert receipt["emergency"]["call"][0] == "119"

    async def test_another_alliance_has_its_own(self, town: Town):
        done(await town.zhou.put("/v1/categories/bar_music", json={"off": True}))
        stranger = town.http.as_(an_actor("resident", alliance_id=uuid4()))
        assert await subcategory(stranger) is not None
        assert await subcategory(town.http) is not None

    @pytest.mark.parametrize(
        ("code", "change", "pointer"),
        [
            ("exit_blocked", {"emergency": "never", "call": None}, "/emergency"),
            ("bar_music", {"authorities": ["navy"]}, "/authorities/0"),
            ("bar_music", {"path": "court"}, "/path"),
            (
                "bar_music",
                {"questions": [{"code": "a", "type": "choice", "zh-CN": "a", "en": "a"}]},
                "/questions/0",
            ),
            ("brand_new", {"path": "direct"}, "/category"),
            ("bar_music", {"category": "other"}, "/category"),
        ],
    )
    async def test_what_is_wrong_is_named(self, town: Town, code: str, change: Any, pointer: str):
        answer = done(await town.zhou.put(f"/v1/categories/{code}", json=change), 422)
        assert answer["errors"][0]["pointer"] == pointer

    async def test_a_code_that_was_asked_before_stays_the_same_kind_of_question(self, town: Town):
        question = {"code": "karaoke", "type": "bool", "zh-CN": "是否卡拉OK", "en": "Is it karaoke"}
        done(await town.zhou.put("/v1/categories/bar_music", json={"questions": [question]}))
        done(await town.zhou.put("/v1/categories/bar_music", json={"questions": []}))
        change = {"questions": [{**question, "type": "text"}]}
        answer = done(await town.zhou.put("/v1/categories/bar_music", json=change), 422)
        assert answer["errors"][0]["pointer"] == "/questions/0/type"
        assert answer["errors"][0]["code"] == "question_kind_stays"

    async def test_a_change_written_on_an_older_version_undoes_nobodys(self, town: Town):
        done(await town.zhou.put("/v1/categories/bar_music", json={"path": "direct", "follows": 0}))
        late = await town.zhou.put("/v1/categories/bar_music", json={"path": "topic", "follows": 0})
        assert done(late, 409)["type"].endswith("/changed_meanwhile")
        row = await subcategory(town.zhou)
        assert row is not None
        assert (row["usual_path"], row["version"]) == ("direct", 1)

    async def test_they_are_set_by_those_who_may_and_the_history_is_kept(self, town: Town):
        for nobody in (town.lin, town.ma, town.gu):
            done(await nobody.put("/v1/categories/bar_music", json={"off": True}), 403)
            done(await nobody.get("/v1/categories/bar_music"), 403)
        done(await town.zhou.put("/v1/categories/bar_music", json={"path": "direct"}))
        done(await town.zhou.put("/v1/categories/bar_music", json={"path": "topic"}))
        versions = done(await town.zhou.get("/v1/categories/bar_music"))["items"]
        assert [(one["entry"]["version"], one["entry"]["path"]) for one in versions] == [
            (2, "topic"),
            (1, "direct"),
            (0, "mediation"),
        ]
        assert versions[0]["set_by"] == str(member_of(town.zhou))
        with pytest.raises(asyncpg.RaiseError):
            await town.rows("DELETE FROM subcategory_versions RETURNING code")


class TestSight:
    async def test_staff_see_that_a_remit_is_to_be_checked_and_parties_the_name_alone(self, town: Town):
        staff = await subcategory(town.zhou, language="zh-CN")
        party = await subcategory(town.lin, language="zh-CN")
        assert staff is not None
        assert party is not None
        assert (staff["certainty"], staff["unverified"]) == ("M", "待核实")
        assert any("GB 22337-2008" in law for law in staff["law"])
        assert (party["certainty"], party["unverified"], party["law"]) == (None, None, None)
        assert party["authorities"][0]["label"] == "生态环境"

    async def test_the_law_is_that_of_the_day(self, town: Town):
        answer = done(await town.zhou.get("/v1/categories?on=2026-08-15"))
        [bar] = [one for one in answer["categories"][0]["subcategories"] if one["code"] == "bar_music"]
        assert bar["law"][0].startswith("生态环境法典")
