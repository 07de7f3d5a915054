"""`shangju replay`: what a service only copies from the bus, told anew from the topics."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import partial

from cyclopts import App
from rich.table import Table

from cli import bus
from cli.dead_letters import Bus
from cli.inside import kit_of, subscriptions_of
from cli.inside import service as service_of
from cli.output import console, print_json
from cli.running import BUS_SERVICES, NotHere, Running, running
from shared.messaging import projections
from shared.messaging.projections import Rebuilt

app = App(name="replay")

BEGINNING = "beginning"


@app.default
async def replay(
    *,
    service: Bus | None = None,
    projection: str | None = None,
    from_: str = BEGINNING,
    dry_run: bool = False,
    json: bool = False,
) -> int:
    """Rebuild projections while everything runs; without --service, say which there are.

    Pages see them as before or as after; the service's consumer waits meanwhile.

    Parameters
    ----------
    service
        Whose.
    projection
        One of them; else all of the service.
    from_
        `beginning` empties them and tells everything; a moment tells again, on top, what happened since.
    dry_run
        Compare only; exit code 1 where the tables are not what the topics tell.
    json
        As JSON instead of a table.
    """
    where = running()
    if service is None:
        console.print(await _catalogue(where))
        return 0
    done = await rebuilt(where, service, projection, since=_moment(from_), kept=not dry_run)
    if json:
        print_json({name: asdict(each) for name, each in done.items()})
    else:
        console.print(_table(done))
    return int(dry_run and not all(each.was_right for each in done.values()))


async def rebuilt(
    where: Running, service: str, projection: str | None, *, since: datetime | None, kept: bool
) -> dict[str, Rebuilt]:
    """Each projection of the service, or the one that is named. Raises NotHere if it has none of that name."""
    async with kit_of(service, where) as kit:
        wanted = [
            (subscription, one)
            for subscription, one in projections.of(service_of(service).subscriptions(kit))
            if projection in {None, one.name}
        ]
        if not wanted:
            raise NotHere(f"{service} has no projection {projection or ''}; `shangju replay` lists them")
        return {
            one.name: await projections.rebuild(
                kit.database,
                subscription,
                one,
                partial(bus.records, where.broker, [one.topic], since=since),
                since=since,
                kept=kept,
            )
            for subscription, one in wanted
        }


def _moment(word: str) -> datetime | None:
    if word == BEGINNING:
        return None
    try:
        return datetime.fromisoformat(word).astimezone()
    except ValueError:
        raise NotHere(f"{word} is neither `{BEGINNING}` nor a moment like 2026-11-27T08:00") from None


async def _catalogue(where: Running) -> Table:
    grid = Table("service", "projection", "topic", "tables", header_style="bold")
    for name in BUS_SERVICES:
        for _, one in projections.of(await subscriptions_of(name, where)):
            grid.add_row(name, one.name, one.topic, ", ".join(one.tables))
    return grid


def _table(done: dict[str, Rebuilt]) -> Table:
    grid = Table("projection", "table", header_style="bold")
    for column in ("events", "unreadable", "rows before", "after", "gone", "new"):
        grid.add_column(column, justify="right")
    for name, each in done.items():
        for table in each.tables:
            counts = (each.events, each.unreadable, table.before, table.after, table.gone, table.new)
            grid.add_row(name, table.name, *map(str, counts))
    return grid
