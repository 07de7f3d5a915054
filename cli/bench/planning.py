"""`shangju bench weigh` and `shangju bench plan`: what a case costs here, and what a city would need."""

from __future__ import annotations

import json as json_
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from cli.bench.plan import City, Measured, plan
from cli.bench.weighing import weigh
from cli.output import print_json, print_plain
from deploy.local.home import short_home
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem

weighing = App(name="weigh")
planning = App(name="plan")
THE_CITY = City()


@weighing.default
async def weigh_cases(*, cases: int = 20, output: Path = Path("weighed.json")) -> None:
    """Tell whole cases on a system of its own, and write down what each left behind and used up.

    Parameters
    ----------
    cases
        How many; what one costs is their mean.
    output
        Where the figures go; `shangju bench plan` reads them.
    """
    with short_home() as home:
        async with LocalSystem(home, free_ports()) as system:
            measured = await weigh(system, cases=cases)
    output.write_text(json_.dumps(asdict(measured), indent=2) + "\n")  # noqa: ASYNC240


@planning.default
def plan_city(
    measured: Path,
    *,
    alliances: int = THE_CITY.alliances,
    cases_a_year: int = THE_CITY.cases_a_year,
    years: int = THE_CITY.years,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Simulate a year of a city on figures that `shangju bench weigh` measured.

    Parameters
    ----------
    measured
        The file that `weigh` wrote.
    alliances
        How many neighbourhoods share the system.
    cases_a_year
        In all of them together.
    years
        How long a file is kept.
    json
        JSON instead of tables.
    """
    figures = Measured(**json_.loads(measured.read_text()))
    planned = plan(figures, City(alliances=alliances, cases_a_year=cases_a_year, years=years))
    if json:
        print_json(planned)
    else:
        print_plain("\n".join(written(planned)))


def written(planned: dict[str, dict[str, float]]) -> Iterator[str]:
    """The plan line by line."""
    for title, figures in planned.items():
        yield title
        for name, value in figures.items():
            shown = f"{value:,.2f}" if value < 100 and value % 1 else f"{value:,.0f}"
            yield f"  {name:<52}{shown:>10}"
