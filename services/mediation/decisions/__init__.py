"""What a mediation may become. Pure: no clock, no ids, no database.

`decide` says what follows from a command, `evolve` what a mediation is after it; each group of commands has
a module of its own.
"""

from __future__ import annotations

from datetime import datetime

from services.mediation.commands import ChooseOpenness, Command, InviteSpeakers, ReleaseMinutes, RemindOfWord
from services.mediation.decisions import (
    absences,
    agreement,
    amending,
    commitments,
    consent,
    court,
    departing,
    dialogue,
    group,
    guests,
    joint,
    mediator,
    openness,
    oral,
    reminding,
    session,
    settling,
    speakers,
)
from services.mediation.decisions.evolving import evolve
from services.mediation.decisions.moves import possible_commands
from services.mediation.events import Event
from services.mediation.rules import Rules
from services.mediation.state import Mediation
from shared.calendar.working_days import WorkingCalendar

__all__ = ["decide", "evolve", "possible_commands"]


def decide(  # noqa: PLR0911, PLR0912 - one for each group of commands
    state: Mediation, command: Command, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """The events that follow from `command`. Raises Refused, NotNow with what would be possible, or Invalid."""
    if isinstance(command, consent.Beginning):
        return consent.decide(state, command, now, rules=rules, calendar=calendar)
    if isinstance(command, departing.Departing):
        return departing.decide(state, command, now)
    if isinstance(command, mediator.Choosing):
        return mediator.decide(state, command, now)
    if isinstance(command, session.Meeting):
        return session.decide(state, command, now, rules=rules, calendar=calendar)
    if isinstance(command, guests.Attending):
        return guests.decide(state, command, now, rules=rules)
    if isinstance(command, InviteSpeakers):
        return speakers.decide(state, command, now, rules=rules)
    if isinstance(command, joint.Joining):
        return joint.decide(state, command, now, rules=rules)
    if isinstance(command, ChooseOpenness):
        return openness.decide(state, command, now)
    if isinstance(command, RemindOfWord):
        return reminding.decide(state, command, now)
    if isinstance(command, ReleaseMinutes):
        return group.release_minutes(state)
    if isinstance(command, dialogue.Talking):
        return dialogue.decide(state, command)
    if isinstance(command, absences.Missing):
        return absences.decide(state, command, now, rules=rules, calendar=calendar)
    if isinstance(command, agreement.Agreeing):
        return agreement.decide(state, command, now, rules=rules, calendar=calendar)
    if isinstance(command, amending.Amending):
        return amending.decide(state, command, now)
    if isinstance(command, court.Judging):
        return court.decide(state, command, now)
    if isinstance(command, oral.Speaking):
        return oral.decide(state, command, now, rules=rules, calendar=calendar)
    if isinstance(command, settling.Settling):
        return settling.decide(state, command, now)
    return commitments.decide(state, command, now, rules=rules, calendar=calendar)
