"""A report to the police: the words that suggest one, and the record of it, on the coordinator's page."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, a_case, a_receipt

PAGE = f"/cases/{CASE}"
REPORT = f"POST /complaints/v1/cases/{CASE}/police-report"


def shows(portal: Portal, police: dict[str, Any] | None) -> None:
    case = a_case("police-report", role_in_case="coordinator", police=police)
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)


async def test_the_coordinator_is_shown_the_words_and_records_what_was_reported(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    shows(portal, {"reports": [], "words": ["威胁"]})
    portal.services.says(REPORT, a_receipt())

    page = await portal.browser.open(PAGE)
    assert "威胁" in page.text
    assert "Words to think of the police" in page.text
    typed = {"what": "有人被推倒", "at_day": "2026-03-29", "at_time": "23:35", "reference": "2026-12"}
    await portal.browser.send(page, f"{PAGE}/steps/police_report", **typed)

    [sent] = portal.services.times(REPORT)
    assert sent.json == {"what": "有人被推倒", "at": "2026-03-29T23:35:00+08:00", "reference": "2026-12"}


async def test_what_was_reported_is_shown_in_their_place(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    report = {"at": "2026-03-29T15:35:00Z", "what": "有人被推倒", "reference": "2026-12"}
    shows(portal, {"reports": [report], "words": ["威胁"]})
    page = await portal.browser.open(PAGE)
    assert "有人被推倒" in page.text
    assert "2026-12" in page.text
    assert "Words to think of the police" not in page.text
