"""`shangju clock`: what time the development system lives in."""

from __future__ import annotations

import re
from datetime import timedelta

from cyclopts import App

from cli.output import console
from cli.running import NotHere, running
from shared.clock import SHANGHAI

app = App(name="clock")

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.command
def show() -> None:
    """What time it is there."""
    console.print(
        f"{running().development_clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S %a} (Asia/Shanghai)"
    )


@app.command
def advance(by: str, /) -> None:
    """Move it forward, e.g. `8d` or `1d12h`; there is no way back.

    Parameters
    ----------
    by
        Weeks, days, hours, minutes and seconds: 2w 8d 36h 90m 45s, also put together.
    """
    running().development_clock.advance(duration(by))
    show()


def duration(text: str) -> timedelta:
    """Raises NotHere for what is no duration."""
    parts = re.findall(r"(\d+)([smhdw])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise NotHere(f"{text!r} is no duration; write 8d, 36h, 90m or 1d12h")
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
