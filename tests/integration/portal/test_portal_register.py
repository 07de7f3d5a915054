"""Those who keep the register: building files, members, rules and the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BLOCK, BUILDING, MA
from tests.support.tokens import ALLIANCE

STAY = UUID("00000000-0000-4000-8000-00000000057a")
A_BAR = {
    "id": str(BAR),
    "kind": "shop",
    "name": "山北路116号 夜猫小酒馆",
    "block_id": str(BLOCK),
    "building_id": str(BUILDING),
    "parent_id": str(BUILDING),
    "trade": "bar",
    "adjacent": [{"place_id": str(BUILDING), "name": "118弄3号", "kind": "above", "distance_m": 0}],
}
A_BUILDING = {"id": str(BUILDING), "kind": "building", "name": "118弄3号", "building_id": str(BUILDING)}
A_BLOCK = {"id": str(BLOCK), "kind": "block", "name": "118弄", "block_id": str(BLOCK)}
HERE = {
    "member_id": str(MA),
    "display_name": "马腾",
    "kind": "trades",
    "from_day": "2024-03-01",
    "occupancy_id": str(STAY),
}
MA_TENG: dict[str, Any] = {
    "id": str(MA),
    "display_name": "马腾",
    "language": "zh-CN",
    "email": "ma@shanbei.example",
    "phone": None,
    "grants": [{"role": "merchant", "place_id": None}],
    "occupancies": [
        {
            "id": str(STAY),
            "place_id": str(BAR),
            "place_name": "山北路116号",
            "kind": "trades",
            "from_day": "2024-03-01",
        }
    ],
}
RULE = {
    "rule_id": "triage",
    "value": 2,
    "unit": "working_days",
    "source": "alliance setting",
    "effective_from": "2020-07-21",
    "certainty": "L",
    "settable": True,
}
LAW = RULE | {"rule_id": "mediation", "value": 1, "unit": "months", "certainty": "H", "settable": False}


@pytest.fixture
async def office(portal: Portal) -> Portal:
    """An administrator's browser, with the bar's file and its keeper's entry."""
    for place, found in ((BAR, A_BAR), (BUILDING, A_BUILDING), (BLOCK, A_BLOCK)):
        portal.services.says(f"GET /alliance/v1/places/{place}", found)
        occupants = {"on": "2026-03-12", "items": [HERE] if place == BAR else []}
        portal.services.says(f"GET /alliance/v1/places/{place}/occupants", occupants)
    portal.services.says("GET /alliance/v1/members", {"items": [MA_TENG], "next_cursor": None})
    portal.services.says(f"GET /alliance/v1/members/{MA}", MA_TENG)
    await portal.sign_in("operator")
    return portal


def asked(portal: Portal, what: str) -> dict[str, list[str]]:
    return parse_qs(portal.services.times(what)[-1].query)


