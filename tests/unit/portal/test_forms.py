from __future__ import annotations

import pytest
from fastapi import Request

from services.portal import forms
from services.portal.forms import Form, Mistakes, Unreadable, page_of_form
from services.portal.gateway import FieldError
from services.portal.pages.common import local_path


def a_request(body: bytes) -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)


async def test_what_was_typed_is_read_without_the_blanks_around_it() -> None:
    form = await Form.of(a_request(b"text=+%E5%A4%9C%0D%0A%E7%8C%AB+&empty=&tick=yes"))

    assert form["text"] == "夜\n猫"
    assert form["empty"] == ""
    assert form["never sent"] == ""
    assert form.says("tick")
    assert not form.says("empty")


@pytest.mark.parametrize("body", [b"text=%00", b"text=%ff", b"text=\xff", b"&".join([b"a=b"] * 201)])
async def test_what_no_form_of_ours_sends_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        await Form.of(a_request(body))


def test_a_draft_keeps_the_key_and_not_the_proof() -> None:
    assert Form({"csrf": ["x"], "key": ["y"], "text": ["夜猫"]}).typed == {"key": ["y"], "text": ["夜猫"]}


def test_empty_fields_are_all_named_at_once() -> None:
    with pytest.raises(Mistakes) as mistakes:
        forms.required(Form({"one": [" "], "two": ["2"]}), "one", "two", "three")

    assert mistakes.value.codes == {"one": "field_missing", "three": "field_missing"}


def test_a_time_of_day_is_one_in_shanghai() -> None:
    assert forms.local_moment("2026-03-05", "19:00") == "2026-03-05T19:00:00+08:00"


@pytest.mark.parametrize(("day", "time"), [("", "19:00"), ("2026-03-05", ""), ("2026-02-30", "19:00")])
def test_half_a_time_is_none(day: str, time: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        forms.local_moment(day, time)


def test_a_pointer_leads_to_the_field_it_begins_with() -> None:
    errors = [FieldError("/place_id", "Unknown."), FieldError("/commitments/0/what", "Required.")]

    assert forms.by_field(errors) == {"place_id": "Unknown.", "commitments": "Required."}


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/file", "/file"),
        ("/survey/ab.c-_", "/survey/ab.c-_"),
        (
            "/cases/5a000000-0000-4000-8000-000000000001/steps/accept",
            "/cases/5a000000-0000-4000-8000-000000000001",
        ),
        ("/mediations/5a000000-0000-4000-8000-000000000001/steps/take", "/mediations"),
        (
            "/cases/5a000000-0000-4000-8000-000000000001/steps/sign/code",
            "/cases/5a000000-0000-4000-8000-000000000001",
        ),
        ("/mediations/calendar-link", "/mediations"),
        ("/sign-out", "/"),
        ("/mediators/me/hours", "/mediators/me/hours"),
        ("/rooms", "/rooms"),
        (
            "/shops/5a000000-0000-4000-8000-000000000001/hours",
            "/shops/5a000000-0000-4000-8000-000000000001/hours",
        ),
    ],
)
def test_each_form_is_found_again_on_its_page(path: str, page: str) -> None:
    assert page_of_form(path) == page


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/a\nb",
        "/\t/evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(path: str) -> None:
    assert local_path(path) == "/"


def test_our_own_pages_are_returned_to() -> None:
    assert local_path("/cases?cursor=a%20b#step") == "/cases?cursor=a%20b#step"
