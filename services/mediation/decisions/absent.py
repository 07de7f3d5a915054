"""What an absence makes of a fixed session, and of the choice of the side that came."""

from __future__ import annotations

from dataclasses import replace

from services.mediation.events import (
    AbsenceExcused,
    AbsenceExplained,
    AbsenceRecorded,
    DefaultChosen,
    DefaultPathOpened,
)
from services.mediation.state import Absence, DefaultPath, Scheduled
from shared.clock import local_day

Missed = AbsenceRecorded | AbsenceExplained | AbsenceExcused | DefaultPathOpened | DefaultChosen


def evolve(state: Scheduled, event: Missed) -> Scheduled | None:
    """The session after one of these; None where it could not have happened."""
    match event:
        case AbsenceRecorded():
            return _recorded(state, event)
        case AbsenceExplained() | AbsenceExcused():
            return _spoken_of(state, event)
        case DefaultPathOpened(absent=side, choose_until=until):
            return replace(state, default=DefaultPath(side, until))
        case DefaultChosen(party=party, choice=choice, takes_effect_at=then) if state.default is not None:
            path = replace(state.default, choice=choice, chosen_by=party, takes_effect_at=then, excused=False)
            return replace(state, default=path)
        case _:
            return None


def _recorded(state: Scheduled, event: AbsenceRecorded) -> Scheduled:
    """One more; an old journal names no day, and then it was the session's."""
    on = event.on or local_day(state.session.starts_at)
    absence = Absence(event.side, on, event.waited_minutes)
    return replace(state, absent=(*state.absent, event.side), absences=(*state.absences, absence))


def _spoken_of(state: Scheduled, event: AbsenceExplained | AbsenceExcused) -> Scheduled:
    """The latest of that side that counts is the one that is spoken of."""
    which = max(place for place, one in enumerate(state.absences) if one.side == event.side and one.counts)
    before = state.absences[which]
    match event:
        case AbsenceExplained(text=text):
            after, default = replace(before, explanation=text), state.default
        case AbsenceExcused(seen_on=day):
            after, default = replace(before, excused_on=day), _asked_again(state, event)
    absences = (*state.absences[:which], after, *state.absences[which + 1 :])
    return replace(state, absences=absences, default=default)


def _asked_again(state: Scheduled, event: AbsenceExcused) -> DefaultPath | None:
    """The path closes; a choice already made is not thrown away in silence, but asked for once more."""
    path = state.default
    if path is None or path.absent != event.side:
        return path
    return replace(path, choice=None, takes_effect_at=None, excused=True) if path.choice else None