class TestPlaces:
    async def test_a_file_shows_what_it_is_what_is_beside_it_and_who_is_there(self, office: Portal) -> None:
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        for words in ("夜猫小酒馆", "马腾", "118弄3号", "above it", "since"):
            assert words in shown.text, words
        await office.browser.open(f"/alliance/places/{BAR}?on=2025-01-01")
        assert asked(office, f"GET /alliance/v1/places/{BAR}/occupants") == {"on": ["2025-01-01"]}

    @pytest.mark.parametrize(
        ("act", "typed", "path", "sent"),
        [
            (
                "change",
                {"name": "山北路116号 面馆", "trade": "noodles"},
                f"/v1/places/{BAR}/change",
                {"name": "山北路116号 面馆", "trade": "noodles"},
            ),
            (
                "adjacent",
                {"other": str(BUILDING), "lies": "behind", "distance_m": "4"},
                f"/v1/places/{BAR}/adjacent",
                {"place_id": str(BUILDING), "kind": "behind", "distance_m": 4.0},
            ),
        ],
    )
    async def test_what_is_changed_is_one_command(
        self, office: Portal, act: str, typed: dict[str, str], path: str, sent: dict[str, Any]
    ) -> None:
        office.services.says(f"POST /alliance{path}", A_BAR)
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        done = await office.browser.send(shown, f"/alliance/places/{BAR}/{act}", **typed)
        assert done.goes_to == f"/alliance/places/{BAR}"
        assert office.services.times(f"POST /alliance{path}")[0].json == sent
        assert "Kept." in (await office.browser.follow(done)).text

    async def test_the_administrator_sees_that_a_noise_class_is_missing_but_does_not_enter_it(
        self, office: Portal
    ) -> None:
        shown = await office.browser.open(f"/alliance/places/{BLOCK}")
        assert "Not confirmed" in shown.text
        assert f"/alliance/places/{BLOCK}/zone" not in shown.text

    async def test_the_noise_class_of_a_block_is_entered_by_the_coordinator_and_shown(
        self, portal: Portal
    ) -> None:
        page, address = f"/alliance/places/{BLOCK}", f"/complaints/v1/blocks/{BLOCK}/zone-class"
        known = {"block_id": str(BLOCK), "zone_class": "2", "source": "区划图 2024"}
        portal.services.says(f"GET /alliance/v1/places/{BLOCK}", A_BLOCK)
        portal.services.says(f"GET /alliance/v1/places/{BLOCK}/occupants", {"on": "2026-03-12", "items": []})
        portal.services.says(f"PUT {address}", known)
        await portal.sign_in("coordinator")

        shown = await portal.browser.open(page)
        empty = await portal.browser.send(shown, f"{page}/zone", zone_class="2", source="")
        assert empty.status == 422
        done = await portal.browser.send(shown, f"{page}/zone", zone_class="2", source="区划图 2024")

        [put] = portal.services.times(f"PUT {address}")
        assert put.json == {"zone_class": "2", "source": "区划图 2024"}
        portal.services.says(f"GET {address}", known)
        kept = await portal.browser.follow(done)
        assert "Kept." in kept.text
        assert "Read from: 区划图 2024" in kept.text

    async def test_only_a_block_has_a_noise_class(self, office: Portal) -> None:
        shown = await office.browser.open(f"/alliance/places/{BUILDING}")
        assert "Noise class" not in shown.text

    async def test_a_flat_is_added_to_its_building(self, office: Portal) -> None:
        office.services.says("POST /alliance/v1/places", A_BAR, 201)
        shown = await office.browser.open(f"/alliance/places/{BUILDING}")
        action = f"/alliance/places/{BUILDING}/add"
        await office.browser.send(shown, action, kind="unit", name="118弄3号701")
        sent = {"kind": "unit", "name": "118弄3号701", "parent_id": str(BUILDING)}
        assert office.services.times("POST /alliance/v1/places")[0].json == sent

    async def test_what_the_register_refuses_is_said_in_the_form_that_was_sent(self, office: Portal) -> None:
        errors = [{"pointer": "/name", "detail": "Too long."}]
        path = f"POST /alliance/v1/places/{BAR}/change"
        office.services.refuses(path, 422, "invalid_request", "Look at the fields.", errors=errors)
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        again = await office.browser.send(shown, f"/alliance/places/{BAR}/change", name="长" * 80)
        assert again.status == 422
        assert "Too long." in again.text

    async def test_places_are_found_by_words_and_kind(self, office: Portal) -> None:
        shown = await office.browser.open("/alliance/places?q=116&kind=shop")
        assert "夜猫小酒馆" in shown.text
        assert asked(office, "GET /alliance/v1/places") == {"q": ["116"], "kind": ["shop"]}


