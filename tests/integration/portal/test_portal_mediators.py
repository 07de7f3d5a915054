"""The choice of a mediator on the case's page: who is proposed, and what the committee alone is shown."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, MEDIATION, a_case, a_mediation

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_MEDIATION = f"GET /mediation/v1/mediations/{MEDIATION}"
GU, SHEN = str(uuid4()), str(uuid4())


def told(portal: Portal, *possible: str, role: str = "complainant", **more: object) -> None:
    mark = {"id": str(MEDIATION), "status": "choosing_mediator"}
    portal.services.says(THE_CASE, a_case(mediation=mark, role_in_case=role))
    portal.services.says(THE_MEDIATION, a_mediation(*possible, status="choosing_mediator", **more))
    named = [{"id": GU, "display_name": "顾国强"}, {"id": SHEN, "display_name": "沈怡"}]
    portal.services.says("GET /alliance/v1/members", {"items": named, "next_cursor": None})
    listed = [
        {"id": GU, "languages": ["wuu"], "conflicts": []},
        {"id": SHEN, "languages": [], "conflicts": ["lives_there"]},
    ]
    portal.services.says("GET /mediation/v1/mediators", {"items": listed})


async def test_a_party_accepts_declines_or_stops_and_sees_who_is_proposed(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "accept-mediator", "decline-mediator", "stop", proposed_id=GU, accepted_by=["商户甲"])
    for name in ("accept-mediator", "decline-mediator", "stop"):
        portal.services.says(f"POST /mediation/v1/mediations/{MEDIATION}/{name}", {"next": "Noted."})

    shown = await portal.browser.open(PAGE)
    assert "顾国强" in shown.text
    assert "商户甲" in shown.text
    for name in ("accept_mediator", "decline_mediator", "stop"):
        await portal.browser.send(shown, f"{PAGE}/steps/{name}")
        assert portal.services.times(f"POST /mediation/v1/mediations/{MEDIATION}/{name.replace('_', '-')}")


async def test_the_coordinator_sees_who_may_not_be_asked_and_why(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    told(portal, "nominate", role="coordinator")

    shown = await portal.browser.open(PAGE)

    assert "顾国强 · Shanghainese" in shown.text
    assert "沈怡 · lives in a building concerned" in " ".join(shown.text.split())
    assert f'value="{SHEN}"' not in shown.text


async def test_the_committee_sees_who_left_and_what_a_void_session_was_noted(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    left = {"mediator_id": GU, "declared": "none", "left": "removed", "by": None, "note": "是房东的哥哥"}
    void = {
        "starts_at": "2026-04-16T06:00:00Z",
        "stopped_at": "2026-04-16T06:12:00Z",
        "minutes": ["谈了烟道"],
    }
    told(portal, role="coordinator", mediators_asked=[left], void_sessions=[void])

    shown = await portal.browser.open(PAGE)

    for said in ("顾国强", "taken off over a conflict of interest", "是房东的哥哥", "谈了烟道"):
        assert said in shown.text
