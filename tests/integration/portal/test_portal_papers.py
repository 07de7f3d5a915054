"""What is opened with a paper in hand: an anonymous matter by its secret, a notice by its code."""

from __future__ import annotations

import pytest
from starlette.responses import Response

from services.portal.pictures import code_of
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    BAR,
    BUILDING,
    CASE,
    HISTORY,
    MEDIATION,
    REFERENCE,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
)
from tests.support.tokens import ALLIANCE

LOOKUP, CLAIM, FILING = (f"POST /complaints/v1/{name}" for name in ("lookups", "claims", "cases"))
SECRET = "7K3M-9QX4-TT2P"
PAPER = {"reference": REFERENCE, "secret": SECRET}
TOLD = {
    "subcategory": "bar_music",
    "description": "后门锁着",
    "identity": "anonymous",
    "step": "send",
}


async def test_whoever_scans_a_poster_reports_its_place_without_signing_in(portal: Portal) -> None:
    portal.services.says(FILING, a_receipt(lookup_secret=SECRET), 201)
    start = await portal.browser.open(f"/file?place={BAR}")
    assert any(found.get("href") == f"/file?category=noise&place={BAR}" for _, found in start.tags)
    form = await portal.browser.open(f"/file?category=noise&place={BAR}")

    receipt = await portal.browser.follow(await portal.browser.send(form, "/file", **TOLD))

    [sent] = portal.services.times(FILING)
    assert sent.json["place_id"] == str(BAR)
    assert not sent.token
    assert SECRET in receipt.text
    assert SECRET not in (await portal.browser.open(f"/cases/{CASE}/receipt")).text


async def test_who_gives_a_name_signs_in_all_the_same(portal: Portal) -> None:
    form = await portal.browser.open(f"/file?category=noise&place={BAR}")

    asked = await portal.browser.send(form, "/file", **(TOLD | {"identity": "named"}))

    assert asked.goes_to == "/sign-in?back=%2Ffile"
    assert not portal.services.times(FILING)


async def test_an_anonymous_matter_is_looked_up_by_its_number_and_secret(portal: Portal) -> None:
    matter = {"reference": REFERENCE, "stage": "hear", "status": "paused", "next": "The fire brigade has it."}
    portal.services.says(LOOKUP, matter | {"history": [HISTORY], "messages": []})

    shown = await portal.browser.send(await portal.browser.open("/follow"), "/follow", **PAPER)

    assert "The fire brigade has it." in shown.text
    assert "The complaint was received." in shown.text
    assert portal.services.times(LOOKUP)[0].json == PAPER


async def test_a_wrong_secret_and_no_such_number_are_one_sentence_and_the_secret_is_not_shown_again(
    portal: Portal,
) -> None:
    shown = await portal.browser.send(await portal.browser.open("/follow"), "/follow", **PAPER)

    assert shown.status == 422
    assert "Not found, or not open now." in shown.text
    assert SECRET not in shown.answer.text


