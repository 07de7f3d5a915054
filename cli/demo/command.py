"""`shangju demo`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.demo.expected import expected
from cli.demo.telling import Heard, Told, tell, world_of
from cli.demo.world import Unexpected
from cli.output import complaints, console, print_json
from cli.running import running
from shared.clock import SHANGHAI

app = App(name="demo")


@app.default
async def demo(*, json: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Four people sign in and settle a late-night bar's noise through the public APIs; every answer is checked.

    Needs a development system: the story takes two weeks, and the development clock is moved where it waits.
    """
    columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=complaints) as progress:
        async with world_of(running()) as world:
            try:
                told = await tell(
                    world,
                    step=lambda chapter: _shown(progress, chapter),
                )
            except Unexpected as wrong:
                complaints.print(f"[red]the story went wrong:[/red] {wrong}")
                return 1
    if json:
        print_json(as_json(told))
    else:
        _print(told)
    return 0


@contextmanager
def _shown(progress: Progress, chapter: str) -> Iterator[None]:
    task = progress.add_task(chapter, total=1)
    yield
    progress.advance(task)


def as_json(told: Told) -> dict[str, Any]:
    return {
        "case": told.story.case["id"],
        "reference": told.story.case["reference"],
        "history": told.history,
        "heard": {one.person.name: {"inbox": one.kinds, "mail": one.mailed} for one in told.heard},
    }


def _print(told: Told) -> None:
    console.print(_history(told))
    for one in told.heard:
        console.print(_what_reached(one))
    reference = told.story.case["reference"]
    console.print(f"\nAll as expected. Look closer: shangju trace {reference}")


def _history(told: Told) -> Table:
    grid = Table(
        title=f"history of {told.story.case['reference']}", title_justify="left", header_style="bold"
    )
    for column in ("v", "when", "what", "by", "said"):
        grid.add_column(column, overflow="fold")
    for step in told.history:
        when = (
            f"{datetime.fromisoformat(step['at']).astimezone(SHANGHAI):%m-%d %H:%M}"
            if step.get("at")
            else step["on"]
        )
        grid.add_row(str(step["version"]), when, step["type"], step["actor_role"], step.get("text") or "")
    return grid


def _what_reached(heard: Heard) -> Table:
    grid = Table(title=f"what reached {heard.person.name}", title_justify="left", header_style="bold")
    grid.add_column("notice")
    for column in ("expected", "inbox", "mail"):
        grid.add_column(column, justify="right")
    for kind, count in expected(heard.person.name).items():
        grid.add_row(kind, str(count), str(heard.kinds[kind]), str(heard.mailed[kind]))
    return grid
