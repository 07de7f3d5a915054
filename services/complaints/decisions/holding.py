"""Who holds a case now, and with which event they took it: folded from the journal, so of every case ever filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.complaints.decisions.evolution import evolve
from services.complaints.decisions.state import UNFILED, Case, Closed, State, Unfiled, stage_of, status_of
from services.complaints.events import Event, MediationNoted
from services.complaints.terms import Stage, Status

HANDED_OVER = frozenset(
    {
        "mediation_opened",
        "consent_completed",
        "mediator_took",
        "mediator_passed",
        "mediator_removed",
        "session_scheduled",
        "session_cancelled",
        "session_held",
    }
)
"""The steps of a mediation after which somebody else has to do something; with the others who had it still has it."""


@dataclass(frozen=True)
class Holder:
    """Whom a case waits for: by its mark, the authority that has it, and within a mediation by its last step."""

    status: Status
    authority: str | None
    step: str | None


def taken_over(events: Iterable[Event]) -> int:
    """The place of the event with which whoever holds it now took it. A journal begins with a filing."""
    state: State = UNFILED
    holder: Holder | None = None
    step: str | None = None
    taken = 0
    for place, event in enumerate(events):
        case = evolve(state, event)
        if isinstance(event, MediationNoted) and event.step in HANDED_OVER:
            step = event.step
        now = _holder(case, step)
        if now != holder:
            holder, taken = now, place
        state = case
    return taken


def ended_in(events: Iterable[Event]) -> Stage | None:
    """In which stage a case stood when it ended; None while it goes on, after it was taken up again too."""
    state: State = UNFILED
    ended: Stage | None = None
    for event in events:
        case = evolve(state, event)
        if not isinstance(case, Closed):
            ended = None
        elif not isinstance(state, Unfiled | Closed):
            ended = stage_of(state)
        state = case
    return ended


def _holder(case: Case, step: str | None) -> Holder:
    """Whom it waits for, as far as its case knows of a mediation."""
    status = status_of(case)
    return Holder(status, case.file.referred_to, step if status == "in_mediation" else None)
