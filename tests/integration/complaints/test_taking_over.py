"""A row of a ledger is one case for ever: longer than saved answers live, and however many take it over at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.integration.complaints.town import A_NOISY_BAR, Town, done
from tests.support.http import Client


async def take_over(town: Town, row: str, *, by: Client | None = None, **more: Any) -> httpx.Response:
    form = {**A_NOISY_BAR, "place_id": str(town.shop), "identity": "anonymous", "channel": "ledger", **more}
    return await (by or town.zhou).post("/v1/cases", json={**form, "source_key": row})


async def cases_of(town: Town) -> int:
    [row] = await town.rows("SELECT count(*) FROM cases WHERE alliance_id = $1", town.alliance_id)
    count: int = row["count"]
    return count


async def test_given_a_row_taken_over_when_it_comes_again_then_it_names_the_case_it_is(town: Town) -> None:
    reference = done(await take_over(town, "2026:7"), 201)["reference"]
    again = done(await take_over(town, "2026:7", description="改过的字"), 409)
    assert (again["type"], again["reference"]) == ("/problems/already_filed", reference)
    assert reference in again["detail"]
    assert await cases_of(town) == 1


async def test_given_saved_answers_are_forgotten_when_a_row_comes_again_then_it_is_still_one_case(
    town: Town,
) -> None:
    done(await take_over(town, "2026:7"), 201)
    town.clock.advance(timedelta(days=400))
    done(await take_over(town, "2026:7"), 409)


async def test_given_one_row_taken_over_by_many_at_once_when_all_are_answered_then_it_is_one_case(
    town: Town,
) -> None:
    answers = await asyncio.gather(*(take_over(town, "2026:7") for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert await cases_of(town) == 1


async def test_given_a_refused_row_when_it_comes_mended_then_it_is_filed(town: Town) -> None:
    done(await take_over(town, "2026:7", subcategory="nonsense"), 422)
    done(await take_over(town, "2026:7"), 201)


@pytest.mark.parametrize("who", ["lin", "ma", "gu", "xu"])
async def test_given_anybody_but_a_coordinator_when_taking_over_then_it_is_not_theirs(
    town: Town, who: str
) -> None:
    done(await take_over(town, "2026:7", by=getattr(town, who)), 403)


@pytest.mark.parametrize("row", ["", "a b", "编号七", "x" * 129])
async def test_given_a_malformed_key_when_taking_over_then_the_field_is_named(town: Town, row: str) -> None:
    answer = done(await take_over(town, row), 422)
    assert answer["errors"][0]["pointer"] == "/source_key"
