"""The public board: for everybody, without signing in, and never with what could point at somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BLOCK

SHANBEI = UUID("00000000-0000-4000-8000-0000000000aa")
RATE = {"value": 0.9, "met": 9, "counted": 10}
FIGURES = {
    "cases": 12,
    "open": 2,
    **dict.fromkeys(("responded", "solved", "satisfied"), RATE),
    "performed": {"value": None, "met": 0, "counted": 0},
    "broken": 3,
    "restored": 2,
}
ALLIANCE = {"id": str(SHANBEI), "name": "山北", "blocks": [{"id": str(BLOCK), "name": "118弄"}]}


def a_board(**more: Any) -> dict[str, Any]:
    board = {
        "since": "2025-04-01",
        "as_of": "2026-03-12T15:52:00Z",
        "total": FIGURES,
        "months": [{"key": "2026-02", "figures": FIGURES}, {"key": "2026-03", "figures": None}],
        "categories": [{"key": "noise", "figures": FIGURES}],
        "blocks": [{"key": str(BLOCK), "figures": FIGURES}],
    }
    return board | more


def is_there(portal: Portal, **more: Any) -> None:
    portal.services.says(f"GET /alliance/v1/alliances/{SHANBEI}", ALLIANCE)
    portal.services.says(f"GET /complaints/v1/board/{SHANBEI}", a_board(**more))
    portal.services.says(f"GET /mediation/v1/open-sessions/{SHANBEI}", {"items": []})
    portal.services.says(f"GET /alliance/v1/alliances/{SHANBEI}/covenants", {"items": []})


async def test_anybody_reads_the_rates_by_month_category_and_block(portal: Portal) -> None:
    is_there(portal)

    shown = await portal.browser.open(f"/board/{SHANBEI}")

    assert shown.status == 200
    for words in ("90 %", "9 of 10", "Noise", "118弄", "too few to show", "–", "3 2 of them kept in the end"):
        assert words in shown.text
    assert f"/api/complaints/v1/board/{SHANBEI}/table.csv?by=block" in shown.answer.text


async def test_anybody_reads_where_to_come_and_listen(portal: Portal) -> None:
    is_there(portal, total=None)
    assert "Open sessions" not in (await portal.browser.open(f"/board/{SHANBEI}")).text
    span = {"starts_at": "2026-03-24T06:00:00Z", "ends_at": "2026-03-24T07:30:00Z"}
    session = {**span, "room": "调解一室", "category": "noise"}
    portal.services.says(f"GET /mediation/v1/open-sessions/{SHANBEI}", {"items": [session]})

    shown = await portal.browser.open(f"/board/{SHANBEI}")

    for words in ("Open sessions", "Tue 24 March, 2 pm – 3:30 pm", "调解一室", "Noise"):
        assert words in shown.text, words


async def test_with_the_sessions_away_the_figures_stand(portal: Portal) -> None:
    is_there(portal)
    portal.services.is_away("mediation")

    assert "90 %" in (await portal.browser.open(f"/board/{SHANBEI}")).text


async def test_a_small_alliance_says_why_it_shows_nothing(portal: Portal) -> None:
    is_there(portal, total=None)

    shown = await portal.browser.open(f"/board/{SHANBEI}")

    assert "Fewer than 5" in shown.text
    assert "90 %" not in shown.text


async def test_while_the_figures_are_away_the_page_says_so(portal: Portal) -> None:
    is_there(portal)
    portal.services.is_away("complaints")

    shown = await portal.browser.open(f"/board/{SHANBEI}")

    assert (shown.status, "山北" in shown.text) == (200, True)


async def test_the_only_alliance_needs_no_choosing_and_several_are_searched_by_name(portal: Portal) -> None:
    only = {"id": str(SHANBEI), "name": "山北"}
    portal.services.says("GET /alliance/v1/alliances", {"items": [only], "next_cursor": None})
    assert (await portal.browser.open("/board")).goes_to == f"/board/{SHANBEI}"

    several = [only, {"id": str(BLOCK), "name": "山南"}]
    portal.services.says("GET /alliance/v1/alliances", {"items": several, "next_cursor": "more"})
    shown = await portal.browser.open("/board")
    assert "山南" in shown.text
    assert f"/board/{BLOCK}" in shown.answer.text
    await portal.browser.open("/board?q=山南")
    assert "q=%E5%B1%B1%E5%8D%97" in portal.services.times("GET /alliance/v1/alliances")[-1].query


async def test_of_an_alliance_that_does_not_exist_there_is_no_board(portal: Portal) -> None:
    assert (await portal.browser.open(f"/board/{SHANBEI}")).status == 404
