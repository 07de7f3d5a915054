"""What was agreed on the spot: entered by the captain on her phone, recorded by the mediator, disputed by the shop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    AGREEMENT,
    BAR,
    BUILDING,
    CASE,
    COMMITMENT,
    MEDIATION,
    REFERENCE,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
)

ENTER = "POST /complaints/v1/oral-agreements"
RECEIPT = f"GET /complaints/v1/cases/{CASE}/oral-receipt"
NI = UUID("00000000-0000-4000-8000-0000000000d1")
GU = UUID("00000000-0000-4000-8000-0000000000d2")
SPOKEN = {
    "told_at": "2026-04-21T07:10:00Z",
    "talked_at": "2026-04-21T07:15:00Z",
    "agreed_at": "2026-04-21T07:30:00Z",
    "entered_at": "2026-04-21T07:45:00Z",
    "promises": [
        {"id": str(COMMITMENT), "owner_side": "respondent", "what": "铁管放店里", "due_on": "2026-04-21"}
    ],
    "receipt_handed_on": None,
}
TYPED = {
    "on_behalf_of": str(NI),
    "place_id": str(BAR),
    "subcategory": "bar_music",
    "day": "2026-04-21",
    "told": "15:10",
    "talked": "15:15",
    "agreed": "15:30",
    "promise_what": "铁管放店里",
    "promise_due_on": "2026-04-21",
    "mediator_id": str(GU),
}


def oral(**more: Any) -> dict[str, Any]:
    known = {
        "agreement_id": str(AGREEMENT),
        "agreed_on": "2026-04-21",
        "recorded": False,
        "dispute_until": "2026-04-24",
        "accepted": [],
        "dispute": None,
        "judicial_until": "2026-05-21",
        "judicial_note": "There has to be a record of it.",
    }
    return known | more


def is_captain(portal: Portal) -> None:
    me = {"id": str(NI), "display_name": "徐桂英", "language": "zh-CN"}
    grants = [{"role": "building_captain", "place_id": str(BUILDING)}]
    portal.services.says("GET /alliance/v1/me", me | {"grants": grants})
    portal.services.says(f"GET /alliance/v1/places/{BUILDING}", BUILDING_ENTRY)
    people = [{"id": str(NI), "display_name": "倪秀珍"}, {"id": str(GU), "display_name": "顾国强"}]
    portal.services.says("GET /alliance/v1/members", {"items": people})
    portal.services.says("GET /mediation/v1/mediations", {"items": [LINE], "next_cursor": None})


BUILDING_ENTRY = {"id": str(BUILDING), "kind": "building", "name": "118弄3号", "building_id": None}
LINE = {
    "id": str(MEDIATION),
    "case_id": str(CASE),
    "reference": REFERENCE,
    "status": "oral_unrecorded",
    "roles": ["captain"],
    "due": "2026-04-24",
    "possible": [],
}


def shows(portal: Portal, role: str, *possible: str, **more: Any) -> None:
    """The case as somebody sees it who may do that."""
    said = {"role_in_case": role, "status": "oral_unrecorded", "stage": "decide", "identity": "named"}
    case = a_case(spoken=SPOKEN, mediation={"id": str(MEDIATION)}, **said)
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    mediation = a_mediation(*possible, **({"status": "oral_unrecorded", "oral": oral()} | more))
    portal.services.says(f"GET /mediation/v1/mediations/{MEDIATION}", mediation)


async def test_a_captain_enters_it_in_one_form_and_prints_the_receipt(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    is_captain(portal)
    portal.services.says(ENTER, a_receipt(status="oral_unrecorded"), 201)
    lines = ["Agreed face to face:", "Telephone of the committee: 021-5555 0118"]
    portal.services.says(RECEIPT, {"reference": REFERENCE, "title": "Receipt", "lines": lines})

    form = await portal.browser.open("/oral")
    assert "倪秀珍" in form.text
    assert "夜猫小酒馆" in form.text
    assert REFERENCE in form.text
    sent = await portal.browser.send(form, "/oral", **TYPED)

    [asked] = portal.services.times(ENTER)
    assert asked.json == {
        "on_behalf_of": str(NI),
        "relation": "captain",
        "told_by": "mouth",
        "place_id": str(BAR),
        "subcategory": "bar_music",
        "agreed": {
            "told_at": "2026-04-21T15:10:00+08:00",
            "talked_at": "2026-04-21T15:15:00+08:00",
            "agreed_at": "2026-04-21T15:30:00+08:00",
            "commitments": [{"owner_side": "respondent", "what": "铁管放店里", "due_on": "2026-04-21"}],
        },
        "mediator_id": str(GU),
    }
    assert sent.goes_to == f"/cases/{CASE}/oral-receipt"
    paper = await portal.browser.follow(sent)
    assert REFERENCE in paper.text
    assert "021-5555 0118" in paper.text
    assert any("large" in found.get("class", "").split() for _, found in paper.tags)


async def test_half_a_promise_is_named_and_nothing_typed_is_lost(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    is_captain(portal)
    form = await portal.browser.open("/oral")

    again = await portal.browser.send(form, "/oral", **(TYPED | {"promise_due_on": ""}))

    assert again.status == 422
    [kept] = [one for one in again.forms if one.action == "/oral"]
    assert kept.fields["promise_what"][0] == "铁管放店里"
    assert not portal.services.times(ENTER)


async def test_the_mediator_records_what_was_entered(portal: Portal) -> None:
    await portal.sign_in("mediator")
    shows(portal, "mediator", "record", "fail")
    record = f"POST /mediation/v1/agreements/{AGREEMENT}/record"
    portal.services.says(record, a_receipt())

    page = await portal.browser.open(f"/cases/{CASE}")
    assert "not in force yet" in page.text
    assert "There has to be a record of it." in page.text
    await portal.browser.send(
        page, f"/cases/{CASE}/steps/record", terms="门洞前不堆放", wording_what="铁管全部放店里"
    )

    [sent] = portal.services.times(record)
    words = [{"id": str(COMMITMENT), "what": "铁管全部放店里", "measure": ""}]
    assert sent.json == {"terms": "门洞前不堆放", "commitments": words}


async def test_the_shop_disputes_the_words(portal: Portal) -> None:
    await portal.sign_in("merchant")
    shows(portal, "respondent", "wording/accept", "wording/dispute")
    dispute = f"POST /mediation/v1/agreements/{AGREEMENT}/wording/dispute"
    portal.services.says(dispute, a_receipt())

    page = await portal.browser.open(f"/cases/{CASE}")
    assert page.has_form(f"/cases/{CASE}/steps/wording_accept")
    await portal.browser.send(page, f"/cases/{CASE}/steps/wording_dispute", reason="没说每天")

    assert portal.services.times(dispute)[0].json == {"reason": "没说每天"}


async def test_the_captain_passes_on_what_was_said_and_confirms_nothing(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    agreement = an_agreement(form="oral", effective_on="2026-04-21")
    more = {"status": "performing", "oral": oral(recorded=True), "agreement": agreement}
    shows(portal, "building_captain", "by-mouth", **more)
    mouth = f"POST /mediation/v1/commitments/{COMMITMENT}/by-mouth"
    portal.services.says(mouth, a_receipt())

    page = await portal.browser.open(f"/cases/{CASE}")
    assert not page.has_form(f"/cases/{CASE}/steps/confirm")
    told = {"said": "confirmed", "told_on": "2026-04-22"}
    await portal.browser.send(page, f"/cases/{CASE}/steps/by_mouth", **told)

    assert portal.services.times(mouth)[0].json == told


async def test_the_captain_enters_that_the_court_was_asked_by_word_of_mouth(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    court = {"until": "2026-05-21", "told_on": "2026-04-27"}
    agreement = an_agreement(form="oral", effective_on="2026-04-21", court=court)
    more = {"status": "performing", "oral": oral(recorded=True), "agreement": agreement}
    shows(portal, "building_captain", "confirm-in-court/by-mouth", **more)
    path = f"POST /mediation/v1/agreements/{agreement['id']}/confirm-in-court/by-mouth"
    portal.services.says(path, a_receipt())

    page = await portal.browser.open(f"/cases/{CASE}")
    assert "Asked the court by word of mouth on" in page.text
    await portal.browser.send(page, f"/cases/{CASE}/steps/confirm_in_court_by_mouth", told_on="2026-04-27")

    assert portal.services.times(path)[0].json == {"told_on": "2026-04-27"}


async def test_a_volunteer_asks_aloud_where_the_list_says_so(portal: Portal) -> None:
    await portal.sign_in("volunteer")
    visit = {
        "id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "subcategory": "bar_music",
        "place_id": str(BAR),
        "due": "2026-05-28",
    }
    asked = visit | {"survey_aloud": True}
    portal.services.says("GET /complaints/v1/return-visits", {"items": [asked]})
    aloud = f"POST /complaints/v1/cases/{CASE}/survey-aloud"
    portal.services.says(aloud, a_receipt())

    shown = await portal.browser.open("/visits")
    await portal.browser.send(shown, f"/visits/{CASE}/steps/survey_aloud", solved="yes", score="5")
    assert portal.services.times(aloud)[0].json == {"solved": True, "score": 5}

    portal.services.says("GET /complaints/v1/return-visits", {"items": [visit]})
    shown = await portal.browser.open("/visits")
    assert not shown.has_form(f"/visits/{CASE}/steps/survey_aloud")

    portal.services.says("GET /complaints/v1/return-visits", {"items": [asked | {"made": True}]})
    shown = await portal.browser.open("/visits")
    assert "still to be asked aloud" in shown.text
    assert shown.has_form(f"/visits/{CASE}/steps/survey_aloud")
    assert not shown.has_form(f"/visits/{CASE}/steps/return_visits")
