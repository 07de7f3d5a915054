"""Who is told what at which event: the one table, and its reading."""

from __future__ import annotations

from services.notifications.rules.lines import Audience
from services.notifications.rules.markdown import as_markdown
from services.notifications.rules.table import DATES, EVENTS, KINDS, LINES, ON_THE_DESK, SILENCES, lines_for

__all__ = [
    "DATES",
    "EVENTS",
    "KINDS",
    "LINES",
    "ON_THE_DESK",
    "SILENCES",
    "Audience",
    "as_markdown",
    "lines_for",
]
