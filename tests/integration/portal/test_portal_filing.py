from __future__ import annotations

from services.portal.pictures import code_of
from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BUILDING, CASE, REFERENCE, a_receipt

FILING = "POST /complaints/v1/cases"
WRITTEN = {
    "subcategory": "bar_music",
    "place_text": "山北路116号",
    "description": "低音炮咚咚咚的",
    "step": "send",
}


def codes_on(shown: Shown) -> list[str | None]:
    """The pictures to scan."""
    return [
        found["src"] for tag, found in shown.tags if tag == "img" and found.get("class") == "code-picture"
    ]


async def the_form(portal: Portal) -> Shown:
    return await portal.browser.open("/file?category=noise")


async def test_the_categories_are_those_of_the_complaints_service(portal: Portal) -> None:
    shown = await portal.browser.open("/file")

    assert "Noise" in shown.text
    assert any(found.get("href") == "/file?category=noise" for _, found in shown.tags)


async def test_when_written_before_signing_in_everything_is_kept_and_sent_after(portal: Portal) -> None:
    asked = await portal.browser.send(await the_form(portal), "/file", identity="hidden", **WRITTEN)
    assert asked.goes_to == "/sign-in?back=%2Ffile"
    assert not portal.services.times(FILING)

    back = await portal.sign_in("resident", back="/file")
    form = await portal.browser.open(back.goes_to)
    done = await portal.browser.send(form, "/file", step="send")

    [sent] = portal.services.times(FILING)
    assert sent.json == {
        "category": "noise",
        "subcategory": "bar_music",
        "place_text": "山北路116号",
        "description": "低音炮咚咚咚的",
        "identity": "hidden",
        "happening_now": False,
        "details": {},
    }
    assert done.goes_to == f"/cases/{CASE}/receipt"
    receipt = await portal.browser.open(done.goes_to)
    assert REFERENCE in receipt.text
    assert "The coordinator checks it by 16 March." in receipt.text
    assert f"http://127.0.0.1:8000/cases/{CASE}" in receipt.text
    assert codes_on(receipt) == [code_of(f"http://127.0.0.1:8000/cases/{CASE}")]
    assert "The coordinator checks it by 16 March." not in (await portal.browser.open(f"/cases/{CASE}")).text


async def test_when_sent_twice_the_service_is_asked_under_one_key(portal: Portal) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)

    await portal.browser.send(form, "/file", **WRITTEN)
    await portal.browser.send(form, "/file", **WRITTEN)

    first, second = portal.services.times(FILING)
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body


async def test_a_form_keeps_its_key_while_places_are_looked_up(portal: Portal) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)

    shown = await portal.browser.send(form, "/file", place_text="116", step="places")

    assert shown.form("/file").fields["key"] == form.form("/file").fields["key"]
    assert form.answer.headers["cache-control"] == "private, no-cache"


async def test_when_the_first_of_two_clicks_is_in_flight_the_second_waits_for_its_receipt(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)
    portal.services.refuses(FILING, 409, "key_in_flight", "Still being worked on.")
    portal.services.says_after_first(FILING, a_receipt(), 201)

    done = await portal.browser.send(form, "/file", **WRITTEN)

    assert done.goes_to == f"/cases/{CASE}/receipt"


async def test_when_the_service_refuses_a_field_the_sentence_stands_beside_it_and_nothing_is_lost(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)
    portal.services.refuses(
        FILING,
        422,
        "in_the_future",
        "That lies in the future.",
        errors=[{"pointer": "/description", "code": "x", "detail": "That lies in the future."}],
    )

    again = await portal.browser.send(form, "/file", **WRITTEN)

    assert again.status == 422
    fields = again.form("/file").fields
    assert fields["description"] == ["低音炮咚咚咚的"]
    assert fields["subcategory"] == ["bar_music"]
    assert fields["key"] == form.form("/file").fields["key"]
    [field] = [found for tag, found in again.tags if tag == "textarea"]
    assert field["aria-invalid"] == "true"
    assert "description-wrong" in str(field["aria-describedby"])
    assert [found["href"] for tag, found in again.tags if tag == "a"].count("#description") == 1
    assert "What happens? – That lies in the future." in again.text


