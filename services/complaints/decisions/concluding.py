"""A longer month by consent of all, and the end of a path without mediation."""

from __future__ import annotations

from uuid import UUID

from dateutil.relativedelta import relativedelta

from services.complaints.commands import (
    ConcludeCase,
    ConsentToExtension,
    DeclineExtension,
    ProposeExtension,
)
from services.complaints.decisions import settlement
from services.complaints.decisions.closing import closed, outcome_of, surveys
from services.complaints.decisions.state import Case, CaseFile, Circumstances, Deliberating, Filed
from services.complaints.decisions.visiting import planned, until_last
from services.complaints.events import (
    CaseConcluded,
    Event,
    ExtensionConsented,
    ExtensionDeclined,
    ExtensionProposed,
    MonthExtended,
)
from services.complaints.terms import Conclusion, SaidConclusion
from shared.errors import Invalid, NotAllowed, Refused


def propose(case: Filed, command: ProposeExtension, at: Circumstances) -> list[Event]:
    """Only with everybody's consent (人民调解工作若干规定 art. 33); who proposes it consents to it."""
    if not (case.file.complainants and case.file.respondents):
        raise Refused("anonymous_cannot_consent" if not case.file.complainants else "not_every_side_is_here")
    month = case.file.clock("mediation")
    assert month is not None  # noqa: S101
    if command.until <= month.until:
        raise Invalid("/until", "not_later")
    longest = at.timetable.figure("month_at_most", at.today)
    assert longest is not None  # noqa: S101
    if command.until > month.since + relativedelta(months=longest.value, days=month.days_paused):
        raise Invalid("/until", "too_late")
    proposed = ExtensionProposed(command.until, command.reason, at.by.role, at.by.party_id, at.today)
    return [proposed, *([ExtensionConsented(at.by.party_id)] if at.by.party_id else ())]


def consent(case: Filed, _: ConsentToExtension, at: Circumstances) -> list[Event]:
    """With the last consent the new day holds; before it the old one."""
    file, extension = case.file, case.file.extension
    assert extension is not None and at.by.party_id is not None  # noqa: S101, PT018
    agreed = {*extension.agreed, at.by.party_id}
    consented = ExtensionConsented(at.by.party_id)
    if not agreed >= {*file.complainants, *file.respondents}:
        return [consented]
    month = file.clock("mediation")
    assert month is not None  # noqa: S101
    if extension.until <= month.until:
        raise Refused("extension_overtaken")
    return [consented, MonthExtended(at.timetable.extended(month, extension.until))]


def decline(_: Filed, __: DeclineExtension, ___: Circumstances) -> list[Event]:
    """One no is enough: the day stays as it was."""
    return [ExtensionDeclined()]


def may_be_longer(case: Filed, _: Circumstances) -> bool:
    """Whether the month runs."""
    month = case.file.clock("mediation")
    return month is not None and month.state == "running" and case.file.extension is None


def is_asked(case: Filed, at: Circumstances) -> bool:
    """Whether this party's word on a longer month is waited for."""
    extension, month = case.file.extension, case.file.clock("mediation")
    runs = month is not None and month.state == "running"
    return extension is not None and runs and at.by.party_id not in extension.agreed


def is_proposed(case: Filed, _: Circumstances) -> bool:
    """Whether a longer month is proposed: who agreed may still think better of it."""
    return case.file.extension is not None


def conclude(case: Deliberating, command: ConcludeCase, at: Circumstances) -> list[Event]:
    """Settled is what both sides say, or what the coordinator writes down of it; no agreement is nobody's fault.

    What they promised each other is followed before anybody is asked how it went.
    """
    match command.result, at.by.role:
        case "settled", ("complainant" | "respondent") as side:
            said = settlement.said(case, side, command, at)
            case = settlement.standing(case, at.today)
            if not {*case.settled_by} - {side}:
                return [said]
            followed = settlement.reached(case, said, command.conclusion_id, at)
            return [said, *(followed or _settled(case, command, at))]
    settlement.require_none(command)
    match command.result, at.by.role:
        case "adopted", role if role != "coordinator":
            raise NotAllowed
        case "adopted", _ if case.path != "topic":
            raise Invalid("/result", "not_on_a_topic")
        case "no_agreement", _:
            return ended(case.file, command, at)
        case _:
            return _settled(case, command, at)


def conclusions(case: Case, at: Circumstances) -> tuple[SaidConclusion, ...]:
    """What can be said of its end: a topic is adopted by the committee's record, anything else is not."""
    is_adopted = isinstance(case, Deliberating) and case.path == "topic" and at.by.role == "coordinator"
    return ("settled", *(("adopted",) if is_adopted else ()), "no_agreement")


def is_on_its_own(case: Deliberating, at: Circumstances) -> bool:
    """Whether it is settled without mediation, and this side has not called it settled yet, or has to do so anew."""
    return case.path != "mediation" and at.by.role not in settlement.standing(case, at.today).settled_by


def _settled(case: Deliberating, command: ConcludeCase, at: Circumstances) -> list[Event]:
    return concluded(case.file, command.conclusion_id, command.result, command.note, at)


def concluded(
    file: CaseFile, of: UUID, result: Conclusion, note: str | None, at: Circumstances
) -> list[Event]:
    """What was settled, adopted or kept is visited, and asked about at once or with the last visit."""
    visits = planned(of, at)
    last_visit = until_last(file, visits, at)
    said = CaseConcluded(at.today, result, note, visits, last_visit)
    return [said, *(() if last_visit else surveys(file, of, at))]


def ended(file: CaseFile, command: ConcludeCase, at: Circumstances) -> list[Event]:
    """No agreement is nobody's fault."""
    outcome = outcome_of(file, "ended_without_agreement", refused=file.is_refused)
    return [CaseConcluded(at.today, command.result, command.note), closed(outcome, at)]
