"""An alliance's own figures decide its mediations from the next command on."""

from __future__ import annotations

from tests.integration.mediation.neighbourhood import Neighbourhood


async def test_a_mediation_opened_after_the_setting_counts_by_it(hill: Neighbourhood):
    form = {"value": 2, "effective_from": "2026-03-20", "source": "联盟会议"}
    answer = await hill.put(hill.zhou, "/v1/rules/consent_working_days", form)
    assert answer.status_code == 200, answer.text
    case = await hill.opened()
    assert (await case.view(hill.lin))["due"] == "2026-03-24"


async def test_thirty_days_for_the_court_are_no_alliances_to_set(hill: Neighbourhood):
    form = {"value": 60, "effective_from": "2026-03-20"}
    answer = await hill.put(hill.zhou, "/v1/rules/judicial_days", form)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/rule_is_law")


async def test_quiet_hours_leave_a_day_between_them(hill: Neighbourhood):
    path, form = "/v1/rules/quiet_until", {"value": "23:00", "effective_from": "2026-03-20"}
    refused = await hill.put(hill.zhou, path, form)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "figures_disagree")
    done = await hill.put(hill.zhou, path, {**form, "value": "09:30"})
    assert (done.status_code, done.json()["value"]) == (200, "09:30")


async def test_rules_are_nobody_elses_to_set(hill: Neighbourhood):
    form = {"value": 2, "effective_from": "2026-03-20"}
    for somebody in (hill.lin, hill.ma, hill.gu):
        answer = await hill.put(somebody, "/v1/rules/consent_working_days", form)
        assert answer.status_code == 403