async def test_when_fields_are_missing_nothing_is_asked_of_anybody(portal: Portal) -> None:
    again = await portal.browser.send(await the_form(portal), "/file", step="send", description="x")

    assert again.status == 422
    assert again.form("/file").fields["description"] == ["x"]
    assert not portal.services.times(FILING)


async def test_when_the_service_is_away_the_page_says_so_and_keeps_everything(portal: Portal) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)
    portal.services.is_away("complaints")

    again = await portal.browser.send(form, "/file", **WRITTEN)

    assert again.status == 503
    assert again.form("/file").fields["description"] == ["低音炮咚咚咚的"]
    assert again.form("/file").fields["key"] == form.form("/file").fields["key"]
    assert "press again" in again.text


async def test_the_shops_of_a_building_are_offered_with_what_was_typed_kept(portal: Portal) -> None:
    await portal.sign_in("resident")

    shown = await portal.browser.send(
        await the_form(portal), "/file", building=str(BUILDING), description="夜里", step="places"
    )
    assert "夜猫小酒馆" in shown.text
    assert shown.form("/file").fields["description"] == ["夜里"]

    await portal.browser.send(shown, "/file", place_id=str(BAR), **WRITTEN)
    assert portal.services.times(FILING)[0].json["place_id"] == str(BAR)


async def test_a_visitor_is_asked_for_no_list_of_places(portal: Portal) -> None:
    await the_form(portal)

    assert not portal.services.times("GET /alliance/v1/places")


async def test_of_an_anonymous_filing_the_receipt_is_all_there_is(portal: Portal) -> None:
    await portal.sign_in("resident")
    done = await portal.browser.send(await the_form(portal), "/file", identity="anonymous", **WRITTEN)

    receipt = await portal.browser.open(done.goes_to)

    assert REFERENCE in receipt.text
    assert not any(found.get("href") == f"/cases/{CASE}" for _, found in receipt.tags)
    assert codes_on(receipt) == [code_of("http://127.0.0.1:8000/follow")]


