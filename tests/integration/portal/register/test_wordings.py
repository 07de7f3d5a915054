"""What notices say, on the administrators' pages: listed by group, looked at, kept, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import MA
from tests.support.tokens import ALLIANCE

PATH = "/alliance/wordings/answer_awaited/en"
ADDRESS = "/notifications/v1/wordings/answer_awaited/en"
STANDARD = {
    "title": "Please answer",
    "body": "You may agree or propose a way.",
    "dates": "Please answer by {answer_until}.",
}
OURS = {
    "title": "Your neighbours wait for a word",
    "body": "Please open it.",
    "dates": "Until {answer_until}.",
}
SEEN = {
    "subject": "News on your matter SJ-0000-0000-1",
    "title": OURS["title"],
    "body": "Until Thu 12 March.",
}


def a_wording(*, own: bool = False) -> dict[str, Any]:
    version = {"version": 1, "words": OURS, "set_by": str(MA), "set_at": "2026-03-05T02:00:00Z"}
    return {
        "kind": "answer_awaited",
        "language": "en",
        "group": "required",
        "placeholders": ["answer_until"],
        "own": own,
        "words": OURS if own else STANDARD,
        "standard": STANDARD,
        "version": int(own),
        "versions": [version] if own else [],
        "preview": SEEN | {"title": STANDARD["title"]},
    }


@pytest.fixture(autouse=True)
def there_are_words(office: Portal) -> None:
    office.services.says(f"GET {ADDRESS}", a_wording())


async def test_the_kinds_stand_by_group_with_both_languages(office: Portal) -> None:
    lines = [
        {"kind": "case_to_check", "group": "desk", "title": "A new matter waits", "own": []},
        {"kind": "answer_awaited", "group": "required", "title": OURS["title"], "own": ["en"]},
    ]
    office.services.says("GET /notifications/v1/wordings", {"items": lines})
    shown = await office.browser.open("/alliance/wordings")
    assert shown.text.index("What is always mailed") < shown.text.index(OURS["title"])
    assert shown.text.index(OURS["title"]) < shown.text.index("Your work in the alliance")
    assert shown.text.count("own words") == 1
    links = {found.get("href") for _, found in shown.tags}
    assert {PATH, "/alliance/wordings/answer_awaited/zh-CN"} <= links
    kept = {"id": str(ALLIANCE), "name": "山北", "contact": None, "blocks": []}
    office.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", kept)
    overview = await office.browser.open("/alliance")
    assert "/alliance/wordings" in {found.get("href") for _, found in overview.tags}


async def test_own_words_are_looked_at_first_and_kept_on_the_version_that_was_seen(office: Portal) -> None:
    office.services.says(f"POST {ADDRESS}/preview", SEEN)
    office.services.says(f"PUT {ADDRESS}", a_wording(own=True))
    shown = await office.browser.open(PATH)
    assert "{answer_until} the last day to answer" in shown.text
    assert "Back to the standard" not in shown.text

    seen = await office.browser.send(shown, PATH, **OURS, step="preview")
    assert "it is not kept yet" in seen.text
    assert "Until Thu 12 March." in seen.text
    assert office.services.times(f"PUT {ADDRESS}") == []
    done = await office.browser.send(seen, PATH, step="keep")

    assert done.goes_to == PATH
    [sent] = office.services.times(f"PUT {ADDRESS}")
    assert sent.json == OURS | {"follows": 0}


async def test_what_is_wrong_stands_beside_its_field_and_the_words_stay(office: Portal) -> None:
    wrong = [
        {"pointer": "/dates", "code": "placeholder_missing", "detail": "“answer_until” has to be in it."}
    ]
    office.services.refuses(f"PUT {ADDRESS}", 422, "invalid", "Please look again.", errors=wrong)
    shown = await office.browser.open(PATH)
    again = await office.browser.send(shown, PATH, **OURS | {"dates": "Soon."}, step="keep")
    assert again.status == 422
    assert "dates-wrong" in again.answer.text
    assert again.form(PATH).fields["dates"] == ["Soon."]


async def test_what_somebody_else_changed_meanwhile_is_said_and_the_words_stay(office: Portal) -> None:
    office.services.refuses(f"PUT {ADDRESS}", 409, "changed_meanwhile", "Somebody changed it meanwhile.")
    again = await office.browser.send(await office.browser.open(PATH), PATH, **OURS, step="keep")
    assert "Somebody changed it meanwhile." in again.text
    assert again.form(PATH).fields["title"] == [OURS["title"]]


async def test_the_standard_comes_back(office: Portal) -> None:
    office.services.says(f"GET {ADDRESS}", a_wording(own=True))
    office.services.says(f"POST {ADDRESS}/restore", a_wording())
    shown = await office.browser.open(PATH)
    assert f"/alliance/members/{MA}" in {found.get("href") for _, found in shown.tags}
    done = await office.browser.send(shown, PATH, step="restore")
    assert done.goes_to == PATH
    [sent] = office.services.times(f"POST {ADDRESS}/restore")
    assert sent.json == {"follows": 1}
    assert "Kept." in (await office.browser.follow(done)).text


async def test_what_was_typed_comes_back_after_signing_in_again(office: Portal) -> None:
    shown = await office.browser.open(PATH)
    office.clock.advance(timedelta(minutes=10))
    office.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")
    await office.browser.send(shown, PATH, **OURS, step="keep")
    await office.sign_in("operator")
    assert (await office.browser.open(PATH)).form(PATH).fields["title"] == [OURS["title"]]
