"""Open or closed: shown on the case's page and to guests, chosen by a step, and not offered where it cannot be."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_guests import PAGE, told
from tests.integration.portal.town import MEDIATION

CHOICE = f"POST /mediation/v1/mediations/{MEDIATION}/openness"


async def test_a_party_sees_that_it_is_closed_and_wishes_it_open(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "openness", openness={"open": False, "may_be_open": True, "yours": None})
    portal.services.says(CHOICE, {"next": "Noted."})

    shown = await portal.browser.open(PAGE)
    assert "closed: nobody else listens" in shown.text
    assert "you wish it" not in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/openness", open="yes")

    [sent] = portal.services.times(CHOICE)
    assert sent.json == {"open": True}


async def test_and_what_they_said_stays_visible(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "openness", openness={"open": True, "may_be_open": True, "yours": True})
    shown = await portal.browser.open(PAGE)
    assert "open: others may listen" in shown.text
    assert "you wish it open" in shown.text


async def test_where_it_must_be_closed_nothing_is_asked(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, openness={"open": False, "may_be_open": False, "yours": None})
    shown = await portal.browser.open(PAGE)
    assert "closed: nobody else listens" in shown.text
    assert "steps/openness" not in shown.text