async def test_an_emergency_comes_before_everything_on_the_receipt(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(FILING, a_receipt(emergency={"call": ["119", "110"], "text": "Call now."}), 201)

    done = await portal.browser.follow(await portal.browser.send(await the_form(portal), "/file", **WRITTEN))

    assert "Call now." in done.text
    assert any(found.get("href") == "tel:119" for _, found in done.tags)


async def test_when_the_page_is_older_than_the_session_it_comes_back_filled_in(portal: Portal) -> None:
    form = await the_form(portal)
    await portal.sign_in("resident")

    again = await portal.browser.follow(await portal.browser.send(form, "/file", **WRITTEN))

    assert again.form("/file").fields["description"] == ["低音炮咚咚咚的"]
    assert not portal.services.times(FILING)
    await portal.browser.send(again, "/file", step="send")
    assert len(portal.services.times(FILING)) == 1


async def test_what_came_back_is_filed_as_the_continuation_of_the_own_case(portal: Portal) -> None:
    await portal.sign_in("resident")

    form = await portal.browser.open(f"/file?category=noise&continues={REFERENCE}")
    await portal.browser.send(form, "/file", **WRITTEN)

    assert f"It takes up {REFERENCE} again." in form.text
    [sent] = portal.services.times(FILING)
    assert sent.json["continues"] == REFERENCE
    assert "carry_over" not in sent.json


async def test_by_one_tick_what_was_written_and_brought_before_is_taken_along(portal: Portal) -> None:
    await portal.sign_in("resident")

    form = await portal.browser.open(f"/file?category=noise&continues={REFERENCE}")
    await portal.browser.send(form, "/file", **WRITTEN, carry_over="yes")

    [sent] = portal.services.times(FILING)
    assert (sent.json["continues"], sent.json["carry_over"]) == (REFERENCE, True)


async def test_the_questions_of_what_was_chosen_are_asked_and_sent(portal: Portal) -> None:
    await portal.sign_in("resident")
    form = await the_form(portal)
    assert "On which days" not in form.text

    asked = await portal.browser.send(form, "/file", subcategory="bar_music", step="questions")
    await portal.browser.send(
        asked,
        "/file",
        **WRITTEN,
        detail_days=["friday", "saturday"],
        detail_hours_from="22:00",
        detail_hours_to="01:30",
        detail_reading_db="62,5",
        detail_talked_to="no",
    )

    [sent] = portal.services.times(FILING)
    assert sent.json["details"] == {
        "days": ["friday", "saturday"],
        "hours": {"from": "22:00", "to": "01:30"},
        "reading_db": 62.5,
        "talked_to": False,
    }


async def test_half_a_span_of_hours_is_named(portal: Portal) -> None:
    await portal.sign_in("resident")
    asked = await portal.browser.send(
        await the_form(portal), "/file", subcategory="bar_music", step="questions"
    )

    again = await portal.browser.send(asked, "/file", **WRITTEN, detail_hours_from="22:00")

    assert again.status == 422
    assert "detail_hours-wrong" in again.answer.text


async def test_what_the_service_says_of_an_answer_stands_beside_its_question(portal: Portal) -> None:
    await portal.sign_in("resident")
    wrong = [{"pointer": "/details/since_when", "code": "answer_too_long", "detail": "Too long."}]
    portal.services.refuses(FILING, 422, "invalid", "Please look again.", errors=wrong)
    asked = await portal.browser.send(
        await the_form(portal), "/file", subcategory="bar_music", step="questions"
    )

    again = await portal.browser.send(asked, "/file", **WRITTEN, detail_since_when="很久")

    assert 'id="detail_since_when-wrong">Too long.' in again.answer.text


async def test_what_is_always_an_emergency_says_whom_to_call_as_soon_as_it_is_chosen(portal: Portal) -> None:
    shown = await portal.browser.send(
        await the_form(portal), "/file", subcategory="fixed_equipment", step="questions"
    )

    assert sum(found.get("href") == "tel:119" for _, found in shown.tags) > sum(
        found.get("href") == "tel:119" for _, found in (await the_form(portal)).tags
    )


async def test_of_a_childs_matter_there_is_no_page_to_go_to(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(FILING, a_receipt(status="minor", due=None, next="The committee was told."), 201)

    receipt = await portal.browser.follow(
        await portal.browser.send(await the_form(portal), "/file", **WRITTEN, affected_under_14="yes")
    )

    assert portal.services.times(FILING)[0].json["affected_under_14"] is True
    assert "The committee was told." in receipt.text
    assert codes_on(receipt) == []
    assert not any(found.get("href") == f"/cases/{CASE}" for _, found in receipt.tags)


async def test_where_people_may_be_in_danger_that_comes_before_any_field_and_any_sign_in(
    portal: Portal,
) -> None:
    poster = f"place={BUILDING}"

    shown = await portal.browser.open(f"/file?category=fire_safety&{poster}")

    assert "call 119" in shown.text
    assert not shown.has_form("/file")
    assert any(found.get("href") == "tel:119" for _, found in shown.tags)
    onward = [found["href"] for _, found in shown.tags if "safe=" in str(found.get("href"))]
    assert onward == [f"/file?category=fire_safety&{poster}&safe={how}" for how in ("now", "yes")]
    out = (await portal.browser.open(str(onward[0]))).form("/file").fields
    assert (out["happening_now"], out["poster_place"]) == (["yes"], [str(BUILDING)])
    safe = (await portal.browser.open(str(onward[1]))).form("/file").fields
    assert "happening_now" not in safe


async def test_a_captain_files_for_a_neighbour_with_the_consent_that_was_given(portal: Portal) -> None:
    await portal.sign_in("resident", "building_captain")
    grants = [{"role": "building_captain", "place_id": str(BUILDING)}]
    portal.services.says("GET /alliance/v1/me", {"id": str(BAR), "display_name": "徐", "grants": grants})
    neighbour = {"id": str(CASE), "display_name": "倪秀珍"}
    portal.services.says("GET /alliance/v1/members", {"items": [neighbour], "next_cursor": None})
    form = await the_form(portal)
    assert "倪秀珍" in form.text

    half = await portal.browser.send(form, "/file", on_behalf_of=str(CASE), **WRITTEN)
    assert half.status == 422
    assert not portal.services.times(FILING)
    agreed = {"relation": "captain", "consent_how": "told_in_person", "consent_day": "2026-03-12"}
    await portal.browser.send(form, "/file", on_behalf_of=str(CASE), **agreed, **WRITTEN)

    [sent] = portal.services.times(FILING)
    consent = {"how": "told_in_person", "at": "2026-03-12T12:00:00+08:00"}
    assert sent.json["on_behalf_of"] == str(CASE)
    assert (sent.json["relation"], sent.json["consent"]) == ("captain", consent)


async def test_a_captain_files_for_neighbours_also_where_nobody_is_told_of_at_home(portal: Portal) -> None:
    await portal.sign_in("resident", "building_captain")
    home = {"id": str(CASE), "place_id": str(BUILDING), "place_name": "118弄3号501", "kind": "lives"}
    me = {"id": str(BAR), "display_name": "徐", "occupancies": [home | {"from_day": "2020-01-01"}]}
    me["grants"] = [{"role": "building_captain", "place_id": str(BUILDING)}]
    portal.services.says("GET /alliance/v1/me", me)
    portal.services.refuses(f"GET /alliance/v1/places/{BUILDING}/occupants", 404, "not_found", "Not found.")
    neighbour = {"id": str(CASE), "display_name": "倪秀珍"}
    portal.services.says("GET /alliance/v1/members", {"items": [neighbour], "next_cursor": None})

    assert "倪秀珍" in (await the_form(portal)).text


def has_family_at_home(portal: Portal) -> None:
    """One of them, and somebody who works in the same place."""
    home = {"place_id": str(BUILDING), "kind": "lives", "from_day": "2020-01-01", "until_day": None}
    home |= {"id": str(CASE), "place_name": "118弄3号501"}
    me = {"id": str(BAR), "display_name": "陈", "grants": [], "occupancies": [home]}
    portal.services.says("GET /alliance/v1/me", me)
    at_home = [
        {"member_id": str(one), "display_name": name, "kind": "lives"}
        for one, name in ((BAR, "陈"), (CASE, "王阿妹"))
    ]
    tenant = {"member_id": str(BUILDING), "display_name": "店员", "kind": "works"}
    portal.services.says(f"GET /alliance/v1/places/{BUILDING}/occupants", {"items": [*at_home, tenant]})


async def test_a_resident_files_for_family_who_live_with_them(portal: Portal) -> None:
    await portal.sign_in("resident")
    has_family_at_home(portal)
    form = await the_form(portal)
    assert "王阿妹" in form.text
    assert "店员" not in form.text

    agreed = {"relation": "kin", "consent_how": "told_in_person", "consent_day": "2026-03-12"}
    await portal.browser.send(form, "/file", on_behalf_of=str(CASE), **agreed, **WRITTEN)
    [sent] = portal.services.times(FILING)
    assert (sent.json["on_behalf_of"], sent.json["relation"]) == (str(CASE), "kin")


async def test_a_resident_files_for_nobody_else(portal: Portal) -> None:
    await portal.sign_in("resident")
    assert "For somebody else" not in (await the_form(portal)).text


async def test_a_kind_is_found_by_ones_own_words_and_what_a_poster_said_goes_on(portal: Portal) -> None:
    shown = await portal.browser.open(f"/file?place={BAR}&q=卡拉OK")

    [way] = [found["href"] for tag, found in shown.tags if tag == "a" and found.get("class") == "card"]
    assert way == f"/file?category=noise&subcategory=bar_music&place={BAR}"
    [form] = [one for one in shown.forms if one.action == "/file"]
    assert form.fields["place"] == [str(BAR)]
    there = await portal.browser.open(f"{way}&safe=yes")
    [picked] = [
        found["value"]
        for tag, found in there.tags
        if tag == "input" and found.get("name") == "subcategory" and "checked" in found
    ]
    assert picked == "bar_music"
    assert "Nothing by that word" in (await portal.browser.open("/file?q=xyz")).text
