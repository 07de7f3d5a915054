"""Members: found, entered, changed and ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.register.entries import MA_TENG, STAY, asked
from tests.integration.portal.town import BAR, BUILDING, MA


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
