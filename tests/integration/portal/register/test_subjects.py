"""The kinds of matters, kept in versions."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal

BAR_MUSIC: dict[str, Any] = {
    "code": "bar_music",
    "category": "noise",
    "zh-CN": "酒吧音乐",
    "en": "Bar music",
    "path": "mediation",
    "certainty": "M",
    "authorities": ["police"],
    "evidence": ["audio"],
    "law": [{"text": "GB 22337-2008", "from": None, "to": None}],
    "questions": [
        {"code": "how_often", "type": "text", "zh-CN": "多久一次", "en": "How often"},
        {
            "code": "days",
            "type": "choice",
            "multiple": True,
            "zh-CN": "星期几",
            "en": "Which days",
            "options": [{"code": "friday", "zh-CN": "星期五", "en": "Friday"}],
        },
    ],
}


PUT_BAR_MUSIC = "PUT /complaints/v1/categories/bar_music"


class TestSubjects:
    path = "/alliance/categories/bar_music"

    async def shown(self, office: Portal, path: str = path) -> Shown:
        versions = {"items": [{"entry": BAR_MUSIC, "set_by": None, "set_at": None}]}
        office.services.says("GET /complaints/v1/categories/bar_music", versions)
        office.services.says(PUT_BAR_MUSIC, {})
        return await office.browser.open(path)

    async def test_a_kind_is_changed_in_everything_it_says_as_its_next_version(self, office: Portal) -> None:
        shown = await self.shown(office)
        listed = await office.browser.open("/alliance/categories")
        assert self.path in {found.get("href") for _, found in listed.tags}
        assert "as shipped" in shown.text

        done = await office.browser.send(
            shown,
            self.path,
            en="Bars at night",
            authorities=["police", "ecology"],
            emergency="happening_now",
            call="110",
            evidence=["audio", "reading"],
            law_text=["GB 22337-2008", "生态环境法典 590"],
            law_from=["", "2026-08-15"],
            law_to=["", ""],
            off="yes",
        )

        assert done.goes_to == self.path
        assert office.services.times(PUT_BAR_MUSIC)[0].json == {
            "names": {"zh-CN": "酒吧音乐", "en": "Bars at night"},
            "path": "mediation",
            "then": None,
            "authorities": ["police", "ecology"],
            "emergency": "happening_now",
            "call": "110",
            "certainty": "M",
            "doer": "known",
            "evidence": ["audio", "reading"],
            "law": [
                {"text": "GB 22337-2008", "from": None, "to": None},
                {"text": "生态环境法典 590", "from": "2026-08-15", "to": None},
            ],
            "questions": [
                one | {"least": None, "most": None, "unit": None, "sensitive": False}
                for one in (
                    BAR_MUSIC["questions"][0] | {"options": [], "multiple": False},
                    BAR_MUSIC["questions"][1],
                )
            ],
            "off": True,
            "follows": 0,
        }

    async def test_it_is_seen_as_whoever_files_will_see_it_before_it_is_kept(self, office: Portal) -> None:
        shown = await self.shown(office)
        assert "Which days" in shown.text

        seen = await office.browser.send(
            shown, self.path, en="Bars at night", emergency="always", call="110", step="preview"
        )

        assert "Bars at night" in seen.text
        assert "it is not kept yet" in seen.text
        assert office.services.times(PUT_BAR_MUSIC) == []

    async def test_a_question_is_asked_anew_in_its_place(self, office: Portal) -> None:
        path = f"{self.path}/questions/new"
        shown = await self.shown(office, path)
        typed = {
            "zh": "是否卡拉OK",
            "en": "Is it karaoke?",
            "type": "choice",
            "option_zh": ["是", "只在周末"],
            "option_en": ["Yes", "At weekends"],
            "option_code": ["", ""],
            "after": "how_often",
        }

        seen = await office.browser.send(shown, path, **typed, step="preview")
        assert "At weekends" in seen.text
        assert office.services.times(PUT_BAR_MUSIC) == []
        done = await office.browser.send(seen, path, step="keep")

        assert done.goes_to == self.path
        sent = office.services.times(PUT_BAR_MUSIC)[0].json
        assert sent.keys() == {"questions", "follows"}
        assert [one["code"] for one in sent["questions"]] == ["how_often", "is_it_karaoke", "days"]
        assert [one["code"] for one in sent["questions"][1]["options"]] == ["yes", "at_weekends"]

    async def test_what_somebody_else_changed_meanwhile_is_said_beside_what_was_typed(
        self, office: Portal
    ) -> None:
        shown = await self.shown(office, f"{self.path}/questions/how_often")
        office.services.refuses(PUT_BAR_MUSIC, 409, "changed_meanwhile", "Somebody changed it meanwhile.")

        again = await office.browser.send(shown, f"{self.path}/questions/how_often", en="Since when exactly")

        assert "Somebody changed it meanwhile." in again.text
        assert again.form(f"{self.path}/questions/how_often").fields["en"] == ["Since when exactly"]

    async def test_a_new_kind_begins_as_another_one_is(self, office: Portal) -> None:
        await self.shown(office)
        office.services.says("PUT /complaints/v1/categories/karaoke_at_night", {})
        shown = await office.browser.open("/alliance/categories")

        done = await office.browser.send(
            shown, "/alliance/categories", zh="夜间卡拉OK", en="Karaoke at night", like="bar_music"
        )

        assert done.goes_to == "/alliance/categories/karaoke_at_night"
        [sent] = office.services.times("PUT /complaints/v1/categories/karaoke_at_night")
        assert (sent.json["category"], sent.json["law"], sent.json["certainty"]) == ("noise", [], "L")
        assert [one["code"] for one in sent.json["questions"]] == ["how_often", "days"]
