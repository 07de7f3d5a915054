"""A whole table of places, entered some lines at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.register.entries import A_BAR, A_BUILDING
from tests.integration.portal.town import BLOCK, BUILDING, MA


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
