"""The lists of those who are no party: officers, visitors, and the coordinator's of children."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.responses import Response

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, CASE, REFERENCE, a_receipt

REFERRAL = UUID("00000000-0000-4000-8000-0000000000f1")
VISIT = UUID("00000000-0000-4000-8000-0000000000f2")
NOTICE_OF_CHILD = UUID("00000000-0000-4000-8000-0000000000f3")
GUARDIAN = UUID("00000000-0000-4000-8000-0000000000f4")
ABOUT = {"reference": REFERENCE, "subcategory": "bar_music", "place_id": str(BAR)}
VISITS = "GET /complaints/v1/return-visits"


def handed_over(**more: Any) -> dict[str, Any]:
    known = {
        "id": str(REFERRAL),
        "case_id": str(CASE),
        "authority_label": "Fire and rescue",
        "sent_on": "2026-02-14",
        "until": "2026-03-13",
        "summary": "后门锁着",
        "note": "请查",
    }
    return ABOUT | known | more


async def test_an_officer_confirms_and_returns_what_they_were_handed(portal: Portal) -> None:
    await portal.sign_in("agency_officer")
    portal.services.says("GET /complaints/v1/referrals", {"items": [handed_over()]})
    back = f"POST /complaints/v1/cases/{CASE}/return"
    portal.services.says(back, a_receipt(next="Thank you."))

    shown = await portal.browser.open("/referrals")
    assert "Fire and rescue" in shown.text
    assert "夜猫小酒馆" in shown.text
    assert shown.has_form(f"/referrals/{CASE}/steps/referral_receipt")
    done = await portal.browser.send(
        shown, f"/referrals/{CASE}/steps/return", result="remedied", note="锁链已移除"
    )

    assert done.goes_to == "/referrals"
    [sent] = portal.services.times(back)
    assert sent.json == {"result": "remedied", "note": "锁链已移除", "referral_id": str(REFERRAL)}
    assert "Thank you." in (await portal.browser.open("/referrals")).text


async def test_an_officer_looks_at_the_evidence_that_went_along(portal: Portal) -> None:
    await portal.sign_in("agency_officer")
    piece = UUID("00000000-0000-4000-8000-0000000000e1")
    file = {"id": str(piece), "kind": "photo", "media_type": "image/jpeg", "size": 2048}
    portal.services.says("GET /complaints/v1/referrals", {"items": [handed_over(evidence=[file])]})
    of_referral = f"{CASE}/referrals/{REFERRAL}/evidence/{piece}"
    photo = Response(b"\xff\xd8\xff", media_type="image/jpeg")
    portal.services.answers[f"GET /complaints/v1/cases/{of_referral}"] = photo

    shown = await portal.browser.open("/referrals")
    [link] = [found["href"] for _, found in shown.tags if "/evidence/" in (found.get("href") or "")]
    seen = await portal.browser.open(link or "")

    assert seen.answer.content == b"\xff\xd8\xff"
    assert seen.answer.headers["content-type"] == "image/jpeg"


async def test_what_came_back_stays_in_sight_with_its_result(portal: Portal) -> None:
    await portal.sign_in("court_liaison")
    back = handed_over(
        returned_on="2026-03-01", result="remedied", returned_note="已拆除", document_no="消 12 号"
    )
    portal.services.says("GET /complaints/v1/referrals", {"items": [back]})

    shown = await portal.browser.open("/referrals/returned")

    assert portal.services.times("GET /complaints/v1/referrals")[-1].query == "open=false"
    for words in ("Put right", "已拆除", "消 12 号", "夜猫小酒馆"):
        assert words in shown.text, words


async def test_what_was_confirmed_is_not_asked_to_be_again(portal: Portal) -> None:
    await portal.sign_in("agency_officer")
    received = handed_over(received_on="2026-02-15", subcategory="fire_exit")
    portal.services.says("GET /complaints/v1/referrals", {"items": [received]})

    shown = await portal.browser.open("/referrals")

    assert [form.action for form in shown.forms] == [f"/referrals/{CASE}/steps/return"]


async def test_what_is_missing_is_said_beside_the_form_that_was_sent(portal: Portal) -> None:
    await portal.sign_in("agency_officer")
    portal.services.says("GET /complaints/v1/referrals", {"items": [handed_over()]})
    shown = await portal.browser.open("/referrals")

    again = await portal.browser.send(shown, f"/referrals/{CASE}/steps/return", result="remedied")

    assert again.status == 422
    assert not portal.services.times(f"POST /complaints/v1/cases/{CASE}/return")


async def test_a_volunteer_records_the_visit_that_is_due(portal: Portal) -> None:
    await portal.sign_in("volunteer")
    visit = ABOUT | {"id": str(VISIT), "case_id": str(CASE), "due": "2026-04-28", "late_days": 1}
    portal.services.says("GET /complaints/v1/return-visits", {"items": [visit]})
    record = f"POST /complaints/v1/cases/{CASE}/return-visits"
    portal.services.says(record, a_receipt())

    shown = await portal.browser.open("/visits")
    await portal.browser.send(shown, f"/visits/{CASE}/steps/return_visits", lasting="yes", note="安静了")

    assert "late" in shown.text
    [sent] = portal.services.times(record)
    assert sent.json == {"lasting": True, "note": "安静了", "visit_id": str(VISIT)}


async def test_what_a_volunteer_wrote_of_a_visit_comes_back_after_signing_in_again(portal: Portal) -> None:
    await portal.sign_in("volunteer")
    visit = ABOUT | {"id": str(VISIT), "case_id": str(CASE), "due": "2026-04-28", "late_days": 1}
    portal.services.says(VISITS, {"items": [visit]})
    record = f"/visits/{CASE}/steps/return_visits"
    shown = await portal.browser.open("/visits")
    portal.clock.advance(timedelta(minutes=10))
    portal.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")

    await portal.browser.send(shown, record, lasting="yes", note="安静了")
    await portal.sign_in("volunteer", back="/visits")
    portal.services.refuses(VISITS, 503, "unavailable", "away")
    assert (await portal.browser.open("/visits")).status == 503
    portal.services.says(VISITS, {"items": [visit]})

    assert not portal.services.times(f"POST /complaints/v1/cases/{CASE}/return-visits")
    fields = (await portal.browser.open("/visits")).form(record).fields
    assert (fields["note"], fields["lasting"]) == (["安静了"], ["yes"])
    assert (await portal.browser.open("/visits")).form(record).fields["note"] == [""]


async def test_a_coordinator_enters_a_guardians_consent(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    notice = ABOUT | {
        "id": str(NOTICE_OF_CHILD),
        "description": "作业写不完",
        "filed_at": "2026-05-21T13:10:00Z",
    }
    portal.services.says("GET /complaints/v1/minor-notices", {"items": [notice]})
    portal.services.says(
        "GET /alliance/v1/members", {"items": [{"id": str(GUARDIAN), "display_name": "赵敏"}]}
    )
    consent = f"POST /complaints/v1/cases/{NOTICE_OF_CHILD}/guardian-consent"
    portal.services.says(consent, a_receipt())
    said = {"guardian_id": str(GUARDIAN), "relation": "parent", "proof": "document", "purpose": "本案"}

    shown = await portal.browser.open("/children")
    await portal.browser.send(shown, f"/children/{NOTICE_OF_CHILD}/steps/guardian_consent", **said)

    assert "赵敏" in shown.text
    assert portal.services.times(consent)[0].json == said


async def test_whoever_is_asked_answers_in_private_and_sees_no_case(portal: Portal) -> None:
    await portal.sign_in("resident")
    ask = {
        "id": str(NOTICE_OF_CHILD),
        "reference": "SJ-ASK",
        "question": "您看到什么?",
        "asked_on": "2026-05-12",
        "open": True,
    }
    portal.services.says("GET /complaints/v1/inquiries", {"items": [ask]})
    answer = f"POST /complaints/v1/inquiries/{NOTICE_OF_CHILD}/answer"
    portal.services.says(answer, {"next": "Only the coordinator reads it."})

    shown = await portal.browser.open("/inquiries")
    done = await portal.browser.send(
        shown, f"/inquiries/{NOTICE_OF_CHILD}/steps/answer_inquiry", text="没有", shared_with="mediator"
    )

    assert "您看到什么?" in shown.text
    assert done.goes_to == "/inquiries"
    [sent] = portal.services.times(answer)
    assert sent.json == {"text": "没有", "shared_with": "mediator"}
    answered = ask | {"open": False, "answered_on": "2026-05-12", "text": "没有", "shared_with": "mediator"}
    portal.services.says("GET /complaints/v1/inquiries", {"items": [answered]})
    shown = await portal.browser.open("/inquiries")
    assert "Only the coordinator reads it." in shown.text
    assert not [form for form in shown.forms if "answer_inquiry" in form.action]


@pytest.mark.parametrize("path", ["/referrals", "/visits", "/children"])
async def test_a_list_that_is_not_ones_own_is_refused(portal: Portal, path: str) -> None:
    await portal.sign_in("resident")
    for asked in ("referrals", "return-visits", "minor-notices"):
        portal.services.refuses(f"GET /complaints/v1/{asked}", 403, "not_allowed", "Not yours.")

    shown = await portal.browser.open(path)

    assert shown.status == 403
    assert path not in {found.get("href") for _, found in shown.tags}


async def test_no_other_step_is_asked_there(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says("GET /complaints/v1/return-visits", {"items": []})
    page = await portal.browser.open("/cases")
    csrf = next(form.fields["csrf"] for form in (await portal.browser.open("/me")).forms if form.fields)

    assert page.status == 200
    assert (await portal.browser.post(f"/visits/{CASE}/steps/withdraw", {"csrf": csrf})).status == 404


async def test_an_officer_enters_what_was_measured_about_a_noise(portal: Portal) -> None:
    kept = f"POST /complaints/v1/cases/{CASE}/readings"
    portal.services.says("GET /complaints/v1/referrals", {"items": [handed_over(subcategory="bar_music")]})
    portal.services.says(kept, a_receipt(next="It stands with the matter."), 201)
    await portal.sign_in("agency_officer")
    shown = await portal.browser.open("/referrals")

    done = await portal.browser.send(
        shown,
        f"/referrals/{CASE}/steps/readings_measured",
        measured_at_day="2026-03-12",
        measured_at_time="23:00",
        source="fan",
        point="boundary",
        level_db="56",
        seconds="60",
        steady="yes",
        instrument="meter_type_1",
        measured_by="agency",
        bands="63 55",
    )

    assert done.goes_to == "/referrals"
    [sent] = portal.services.times(kept)
    assert (sent.json["measured_by"], sent.json["bands"]) == ("agency", [{"hz": "63", "level_db": "55"}])