async def test_the_holder_of_a_paper_notice_opens_the_matter(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(CLAIM, {"id": str(CASE), "reference": REFERENCE})
    form = await portal.browser.open(f"/claim?reference={REFERENCE}")

    done = await portal.browser.send(form, "/claim", code=SECRET)

    assert done.goes_to == f"/cases/{CASE}"
    [sent] = portal.services.times(CLAIM)
    assert sent.json == {"reference": REFERENCE, "code": SECRET}
    assert sent.headers["idempotency-key"]


async def test_a_wrong_code_opens_nothing(portal: Portal) -> None:
    await portal.sign_in("merchant")

    shown = await portal.browser.send(
        await portal.browser.open("/claim"), "/claim", reference=REFERENCE, code="x"
    )

    assert shown.status == 422
    assert "Not found, or not open now." in shown.text


async def test_a_notice_is_printed_with_its_code_and_the_way_to_enter_it(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", a_case("attempts", role_in_case="coordinator"))
    notice = {"reference": REFERENCE, "title": "A notice", "lines": ["Your rights."], "code": SECRET}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/paper-notice", notice)

    case = await portal.browser.open(f"/cases/{CASE}")
    sheet = await portal.browser.open(f"/cases/{CASE}/paper-notice")

    assert any(found.get("href") == f"/cases/{CASE}/paper-notice" for _, found in case.tags)
    assert "Your rights." in sheet.text
    assert "Taken by (signature)" in sheet.text
    assert f"/claim?reference={REFERENCE}" in sheet.text
    assert "data:image/svg+xml" in sheet.answer.text


async def test_a_poster_opens_the_form_with_its_place(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(
        f"GET /alliance/v1/places/{BUILDING}", {"id": str(BUILDING), "kind": "building", "name": "118弄3号"}
    )
    alliance = {"id": str(ALLIANCE), "name": "山北", "contact": "居委会一楼", "blocks": []}
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", alliance)

    listed = await portal.browser.open("/posters")
    sheet = await portal.browser.open(f"/posters/{BUILDING}")

    assert any(found.get("href") == f"/posters/{BUILDING}" for _, found in listed.tags)
    assert "118弄3号" in sheet.text
    assert "居委会一楼" in sheet.text
    assert f"/file?place={BUILDING}" in sheet.text
    assert (await portal.browser.open(f"/posters/{CASE}")).status == 404


async def test_a_sheet_asks_people_in_and_its_code_leads_to_how(portal: Portal) -> None:
    alliance = {"id": str(ALLIANCE), "name": "山北", "contact": "居委会一楼", "blocks": []}
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", alliance)
    place = {"id": str(BUILDING), "kind": "building", "name": "118弄3号"}
    portal.services.says(f"GET /alliance/v1/places/{BUILDING}", place)
    asked = await portal.browser.open(f"/welcome/{ALLIANCE}?place={BUILDING}")
    assert {f"/file?place={BUILDING}", "/sign-in"} <= {found.get("href") for _, found in asked.tags}
    for words in ("山北", "居委会一楼", "Your name, home and number are read only by"):
        assert words in asked.text, words
    assert "/file?place=" not in (await portal.browser.open(f"/welcome/{ALLIANCE}")).answer.text

    await portal.sign_in("operator")
    sheet = await portal.browser.open(f"/posters/{BUILDING}/invitation")

    address = f"http://127.0.0.1:8000/welcome/{ALLIANCE}?place={BUILDING}"
    assert (address in sheet.text, code_of(address) in sheet.answer.text) == (True, True)
    for words in ("118弄3号", "居委会一楼", "各位邻居", "You are invited", "您的姓名", "Your name, home"):
        assert words in sheet.text, words
    assert {found.get("lang") for tag, found in sheet.tags if tag == "section"} >= {"zh-CN", "en"}


async def test_the_pack_is_looked_at_and_sent_by_its_checksum(portal: Portal) -> None:
    await portal.sign_in("resident")
    of_it = {"id": str(MEDIATION), "status": "performing"}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", a_case(mediation=of_it))
    one = f"/mediation/v1/mediations/{MEDIATION}"
    portal.services.says(f"GET {one}", a_mediation("handover", agreement=an_agreement()))
    pack = {"contents": ["封面", "人民调解协议书"], "pages": 4, "sha256": "ab" * 32}
    portal.services.says(f"GET {one}/handover", pack | {"limits": "No enforcement.", "left_out": "Talks."})
    portal.services.says(f"POST {one}/handover", a_receipt())

    shown = await portal.browser.open(f"/cases/{CASE}")
    assert "No enforcement." in shown.text
    await portal.browser.send(shown, f"/cases/{CASE}/steps/handover")

    assert portal.services.times(f"POST {one}/handover")[0].json == {"sha256": "ab" * 32}


async def test_an_agreement_is_printed_as_the_service_hands_it_out(portal: Portal) -> None:
    await portal.sign_in("resident")
    path = f"agreements/{CASE}/document.pdf"
    portal.services.answers[f"GET /mediation/v1/{path}"] = Response(b"%PDF", media_type="application/pdf")

    answer = await portal.client.http.get(f"/papers/{path}")

    assert (answer.content, answer.headers["content-type"]) == (b"%PDF", "application/pdf")
    assert (await portal.browser.open(f"/papers/agreements/{CASE}/minutes.pdf")).status == 404


@pytest.mark.parametrize(("kind", "media_type"), [("pdf", "application/pdf"), ("json", "application/json")])
async def test_the_court_station_takes_the_pack_to_read_and_as_data(
    portal: Portal, kind: str, media_type: str
) -> None:
    await portal.sign_in("court_liaison")
    path = f"handovers/{CASE}/pack.{kind}"
    portal.services.answers[f"GET /mediation/v1/{path}"] = Response(b"the pack", media_type=media_type)

    answer = await portal.client.http.get(f"/papers/{path}")

    assert (answer.content, answer.headers["content-type"]) == (b"the pack", media_type)
    assert (await portal.browser.open(f"/papers/handovers/{CASE}/pack.exe")).status == 404
