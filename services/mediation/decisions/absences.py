"""When somebody does not come: a fact, perhaps excused, and never a penalty (缺席).

One more time is always set. After that the side that came chooses how it goes on; nothing is chosen for it, and a
choice that ends the mediation for an authority takes effect only the next working day.
"""

from __future__ import annotations

from datetime import UTC, datetime

from services.mediation.commands import (
    CarryOutDefault,
    ChooseDefault,
    ExcuseAbsence,
    ExplainAbsence,
    RecordAbsence,
)
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AbsenceExcused,
    AbsenceExplained,
    AbsenceRecorded,
    DefaultChosen,
    DefaultPathOpened,
    Event,
    MediationFailed,
)
from services.mediation.rules import Rules
from services.mediation.state import Absence, DefaultPath, Mediation, Scheduled, Side, other_side
from shared.calendar.working_days import WorkingCalendar
from shared.clock import SHANGHAI, local_day
from shared.errors import Invalid, NotAllowed, NotFound, Refused

Missing = RecordAbsence | ExplainAbsence | ExcuseAbsence | ChooseDefault | CarryOutDefault


def decide(
    state: Mediation, command: Missing, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """All of it while a session is fixed: one that was held had everybody in it."""
    match state, command:
        case Scheduled(), RecordAbsence():
            return _record(state, command, now, rules=rules, calendar=calendar)
        case Scheduled(), ExplainAbsence(side=side, text=text):
            _latest(state, side)
            return [AbsenceExplained(side, text)]
        case Scheduled(), ExcuseAbsence(side=side, seen_on=day):
            if day > local_day(now):
                raise Invalid("/seen_on", "in_the_future")
            _latest(state, side)
            return [AbsenceExcused(side, day)]
        case Scheduled(default=DefaultPath() as path), ChooseDefault():
            return _choose(state, path, command, now, rules=rules, calendar=calendar)
        case Scheduled(), ChooseDefault():
            raise Refused("no_default_path")
        case Scheduled(default=DefaultPath(takes_effect_at=datetime() as then)), CarryOutDefault() if (
            now >= then
        ):
            return [MediationFailed("absent", wishes_referral=True)]
        case Scheduled(), CarryOutDefault():
            return []
        case _:
            raise not_now(state)


def counted(absences: tuple[Absence, ...], side: Side) -> int:
    """How often that side did not come and nothing excused it."""
    return sum(one.side == side and one.counts for one in absences)


def _record(
    state: Scheduled, command: RecordAbsence, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    if now < state.session.starts_at:
        raise Refused("session_not_begun")
    side = command.side
    if side in state.absent:
        return []
    recorded = AbsenceRecorded(side, local_day(now), command.waited_minutes)
    if counted(state.absences, side) + 1 < rules.absences_until_default:
        return [recorded]
    until = calendar.after_working_days(local_day(now), rules.default_choice_working_days)
    return [recorded, DefaultPathOpened(side, until)]


def _choose(
    state: Scheduled,
    path: DefaultPath,
    command: ChooseDefault,
    now: datetime,
    *,
    rules: Rules,
    calendar: WorkingCalendar,
) -> list[Event]:
    """Until it takes effect a choice may be changed."""
    party = state.matter.party(command.party)
    if party is None:
        raise NotFound
    if party.side != other_side(path.absent):
        raise NotAllowed
    if command.choice == path.choice:
        return []
    match command.choice:
        case "again":
            return [DefaultChosen(command.party, "again")]
        case "fail":
            return [DefaultChosen(command.party, "fail"), MediationFailed("absent")]
        case "refer":
            day = calendar.after_working_days(local_day(now), rules.default_cooling_working_days)
            then = datetime.combine(day, rules.default_effect_at, SHANGHAI).astimezone(UTC)
            return [DefaultChosen(command.party, "refer", then)]


def _latest(state: Scheduled, side: Side) -> Absence:
    """The one that is spoken of. Raises Refused where that side has missed nothing."""
    found = next((one for one in reversed(state.absences) if one.side == side and one.counts), None)
    if found is None:
        raise Refused("no_absence")
    return found
