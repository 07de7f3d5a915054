"""Photos and recordings, brought and looked at on the case's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from starlette.responses import Response

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_pledges import ADDRESS, PLEDGE, pledged
from tests.integration.portal.town import (
    CASE,
    COMMITMENT,
    MEDIATION,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
)

PAGE = f"/cases/{CASE}"
PIECE = UUID("00000000-0000-4000-8000-0000000000e1")
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_MEDIATION = f"GET /mediation/v1/mediations/{MEDIATION}"
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

    assert "What helps most with such a matter: Sound recording." in (await portal.browser.open(PAGE)).text
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
    await upload(portal, "occurrences", b"RIFF", kind="audio", evidence_ids=str(PIECE), shows_minor="yes")

    alone, with_file = portal.services.times(log)
    assert alone.json == {"note": "又来了", "evidence_ids": []}
    said, _, file = with_file.body.partition(b'name="file"')
    assert b'name="kind"' in said
    assert str(PIECE).encode() in said
    assert b"true" in said.partition(b'name="shows_minor"')[2]
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


PROVE = f"POST /mediation/v1/commitments/{COMMITMENT}/proof"


def owes_a_proof(portal: Portal, *, possible: tuple[str, ...] = ("evidence",)) -> None:
    summary = {"id": str(MEDIATION), "status": "performing"}
    case = a_case(*possible, role_in_case="respondent", side="respondent", mediation=summary)
    portal.services.says(THE_CASE, case)
    agreement = an_agreement()
    portal.services.says(THE_MEDIATION, a_mediation("proof", status="performing", agreement=agreement))
    portal.services.says(PROVE, a_receipt(next="The other side looks at it."))


async def test_the_proof_of_a_promise_takes_a_photo_along(portal: Portal) -> None:
    await portal.sign_in("merchant")
    owes_a_proof(portal)
    portal.services.says(ADD, a_receipt(evidence_id=str(PIECE)), 201)

    done = await upload(portal, "proof", JPEG, text="门上贴了告示", file_kind="photo")

    assert done.goes_to == PAGE
    [laid] = portal.services.times(ADD)
    assert JPEG in laid.body
    [proof] = portal.services.times(PROVE)
    assert proof.json == {"text": "门上贴了告示", "evidence_ids": [str(PIECE)]}
    assert proof.headers["idempotency-key"] == laid.headers["idempotency-key"]


async def test_a_proof_in_words_alone_lays_nothing_before_the_case(portal: Portal) -> None:
    await portal.sign_in("merchant")
    owes_a_proof(portal)
    await portal.browser.send(await portal.browser.open(PAGE), f"{PAGE}/steps/proof", text="门上贴了告示")
    assert portal.services.times(PROVE)[0].json == {"text": "门上贴了告示"}
    assert not portal.services.times(ADD)


async def test_who_may_lay_nothing_before_the_case_is_asked_for_words_alone(portal: Portal) -> None:
    await portal.sign_in("merchant")
    owes_a_proof(portal, possible=())
    fields = (await portal.browser.open(PAGE)).form(f"{PAGE}/steps/proof").fields
    assert "text" in fields
    assert "file" not in fields


async def test_so_does_the_proof_of_what_both_sides_settled_themselves_and_the_other_side_sees_it(
    portal: Portal,
) -> None:
    await portal.sign_in("merchant")
    status = {"stage": "act", "status": "keeping_settlement"}
    mine = pledged("wanted", yours=True, owner_side="respondent", measure="照片")
    case = a_case("pledges/proof", "evidence", role_in_case="respondent", pledges=[mine], **status)
    portal.services.says(THE_CASE, case)
    portal.services.says(ADD, a_receipt(evidence_id=str(PIECE)), 201)
    prove = f"POST {ADDRESS}/{PLEDGE}/proof"
    portal.services.says(prove, a_receipt())
    assert (await upload(portal, "pledges_proof", JPEG, text="装好了", file_kind="photo")).goes_to == PAGE
    [proof] = portal.services.times(prove)
    assert proof.json == {"text": "装好了", "evidence_ids": [str(PIECE)]}

    shown = pledged(
        "proven", owner_side="respondent", measure="照片", proof="装好了", evidence_ids=[str(PIECE)]
    )
    settlement = {"words": [], "to_agree_to": None, "lacks": []}
    portal.services.says(
        THE_CASE, a_case("pledges/confirm", pledges=[shown], settlement=settlement, **status)
    )
    portal.services.says(THE_PIECES, {"items": [a_piece(shown="released")]})
    page = await portal.browser.open(PAGE)
    _, _, after = page.answer.text.partition('id="settlement"')
    kept, _, _ = after.partition('id="evidence"')
    assert f'src="{PAGE}/evidence/{PIECE}"' in kept


async def test_the_paper_of_an_answer_is_laid_before_the_case_and_shown_beside_it(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    came = {"slip": "paper", "received_on": "2026-03-12", "evidence_ids": [str(PIECE)]}
    possible = ("enter-answer", "evidence")
    case = a_case(*possible, role_in_case="coordinator", answer=None, answer_entered=came)
    portal.services.says(THE_CASE, case)
    portal.services.says(THE_PIECES, {"items": [a_piece(added_by="coordinator")]})
    portal.services.says(ADD, a_receipt(evidence_id=str(PIECE)), 201)
    enter = f"POST /complaints/v1/cases/{CASE}/enter-answer"
    portal.services.says(enter, a_receipt())
    page = await portal.browser.open(PAGE)
    assert "On paper, received on" in page.text
    said = {"kind": "refuse", "text": "没空", "slip": "paper", "received_on": "2026-03-12"}
    assert (await upload(portal, "enter_answer", JPEG, file_kind="photo", **said)).goes_to == PAGE
    [sent] = portal.services.times(enter)
    assert sent.json == said | {"evidence_ids": [str(PIECE)]}


async def test_where_the_photo_is_refused_the_proof_is_not_sent_and_its_words_stay(portal: Portal) -> None:
    await portal.sign_in("merchant")
    owes_a_proof(portal)
    wrong = [{"pointer": "/file", "code": "not_this_kind", "detail": "This is no photo."}]
    portal.services.refuses(ADD, 422, "invalid", "Please look again.", errors=wrong)
    shown = await upload(portal, "proof", JPEG, text="门上贴了告示")
    assert (shown.status, "This is no photo." in shown.text) == (422, True)
    assert "门上贴了告示" in shown.answer.text
    assert not portal.services.times(PROVE)


async def test_whoever_confirms_a_promise_sees_the_photo_beside_it(portal: Portal) -> None:
    await portal.sign_in("resident")
    owes_a_proof(portal)
    agreement = an_agreement()
    agreement["commitments"][0] |= {"status": "proven", "proof": "贴了", "evidence_ids": [str(PIECE)]}
    portal.services.says(THE_MEDIATION, a_mediation("confirm", status="performing", agreement=agreement))
    portal.services.says(THE_PIECES, {"items": [a_piece(shown="released", note=None)]})
    shown = await portal.browser.open(PAGE)
    pictures = [found for tag, found in shown.tags if tag == "img" and found.get("class") == "photo"]
    assert [one["src"] for one in pictures] == [f"{PAGE}/evidence/{PIECE}"] * 2


async def test_more_than_the_largest_file_is_not_taken_and_the_words_beside_it_are_kept(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))
    monkeypatch.setitem(vars(portal.client.app.state.kit.settings), "upload_bytes", 1_500_000)

    shown = await upload(portal, "evidence", JPEG, kind="photo", note="后门")

    assert shown.status == 413
    assert "That file is too large" in shown.text
    assert not portal.services.times(ADD)
    [back] = [found["href"] for tag, found in shown.tags if tag == "a" and found.get("href") == PAGE]
    again = await portal.browser.open(back or "")
    assert again.form(f"{PAGE}/steps/evidence").fields["note"] == ["后门"]
    assert "Please choose them again." in again.text


async def test_a_filing_with_more_than_the_largest_file_keeps_its_words(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await portal.sign_in("resident")
    monkeypatch.setitem(vars(portal.client.app.state.kit.settings), "upload_bytes", 1_500_000)
    form = (await portal.browser.open("/file?category=noise")).form("/file").fields
    said = {name: values[0] for name, values in form.items() if name not in ("photos", "voice")}
    files = [("photos", (f"IMG_{number}.jpg", bytes(800_000), "image/jpeg")) for number in (1, 2)]

    sent = await portal.client.http.post("/file", data=said | {"description": "床在抖"}, files=files)

    assert sent.status_code == 413
    assert (await portal.browser.open("/file")).form("/file").fields["description"] == ["床在抖"]
    assert not portal.services.times("POST /complaints/v1/evidence/cleaned")


async def test_nobody_is_read_for_ever(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("evidence"))
    monkeypatch.setattr("services.portal.forms.MOST_READ_BYTES", 1_000_000)

    shown = await upload(portal, "evidence", JPEG, kind="photo")

    assert (shown.status, "That is too large" in shown.text) == (413, True)


async def test_a_stranger_is_read_for_no_longer_than_the_largest_file(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(portal.client.app.state.kit.settings), "upload_bytes", 1_000_000)
    form = (await portal.browser.open("/file?category=noise")).form("/file").fields
    said = {name: values[0] for name, values in form.items() if name not in ("photos", "voice")}

    sent = await portal.client.http.post("/file", data=said, files={"photos": ("x.jpg", JPEG)})

    assert (sent.status_code, "That is too large" in Shown(sent).text) == (413, True)


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
    level = {
        "quantity": "L_Aeq",
        "measured_db": "54.6",
        "correction_db": 2,
        "corrected_db": 53,
        "limit_db": 50,
    }
    band = {"quantity": "31.5", "measured_db": "80.1", "limit_db": 69}
    verdict = {
        "outcome": "above_limit",
        "text": "10 dB above the limit; a clue.",
        "period": "night",
        "findings": [level, band],
        "shortfalls": ["not_accredited", "sketch"],
    }
    reading = {"id": str(PIECE), "added_by": "complainant", "verdict": verdict}
    reading |= {"source": "fan", "instrument": "meter_type_1", "zone_class": "2"}
    portal.services.says(THE_CASE, a_case(readings=[reading]))

    shown = (await portal.browser.open(PAGE)).text
    for words in (
        "10 dB above the limit; a clue.",
        "Sound level meter, class 1",
        "noise class 2",
        "night",
        "L_Aeq: measured 54.6 dB, background 2 dB taken off: 53 dB; limit 50 dB",
        "31.5 Hz: measured 80.1 dB, not decided; limit 69 dB",
        "not measured by an accredited laboratory",
        "not on record: ",
    ):
        assert words in shown, words
