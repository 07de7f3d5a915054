"""One's own calendar, the mediator's week, and who belongs to one's home or shop."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, CASE, LIN, MA, MEDIATION, REFERENCE

STAY = UUID("00000000-0000-4000-8000-00000000057a")
LINK = UUID("00000000-0000-4000-8000-00000000114c")
IN_CASE = {"case_id": str(CASE), "reference": REFERENCE}
ANSWER = IN_CASE | {"subcategory": "bar_music", "what": "answer", "on": "2026-03-10"}
VISIT = IN_CASE | {"subcategory": "bar_music", "what": "return_visit", "on": "2099-03-20"}
SESSION = IN_CASE | {
    "mediation_id": str(MEDIATION),
    "what": "session",
    "on": "2099-03-18",
    "starts_at": "2099-03-18T11:00:00Z",
    "ends_at": "2099-03-18T12:30:00Z",
    "room": "调解一室",
}
PROMISE = IN_CASE | {
    "mediation_id": str(MEDIATION),
    "what": "commitment",
    "on": "2099-03-25",
    "promise": "后门22点关",
    "owner_side": "respondent",
}
OPENED = {"alliance": "山北", "place": "118弄3号501", "kind": "lives", "expires_at": "2026-03-26T04:00:00Z"}


@pytest.fixture
async def home(portal: Portal) -> Portal:
    """Somebody's browser who trades at the bar."""
    portal.services.says("GET /complaints/v1/days", {"items": [VISIT, ANSWER]})
    portal.services.says("GET /mediation/v1/days", {"items": [SESSION, PROMISE]})
    stay = {
        "id": str(STAY),
        "place_id": str(BAR),
        "place_name": "山北路116号",
        "kind": "trades",
        "from_day": "2024-03-01",
    }
    me: dict[str, Any] = {"id": str(LIN), "display_name": "林佩珍", "grants": [], "language": "zh-CN"}
    portal.services.says("GET /alliance/v1/me", me | {"occupancies": [stay]})
    there = {"member_id": str(MA), "display_name": "马腾", "kind": "trades"}
    portal.services.says(f"GET /alliance/v1/places/{BAR}/occupants", {"on": "2026-03-12", "items": [there]})
    link = {
        "id": str(LINK),
        "kind": "works",
        "url": "http://h/join/abc",
        "expires_at": "2026-03-26T04:00:00Z",
    }
    portal.services.says(f"GET /alliance/v1/places/{BAR}/invitations", {"items": [link]})
    await portal.sign_in("merchant")
    return portal


async def test_the_calendar_goes_day_by_day_and_what_is_late_comes_first(home: Portal) -> None:
    shown = await home.browser.open("/calendar")
    found = [
        shown.text.index(words) for words in ("10 March", "18 March 2099", "20 March 2099", "25 March 2099")
    ]
    assert found == sorted(found)
    for words in ("overdue", "Mediation session", "调解一室", "Return visit", "后门22点关"):
        assert words in shown.text, words
    assert f"/calendar/{MEDIATION}.ics" in {found.get("href") for _, found in shown.tags}


async def test_the_rest_is_shown_while_one_service_is_away(home: Portal) -> None:
    home.services.refuses("GET /mediation/v1/days", 503, "unavailable", "away")
    shown = await home.browser.open("/calendar")
    assert shown.status == 200
    assert "Return visit" in shown.text


async def test_a_week_begins_on_monday_and_leads_to_its_neighbours(home: Portal) -> None:
    shown = await home.browser.open("/calendar/week?since=2099-03-18")
    asked = parse_qs(home.services.times("GET /mediation/v1/days")[-1].query)
    assert (asked["since"], asked["until"]) == (["2099-03-16"], ["2099-03-22"])
    links = {found.get("href") for _, found in shown.tags}
    assert {"/calendar/week?since=2099-03-09", "/calendar/week?since=2099-03-23"} <= links
    days = [found["datetime"] for tag, found in shown.tags if tag == "time"]
    assert days == [f"2099-03-{day}" for day in range(16, 23)]
    assert "调解一室" in shown.text


class TestHousehold:
    async def test_it_shows_who_belongs_and_the_links_that_are_open(self, home: Portal) -> None:
        shown = await home.browser.open("/household")
        for words in ("山北路116号", "马腾", "http://h/join/abc"):
            assert words in shown.text, words

    async def test_somebody_is_asked_in_and_it_is_taken_back(self, home: Portal) -> None:
        invite = f"POST /alliance/v1/places/{BAR}/invitations"
        home.services.says(invite, {}, 201)
        withdraw = f"POST /alliance/v1/invitations/{LINK}/withdraw"
        home.services.says(withdraw, {})
        shown = await home.browser.open("/household")

        done = await home.browser.send(shown, f"/household/{BAR}/invite", kind="works")

        assert home.services.times(invite)[0].json == {"kind": "works"}
        shown = await home.browser.follow(done)
        assert "The invitation stands below." in shown.text
        await home.browser.send(shown, f"/household/invitations/{LINK}/withdraw")
        assert home.services.times(withdraw)

    async def test_whoever_is_signed_in_joins_with_one_tap(self, home: Portal) -> None:
        home.services.says("GET /alliance/v1/join/tok.en", OPENED)
        home.services.says("POST /alliance/v1/join/tok.en", {"next": "You have joined."})
        shown = await home.browser.open("/join/tok.en")
        assert "118弄3号501" in shown.text
        done = await home.browser.send(shown, "/join/tok.en")
        assert done.goes_to == "/household"
        assert home.services.times("POST /alliance/v1/join/tok.en")[0].json == {}


class TestAStranger:
    async def test_they_give_a_name_and_a_contact_and_sign_in_next(self, portal: Portal) -> None:
        portal.services.says("GET /alliance/v1/join/tok.en", OPENED)
        asked = "POST /alliance/v1/join/tok.en/as-stranger"
        portal.services.says(asked, {"next": "Please sign in with this contact."})
        shown = await portal.browser.open("/join/tok.en")
        assert (await portal.browser.send(shown, "/join/tok.en", display_name="林小妹")).status == 422

        typed = {"display_name": "林小妹", "contact": "mei@shanbei.example"}
        joined = await portal.browser.send(shown, "/join/tok.en", **typed)

        assert "Please sign in with this contact." in joined.text
        assert portal.services.times(asked)[0].json == typed

    async def test_a_link_that_is_over_says_so(self, portal: Portal) -> None:
        portal.services.refuses("GET /alliance/v1/join/tok.en", 409, "invitation_over", "It is over.")
        shown = await portal.browser.open("/join/tok.en")
        assert shown.status == 409
        assert "It is over." in shown.text


async def test_a_mediator_is_shown_the_address_of_their_calendar_once(portal: Portal) -> None:
    await portal.sign_in("mediator")
    portal.services.says("GET /mediation/v1/mediations", {"items": []})
    address = "http://127.0.0.1:8000/api/mediation/v1/calendars/abc.ics"
    portal.services.says("POST /mediation/v1/mediators/me/calendar-link", {"url": address})

    shown = await portal.browser.send(await portal.browser.open("/mediations"), "/mediations/calendar-link")

    assert address in shown.text
    assert address not in (await portal.browser.open("/mediations")).text
