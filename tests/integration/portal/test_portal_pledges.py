"""自愿承诺 and 服务项目 on the case's page: both sides' steps, and what became of it, in plain words."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, a_case, a_receipt

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
PLEDGE = "00000000-0000-4000-8000-0000000000e1"
ADDRESS = f"/complaints/v1/cases/{CASE}/pledges"
SERVICES = f"/complaints/v1/cases/{CASE}/services"


def pledged(status: str, **more: Any) -> dict[str, Any]:
    return {
        "id": PLEDGE,
        "yours": False,
        "what": "22:00至07:00报警器不响",
        "due_on": "2026-03-31",
        "status": status,
        "missed": False,
        "proof": None,
        "dispute": None,
        "confirm_until": None,
    } | more


async def test_a_respondent_who_refused_may_pledge_and_is_not_pressed_to(portal: Portal) -> None:
    await portal.sign_in("merchant")
    case = a_case("pledges", role_in_case="respondent", stage="closed", status="hazard_removed")
    portal.services.says(THE_CASE, case)
    portal.services.says(f"POST {ADDRESS}", a_receipt())
    shown = await portal.browser.open(PAGE)
    assert "Hazard removed, no mediation" in shown.text
    assert "It is no agreement" in shown.text
    assert 'id="now"' not in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/pledges", what="报警器夜里不响", due_on="2026-03-31")
    [sent] = portal.services.times(f"POST {ADDRESS}")
    assert sent.json == {"what": "报警器夜里不响", "due_on": "2026-03-31"}


async def test_a_pledge_made_at_the_counter_is_entered_and_its_receipt_printed(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    entered = {"slip": "counter", "received_on": "2026-03-12", "by": "building_captain"}
    told = pledged("wanted", entered=entered)
    case = a_case("enter-pledge", "pledges/proof", role_in_case="building_captain", pledges=[told])
    portal.services.says(THE_CASE, case)
    address = f"/complaints/v1/cases/{CASE}/enter-pledge"
    for asked in (address, f"{ADDRESS}/{PLEDGE}/proof"):
        portal.services.says(f"POST {asked}", a_receipt())
    receipt = {"reference": "SJ-1", "title": "Your voluntary pledge", "lines": ["no agreement"]}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/pledge-receipt", receipt)
    shown = await portal.browser.open(PAGE)
    assert "At the counter, received on" in shown.text
    assert "Building captain" in shown.text
    said = {"what": "报警器夜里不响", "due_on": "2026-03-31", "slip": "counter", "received_on": "2026-03-12"}
    await portal.browser.send(shown, f"{PAGE}/steps/enter_pledge", **said)
    assert [one.json for one in portal.services.times(f"POST {address}")] == [said]
    await portal.browser.send(shown, f"{PAGE}/steps/pledges_proof", text="来说关了")
    printed = await portal.browser.open(f"{PAGE}/pledge-receipt")
    assert "no agreement" in printed.text


async def test_the_complainant_is_asked_whether_they_want_it(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("pledges/answer", pledges=[pledged("offered")]))
    answer = f"POST {ADDRESS}/{PLEDGE}/answer"
    portal.services.says(answer, a_receipt())
    shown = await portal.browser.open(PAGE)
    assert "22:00至07:00报警器不响" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/pledges_answer", wanted="no")
    assert [one.json for one in portal.services.times(answer)] == [{"wanted": False}]


async def test_what_was_pledged_is_shown_to_be_done_and_confirmed(portal: Portal) -> None:
    await portal.sign_in("merchant")
    mine = a_case("pledges/proof", role_in_case="respondent", pledges=[pledged("wanted", yours=True)])
    portal.services.says(THE_CASE, mine)
    portal.services.says(f"POST {ADDRESS}/{PLEDGE}/proof", a_receipt())
    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/pledges_proof", text="关了")
    assert portal.services.times(f"POST {ADDRESS}/{PLEDGE}/proof")[0].json == {"text": "关了"}


async def test_a_missed_one_is_said_to_be_so_and_nothing_more(portal: Portal) -> None:
    await portal.sign_in("resident")
    missed = pledged("proven", missed=True, proof="关了", confirm_until="2026-04-03")
    possible = ("pledges/confirm", "pledges/dispute")
    portal.services.says(THE_CASE, a_case(*possible, stage="supervise", status="pledged", pledges=[missed]))
    portal.services.says(f"POST {ADDRESS}/{PLEDGE}/dispute", a_receipt())
    shown = await portal.browser.open(PAGE)
    assert "day passed" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/pledges_dispute", reason="还在响")
    assert portal.services.times(f"POST {ADDRESS}/{PLEDGE}/dispute")[0].json == {"reason": "还在响"}


async def test_something_of_the_service_list_is_offered_to_a_party(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    party = {"side": "respondent", "label": "Respondent", "party_id": PLEDGE}
    portal.services.says(THE_CASE, a_case("services", role_in_case="coordinator", parties=[party]))
    portal.services.says(f"POST {SERVICES}", a_receipt())
    shown = await portal.browser.open(PAGE)
    form = {"offered_to": PLEDGE, "service": "outdoor_charging_point"}
    await portal.browser.send(shown, f"{PAGE}/steps/services", **form)
    assert [one.json for one in portal.services.times(f"POST {SERVICES}")] == [form]


async def test_whoever_it_is_for_takes_or_leaves_it(portal: Portal) -> None:
    await portal.sign_in("merchant")
    offered = {
        "id": PLEDGE,
        "yours": True,
        "side": "respondent",
        "what": "Outdoor charging point",
        "note": "118弄门口",
        "offered_on": "2026-03-12",
        "taken": None,
    }
    case = a_case("services/answer", role_in_case="respondent", services=[offered])
    portal.services.says(THE_CASE, case)
    answer = f"POST {SERVICES}/{PLEDGE}/answer"
    portal.services.says(answer, a_receipt())
    shown = await portal.browser.open(PAGE)
    assert "Outdoor charging point" in shown.text
    assert "the other side does not learn of it" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/services_answer", taken="no")
    assert [one.json for one in portal.services.times(answer)] == [{"taken": False}]
