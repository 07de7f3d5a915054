"""`shangju relay`: how the outboxes stand, and sending a stretch of one again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from cyclopts import App
from rich.table import Table

from cli.dead_letters import Bus
from cli.inside import database_of
from cli.output import console, print_json
from cli.running import BUS_SERVICES, running
from shared.messaging import relay, retention

app = App(name="relay")


@app.command
async def status(*, json: bool = False) -> int:
    """What waits in each outbox, for how long, and whether a relay is at work; exit code 1 where none is."""
    where = running()
    states: dict[str, relay.OutboxState] = {}
    for name in BUS_SERVICES:
        async with database_of(name, where) as database, database.reading() as connection:
            states[name] = await relay.state(connection)
    if json:
        print_json({name: asdict(state) for name, state in states.items()})
    else:
        console.print(_table(states))
    return int(not all(state.relayed for state in states.values()))


@app.command
async def republish(name: Bus, /, *, since: datetime, until: datetime) -> None:
    """Send again what one outbox got between two moments, e.g. after a broker lost its disk.

    Consumers that have had an event do nothing with it; the relay keeps each case's order.
    """
    async with database_of(name, running()) as database, database.transaction() as tx:
        events = await retention.send_again(tx, since.astimezone(), until.astimezone())
    console.print(f"{events} events are sent again")


def _table(states: dict[str, relay.OutboxState]) -> Table:
    grid = Table("service", "unpublished", "oldest", "relay", header_style="bold")
    for name, state in states.items():
        at_work = "at work" if state.relayed else "[red]none[/red]"
        grid.add_row(name, str(state.unpublished), f"{state.oldest_seconds:.1f} s", at_work)
    return grid
