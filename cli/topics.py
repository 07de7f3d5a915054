"""`shangju topics`: the bus's topics as the contracts name them."""

from __future__ import annotations

from cyclopts import App

from cli.output import console
from cli.running import running
from shared.messaging import topics

app = App(name="topics")


@app.command
async def apply() -> None:
    """Create the topics that are missing; what exists is left as it is."""
    made = await topics.apply(running().kafka_bootstrap)
    console.print(f"created {', '.join(made)}" if made else "all topics are there")
