"""`shangju dlq`: records no retry could mend, looked at and settled by a person who says why."""

from __future__ import annotations

import getpass
from typing import Annotated, Any, Literal
from uuid import UUID

from cyclopts import App, Parameter
from rich.table import Table

from cli.inside import database_of, kit_of, service
from cli.output import console, print_json
from cli.running import BUS_SERVICES, NotHere, running
from shared.messaging import dead_letters
from shared.messaging.dead_letters import DeadLetter
from shared.messaging.subscription import Subscription

app = App(name="dlq")

Bus = Annotated[Literal["alliance", "complaints", "mediation", "notifications"], Parameter(show_choices=True)]
Why = Annotated[str, Parameter(help="Kept beside the letter.")]


@app.command(name="list")
async def list_(name: Bus | None = None, /, *, json: bool = False) -> None:
    """Letters nobody has dealt with, oldest first; of one service or of all."""
    where = running()
    letters: list[tuple[str, DeadLetter]] = []
    for each in [name] if name else BUS_SERVICES:
        async with database_of(each, where) as database, database.reading() as connection:
            letters += [(each, letter) for letter in await dead_letters.unsettled(connection)]
    if json:
        print_json([_plain(each, letter) for each, letter in letters])
        return
    grid = Table(header_style="bold")
    for column in ("service", "letter", "consumer", "topic p/offset", "reason", "error", "failed"):
        grid.add_column(column, overflow="fold")
    for each, letter in letters:
        place = f"{letter.record.topic} {letter.record.partition}/{letter.record.offset}"
        failed = f"{letter.failed_at:%m-%d %H:%M}"
        grid.add_row(each, str(letter.id), letter.consumer, place, letter.reason, letter.error, failed)
    console.print(grid if letters else "no dead letters")


@app.command
async def show(name: Bus, letter: UUID, /) -> None:
    """One letter with its headers and bytes."""
    async with database_of(name, running()) as database, database.reading() as connection:
        print_json(_plain(name, await dead_letters.show(connection, letter), whole=True))


@app.command
async def replay(name: Bus, letter: UUID, /, *, why: Why) -> None:
    """Handle the record as if it had just come, with the code as it is now."""
    async with kit_of(name, running()) as kit:
        async with kit.database.reading() as connection:
            consumer = (await dead_letters.show(connection, letter)).consumer
        subscription = _subscription(service(name).subscriptions(kit), consumer)
        applied = await dead_letters.replay(kit.database, subscription, letter, by=_operator(), why=why)
    console.print(
        "its effect took place" if applied else "nothing left to do: its effect had taken place before"
    )


@app.command
async def discard(name: Bus, letter: UUID, /, *, why: Why) -> None:
    """Close a letter without its effect."""
    async with database_of(name, running()) as database:
        await dead_letters.discard(database, letter, by=_operator(), why=why)
    console.print("discarded")


def _subscription(subscriptions: Any, consumer: str) -> Subscription:
    for subscription in subscriptions:
        if subscription.group == consumer:
            found: Subscription = subscription
            return found
    raise NotHere(f"no consumer is called {consumer} any more")


def _operator() -> str:
    return getpass.getuser()


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
