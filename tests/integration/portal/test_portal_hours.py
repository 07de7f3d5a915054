"""Mediators' hours and profile, and the committee's rooms, as pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BUILDING, CASE, LIN, MEDIATION, REFERENCE

HOURS, PROFILE = "/mediators/me/hours", "/mediators/me/profile"
KEEP_HOURS = "PUT /mediation/v1/mediators/me/availability"
KEEP_PROFILE = "PUT /mediation/v1/mediators/me/profile"
FRIEND = str(uuid4())


def has_hours(portal: Portal) -> None:
    weekly = [{"weekday": 1, "from": "13:00:00", "to": "18:00:00"}]
    off = {"day": "2099-05-01", "available": False, "from": "00:00:00", "to": "23:59:59.999999"}
    own = {
        "id": str(LIN),
        "languages": ["wuu"],
        "topics": ["noise"],
        "availability": {"weekly": weekly, "exceptions": [off]},
    }
    portal.services.says("GET /mediation/v1/mediators", {"items": [own]})
    portal.services.says(KEEP_HOURS, {})


async def test_a_mediator_changes_their_hours_and_the_rest_stays(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_hours(portal)

    shown = await portal.browser.open(HOURS)
    assert shown.form(HOURS).fields["from_1"] == ["13:00", ""]
    typed = {"from_4": ["09:00", ""], "to_4": ["12:00", ""]}
    done = await portal.browser.send(shown, HOURS, **typed)

    [sent] = portal.services.times(KEEP_HOURS)
    assert sent.json == {
        "weekly": [
            {"weekday": 1, "from": "13:00", "to": "18:00"},
            {"weekday": 4, "from": "09:00", "to": "12:00"},
        ],
        "exceptions": [{"day": "2099-05-01", "available": False}],
    }
    assert sent.headers["idempotency-key"]
    assert "Kept." in (await portal.browser.follow(done)).text


async def test_hours_that_run_backward_are_said_at_their_row_and_nothing_is_lost(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_hours(portal)

    shown = await portal.browser.open(HOURS)
    typed = {"from_4": ["12:00"], "to_4": ["09:00"]}
    again = await portal.browser.send(shown, HOURS, **typed)

    assert again.status == 422
    assert ("p", {"class": "wrong", "id": "hours-4-0-wrong"}) in again.tags
    assert again.form(HOURS).fields["to_4"] == ["09:00", ""]
    assert again.form(HOURS).fields["from_1"] == ["13:00", ""]
    assert not portal.services.times(KEEP_HOURS)


async def test_what_the_service_refuses_is_said_and_an_outage_keeps_what_was_typed(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_hours(portal)
    wrong = [{"pointer": "/weekly/0", "detail": "Hours end after they start.", "code": "value_error"}]
    portal.services.refuses(KEEP_HOURS, 422, "invalid", "Please look again.", errors=wrong)

    shown = await portal.browser.open(HOURS)
    again = await portal.browser.send(shown, HOURS)
    assert "Hours end after they start." in again.text

    portal.services.refuses(KEEP_HOURS, 503, "unavailable", "away")
    again = await portal.browser.send(shown, HOURS, from_2=["10:00"], to_2=["11:00"])
    assert again.status == 503
    assert again.form(HOURS).fields["from_2"] == ["10:00", ""]
    assert again.form(HOURS).fields["key"] == shown.form(HOURS).fields["key"]


async def test_nobody_but_a_mediator_has_hours(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /mediation/v1/mediators", {"items": []})
    assert (await portal.browser.open(HOURS)).status == 404


def has_profile(portal: Portal, path: str = PROFILE, **more: Any) -> None:
    said = {
        "languages": ["wuu"],
        "topics": [],
        "training": [{"code": "old_course", "on": "2020-01-01"}],
        "limit": 3,
        "members": [FRIEND],
        "places": [str(BAR)],
    }
    portal.services.says(f"GET /mediation/v1{path}", said | more)
    portal.services.says(f"PUT /mediation/v1{path}", {})


async def test_a_profile_is_shown_as_kept_and_changed(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_profile(portal)

    shown = await portal.browser.open(PROFILE)
    assert "山北路116号 夜猫小酒馆" in shown.text
    typed = {
        "languages": ["wuu", "cmn"],
        "topics": ["noise"],
        "course": ["old_course", "law_basics"],
        "course_on": ["2020-01-01", "2026-02-03"],
        "limit": "",
        "building": str(BUILDING),
    }
    done = await portal.browser.send(shown, PROFILE, **typed)

    [sent] = portal.services.times(KEEP_PROFILE)
    assert sent.json == {
        "languages": ["wuu", "cmn"],
        "topics": ["noise"],
        "training": [
            {"code": "old_course", "on": "2020-01-01"},
            {"code": "law_basics", "on": "2026-02-03"},
        ],
        "limit": None,
        "members": [FRIEND],
        "places": [str(BAR), str(BUILDING)],
    }
    assert "Kept." in (await portal.browser.follow(done)).text


async def test_places_are_looked_up_with_everything_typed_kept(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_profile(portal, places=[])

    shown = await portal.browser.open(PROFILE)
    found = await portal.browser.send(
        shown, PROFILE, step="places", building=str(BUILDING), topics=["sanitation"]
    )
    assert "夜猫小酒馆" in found.text
    assert found.form(PROFILE).fields["topics"] == ["sanitation"]
    await portal.browser.send(found, PROFILE, step="keep", place_id=str(BAR))

    [sent] = portal.services.times(KEEP_PROFILE)
    assert sent.json["places"] == [str(BAR)]


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"limit": "many"}, "limit-wrong"),
        ({"limit": "1.5"}, "limit-wrong"),
        ({"course": ["old_course", "law_basics"], "course_on": ["2020-01-01", ""]}, "course-1-wrong"),
        ({"member_number": "顾国强"}, "member_number-wrong"),
    ],
)
async def test_a_wrong_field_is_named(portal: Portal, typed: dict[str, Any], where: str) -> None:
    await portal.sign_in("mediator")
    has_profile(portal)

    again = await portal.browser.send(await portal.browser.open(PROFILE), PROFILE, **typed)

    assert again.status == 422
    assert any(found.get("id") == where for _, found in again.tags)
    assert not portal.services.times(KEEP_PROFILE)


async def test_the_committee_lists_mediators_and_enters_a_profile_for_one(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    has_hours(portal)
    theirs = f"/mediators/{LIN}/profile"
    has_profile(portal, theirs)

    listed = await portal.browser.open("/mediators")
    assert "hours on 1 days a week" in listed.text
    assert any(found.get("href") == theirs for _, found in listed.tags)
    await portal.browser.send(await portal.browser.open(theirs), theirs, topics=["other"])

    [sent] = portal.services.times(f"PUT /mediation/v1{theirs}")
    assert sent.json["topics"] == ["other"]


def has_rooms(portal: Portal) -> None:
    weekly = [{"weekday": 0, "from": "09:00:00", "to": "20:00:00"}]
    off = {"day": "2099-05-01", "available": False, "from": "00:00:00", "to": "23:59:59.999999"}
    room = {"id": str(uuid4()), "code": "R1", "name": "调解室", "weekly": weekly, "exceptions": [off]}
    portal.services.says("GET /mediation/v1/rooms", {"items": [room]})
    for code in ("R1", "R2"):
        portal.services.says(f"PUT /mediation/v1/rooms/{code}", {})
        portal.services.says(f"POST /mediation/v1/rooms/{code}/affected", {"items": []})


async def rooms_form(portal: Portal, room: str, **typed: Any) -> Any:
    """Each room has a form of its own on the page."""
    shown = await portal.browser.open("/rooms")
    form = next(form for form in shown.forms if form.fields.get("room") == [room])
    values = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return await portal.browser.post("/rooms", form.fields | values)


async def test_a_room_is_renamed_and_a_new_one_opened(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    has_rooms(portal)

    shorter = {
        "except_day": ["2099-05-01", "2099-05-04"],
        "except_from": ["", "09:00"],
        "except_to": ["", "12:00"],
    }
    await rooms_form(portal, "R1", name="大调解室", **shorter)
    await rooms_form(portal, "new", code="r2", name="小调解室", from_5=["09:00"], to_5=["12:00"])

    [one] = portal.services.times("PUT /mediation/v1/rooms/R1")
    assert one.json == {
        "name": "大调解室",
        "weekly": [{"weekday": 0, "from": "09:00", "to": "20:00"}],
        "exceptions": [
            {"day": "2099-05-01", "available": False},
            {"day": "2099-05-04", "available": True, "from": "09:00", "to": "12:00"},
        ],
    }
    [two] = portal.services.times("PUT /mediation/v1/rooms/R2")
    assert two.json == {
        "name": "小调解室",
        "weekly": [{"weekday": 5, "from": "09:00", "to": "12:00"}],
        "exceptions": [],
    }


async def test_before_a_room_is_closed_in_which_sessions_are_fixed_they_are_shown(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    has_rooms(portal)
    session = {
        "mediation_id": str(uuid4()),
        "case_id": str(uuid4()),
        "reference": "SJ-7K3M-9QX4-C",
        "starts_at": "2099-05-04T06:00:00Z",
        "ends_at": "2099-05-04T07:30:00Z",
    }
    ahead, keeping = "POST /mediation/v1/rooms/R1/affected", "PUT /mediation/v1/rooms/R1"
    portal.services.says(ahead, {"items": [session]})
    closed = {"except_day": ["2099-05-04"], "except_from": [""], "except_to": [""]}

    warned = await rooms_form(portal, "R1", **closed)

    assert not portal.services.times(keeping)
    for said in ("Nothing is cancelled", "SJ-7K3M-9QX4-C", "4 May"):
        assert said in warned.text, said
    form = next(form for form in warned.forms if form.fields.get("room") == ["R1"])
    assert form.fields["except_day"][0] == "2099-05-04"

    another = session | {"mediation_id": str(uuid4())}
    portal.services.says(ahead, {"items": [session, another]})
    await portal.browser.post("/rooms", form.fields)
    assert not portal.services.times(keeping)

    portal.services.says(ahead, {"items": [session]})
    await portal.browser.post("/rooms", form.fields)
    [sent] = portal.services.times(keeping)
    assert sent.json["exceptions"] == [{"day": "2099-05-04", "available": False}]


@pytest.mark.parametrize("code", ["调解室", "-1", "r1", ""])
async def test_a_short_name_that_cannot_be_is_named_and_no_known_room_is_written_over(
    portal: Portal, code: str
) -> None:
    await portal.sign_in("coordinator")
    has_rooms(portal)

    again = await rooms_form(portal, "new", code=code, name="小调解室")

    assert again.status == 422
    assert any(found.get("id") == "code-wrong" for _, found in again.tags)
    assert not portal.services.times("PUT /mediation/v1/rooms/R1")


async def test_rooms_and_the_list_are_the_committees(portal: Portal) -> None:
    await portal.sign_in("mediator")
    has_rooms(portal)
    has_hours(portal)
    for path in ("/rooms", "/mediators"):
        assert (await portal.browser.open(path)).status == 404
    portal.services.says("GET /mediation/v1/mediations", {"items": []})
    desk = await portal.browser.open("/mediations")
    assert {HOURS, PROFILE} <= {found.get("href") for _, found in desk.tags}


SHOP = f"/shops/{BAR}/hours"
KEEP_SHOP = f"POST /alliance/v1/places/{BAR}/hours"


def has_shop(portal: Portal, *, kind: str = "shop", trades: bool = True) -> None:
    shop = {
        "id": str(BAR),
        "name": "山北路116号",
        "kind": kind,
        "weekly": [{"weekday": 0, "from": "10:00:00", "to": "22:00:00"}],
        "busy": [{"from": "11:00:00", "to": "13:00:00"}],
    }
    stay = {
        "id": str(uuid4()),
        "place_id": str(BAR),
        "place_name": "山北路116号",
        "kind": "trades",
        "from_day": "2020-03-01",
    }
    portal.services.says(f"GET /alliance/v1/places/{BAR}", shop)
    portal.services.says("GET /alliance/v1/me", {"occupancies": [stay] if trades else []})
    portal.services.says(KEEP_SHOP, {})


async def test_a_shopkeeper_says_when_the_shop_is_open_and_busiest(portal: Portal) -> None:
    await portal.sign_in("merchant")
    has_shop(portal)

    shown = await portal.browser.open(SHOP)
    assert shown.form(SHOP).fields["busy_from"] == ["11:00", "", ""]
    done = await portal.browser.send(shown, SHOP, from_1=["09:00"], to_1=["12:00"], busy_from=[], busy_to=[])

    [sent] = portal.services.times(KEEP_SHOP)
    assert sent.json == {
        "weekly": [
            {"weekday": 0, "from": "10:00", "to": "22:00"},
            {"weekday": 1, "from": "09:00", "to": "12:00"},
        ],
        "busy": [],
    }
    assert "Kept." in (await portal.browser.follow(done)).text


async def test_busy_hours_that_run_backward_are_said_at_their_row(portal: Portal) -> None:
    await portal.sign_in("merchant")
    has_shop(portal)
    shown = await portal.browser.open(SHOP)
    again = await portal.browser.send(shown, SHOP, busy_from=["13:00"], busy_to=["11:00"])
    assert again.status == 422
    assert any(found.get("id") == "busy-0-wrong" for _, found in again.tags)
    assert not portal.services.times(KEEP_SHOP)


async def test_a_shops_hours_are_nobody_elses_to_enter(portal: Portal) -> None:
    await portal.sign_in("merchant")
    has_shop(portal, trades=False)
    assert (await portal.browser.open(SHOP)).status == 404
    has_shop(portal, kind="unit")
    assert (await portal.browser.open(SHOP)).status == 404


async def test_the_committee_enters_them_for_a_shopkeeper(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    has_shop(portal, trades=False)
    shown = await portal.browser.open(SHOP)
    await portal.browser.send(shown, SHOP)
    assert portal.services.times(KEEP_SHOP)


def has_agreed(portal: Portal, status: str, *promises: dict[str, Any]) -> dict[str, Any]:
    """One matter of the shop, and what is still owed of what was agreed in it."""
    there = {"member_id": str(LIN), "display_name": "马腾", "kind": "trades"}
    portal.services.says(f"GET /alliance/v1/places/{BAR}/occupants", {"items": [there]})
    case = {
        "id": str(CASE),
        "reference": REFERENCE,
        "category": "noise",
        "subcategory": "bar_music",
        "stage": "act",
        "status": "performing",
    }
    portal.services.says("GET /complaints/v1/cases", {"items": [case], "next_cursor": None})
    line = {"id": str(MEDIATION), "case_id": str(CASE), "reference": REFERENCE, "status": status}
    portal.services.says("GET /mediation/v1/mediations", {"items": [line]})
    portal.services.says("GET /mediation/v1/days", {"items": [*promises]})
    return line


def promised(on: str) -> dict[str, Any]:
    return {
        "mediation_id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "what": "commitment",
        "on": on,
        "promise": "后门22点关",
        "owner_side": "respondent",
    }


async def test_a_shops_page_shows_hours_people_matters_and_what_was_agreed(portal: Portal) -> None:
    await portal.sign_in("merchant")
    has_shop(portal)
    line = has_agreed(portal, "performing", promised("2099-03-25"))
    another = line | {"id": str(uuid4()), "case_id": str(uuid4()), "reference": "SJ-OTHER"}
    early = line | {"id": str(uuid4()), "reference": "SJ-EARLY", "status": "scheduling"}
    portal.services.says("GET /mediation/v1/mediations", {"items": [line, another, early]})

    shown = await portal.browser.open(f"/shops/{BAR}")

    assert portal.services.times("GET /complaints/v1/cases")[0].query == f"place_id={BAR}&mine=true"
    for words in ("山北路116号", "马腾", "10:00–22:00", "11:00–13:00", REFERENCE, "后门22点关"):
        assert words in shown.text, words
    assert "SJ-OTHER" not in shown.text
    assert "SJ-EARLY" not in shown.text
    has_shop(portal, trades=False)
    assert (await portal.browser.open(f"/shops/{BAR}")).status == 404


async def test_a_promise_of_yesterday_is_still_owed_on_the_shops_page(portal: Portal) -> None:
    await portal.sign_in("merchant")
    has_shop(portal)
    yesterday = (portal.clock.now() - timedelta(days=1)).date().isoformat()
    has_agreed(portal, "performing", promised(yesterday))

    shown = await portal.browser.open(f"/shops/{BAR}")

    asked = [parse_qs(one.query) for one in portal.services.times("GET /mediation/v1/days")]
    today = portal.clock.now().date()
    assert sorted((one["since"], one["until"]) for one in asked) == [
        ([(today - timedelta(days=365)).isoformat()], [yesterday]),
        ([today.isoformat()], [(today + timedelta(days=365)).isoformat()]),
    ]
    assert "后门22点关" in shown.text
    assert "overdue" in shown.text


@pytest.mark.parametrize(
    ("status", "kept"), [("performing", False), ("deserted", False), ("performed", True)]
)
async def test_only_of_what_was_performed_a_shops_page_says_that_nothing_is_owed(
    portal: Portal, status: str, kept: bool
) -> None:
    await portal.sign_in("merchant")
    has_shop(portal)
    has_agreed(portal, status)
    assert ("Nothing is owed any more." in (await portal.browser.open(f"/shops/{BAR}")).text) is kept
