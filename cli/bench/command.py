"""`shangju bench`: first figures, on a system of its own that is thrown away afterwards."""

from __future__ import annotations

import json as json_
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import structlog
import uvloop
from cyclopts import App, Parameter
from rich.table import Table

from cli.bench import consuming, filing, growing, machine, mailing, relaying, resting
from cli.bench.filing import Door, Filer
from cli.bench.planning import planning, weighing
from cli.inside import kit_of
from cli.output import complaints, console, print_json
from cli.running import Running
from cli.seeding import taken_in, token_for
from deploy.local import plan
from deploy.local.environment import operator_environment
from deploy.local.home import short_home
from deploy.local.ports import free_ports
from deploy.local.site import Site
from deploy.local.steps import Plan
from deploy.local.system import LocalSystem
from services.alliance import seed as alliance
from services.alliance.neighbourhood import FLATS
from shared.access.door import Kit
from shared.clock import local_day, start_of_day

app = App(name="bench")
app.command(weighing)
app.command(planning)

MEASURED = ("alliance", "complaints", "notifications")
SHOP = "山北路116号"
RELAYED_EVENTS = 20_000
CONSUMED_EVENTS = 4_000
COORDINATOR = "zhou@shanbei.example"
CASES, PAGE_READS = 1_000_000, 500

Say = Callable[[str], None]


@app.default
def bench(
    *,
    seconds: int = 5,
    runs: int = 3,
    output: Path | None = None,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Measure in turn what we reach and what the machine can do at all; takes four to eight minutes.

    Parameters
    ----------
    seconds
        How long each run of filings lasts.
    runs
        How often each figure is measured.
    output
        Also write the JSON to this file.
    json
        JSON instead of tables.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.getLogger("aiokafka").setLevel(logging.ERROR)
    say = complaints.print
    measuring = measured(
        seconds=seconds,
        runs=runs,
        relayed=RELAYED_EVENTS,
        consumed=CONSUMED_EVENTS,
        cases=CASES,
        reads=PAGE_READS,
        say=say,
    )
    report = uvloop.run(measuring)
    report["limits"] += uvloop.run(rested(say=say))
    if output:
        output.write_text(json_.dumps(report, indent=2) + "\n")
    if json:
        print_json(report)
    else:
        _print(report)


async def measured(
    *, seconds: int, runs: int, relayed: int, consumed: int, cases: int, reads: int, say: Say
) -> dict[str, Any]:
    """The whole report, from systems that live as long as the measuring."""
    with short_home() as home:
        async with LocalSystem(home, free_ports(), plan=_plan) as system:
            where = Running(operator_environment(system.site))
            _by_day(where)
            filers = await _neighbours(where)
            say("mails …")
            mailed = await mailing.compare(system, filers, seconds=seconds)
            for name in MEASURED:
                await system.process(f"{name}-worker").stop()
            described = await machine.description(system.database_url("complaints"))
            say("filings …")
            api = system.process("complaints-api")
            assert api.pid is not None  # noqa: S101  it is ready
            door = Door(system.site.ports.api("complaints"), api.pid)
            filed = await filing.compare(where, filers, door, seconds=seconds, runs=runs, scratch=home)
            say("inbox and effect …")
            read = await consuming.compare(where, events=consumed, runs=runs, seconds=seconds, scratch=home)
            say("relay …")
            sent = await relaying.compare(
                system.database_url("complaints"),
                system.kafka_bootstrap,
                events=relayed,
                runs=runs,
            )
            say("pages …")
            grown = await _grown(where, door, cases=cases, reads=reads)
    return {
        "machine": described,
        "figures": [one.as_json() for one in (filed, read, sent)],
        "limits": [mailed.as_json()],
        "pages": grown.as_json(),
    }


async def _grown(where: Running, door: Door, *, cases: int, reads: int) -> growing.Growth:
    async with kit_of("alliance", where) as kit:
        coordinator = await token_for(kit, COORDINATOR)
        [filer] = await _filers(kit, 1)
    url = where.database_url("complaints")
    return await growing.compare(url, door.port, filer, coordinator, cases=cases, reads=reads)


async def rested(*, say: Say) -> list[dict[str, Any]]:
    """What is measured against a limit, from a system of its own that nobody uses."""
    say("start and rest …")
    with short_home() as home:
        return [one.as_json() for one in await resting.rest(home)]


def _plan(site: Site) -> Plan:
    """Only what is measured: every other process would take processor time from it."""
    return (*plan.infrastructure(site), *plan.preparations(site), *plan.services(site, MEASURED))


def _by_day(where: Running) -> None:
    """At night mails wait for the morning: it is tomorrow's noon."""
    clock = where.development_clock
    noon = start_of_day(local_day(clock.now()) + timedelta(days=1)) + timedelta(hours=12)
    clock.advance(noon - clock.now())


async def _neighbours(where: Running) -> list[Filer]:
    """One person for each connection, and the shop they complain of."""
    async with kit_of("alliance", where) as kit:
        await alliance.seed(kit.database, kit.clock.now())
        await taken_in(where, services=("complaints", "notifications"))
        return await _filers(kit, filing.CONNECTIONS)


async def _filers(kit: Kit, number: int) -> list[Filer]:
    contacts = [f"118-{building}-{flat}@shanbei.example" for building in (1, 2) for flat in FLATS]
    tokens = [await token_for(kit, contact) for contact in contacts[:number]]
    return [Filer(token, str(alliance.id_of(SHOP))) for token in tokens]


def _print(report: dict[str, Any]) -> None:
    for name, value in report["machine"].items():
        console.print(f"{name}: {value}")
    grid = Table("per second", "ours: min / median / max", "ceiling: min / median / max", "ratio")
    for figure in report["figures"]:
        ours, ceiling = (_spread(figure[side]) for side in ("ours_per_second", "ceiling_per_second"))
        grid.add_row(figure["name"], ours, ceiling, f"{figure['ratio_of_medians']:.2f}")
    console.print(grid)
    limits = Table("what", "measured", "at most")
    for figure in report["limits"]:
        limits.add_row(
            figure["name"], *(f"{figure[side]:g} {figure['unit']}" for side in ("measured", "limit"))
        )
    console.print(limits)
    console.print(_pages(report["pages"]))
    for figure in report["figures"]:
        console.print(f"{figure['name']}: {figure['ours']}\n  ceiling: {figure['ceiling']}")
        _print_beside(figure)
    for figure in report["limits"]:
        console.print(figure["name"])
        _print_beside(figure)


def _print_beside(figure: dict[str, Any]) -> None:
    if figure["beside"]:
        console.print("  " + "  ".join(f"{name} {value:g}" for name, value in figure["beside"].items()))


def _pages(grown: dict[str, Any]) -> Table:
    grid = Table("p99 in ms", f"{grown['few']:,} cases", f"{grown['many']:,} cases", "ratio")
    for page, p99 in grown["p99_ms"].items():
        grid.add_row(page, f"{p99['few']:.1f}", f"{p99['many']:.1f}", f"{p99['ratio']:.2f}")
    return grid


def _spread(series: dict[str, Any]) -> str:
    return f"{series['min']:,.0f} / {series['median']:,.0f} / {series['max']:,.0f}"
