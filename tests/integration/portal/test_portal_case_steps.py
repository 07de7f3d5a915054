"""The steps of a case's page: offered as the service says, asked of it, and never lost on the way."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, PAGE, THE_CASE, a_case, a_receipt, step


async def test_forms_are_there_for_exactly_what_is_possible(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("accept", "decline", role_in_case="coordinator"))

    shown = await portal.browser.open(PAGE)

    steps = {form.action.rsplit("/", 1)[-1] for form in shown.forms}
    assert steps == {"accept", "decline"}
    assert "Outside the area" in shown.text
    assert "Police" in shown.text


async def test_a_step_is_asked_of_its_service_and_answered_with_what_is_next(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("accept", role_in_case="coordinator"))
    portal.services.says(
        f"POST /complaints/v1/cases/{CASE}/accept", a_receipt(next="The notice is on its way.")
    )

    done = await portal.browser.send(
        await portal.browser.open(PAGE), step("accept"), shared_summary="夜间音乐"
    )

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/accept")
    assert sent.json == {"shared_summary": "夜间音乐"}
    assert sent.headers["idempotency-key"]
    assert sent.headers["accept-language"] == "en"
    assert done.goes_to == PAGE
    assert "The notice is on its way." in (await portal.browser.open(PAGE)).text
    assert "The notice is on its way." not in (await portal.browser.open(PAGE)).text


async def test_when_a_step_is_refused_its_form_says_why_and_keeps_what_was_typed(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    portal.services.refuses(
        f"POST /complaints/v1/cases/{CASE}/answer", 409, "not_now", "It is too late for that."
    )

    again = await portal.browser.send(
        await portal.browser.open(PAGE), step("answer"), kind="propose", text="十点以后不开"
    )

    assert again.status == 409
    assert "It is too late for that." in again.text
    assert again.form(step("answer")).fields["text"] == ["十点以后不开"]
    assert again.form(step("answer")).fields["kind"] == ["propose"]


async def test_when_the_session_ends_over_a_form_it_is_filled_in_again_after_signing_in(
    portal: Portal,
) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    form = await portal.browser.open(PAGE)
    portal.services.refuses(f"POST /complaints/v1/cases/{CASE}/answer", 401, "not_signed_in", "Sign in.")

    asked = await portal.browser.send(form, step("answer"), kind="agree", text="照办")
    assert asked.goes_to.startswith("/sign-in?back=")
    back = await portal.sign_in("merchant", back=PAGE)

    assert (await portal.browser.open(back.goes_to)).form(step("answer")).fields["text"] == ["照办"]


async def test_when_the_service_goes_away_over_a_form_it_waits_under_the_same_key(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    form = await portal.browser.open(PAGE)
    portal.services.is_away("complaints")
    portal.services.refuses(f"POST /complaints/v1/cases/{CASE}/answer", 503, "unavailable", "away")

    told = await portal.browser.send(form, step("answer"), kind="agree", text="照办")
    assert told.status == 503
    assert "What you wrote is kept" in told.text

    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    again = (await portal.browser.open(PAGE)).form(step("answer")).fields
    assert again["text"] == ["照办"]
    assert again["key"] == form.form(step("answer")).fields["key"]


async def test_an_unknown_step_is_not_there(portal: Portal) -> None:
    await portal.sign_in("resident")
    csrf = (await portal.browser.open("/me")).form("/sign-out").fields["csrf"]

    assert (await portal.browser.post(step("explode"), {"csrf": csrf})).status == 404


async def test_a_longer_month_is_shown_and_agreed_to_at_its_own_address(portal: Portal) -> None:
    await portal.sign_in("merchant")
    asked = {"until": "2026-05-11", "reason": None, "agreed": 1, "needed": 2, "awaited": True}
    possible = ("extension/consent", "extension/decline")
    portal.services.says(THE_CASE, a_case(*possible, role_in_case="respondent", extension=asked))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/extension/consent", a_receipt())

    shown = await portal.browser.open(PAGE)
    done = await portal.browser.send(shown, step("extension_consent"))

    assert "11 May" in shown.text
    assert step("extension_decline") in [form.action for form in shown.forms]
    assert len(portal.services.times(f"POST /complaints/v1/cases/{CASE}/extension/consent")) == 1
    assert done.goes_to == PAGE


async def test_a_topic_is_adopted_by_whom_the_service_lets_say_so(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    conclusions = ["settled", "adopted", "no_agreement"]
    case = a_case("conclude", role_in_case="coordinator", stage="deliberate", status="on_topic")
    portal.services.says(THE_CASE, case | {"conclusions": conclusions})
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "The public topic was adopted" in shown.text
    await portal.browser.send(shown, step("conclude"), result="adopted")

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "adopted"}


async def test_a_matter_is_handed_to_an_officer_by_name_with_a_list_of_what_goes_along(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    officer = str(uuid4())
    portal.services.says("GET /alliance/v1/members", {"items": [{"id": officer, "display_name": "程队长"}]})
    portal.services.says(THE_CASE, a_case("refer", role_in_case="coordinator"))
    photo = {"id": str(uuid4()), "kind": "photo", "added_by": "complainant", "shown": "released"}
    sealed = {**photo, "id": str(uuid4()), "shown": "sealed"}
    portal.services.says(f"{THE_CASE}/evidence", {"items": [photo, sealed]})
    refer = f"POST /complaints/v1/cases/{CASE}/refer"
    portal.services.says(refer, a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "程队长 · Agency officer" in shown.text
    offered = [found.get("value") for _, found in shown.tags if found.get("name") == "evidence_ids"]
    assert offered == [photo["id"]]
    await portal.browser.send(
        shown,
        step("refer"),
        authority="police",
        note="请查",
        officer_id=officer,
        evidence_ids=[photo["id"]],
        documents="检测报告 3 页\n\n 现场照片 2 张 ",
    )

    assert portal.services.times(refer)[0].json == {
        "authority": "police",
        "note": "请查",
        "officer_id": officer,
        "papers": [],
        "evidence_ids": [photo["id"]],
        "documents": ["检测报告 3 页", "现场照片 2 张"],
    }


async def test_each_method_asks_its_question_beside_the_form_of_a_work_record(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("work", role_in_case="coordinator"))
    methods = [{"code": "front_line", "label": "To the front line", "prompt": "Who has been there to look?"}]
    portal.services.says("GET /complaints/v1/methods", {"methods": methods, "rungs": []})

    shown = await portal.browser.open(PAGE)

    assert "Who has been there to look?" in shown.text
    ticks = [found.get("value") for _, found in shown.tags if found.get("name") == "methods"]
    assert len(ticks) == 10
