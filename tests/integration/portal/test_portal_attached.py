"""Photos and a voice note chosen while a filing is written go with it, and what is lost is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from starlette.responses import Response

from services.portal import attached
from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_filing import FILING, WRITTEN, has_family_at_home, the_form
from tests.integration.portal.town import CASE, a_receipt

CLEANED = "POST /complaints/v1/evidence/cleaned"
ADD = f"POST /complaints/v1/cases/{CASE}/evidence"
LARGE = b"\xff\xd8\xff" + bytes(2_000_000)
CLEAN = b"\xff\xd8\xffthe clean one"
ATTACH = WRITTEN | {"step": "attach"}


@pytest.fixture(autouse=True)
async def files_are_taken(portal: Portal, portal_database: str) -> None:
    await executed(portal_database, "DELETE FROM kept_files")
    portal.services.answers[CLEANED] = Response(CLEAN, media_type="image/jpeg")
    portal.services.says(ADD, a_receipt(), 201)


async def choose(portal: Portal, page: Shown, *names: str, field: str = "photos", **typed: str) -> Shown:
    """Sends the form as browsers do, with files of these names chosen in one field."""
    said = page.form("/file").fields | {name: [value] for name, value in typed.items()}
    data = {name: values for name, values in said.items() if name not in ("photos", "voice", "drop")}
    files = [(field, (name, LARGE, "image/jpeg")) for name in names]
    return Shown(await portal.client.http.post("/file", data=data, files=files))


async def the_session_ends(database: str) -> None:
    await executed(database, "DELETE FROM sessions")


async def executed(database: str, sql: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute(sql)
    await connection.close()


async def files_kept(database: str) -> int:
    connection = await asyncpg.connect(database)
    kept: int = await connection.fetchval("SELECT count(*) FROM kept_files WHERE content <> ''")
    await connection.close()
    return kept


async def test_what_was_chosen_is_put_aside_and_goes_with_the_filing_once(
    portal: Portal, portal_database: str
) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "IMG_1.jpg", **ATTACH)
    assert not portal.services.times(FILING)
    assert "IMG_1.jpg" in shown.text
    assert shown.form("/file").fields["description"] == ["低音炮咚咚咚的"]
    shown = await choose(portal, shown, "note", field="voice", shows_minor="yes", **ATTACH)
    kinds = [b'name="kind"\r\n\r\nphoto' in one.body for one in portal.services.times(CLEANED)]
    assert kinds == [True, False]

    for _ in range(2):
        done = await portal.browser.send(shown, "/file", **WRITTEN)

    assert done.goes_to == f"/cases/{CASE}/receipt"
    first, second = portal.services.times(ADD)
    assert (b"photo" in first.body, b"audio" in second.body) == (True, True)
    assert (CLEAN in first.body, LARGE in first.body) == (True, False)
    assert b'name="shows_minor"\r\n\r\nfalse' in first.body
    assert b'name="shows_minor"\r\n\r\ntrue' in second.body
    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]
    assert "lie before it: 2" in (await portal.browser.open(done.goes_to)).text
    assert await files_kept(portal_database) == 0


async def test_what_went_to_one_case_is_not_said_to_lie_before_another_that_the_same_form_filed(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "a.jpg", **ATTACH)
    first = await portal.browser.send(shown, "/file", **WRITTEN)
    assert "lie before it: 1" in (await portal.browser.open(first.goes_to)).text

    another = "5a000000-0000-4000-8000-0000000000fb"
    portal.services.says(FILING, a_receipt(id=another), 201)
    second = await portal.browser.send(shown, "/file", **WRITTEN, key="another")

    told = (await portal.browser.open(second.goes_to)).text
    assert second.goes_to == f"/cases/{another}/receipt"
    assert "could not be added: 1" in told
    assert "lie before it" not in told
    assert len(portal.services.times(ADD)) == 1


async def test_the_form_of_a_filing_that_was_sent_lists_no_photo_that_would_not_go_along_again(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "a.jpg", **ATTACH)
    await portal.browser.send(shown, "/file", **WRITTEN)

    portal.services.refuses(FILING, 422, "key_reused", "Sent with other words.")
    again = await portal.browser.send(shown, "/file", **WRITTEN | {"description": "换了说法"})

    assert "a.jpg" not in again.text
    assert "could not be kept. Please choose them again." in again.text
    assert "attached" not in again.form("/file").fields
    assert again.form("/file").fields["description"] == ["换了说法"]


async def test_chosen_with_the_last_button_it_goes_along_too(portal: Portal) -> None:
    await portal.sign_in("resident")
    done = await choose(portal, await the_form(portal), "IMG_1.jpg", **WRITTEN)
    assert done.goes_to == f"/cases/{CASE}/receipt"
    assert len(portal.services.times(ADD)) == 1


async def test_a_file_that_is_not_taken_is_named_with_the_reason_and_the_others_stay(portal: Portal) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "good.jpg", **ATTACH)
    wrong = [{"pointer": "/file", "code": "file_type_unknown", "detail": "This type is not taken."}]
    portal.services.refuses(CLEANED, 422, "invalid", "Please look again.", errors=wrong)

    again = await choose(portal, shown, "drawing.svg", **WRITTEN)

    assert again.status == 422
    assert "drawing.svg: This type is not taken." in again.text
    assert "good.jpg" in again.text
    assert again.form("/file").fields["description"] == ["低音炮咚咚咚的"]
    assert not portal.services.times(FILING)


async def test_one_too_many_is_not_taken(portal: Portal) -> None:
    await portal.sign_in("resident")
    names = [f"{number}.jpg" for number in range(6)]
    again = await choose(portal, await the_form(portal), *names, **ATTACH)
    assert "5.jpg: No more than 5" in again.text
    assert len(again.form("/file").fields["attached"]) == 5


async def test_of_more_than_one_person_may_have_put_aside_the_oldest_go_and_nobody_elses(
    portal: Portal, portal_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached, "MOST_KEPT", 2)
    somebody_elses = "INSERT INTO kept_files VALUES ('id', 'label', 'content', '2099-01-01', 'owner')"
    await executed(portal_database, somebody_elses)
    await portal.sign_in("resident")
    left = await choose(portal, await the_form(portal), "left.jpg", **ATTACH)
    portal.clock.advance(timedelta(minutes=1))
    shown = await choose(portal, await the_form(portal), "a.jpg", "b.jpg", **ATTACH)
    assert len(shown.form("/file").fields["attached"]) == 2
    assert await files_kept(portal_database) == 3

    again = await portal.browser.send(left, "/file", **WRITTEN)
    assert "Please choose them again." in again.text
    await portal.browser.send(shown, "/file", **WRITTEN)
    assert len(portal.services.times(ADD)) == 2


async def test_somebody_thinks_better_of_one(portal: Portal) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "a.jpg", "b.jpg", **ATTACH)
    first, second = shown.form("/file").fields["attached"]
    left = await portal.browser.send(shown, "/file", drop=first)
    assert left.form("/file").fields["attached"] == [second]
    await portal.browser.send(left, "/file", **WRITTEN)
    assert len(portal.services.times(ADD)) == 1


async def test_after_the_session_ended_the_words_are_there_and_the_lost_photo_is_named(
    portal: Portal, portal_database: str
) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "kept.jpg", **ATTACH)
    await the_session_ends(portal_database)

    asked = await choose(portal, shown, "late.jpg", **WRITTEN)
    assert asked.goes_to == "/sign-in?back=%2Ffile"
    back = await portal.browser.open((await portal.sign_in("resident", back="/file")).goes_to)

    assert back.form("/file").fields["description"] == ["低音炮咚咚咚的"]
    assert "could not be kept. Please choose them again." in back.text
    assert "kept.jpg" in back.text
    assert not portal.services.times(FILING)
    assert len(portal.services.times(CLEANED)) == 1, "a stranger's file goes nowhere"
    await portal.browser.send(back, "/file", **WRITTEN)
    assert len(portal.services.times(ADD)) == 1


async def test_an_anonymous_word_goes_without_files(portal: Portal) -> None:
    await portal.sign_in("resident")
    again = await choose(portal, await the_form(portal), "a.jpg", identity="anonymous", **WRITTEN)
    assert "goes without photos and recordings" in again.text
    assert not portal.services.times(FILING)


FOR_ANOTHER = {"on_behalf_of": str(CASE), "consent_how": "told_in_person", "consent_day": "2026-03-12"}


@pytest.mark.parametrize(
    ("role", "typed", "sentence"),
    [
        (
            "building_captain",
            FOR_ANOTHER | {"relation": "captain"},
            "cannot go with what is filed for somebody else",
        ),
        (
            "volunteer",
            FOR_ANOTHER | {"relation": "neighbour"},
            "cannot go with what is filed for somebody else",
        ),
        (
            "building_captain",
            FOR_ANOTHER | {"relation": "kin"},
            "cannot go with what is filed for somebody else",
        ),
        ("resident", {"affected_under_14": "yes"}, "cannot go with a matter that a child under 14 is in"),
        ("coordinator", {"affected_under_14": "yes"}, "cannot go with a matter that a child under 14 is in"),
    ],
)
async def test_files_that_could_not_be_added_afterwards_are_told_before_anything_is_sent(
    portal: Portal, role: str, typed: dict[str, str], sentence: str
) -> None:
    await portal.sign_in("resident", role)
    again = await choose(portal, await the_form(portal), "a.jpg", **typed, **WRITTEN)
    assert again.status == 422
    assert sentence in again.text
    assert not portal.services.times(FILING)

    [handle] = again.form("/file").fields["attached"]
    without = await portal.browser.send(again, "/file", drop=handle, **typed, **WRITTEN)
    await portal.browser.send(without, "/file", **typed, **WRITTEN)
    assert len(portal.services.times(FILING)) == 1
    assert not portal.services.times(ADD)


@pytest.mark.parametrize(
    ("role", "relation"), [("resident", "kin"), ("building_captain", "kin"), ("coordinator", "staff")]
)
async def test_for_ones_family_at_home_and_from_the_coordinator_files_go_along(
    portal: Portal, role: str, relation: str
) -> None:
    has_family_at_home(portal)
    await portal.sign_in("resident", role)
    typed = FOR_ANOTHER | WRITTEN | {"relation": relation}
    await choose(portal, await the_form(portal), "a.jpg", **typed)
    assert len(portal.services.times(ADD)) == 1


async def test_what_lay_too_long_is_asked_for_again(portal: Portal, portal_database: str) -> None:
    await portal.sign_in("resident")
    shown = await choose(portal, await the_form(portal), "a.jpg", **ATTACH)
    await the_session_ends(portal_database)
    portal.clock.advance(timedelta(days=4))
    await portal.browser.send(shown, "/file", **WRITTEN)
    again = await portal.browser.open((await portal.sign_in("resident", back="/file")).goes_to)
    assert "Please choose them again." in again.text
    assert "a.jpg" not in again.text


async def test_a_file_the_case_does_not_take_is_told_and_the_complaint_stands(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.refuses(ADD, 404, "not_found", "Not found.")
    done = await choose(portal, await the_form(portal), "a.jpg", **WRITTEN)
    assert (
        "could not be added: 1. Your complaint has arrived" in (await portal.browser.open(done.goes_to)).text
    )


async def test_with_the_service_away_nothing_written_is_lost(portal: Portal) -> None:
    await portal.sign_in("resident")
    page = await the_form(portal)
    portal.services.refuses(CLEANED, 503, "unavailable", "away")
    again = await choose(portal, page, "a.jpg", **WRITTEN)
    assert again.status == 503
    for shown in (again, await portal.browser.open("/file")):
        assert shown.form("/file").fields["description"] == ["低音炮咚咚咚的"]
        assert "Please choose them again." in shown.text


async def test_the_database_holds_nothing_of_a_file_that_can_be_read(
    portal: Portal, portal_database: str
) -> None:
    await portal.sign_in("resident")
    await choose(portal, await the_form(portal), "IMG_secret.jpg", **ATTACH)
    connection = await asyncpg.connect(portal_database)
    rows: list[Any] = await connection.fetch("SELECT label, content FROM kept_files")
    await connection.close()
    assert rows
    for row in rows:
        assert b"secret" not in row["label"]
        assert b"the clean one" not in row["content"]


async def test_what_nobody_sent_in_time_is_let_go_of_when_somebody_signs_in(
    portal: Portal, portal_database: str
) -> None:
    await portal.sign_in("resident")
    await choose(portal, await the_form(portal), "a.jpg", **ATTACH)
    over = "SELECT count(*) FROM kept_files WHERE expires_at <= $1"
    connection = await asyncpg.connect(portal_database)
    await the_session_ends(portal_database)
    portal.clock.advance(timedelta(days=4))
    assert await connection.fetchval(over, portal.clock.now())
    await portal.sign_in("resident")
    assert not await connection.fetchval(over, portal.clock.now())
    await connection.close()
