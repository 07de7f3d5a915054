"""The plan of a city: pure arithmetic over what was measured, and a year that is simulated."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli.bench.plan import City, Measured, plan, shards, simulated
from cli.bench.planning import written

MEASURED = Measured(
    cases=10,
    processor_seconds={"services": 2.0, "database": 0.5, "broker": 0.25},
    tables={"complaints": {"cases": 4_000.0, "journal": 20_000.0, "outbox": 10_000.0, "inbox": 1_000.0}},
    topics={"shangju.complaints.v1": 9_000.0},
    events=20.0,
    effects=40.0,
    mails=12.0,
)
CITY = City(alliances=60, cases_a_year=1_000_000)


def test_given_a_city_when_a_year_is_simulated_then_it_has_its_cases_and_busy_hours():
    year = simulated(CITY)

    assert sum(year.hours) == pytest.approx(CITY.cases_a_year, rel=0.01)
    assert sum(year.alliances) == pytest.approx(CITY.cases_a_year, rel=0.01)
    assert year.busiest > 2 * CITY.cases_a_year / len(year.hours)
    assert max(year.alliances) > 2 * CITY.cases_a_year / CITY.alliances


def test_given_the_same_seed_then_it_is_the_same_year_and_given_another_it_is_not():
    assert simulated(CITY) == simulated(CITY) != simulated(replace(CITY, seed=2))


def test_given_alliances_of_all_sizes_when_sharded_then_each_lives_in_one_place_and_none_is_much_fuller():
    alliances = simulated(CITY).alliances

    living = shards(alliances, 4)

    assert sorted(one for shard in living for one in shard) == list(range(CITY.alliances))
    full = [sum(alliances[one] for one in shard) for shard in living]
    assert max(full) < 1.1 * min(full)


def test_what_stays_grows_with_the_years_and_what_passes_does_not():
    sizes = (plan(MEASURED, replace(CITY, years=years))["sizes in GiB, one copy"] for years in (3, 6))
    (stays, passes, *_), (stays_twice, passes_too, *_) = (size.values() for size in sizes)

    assert stays_twice == 2 * stays == pytest.approx(24_000 * 6_000_000 / 2**30)
    assert passes_too == passes == pytest.approx((10_000 * 45e6 + 1_000 * 120e6) / 365 / 2**30)


def test_given_twice_the_work_of_a_case_then_twice_the_cores_are_needed():
    slower = {who: 2 * seconds for who, seconds in MEASURED.processor_seconds.items()}
    cores, doubled = (
        plan(measured, CITY)["cores in the busiest hour"]
        for measured in (MEASURED, replace(MEASURED, processor_seconds=slower))
    )

    assert doubled == {who: pytest.approx(2 * number) for who, number in cores.items()}


@pytest.mark.parametrize(
    "less", [replace(CITY, bytes_a_database=2**30), replace(CITY, cores_a_database=1, cases_a_year=10**8)]
)
def test_given_more_than_one_database_carries_then_there_are_several_sets(less: City):
    needed = plan(MEASURED, less)

    number = needed["shards"]["sets of databases, by alliance"]
    held = sum(list(needed["sizes in GiB, one copy"].values())[:2]) * 2**30
    assert number > 1
    assert held / number <= less.bytes_a_database
    assert needed["cores in the busiest hour"]["database"] / number <= less.cores_a_database


def test_the_document_shows_what_the_program_says_of_the_figures_it_names():
    measured = Measured(**json.loads(Path("tests/benchmarks/weighed.json").read_text()))

    assert "\n".join(written(plan(measured, City()))) in Path("docs/city-plan.md").read_text()
