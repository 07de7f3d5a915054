"""What mediation cannot settle is reported at once (向公安机关报告): People's Mediation Law art. 25."""

from __future__ import annotations

from services.complaints.commands import ReportToPolice
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import Event, PoliceReported
from shared.errors import Invalid


def report(_: Filed, command: ReportToPolice, at: Circumstances) -> list[Event]:
    """It accuses nobody and stops no clock: what becomes of the matter between the two goes on beside it."""
    if command.at > at.now:
        raise Invalid("/at", "in_the_future")
    return [PoliceReported(command.what, command.at, command.reference)]
