"""`shangju dlq`: records no retry could mend, looked at and settled by a person who says why."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from cyclopts import App, Parameter
from rich.table import Table

from cli.inside import database_of, kit_of, service
from cli.output import console, print_json
from cli.running import BUS_SERVICES, NotHere, running
from shared.clock import SHANGHAI
from shared.messaging import dead_letters
from shared.messaging.dead_letters import DeadLetter
from shared.messaging.subscription import Subscription

app = App(name="dlq")

Bus = Annotated[Literal["alliance", "complaints", "mediation", "notifications"], Parameter(show_choices=True)]
Why = Annotated[str, Parameter(help="Kept beside the letter.")]
By = Annotated[str, Parameter(help="Who settles it, kept beside the letter; else the user of this machine.")]


@app.command(name="list")
async def list_(name: Bus | None = None, /, *, settled: bool = False, json: bool = False) -> None:
    """Letters nobody has dealt with, oldest first; of one service or of all.

    Parameters
    ----------
    settled
        Instead those that were replayed or discarded, with who did it, when and why.
    """
    where = running()
    wanted = dead_letters.settled if settled else dead_letters.unsettled
    letters: list[tuple[str, DeadLetter]] = []
    for each in [name] if name else BUS_SERVICES:
        async with database_of(each, where) as database, database.reading() as connection:
            letters += [(each, letter) for letter in await wanted(connection)]
    if json:
        print_json([_plain(each, letter) for each, letter in letters])
    else:
        console.print(_table(letters, settled=settled) if letters else "no dead letters")


@app.command
async def show(name: Bus, letter: UUID, /) -> None:
    """One letter with its headers and bytes."""
    async with database_of(name, running()) as database, database.reading() as connection:
        print_json(_plain(name, await dead_letters.show(connection, letter), whole=True))


@app.command
async def replay(name: Bus, letter: UUID, /, *, why: Why, by: By = "") -> None:
    """Handle the record as if it had just come, with the code as it is now."""
    async with kit_of(name, running()) as kit:
        async with kit.database.reading() as connection:
            consumer = (await dead_letters.show(connection, letter)).consumer
        subscription = _subscription(service(name).subscriptions(kit), consumer)
        applied = await dead_letters.replay(
            kit.database, subscription, letter, by=by or getpass.getuser(), why=why
        )
    console.print(
        "its effect took place" if applied else "nothing left to do: its effect had taken place before"
    )


@app.command
async def replay_all(name: Bus, /, *, reason: str, why: Why, by: By = "") -> int:
    """Replay every open letter that was set aside for one reason, the oldest first.

    What fails stays open, and with it what came later about the same matter; the exit code is then 1.
    """
    async with kit_of(name, running()) as kit:
        done = await dead_letters.replay_all(
            kit.database,
            service(name).subscriptions(kit),
            reason=reason,
            by=by or getpass.getuser(),
            why=why,
        )
    console.print(
        f"{done.applied} took effect, {done.had_before} had taken effect before, {len(done.open)} stay open"
    )
    for letter, failure in done.open.items():
        console.print(f"  {letter}  {failure}")
    return int(bool(done.open))


@app.command
async def discard(name: Bus, letter: UUID, /, *, why: Why, by: By = "") -> None:
    """Close a letter without its effect."""
    async with database_of(name, running()) as database:
        await dead_letters.discard(database, letter, by=by or getpass.getuser(), why=why)
    console.print("discarded")


def _subscription(subscriptions: Any, consumer: str) -> Subscription:
    for subscription in subscriptions:
        if subscription.group == consumer:
            found: Subscription = subscription
            return found
    raise NotHere(f"no consumer is called {consumer} any more")


def _table(letters: Sequence[tuple[str, DeadLetter]], *, settled: bool) -> Table:
    outcome = ("settled", "as", "by", "why") if settled else ("error", "failed")
    grid = Table(header_style="bold")
    for column in ("service", "letter", "consumer", "topic p/offset", "reason", *outcome):
        grid.add_column(column, overflow="fold")
    for name, letter in letters:
        place = f"{letter.record.topic} {letter.record.partition}/{letter.record.offset}"
        told = (
            (_when(letter.settled_at), letter.settled_as, letter.settled_by, letter.settled_why)
            if settled
            else (letter.error, _when(letter.failed_at))
        )
        grid.add_row(name, str(letter.id), letter.consumer, place, letter.reason, *told)
    return grid


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}" if moment else ""


def _plain(name: str, letter: DeadLetter, *, whole: bool = False) -> dict[str, Any]:
    record = letter.record
    return {
        **{key: value for key, value in vars(letter).items() if key != "record"},
        "service": name,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": _text(record.key),
        "headers": [(header, _text(raw)) for header, raw in record.headers],
        "value": _text(record.value) if whole else f"{len(record.value or b'')} bytes",
    }


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode(errors="backslashreplace")
