"""Photos and recordings, brought and looked at on the case's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from starlette.responses import Response

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, a_case, a_receipt

PAGE = f"/cases/{CASE}"
PIECE = UUID("00000000-0000-4000-8000-0000000000e1")
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_PIECES = f"{THE_CASE}/evidence"
ADD = f"POST /complaints/v1/cases/{CASE}/evidence"
JPEG = b"\xff\xd8\xff" + bytes(2_000_000)


def a_piece(**more: Any) -> dict[str, Any]:
    piece = {"id": str(PIECE), "kind": "photo", "added_by": "complainant", "shown": "withheld"}
    return piece | {"note": "后门", "size": 2_000_003, "readable": True} | more


async def upload(portal: Portal, step: str, file: bytes, **typed: str) -> Shown:
    """The form of the page, sent with a file as browsers send it."""
    page = await portal.browser.open(PAGE)
    path = f"{PAGE}/steps/{step}"
    fields = {name: values[0] for name, values in page.form(path).fields.items() if name != "file"}
    files = {"file": ("IMG_1.jpg", file, "image/jpeg")}
    return Shown(await portal.client.http.post(path, data=fields | typed, files=files))


async def test_a_photo_goes_to_the_case_with_what_is_said_of_it(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))
    portal.services.says(ADD, a_receipt(next="The coordinator looks at it."), 201)

    done = await upload(
        portal, "evidence", JPEG, kind="photo", taken_at_day="2026-03-12", taken_at_time="23:40", note="后门"
    )

    assert done.goes_to == PAGE
    [sent] = portal.services.times(ADD)
    said, _, file = sent.body.partition(b'name="file"')
    assert b"photo" in said
    assert b"2026-03-12T23:40:00+08:00" in said
    assert JPEG in file
    assert b"IMG_1" not in sent.body
    assert sent.token
    assert sent.headers["idempotency-key"]
    assert "The coordinator looks at it." in (await portal.browser.open(PAGE)).text


async def test_it_happened_again_with_a_recording_and_what_lies_there_already(portal: Portal) -> None:
    await portal.sign_in("resident")
    seen = {"at": "2026-03-12T15:40:00Z", "by": "complainant", "note": "上周五", "evidence_ids": [str(PIECE)]}
    portal.services.says(THE_CASE, a_case("occurrences", occurrences=[seen]))
    own = a_piece(kind="audio", added_at="2026-03-12T15:50:00Z")
    portal.services.says(THE_PIECES, {"items": [own]})
    log = f"POST /complaints/v1/cases/{CASE}/occurrences"
    portal.services.says(log, a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "上周五" in shown.text
    assert "of a time it happened again" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/occurrences", note="又来了", kind="photo")
    await upload(portal, "occurrences", b"RIFF", kind="audio", evidence_ids=str(PIECE))

    alone, with_file = portal.services.times(log)
    assert alone.json == {"note": "又来了", "evidence_ids": []}
    said, _, file = with_file.body.partition(b'name="file"')
    assert b'name="kind"' in said
    assert str(PIECE).encode() in said
    assert b"RIFF" in file


@pytest.mark.parametrize("file", [b"", None])
async def test_without_a_file_the_form_comes_back_with_what_was_typed(
    portal: Portal, file: bytes | None
) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))

    shown = (
        await portal.browser.send(
            await portal.browser.open(PAGE), f"{PAGE}/steps/evidence", kind="audio", note="凌晨"
        )
        if file is None
        else await upload(portal, "evidence", file, kind="audio", note="凌晨")
    )

    assert shown.status == 422
    assert "凌晨" in shown.answer.text
    assert not portal.services.times(ADD)


async def test_what_the_service_refuses_is_said_beside_the_field(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))
    wrong = [{"pointer": "/file", "code": "not_this_kind", "detail": "This is no photo."}]
    portal.services.refuses(ADD, 422, "invalid", "Please look again.", errors=wrong)

    shown = await upload(portal, "evidence", JPEG, kind="photo")

    assert shown.status == 422
    assert "This is no photo." in shown.text


async def test_more_than_the_largest_file_is_not_taken(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))
    monkeypatch.setitem(vars(portal.client.app.state.kit.settings), "upload_bytes", 1_000_000)

    shown = await upload(portal, "evidence", JPEG, kind="photo")

    assert shown.status == 413
    assert not portal.services.times(ADD)


async def test_who_has_not_signed_in_sends_no_large_file(portal: Portal) -> None:
    answer = await portal.client.http.post(f"{PAGE}/steps/evidence", files={"file": ("x.jpg", JPEG)})

    assert Shown(answer).goes_to == "/sign-in"


async def test_a_file_is_shown_as_the_service_hands_it_out(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_PIECES, {"items": [a_piece()]})
    private = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    portal.services.answers[f"{THE_PIECES}/{PIECE}/content"] = Response(
        JPEG, media_type="image/jpeg", headers=private
    )

    shown = await portal.browser.open(PAGE)
    file = await portal.client.http.get(f"{PAGE}/evidence/{PIECE}")

    assert "not shown to the other side yet" in shown.text
    assert f'src="{PAGE}/evidence/{PIECE}"' in shown.answer.text
    assert file.content == JPEG
    assert file.headers["content-type"] == "image/jpeg"
    assert file.headers["cache-control"] == "private, no-store"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in file.headers["content-security-policy"]


async def test_a_file_of_somebody_else_is_not_there(portal: Portal) -> None:
    await portal.sign_in("resident")

    assert (await portal.browser.open(f"{PAGE}/evidence/{PIECE}")).status == 404


async def test_a_coordinator_releases_a_masked_copy_seals_or_opens(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    steps = ("release_evidence", "seal_evidence", "open_evidence")
    portal.services.says(THE_CASE, a_case(*steps, role_in_case="coordinator"))
    portal.services.says(THE_PIECES, {"items": [a_piece()]})
    release = f"POST /complaints/v1/cases/{CASE}/evidence/{PIECE}/release"
    portal.services.says(release, a_receipt())

    offered = {form.action.rsplit("/", 1)[-1] for form in (await portal.browser.open(PAGE)).forms}
    await upload(portal, "release_masked", JPEG)

    assert offered == {"release_evidence", "release_masked", "seal_evidence"}
    [sent] = portal.services.times(release)
    assert JPEG in sent.body

    portal.services.says(THE_PIECES, {"items": [a_piece(shown="sealed", readable=False)]})
    offered = {form.action.rsplit("/", 1)[-1] for form in (await portal.browser.open(PAGE)).forms}
    assert offered == {"open_evidence"}


async def test_a_film_is_released_masked_too(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("release_evidence", role_in_case="coordinator"))
    portal.services.says(THE_PIECES, {"items": [a_piece(kind="video")]})
    release = f"POST /complaints/v1/cases/{CASE}/evidence/{PIECE}/release"
    portal.services.says(release, a_receipt())

    offered = {form.action.rsplit("/", 1)[-1] for form in (await portal.browser.open(PAGE)).forms}
    await upload(portal, "release_masked_film", JPEG)

    assert offered == {"release_evidence", "release_masked_film"}
    [sent] = portal.services.times(release)
    assert b"video" in sent.body


async def test_a_reading_is_shown_with_its_verdict(portal: Portal) -> None:
    await portal.sign_in("resident")
    verdict = {"outcome": "above_limit", "text": "10 dB above the limit; a clue."}
    reading = {"id": str(PIECE), "added_by": "complainant", "verdict": verdict}
    portal.services.says(THE_CASE, a_case(readings=[reading]))

    assert "10 dB above the limit; a clue." in (await portal.browser.open(PAGE)).text
