"""The rules and the calendar an alliance sets for itself."""

from __future__ import annotations

from datetime import timedelta

from tests.integration.portal.conftest import Portal
from tests.integration.portal.register.entries import LAW, RULE


class TestCharter:
    async def test_rules_stand_with_source_and_certainty(self, office: Portal) -> None:
        for service in ("complaints", "mediation", "notifications"):
            office.services.says(f"GET /{service}/v1/rules", {"items": [RULE, LAW]})
        shown = await office.browser.open("/alliance/rules")
        for words in ("Decision on taking it on", "2 working days", "alliance setting", "read in the source"):
            assert words in shown.text, words

    async def test_a_rule_is_changed_from_a_day_on_with_a_reason(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/triage", {"items": [RULE]})
        put = "PUT /complaints/v1/rules/triage"
        office.services.says(put, RULE | {"own": True, "value": 3})
        path = "/alliance/rules/complaints/triage"
        shown = await office.browser.open(path)
        assert (await office.browser.send(shown, path, value="3")).status == 422

        reason = {"value": "3", "source": "联盟会议决定", "effective_from": "2026-04-01"}
        done = await office.browser.send(shown, path, **reason)

        assert done.goes_to == path
        assert office.services.times(put)[0].json == {
            "value": 3,
            "source": "联盟会议决定",
            "effective_from": "2026-04-01",
        }

    async def test_what_was_typed_comes_back_after_signing_in_again(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/triage", {"items": [RULE]})
        path = "/alliance/rules/complaints/triage"
        shown = await office.browser.open(path)
        office.clock.advance(timedelta(minutes=10))
        office.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")

        sent = await office.browser.send(shown, path, source="全体会议决定")
        await office.sign_in("operator")

        assert sent.goes_to == f"/sign-in?back={path.replace('/', '%2F')}"
        assert (await office.browser.open(path)).form(path).fields["source"] == ["全体会议决定"]

    async def test_what_a_law_fixes_is_not_offered(self, office: Portal) -> None:
        office.services.says("GET /complaints/v1/rules/mediation", {"items": [LAW]})
        shown = await office.browser.open("/alliance/rules/complaints/mediation")
        assert "A law fixes this" in shown.text
        assert not shown.has_form("/alliance/rules/complaints/mediation")

    async def test_a_day_of_the_calendar_is_set_with_its_source(self, office: Portal) -> None:
        day = {"day": "2026-05-01", "kind": "rests", "source": "seed", "own": False}
        year = {"year": 2026, "provisional": True, "days": [day]}
        office.services.says("GET /alliance/v1/calendar", year)
        put = "PUT /alliance/v1/calendar/2026-05-02"
        office.services.says(put, year)
        shown = await office.browser.open("/alliance/calendar")
        assert "provisional" in shown.text

        done = await office.browser.send(
            shown, "/alliance/calendar", day="2026-05-02", kind="rests", source="国务院通知"
        )

        assert done.goes_to == "/alliance/calendar?year=2026"
        assert office.services.times(put)[0].json == {"kind": "rests", "source": "国务院通知"}
