"""What waits for somebody: in their list, on their desk, in the inbox and behind a survey's link."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, MEDIATION, NOTICE, PAGE, REFERENCE, a_notice, a_receipt

LINE = {
    "id": str(CASE),
    "reference": REFERENCE,
    "category": "noise",
    "subcategory": "bar_music",
    "stage": "hear",
    "status": "served",
    "due": "2026-03-20",
}


async def test_what_needs_me_comes_first(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": "more"})

    shown = await portal.browser.open("/cases")

    assert "Needs you" in shown.text
    assert shown.answer.text.count(f"/cases/{CASE}") == 1
    assert "?cursor=more" in shown.answer.text


WAITING = {
    "id": str(MEDIATION),
    "case_id": str(CASE),
    "reference": REFERENCE,
    "status": "signing",
    "roles": ["party"],
    "due": None,
    "waits": ["signature"],
}


async def test_what_a_mediation_waits_for_comes_first_and_is_said_in_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /mediation/v1/mediations", {"items": [WAITING], "next_cursor": None})

    lead = await portal.browser.open("/cases")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": None})
    own = await portal.browser.open("/cases")

    for shown in (lead, own):
        assert "Needs you" in shown.text
        assert "Sign the agreement" in shown.text
        assert shown.answer.text.count(f"/cases/{CASE}") == 1
    assert "Bar music" in own.text
    [first, _] = portal.services.times("GET /mediation/v1/mediations")
    assert first.query == "needs_me=true&limit=100"


async def test_a_guest_is_led_to_the_desk_where_they_answer(portal: Portal) -> None:
    await portal.sign_in("resident")
    guest = WAITING | {"roles": ["guest"], "waits": ["invitation"]}
    portal.services.says("GET /mediation/v1/mediations", {"items": [guest], "next_cursor": None})

    shown = await portal.browser.open("/cases")

    assert "Say whether you come" in shown.text
    assert f"/cases/{CASE}" not in shown.answer.text
    [card] = [found for tag, found in shown.tags if tag == "a" and "card-you" in (found.get("class") or "")]
    assert card["href"] == "/mediations"


async def test_while_mediation_is_away_the_cases_stay(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": None})
    portal.services.is_away("mediation")

    shown = await portal.browser.open("/cases")

    assert shown.status == 200
    assert f"/cases/{CASE}" in shown.answer.text


async def test_a_mediator_answers_requests_on_the_desk(portal: Portal) -> None:
    await portal.sign_in("mediator")
    line = {
        "id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "status": "choosing_mediator",
        "roles": ["proposed"],
        "due": None,
    }
    portal.services.says("GET /mediation/v1/mediations", {"items": [line], "next_cursor": None})
    portal.services.says(f"POST /mediation/v1/mediations/{MEDIATION}/take", {"next": "Find a time."})

    desk = await portal.browser.open("/mediations")
    shown = await portal.browser.send(desk, f"/mediations/{MEDIATION}/steps/take", relation="kin")

    [sent] = portal.services.times(f"POST /mediation/v1/mediations/{MEDIATION}/take")
    assert sent.json == {"relation": "kin"}
    assert "Find a time." in (await portal.browser.follow(shown)).text


async def test_a_notice_is_read_only_when_it_is_opened(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /notifications/v1/inbox", {"items": [a_notice()], "next_cursor": None})
    portal.services.says(f"POST /notifications/v1/inbox/{NOTICE}/read", {"id": str(NOTICE)})

    inbox = await portal.browser.open("/inbox")
    assert "We have your matter" in inbox.text
    assert "The coordinator checks it." not in inbox.text
    assert not portal.services.times(f"POST /notifications/v1/inbox/{NOTICE}/read")

    portal.services.says(
        "GET /notifications/v1/inbox",
        {"items": [a_notice(read_at="2026-03-13T01:00:00Z")], "next_cursor": None},
    )
    notice = await portal.browser.follow(await portal.browser.send(inbox, f"/inbox/{NOTICE}/open"))

    assert "The coordinator checks it." in notice.text
    assert any(found.get("href") == PAGE for _, found in notice.tags)
    assert portal.services.times(f"POST /notifications/v1/inbox/{NOTICE}/read")


async def test_a_survey_needs_no_sign_in(portal: Portal) -> None:
    question = {
        "reference": REFERENCE,
        "category": "noise",
        "subcategory": "bar_music",
        "side": "complainant",
        "closes_on": "2026-05-29",
        "open": True,
    }
    portal.services.says("GET /complaints/v1/surveys/abc.d-e_f", question)
    portal.services.says("POST /complaints/v1/surveys/abc.d-e_f", a_receipt())

    done = await portal.browser.send(
        await portal.browser.open("/survey/abc.d-e_f"),
        "/survey/abc.d-e_f",
        solved="yes",
        score="4",
        comment="现在能睡了",
        share_comment="yes",
    )

    [sent] = portal.services.times("POST /complaints/v1/surveys/abc.d-e_f")
    assert sent.json == {"solved": True, "score": 4, "comment": "现在能睡了", "share_comment": True}
    assert sent.token == ""
    assert "Thank you" in done.text
