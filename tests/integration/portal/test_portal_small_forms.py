"""What was typed into a small form comes back after the session ended and somebody signed in again."""

from __future__ import annotations

from datetime import timedelta

from shared.clock import local_day
from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_by_hand import LETTER, a_letter
from tests.integration.portal.test_portal_robots import LISTED as ROBOTS
from tests.integration.portal.test_portal_robots import TYPED
from tests.integration.portal.test_portal_webhooks import LISTED as WEBHOOKS
from tests.integration.portal.test_portal_webhooks import URL
from tests.integration.portal.town import CASE, MEDIATION, REFERENCE


async def lost_and_found(
    portal: Portal, role: str, page: str, form: str, **typed: str
) -> dict[str, list[str]]:
    """The form as it stands there, sent too late, once the same person has signed in again; and no longer than once."""
    await portal.sign_in(role)
    shown = await portal.browser.open(page)
    portal.clock.advance(timedelta(minutes=10))
    portal.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")
    sent = await portal.browser.send(shown, form, **typed)
    assert sent.goes_to.startswith("/sign-in?back=")
    await portal.sign_in(role)
    found = (await portal.browser.open(page)).form(form).fields
    assert found["key"] == shown.form(form).fields["key"], "whether it arrived nobody knows"
    again = (await portal.browser.open(page)).form(form).fields
    assert again["key"] != found["key"]
    return found


async def test_what_came_of_a_visit_with_a_letter(portal: Portal) -> None:
    other = a_letter(id=str(CASE))
    portal.services.says("GET /notifications/v1/by-hand", {"items": [other, a_letter()]})
    form = f"/by-hand/{LETTER}/handed"
    found = await lost_and_found(portal, "coordinator", "/by-hand", form, on="2026-03-01", signed="yes")
    assert found["on"] == ["2026-03-01"]
    beside = (await portal.browser.open("/by-hand")).form(f"/by-hand/{CASE}/handed").fields
    assert beside["on"] == [local_day(portal.clock.now()).isoformat()]


async def test_a_groups_robot_without_what_opens_it(portal: Portal) -> None:
    portal.services.says(ROBOTS, {"items": []})
    found = await lost_and_found(portal, "coordinator", "/robots", "/robots", **TYPED)
    assert (found["name"], found["url"], found["secret"]) == ([TYPED["name"]], [""], [""])


async def test_a_platforms_address(portal: Portal) -> None:
    portal.services.says(WEBHOOKS, {"items": []})
    assert (await lost_and_found(portal, "operator", "/webhooks", "/webhooks", url=URL))["url"] == [URL]


async def test_how_somebody_asked_to_mediate_knows_a_party(portal: Portal) -> None:
    line = {"id": str(MEDIATION), "case_id": str(CASE), "reference": REFERENCE, "status": "scheduling"}
    portal.services.says("GET /mediation/v1/mediations", {"items": [line | {"roles": ["proposed"]}]})
    form = f"/mediations/{MEDIATION}/steps/take"
    found = await lost_and_found(portal, "mediator", "/mediations", form, relation="friend")
    assert found["relation"] == ["friend"]
