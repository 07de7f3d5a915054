"""What each event makes of a case: `evolve(state, event)`, and nothing is decided here."""

from __future__ import annotations

from services.complaints.decisions.evolution import (
    closing,
    deliberating,
    emergency,
    evidence,
    grouping,
    hearing,
    parties,
    pledging,
    referring,
    talking,
)
from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import Case, State
from services.complaints.events import Event

__all__ = ["EVOLUTIONS", "evolve"]

EVOLUTIONS: Evolutions = {
    **closing.EVOLUTIONS,
    **deliberating.EVOLUTIONS,
    **emergency.EVOLUTIONS,
    **evidence.EVOLUTIONS,
    **grouping.EVOLUTIONS,
    **hearing.EVOLUTIONS,
    **parties.EVOLUTIONS,
    **pledging.EVOLUTIONS,
    **referring.EVOLUTIONS,
    **talking.EVOLUTIONS,
}


def evolve(state: State, event: Event) -> Case:
    """The case after `event`. The fold of a journal is the state beside it."""
    return EVOLUTIONS[type(event)](state, event)
