"""What the alliance says often: written on a page of its own, taken into a message or a work record."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, a_case

PAGE, CASE_PAGE = "/alliance/phrases", f"/cases/{CASE}"
LIST = "GET /complaints/v1/phrases"
ID = str(uuid4())
ARRIVED = {
    "id": ID,
    "used_in": "message",
    "title_zh": "已收到",
    "text_zh": "您反映的事已收到。",
    "title_en": "It has arrived",
    "text_en": "What you wrote has arrived.",
}
SEEN = ARRIVED | {
    "id": str(uuid4()),
    "used_in": "work",
    "title_zh": "看过",
    "title_en": None,
    "text_zh": "到过现场。",
}
SEEN |= {"text_en": None}


@pytest.fixture(autouse=True)
def there_are_phrases(portal: Portal) -> None:
    portal.services.says(LIST, {"items": [ARRIVED, SEEN]})


async def test_a_new_one_is_kept_and_a_known_one_let_go(portal: Portal) -> None:
    await portal.sign_in("operator")
    shown = await portal.browser.open(PAGE)
    ids = [form.fields["id"][0] for form in shown.forms if form.action == PAGE]
    assert (ids[0], len(ids)) == (ID, 3)
    keep, forget = f"PUT /complaints/v1/phrases/{ids[-1]}", f"POST /complaints/v1/phrases/{ID}/forget"
    for what in (keep, forget):
        portal.services.says(what, {"items": []})

    new = {"used_in": "work", "title_zh": "量过", "text_zh": "量过噪声。", "title_en": "", "text_en": ""}
    done = await portal.browser.send(shown, PAGE, id=ids[-1], **new)
    await portal.browser.send(shown, PAGE, step="forget")

    [sent] = portal.services.times(keep)
    assert sent.json == {name: value for name, value in new.items() if value}
    assert portal.services.times(forget)
    assert "Kept." in (await portal.browser.follow(done)).text


async def test_what_is_wrong_stands_beside_its_field_and_the_words_stay(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    shown = await portal.browser.open(PAGE)
    again = await portal.browser.send(shown, PAGE, title_zh="", text_zh="只有内容")
    assert again.status == 422
    assert again.form(PAGE).fields["text_zh"] == ["只有内容"]
    assert "phrase-1-title-zh-wrong" in again.answer.text


async def test_it_is_nobody_elses_page(portal: Portal) -> None:
    await portal.sign_in("mediator")
    assert (await portal.browser.open(PAGE)).status == 404


async def test_a_phrase_is_taken_into_the_form_in_which_it_is_said(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    case = a_case("messages", "work", role_in_case="coordinator")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/work", {"items": []})

    shown = await portal.browser.open(CASE_PAGE)
    links = [
        str(found["href"]) for tag, found in shown.tags if tag == "a" and "?phrase=" in str(found.get("href"))
    ]
    assert [one.split("#")[1] for one in links] == ["step-messages", "step-work"]
    message, work = [await portal.browser.open(one.split("#")[0]) for one in links]

    assert message.form(f"{CASE_PAGE}/steps/messages").fields["text"] == ["What you wrote has arrived."]
    assert work.form(f"{CASE_PAGE}/steps/work").fields["note"] == ["到过现场。"]
    assert message.form(f"{CASE_PAGE}/steps/work").fields["note"] == [""]


async def test_a_party_is_offered_none(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", a_case("messages"))
    shown = await portal.browser.open(f"{CASE_PAGE}?phrase={ID}")
    assert "?phrase=" not in shown.answer.text
    assert shown.form(f"{CASE_PAGE}/steps/messages").fields["text"] == [""]
    assert not portal.services.times(LIST)
