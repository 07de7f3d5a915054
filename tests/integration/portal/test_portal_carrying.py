"""The captain's card in an emergency, and the mark of a home from which somebody must be carried."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BLOCK, BUILDING, CASE, a_case

FLAT = "00000000-0000-4000-8000-0000000000d1"
EMERGENCY = {
    "raised_at": "2026-02-13T10:47:00Z",
    "calls": [{"number": "119", "at": "2026-02-13T10:52:00Z", "by": "coordinator"}],
    "duty": {"do": ["Take the stairs."], "dont": ["Do not use the lift."]},
}
LOOK = f"POST /alliance/v1/places/{BUILDING}/carried-help/looks"
MARK = f"PUT /alliance/v1/places/{FLAT}/carried-help"


def a_flat() -> dict[str, object]:
    return {
        "id": FLAT,
        "kind": "unit",
        "name": "118弄3号202",
        "block_id": str(BLOCK),
        "building_id": str(BUILDING),
    }


def an_emergency(portal: Portal) -> None:
    said = a_case("site-visits", status="emergency", role_in_case="building_captain", place_id=str(BAR))
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", said)
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/emergency", EMERGENCY)
    portal.services.says("GET /alliance/v1/places", {"items": [a_flat()], "next_cursor": None})
    portal.services.says(LOOK, {"items": [{"place_id": FLAT, "name": "118弄3号202 →"}]})


async def test_the_captain_reads_what_to_say_and_the_doors_and_looks_at_marks_by_a_step_of_their_own(
    portal: Portal,
) -> None:
    await portal.sign_in("building_captain")
    an_emergency(portal)

    case = await portal.browser.open(f"/cases/{CASE}")
    assert any(found.get("href") == f"/cases/{CASE}/duty" for _, found in case.tags)
    card = await portal.browser.open(f"/cases/{CASE}/duty")
    assert "Do not use the lift." in card.text
    assert "118弄3号202" in card.text
    assert "→" not in card.text
    assert not portal.services.times(LOOK)
    marked = await portal.browser.send(card, f"/cases/{CASE}/duty")

    [asked] = portal.services.times(LOOK)
    assert asked.json == {"case_id": str(CASE)}
    assert "118弄3号202 →" in marked.text


async def test_nobody_else_is_offered_the_marks(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    an_emergency(portal)

    card = await portal.browser.open(f"/cases/{CASE}/duty")

    assert "Take the stairs." in card.text
    assert not card.has_form(f"/cases/{CASE}/duty")


async def test_the_captain_marks_a_home_for_somebody_who_agreed(portal: Portal) -> None:
    await portal.sign_in("building_captain")
    me = {
        "id": FLAT,
        "display_name": "徐",
        "grants": [{"role": "building_captain", "place_id": str(BUILDING)}],
    }
    portal.services.says("GET /alliance/v1/me", me)
    building = {**a_flat(), "id": str(BUILDING), "kind": "building"}
    portal.services.says(f"GET /alliance/v1/places/{BUILDING}", building)
    portal.services.says("GET /alliance/v1/places", {"items": [a_flat()], "next_cursor": None})
    portal.services.says(MARK, None)

    shown = await portal.browser.open("/building")
    done = await portal.browser.send(
        shown, "/building", place_id=FLAT, needed="yes", consent="told_in_person"
    )

    [asked] = portal.services.times(MARK)
    assert asked.json == {"needed": True, "consent": "told_in_person"}
    assert "Kept." in (await portal.browser.open(done.goes_to)).text
    again = await portal.browser.send(shown, "/building", place_id=FLAT)
    assert again.status == 422


async def test_whoever_lives_there_sets_and_takes_back_their_own(portal: Portal) -> None:
    await portal.sign_in("resident")
    home = {"place_id": FLAT, "name": "118弄3号202", "needed": True, "looked_at": ["2026-02-13T10:53:00Z"]}
    portal.services.says("GET /alliance/v1/me/carried-help", {"items": [home]})
    portal.services.says(MARK, None)

    shown = await portal.browser.open("/me")
    assert "The captain looked:" in shown.text
    done = await portal.browser.send(shown, "/me/carried-help")

    assert done.goes_to == "/me"
    assert [one.json for one in portal.services.times(MARK)] == [{"needed": False}]
