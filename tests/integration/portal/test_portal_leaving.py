"""Moving out is said on one's own page, and what becomes of the matter on the matter's."""

from __future__ import annotations

from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, LIN, a_case, a_receipt

HOME = UUID("00000000-0000-4000-8000-0000000000f5")
FORMER = UUID("00000000-0000-4000-8000-0000000000f6")
END = f"POST /alliance/v1/occupancies/{HOME}/end"


async def test_moving_out_is_said_by_oneself(portal: Portal) -> None:
    # given
    await portal.sign_in("resident")
    home = {"id": str(HOME), "place_name": "118弄4号301", "kind": "lives", "from_day": "2020-01-01"}
    me = {"id": str(LIN), "display_name": "林佩珍", "grants": [], "occupancies": [home | {"until_day": None}]}
    portal.services.says("GET /alliance/v1/me", me)
    shown = await portal.browser.open("/me")
    assert "lives at 118弄4号301" in shown.text
    # when refused, the page says so at the field
    early = {"errors": [{"pointer": "/until_day", "code": "ends_before_start", "detail": "Before it began."}]}
    portal.services.refuses(END, 422, "invalid", "Please look.", **early)
    refused = await portal.browser.send(shown, f"/me/occupancies/{HOME}/end", until_day="2019-01-01")
    assert "Before it began." in refused.text
    # when
    portal.services.says(END, me)
    done = await portal.browser.send(refused, f"/me/occupancies/{HOME}/end", until_day="2026-06-20")
    # then
    assert done.goes_to == "/cases"
    assert portal.services.times(END)[-1].json == {"until_day": "2026-06-20"}


async def test_whoever_left_says_what_is_to_become_of_it(portal: Portal) -> None:
    await portal.sign_in("resident")
    left = {"side": "complainant", "label": "住户甲", "left_on": "2026-06-20", "why": "moved", "said": []}
    portal.services.says(
        f"GET /complaints/v1/cases/{CASE}", a_case("leaving", role_in_case="former", parties=[], left=[left])
    )
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/leaving", a_receipt(next="Noted."))
    shown = await portal.browser.open(f"/cases/{CASE}")
    assert "moved away" in shown.text
    await portal.browser.send(shown, f"/cases/{CASE}/steps/leaving", wish="leave_to_flat")
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/leaving")
    assert sent.json == {"wish": "leave_to_flat"}


async def test_the_coordinator_chooses_whose_word_is_entered(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    invited = {
        "party_id": str(FORMER),
        "side": "respondent",
        "label": "商户乙",
        "capacity": "successor",
        "facts": "净化器",
    }
    case = a_case("invitation", "invite", "leavings", role_in_case="coordinator", invited=[invited])
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/invitation", a_receipt(next="Noted."))
    shown = await portal.browser.open(f"/cases/{CASE}")
    said = {"invited_id": str(FORMER), "affected": "yes", "text": "我本来就要装"}
    await portal.browser.send(shown, f"/cases/{CASE}/steps/invitation", **said)
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/invitation")
    assert sent.json == {"invited_id": str(FORMER), "affected": True, "text": "我本来就要装"}
