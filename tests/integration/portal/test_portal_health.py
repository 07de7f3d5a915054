"""The health of the blocks: trends, hot spots and places where it happens again, for those who run the alliance."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BLOCK, BUILDING


def figures(cases: int, *, met: int = 0) -> dict[str, Any]:
    rate = {"value": met / cases, "met": met, "counted": cases, "excluded": {"still_running": 2}}
    rates = dict.fromkeys(("responded", "solved", "satisfied", "performed"), rate)
    return {"cases": cases, "open": 1, "methods": {"others_shoes": 2}, **rates}


@pytest.fixture
def lived_in(portal: Portal) -> Portal:
    groups = [
        {"key": "2026-03", "figures": figures(3, met=2)},
        {"key": str(BUILDING), "figures": figures(2)},
        {"key": str(BAR), "figures": figures(3, met=1)},
        {"key": "noise", "figures": figures(1)},
    ]
    period = {"since": "2025-03-13", "until": "2026-03-12", "total": figures(3, met=2), "groups": groups}
    portal.services.says("GET /complaints/v1/figures", period)
    return portal


@pytest.fixture
async def desk(lived_in: Portal) -> Portal:
    await lived_in.sign_in("coordinator")
    return lived_in


async def test_it_shows_the_months_the_hot_spots_and_what_happens_again(desk: Portal) -> None:
    shown = await desk.browser.open("/health")
    for words in (
        "山北路116号 夜猫小酒馆",
        "3 matters, 1 open",
        "1. ",
        "山北路",
        "Noise",
        "67 %",
        "still running 2",
        "In the other's shoes 2",
    ):
        assert words in shown.text, words
    drawn = [found for tag, found in shown.tags if tag == "svg" and found.get("role") == "img"]
    assert len(drawn) == 3
    assert len([tag for tag, _ in shown.tags if tag == "table"]) == 4


async def test_one_block_and_a_period_are_asked_for(desk: Portal) -> None:
    await desk.browser.open(f"/health?block={BLOCK}&since=2026-01-01&until=2026-02-28")
    queries = [parse_qs(one.query) for one in desk.services.times("GET /complaints/v1/figures")]
    assert {query["by"][0] for query in queries} == {"month", "category", "building", "place"}
    for query in queries:
        assert (query["block_id"], query["since"]) == ([str(BLOCK)], ["2026-01-01"])


async def test_a_field_left_empty_asks_for_nothing(desk: Portal) -> None:
    shown = await desk.browser.open("/health?block=&category=noise&since=&until=")
    assert shown.status == 200
    queries = [parse_qs(one.query) for one in desk.services.times("GET /complaints/v1/figures")]
    assert {query["by"][0] for query in queries} == {"month", "subcategory", "building", "place"}
    assert {key for query in queries for key in query} == {"by", "category"}


async def test_every_table_is_taken_along_as_it_was_asked_for_with_what_was_left_out(desk: Portal) -> None:
    shown = await desk.browser.open("/health?category=noise&since=2026-01-01")
    links = {found.get("href") for tag, found in shown.tags if tag == "a"}
    street = "/health/table.csv?by=street&category=noise&since=2026-01-01"
    assert street in links

    answer = (await desk.browser.open(street)).answer

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "shangju-street-2025-03-13" in answer.headers["content-disposition"]
    head, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert head[:6] == ["Street", "Reported", "Still open", "Response rate", "Response rate: met", head[5]]
    by_name = {line[0]: line for line in lines}
    assert by_name["山北路"][1:7] == ["3", "1", str(1 / 3), "1", "3", "still running 2"]
    assert by_name["In all"][4] == "2"
    [query] = [parse_qs(one.query) for one in desk.services.times("GET /complaints/v1/figures")[4:]]
    assert query == {"by": ["place"], "category": ["noise"], "since": ["2026-01-01"]}


async def test_representatives_find_it_in_their_menu(lived_in: Portal) -> None:
    await lived_in.sign_in("representative")
    home = await lived_in.browser.open("/")
    assert "/health" in [found.get("href") for tag, found in home.tags if tag == "a"]
    assert (await lived_in.browser.open("/health")).status == 200


@pytest.mark.parametrize("path", ["/health", "/health/table.csv?by=street"])
async def test_it_is_for_nobody_else(portal: Portal, path: str) -> None:
    await portal.sign_in("resident")
    assert (await portal.browser.open(path)).status == 404