class TestMembers:
    async def test_members_are_found_and_those_who_left_alone_where_asked(self, office: Portal) -> None:
        shown = await office.browser.open("/alliance/members?q=马&role=merchant")
        assert "马腾" in shown.text
        wanted = {"q": ["马"], "role": ["merchant"], "former": ["false"]}
        assert asked(office, "GET /alliance/v1/members") == wanted
        await office.browser.open("/alliance/members?former=true")
        assert asked(office, "GET /alliance/v1/members") == {"former": ["true"]}

    async def test_somebody_is_entered_with_role_and_home_after_looking_it_up(self, office: Portal) -> None:
        office.services.says("POST /alliance/v1/members", MA_TENG, 201)
        shown = await office.browser.open("/alliance/members")
        typed = {
            "display_name": "马腾",
            "email": "ma@shanbei.example",
            "role": "merchant",
            "place_text": "116",
        }
        looked = await office.browser.send(shown, "/alliance/members/new", step="places", **typed)
        assert not office.services.times("POST /alliance/v1/members")
        assert looked.form("/alliance/members/new").fields["email"] == ["ma@shanbei.example"]

        done = await office.browser.send(looked, "/alliance/members/new", place_id=str(BAR), stay="trades")

        assert done.goes_to == f"/alliance/members/{MA}"
        assert office.services.times("POST /alliance/v1/members")[0].json == {
            "display_name": "马腾",
            "email": "ma@shanbei.example",
            "language": "zh-CN",
            "grants": [{"role": "merchant", "place_id": None}],
            "occupancies": [{"place_id": str(BAR), "kind": "trades"}],
        }

    @pytest.mark.parametrize(
        ("act", "typed", "path", "sent"),
        [
            (
                "grant",
                {"role": "building_captain", "scope": str(BUILDING)},
                f"/v1/members/{MA}/grants",
                {"role": "building_captain", "place_id": str(BUILDING)},
            ),
            (
                "withdraw",
                {},
                f"/v1/members/{MA}/grants/withdraw",
                {"role": "merchant", "place_id": None},
            ),
            (
                "end_stay",
                {"until_day": "2026-03-31"},
                f"/v1/occupancies/{STAY}/end",
                {"until_day": "2026-03-31"},
            ),
            (
                "contact",
                {"display_name": "马腾", "email": "", "phone": "13800000001"},
                f"/v1/members/{MA}/contact",
                {"display_name": "马腾", "phone": "13800000001", "language": "zh-CN"},
            ),
            ("end", {"on": "2026-03-31", "sure": "yes"}, f"/v1/members/{MA}/end", {"on": "2026-03-31"}),
        ],
    )
    async def test_each_change_is_one_command(
        self, office: Portal, act: str, typed: dict[str, str], path: str, sent: dict[str, Any]
    ) -> None:
        office.services.says(f"POST /alliance{path}", MA_TENG)
        shown = await office.browser.open(f"/alliance/members/{MA}")
        done = await office.browser.send(shown, f"/alliance/members/{MA}/{act}", **typed)
        assert done.goes_to == f"/alliance/members/{MA}"
        assert office.services.times(f"POST /alliance{path}")[0].json == sent

    async def test_a_relative_is_found_by_name_and_entered(self, office: Portal) -> None:
        brother = {**MA_TENG, "id": str(BAR), "display_name": "马跃"}
        office.services.says("GET /alliance/v1/members", {"items": [MA_TENG, brother], "next_cursor": None})
        office.services.says(f"POST /alliance/v1/members/{MA}/kin", MA_TENG)
        act = f"/alliance/members/{MA}/kin"
        shown = await office.browser.open(f"/alliance/members/{MA}")

        looked = await office.browser.send(shown, act, step="relatives", relative="马")

        assert asked(office, "GET /alliance/v1/members") == {"q": ["马"]}
        assert "马跃" in looked.text
        assert not office.services.times(f"POST /alliance/v1/members/{MA}/kin")
        done = await office.browser.send(looked, act, relative_id=str(BAR))
        assert done.goes_to == f"/alliance/members/{MA}"
        [sent] = office.services.times(f"POST /alliance/v1/members/{MA}/kin")
        assert sent.json == {"relative_id": str(BAR)}

    async def test_nobodys_membership_ends_before_they_were_told(self, office: Portal) -> None:
        shown = await office.browser.open(f"/alliance/members/{MA}")
        again = await office.browser.send(shown, f"/alliance/members/{MA}/end", on="2026-03-31")
        assert again.status == 422
        assert not office.services.times(f"POST /alliance/v1/members/{MA}/end")


