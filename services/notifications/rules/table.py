"""The one table, and which of its lines hold for an event. Pure."""

from __future__ import annotations

from services.notifications.rules import cases, mediations
from services.notifications.rules.lines import Audience, Line, When
from shared.contracts.envelope import Contract

LINES = (*cases.LINES, *mediations.LINES)
SILENCES = (*cases.SILENCES, *mediations.SILENCES)

KINDS = tuple(dict.fromkeys(line.kind for line in LINES))
DATES = {line.kind: line.dates for line in LINES}
"""What each kind of notice names; the same on every line of a kind (a test sees to it)."""

ON_THE_DESK = frozenset(line.kind for line in LINES if line.audience in (Audience.PROPOSED, Audience.GUESTS))
"""What goes to somebody who has no page of the case: they answer where their sessions are listed."""

EVENTS = tuple(dict.fromkeys(line.event for line in LINES))


def lines_for(event: Contract) -> list[Line]:
    """The lines that hold for this very event, in the order of the table."""
    return [line for line in LINES if type(event) is line.event and _holds(line.when, event)]


def _holds(when: When, event: Contract) -> bool:
    return all(getattr(event, name) in values for name, values in when.items())
