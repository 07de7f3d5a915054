"""The survey on paper: printed, handed over, and entered by whoever did, from the case or the list of visits."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, REFERENCE, a_case, a_receipt

SLIPS = f"/complaints/v1/cases/{CASE}/survey-slips"
WRITTEN = {"side": "respondent", "received_on": "2026-12-02", "solved": "yes", "score": "4"}


async def test_the_coordinator_prints_and_enters_a_slip_on_the_cases_page(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    case = a_case("survey-slips", role_in_case="coordinator", stage="review", status="surveyed")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    portal.services.says(f"POST {SLIPS}", a_receipt())
    portal.services.says(
        f"GET {SLIPS}", {"reference": REFERENCE, "title": "How did it go?", "lines": ["1. Is it solved?"]}
    )
    printed = await portal.browser.open(f"/cases/{CASE}/survey-slip")
    assert "1. Is it solved?" in printed.text
    shown = await portal.browser.open(f"/cases/{CASE}")
    assert f'href="/cases/{CASE}/survey-slip"' in shown.answer.text
    await portal.browser.send(shown, f"/cases/{CASE}/steps/survey_slips", **WRITTEN)
    [sent] = portal.services.times(f"POST {SLIPS}")
    assert sent.json == {"side": "respondent", "received_on": "2026-12-02", "solved": True, "score": 4}


async def test_a_volunteer_enters_it_where_their_visits_are_listed(portal: Portal) -> None:
    await portal.sign_in("volunteer")
    visit = {
        "id": str(CASE),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "subcategory": "bar_music",
        "due": "2026-12-02",
        "made": True,
        "survey_slips": True,
    }
    portal.services.says("GET /complaints/v1/return-visits", {"items": [visit]})
    portal.services.says(f"POST {SLIPS}", a_receipt())
    shown = await portal.browser.open("/visits")
    assert not shown.has_form(f"/visits/{CASE}/steps/return_visits")
    await portal.browser.send(
        shown, f"/visits/{CASE}/steps/survey_slips", **WRITTEN, own_reference="SJ-2B2B-2B2B-2", slip="phone"
    )
    [sent] = portal.services.times(f"POST {SLIPS}")
    assert (sent.json["own_reference"], sent.json["slip"]) == ("SJ-2B2B-2B2B-2", "phone")