class TestCharter:
    async def test_rules_stand_with_source_and_certainty(self, office: Portal) -> None:
        for service in ("complaints", "mediation", "notifications"):
            office.services.says(f"GET /{service}/v1/rules", {"items": [RULE, LAW]})
        shown = await office.browser.open("/alliance/rules")
        for words in ("Decision on taking it on", "2 working days", "alliance setting", "read in the source"):
            assert words in shown.text, words

    async def test_a_rule_is_changed_from_a_day_on_with_a_reason(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/triage", {"items": [RULE]})
        put = "PUT /complaints/v1/rules/triage"
        office.services.says(put, RULE | {"own": True, "value": 3})
        path = "/alliance/rules/complaints/triage"
        shown = await office.browser.open(path)
        assert (await office.browser.send(shown, path, value="3")).status == 422

        reason = {"value": "3", "source": "联盟会议决定", "effective_from": "2026-04-01"}
        done = await office.browser.send(shown, path, **reason)

        assert done.goes_to == path
        assert office.services.times(put)[0].json == {
            "value": 3,
            "source": "联盟会议决定",
            "effective_from": "2026-04-01",
        }

    async def test_what_was_typed_comes_back_after_signing_in_again(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/triage", {"items": [RULE]})
        path = "/alliance/rules/complaints/triage"
        shown = await office.browser.open(path)
        office.clock.advance(timedelta(minutes=10))
        office.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")

        sent = await office.browser.send(shown, path, source="全体会议决定")
        await office.sign_in("operator")

        assert sent.goes_to == f"/sign-in?back={path.replace('/', '%2F')}"
        assert (await office.browser.open(path)).form(path).fields["source"] == ["全体会议决定"]

    async def test_what_a_law_fixes_is_not_offered(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/mediation", {"items": [LAW]})
        shown = await office.browser.open("/alliance/rules/complaints/mediation")
        assert "A law fixes this" in shown.text
        assert not shown.has_form("/alliance/rules/complaints/mediation")

    async def test_a_day_of_the_calendar_is_set_with_its_source(self, office: Portal) -> None:
        day = {"day": "2026-05-01", "kind": "rests", "source": "seed", "own": False}
        year = {"year": 2026, "provisional": True, "days": [day]}
        office.services.says("GET /alliance/v1/calendar", year)
        put = "PUT /alliance/v1/calendar/2026-05-02"
        office.services.says(put, year)
        shown = await office.browser.open("/alliance/calendar")
        assert "provisional" in shown.text

        done = await office.browser.send(
            shown, "/alliance/calendar", day="2026-05-02", kind="rests", source="国务院通知"
        )

        assert done.goes_to == "/alliance/calendar?year=2026"
        assert office.services.times(put)[0].json == {"kind": "rests", "source": "国务院通知"}


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


@pytest.mark.parametrize(
    "path",
    [
        "/alliance/categories",
        "/alliance",
        "/alliance/places",
        "/alliance/places/import",
        f"/alliance/places/{BAR}",
        "/alliance/members",
        f"/alliance/members/{MA}",
        "/alliance/rules",
        "/alliance/calendar",
    ],
)
async def test_nobody_else_keeps_the_register(portal: Portal, path: str) -> None:
    await portal.sign_in("resident")
    shown = await portal.browser.open(path)
    assert shown.status == 404
    assert path not in {found.get("href") for _, found in shown.tags}


async def test_the_alliance_is_renamed_and_says_how_it_is_reached(portal: Portal) -> None:
    await portal.sign_in("operator")
    kept = {"id": str(ALLIANCE), "name": "山北", "contact": None, "blocks": []}
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", kept)
    renamed = f"PUT /alliance/v1/alliances/{ALLIANCE}"
    wrong = [{"pointer": "/contact", "code": "too_long", "detail": "At most 120 characters."}]
    portal.services.refuses(renamed, 422, "invalid", "Please look again.", errors=wrong)
    shown = await portal.browser.open("/alliance")

    told = {"name": "山北商居联盟", "contact": "居委会一楼"}
    again = await portal.browser.send(shown, "/alliance/rename", **told)
    assert "How it is reached – At most 120 characters." in again.text
    assert again.form("/alliance/rename").fields["name"] == [told["name"]]
    portal.services.is_away("alliance")
    again = await portal.browser.send(again, "/alliance/rename", **told | {"contact": ""})
    fields = again.form("/alliance/rename").fields
    assert (again.status, fields["name"], fields["contact"]) == (503, [told["name"]], [""])
    portal.services.says(renamed, kept | told)
    done = await portal.browser.send(again, "/alliance/rename", **told)

    assert done.goes_to == "/alliance"
    assert portal.services.times(renamed)[-1].json == told


class TestATableOfPlaces:
    HERE, ADDED, THERE = "/alliance/places/import", "POST /alliance/v1/places", "GET /alliance/v1/places"
    ROOM: ClassVar[dict[str, str]] = {"id": str(MA), "kind": "room", "name": "118弄3号活动室"}

    async def office(self, portal: Portal) -> Shown:
        await portal.sign_in("coordinator")
        known = [A_BUILDING | {"parent_id": str(BLOCK)}, A_BAR]
        portal.services.says(self.THERE, {"items": known, "next_cursor": None})
        portal.services.says(self.ADDED, self.ROOM, 201)
        return await portal.browser.open(self.HERE)

    async def test_is_entered_some_lines_at_a_time_and_says_how_far_it_is(self, portal: Portal) -> None:
        table = "\n".join(f"房屋\t118弄3号{number}\t118弄3号" for number in range(101, 126))
        shown = await self.office(portal)

        first = await portal.browser.send(shown, self.HERE, rows=table)

        assert "20 of 25 lines done" in first.text
        [bar] = [found for tag, found in first.tags if tag == "progress"]
        assert (bar["value"], bar["max"]) == ("20", "25")
        assert [found.get("hx-trigger") for tag, found in first.tags if found.get("action") == self.HERE] == [
            "load"
        ]
        last = await portal.browser.send(first, self.HERE)
        assert "25 of 25 lines done" in last.text
        sent = portal.services.times(self.ADDED)
        assert sent[24].json == {"kind": "unit", "name": "118弄3号125", "parent_id": str(BUILDING)}
        assert len({one.headers["idempotency-key"] for one in sent}) == 25
        await portal.browser.send(shown, self.HERE, rows=table)
        again = portal.services.times(self.ADDED)[25:]
        assert [one.headers["idempotency-key"] for one in again] == [
            one.headers["idempotency-key"] for one in sent[:20]
        ]

    async def test_says_of_each_line_that_is_not_taken_why(self, portal: Portal) -> None:
        shown = await self.office(portal)
        wrong = [{"pointer": "/trade", "code": "x", "detail": "No such trade."}]
        portal.services.refuses(self.ADDED, 422, "invalid", "Look again.", errors=wrong)
        lines = [
            "Shop, 山北路116号 夜猫小酒馆, 118弄3号, bar",
            "118弄3号101",
            "flat, 9号101, 9号",
            "shop, 山北路2号, 118弄3号, bra",
        ]

        done = await portal.browser.send(shown, self.HERE, rows="\n".join(lines))

        assert "0 entered, 1 were there already, 3 not taken." in done.text
        for why in ("A line needs", "not in the register", "No such trade."):
            assert why in done.text
        assert done.form(self.HERE).fields["rows"] == ["\n".join(lines[1:])]

    async def test_waits_where_it_is_while_the_register_is_away(self, portal: Portal) -> None:
        shown = await self.office(portal)
        portal.services.is_away("alliance")
        away = await portal.browser.send(shown, self.HERE, rows="房屋,118弄3号101,118弄3号")
        assert away.status == 503
        assert away.form(self.HERE).fields["rows"] == ["房屋,118弄3号101,118弄3号"]
        assert away.form(self.HERE).fields["key"] == shown.form(self.HERE).fields["key"]

    async def test_goes_on_after_signing_in_again_and_no_script_puts_the_sign_in_into_the_page(
        self, portal: Portal
    ) -> None:
        shown = await self.office(portal)
        portal.clock.advance(timedelta(minutes=10))
        portal.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")
        fields = shown.form(self.HERE).fields | {"rows": ["房屋,118弄3号101,118弄3号"]}

        led = await portal.browser.post(self.HERE, fields, headers={"HX-Request": "true"})

        assert (led.status, led.goes_to) == (200, "")
        assert led.answer.headers["hx-redirect"] == "/sign-in?back=%2Falliance%2Fplaces%2Fimport"
        assert (await self.office(portal)).form(self.HERE).fields["rows"] == fields["rows"]
