"""听: filing, triage, service of notice, and the respondent's answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from services.complaints.clocks import Clock, ClockName
from services.complaints.commands import (
    AcceptCase,
    AnswerCase,
    CorrectCategory,
    DecideHealthSharing,
    DeclineCase,
    EndClock,
    FileCase,
    JoinCase,
    NoteDelivery,
    NoteLeadEnd,
    RecordHealthConsent,
    SeparateCase,
    ServeNotice,
)
from services.complaints.decisions import emergency, evidence, parties
from services.complaints.decisions.clockwork import tell_late
from services.complaints.decisions.closing import closed
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Circumstances,
    Filed,
    Joined,
    Unfiled,
)
from services.complaints.events import (
    CaseAccepted,
    CaseAnswered,
    CaseDeclined,
    CaseFiled,
    CaseJoined,
    CaseSeparated,
    CategoryCorrected,
    Event,
    HealthSharingDecided,
    NoticeDelivered,
    NoticeServed,
)
from services.complaints.terms import Separation, Service
from shared.errors import Invalid, Refused

_FROM_FILING: tuple[ClockName, ...] = ("triage", "contact")

_CLOCK_SKEW = timedelta(minutes=10)
"""How far a caller's clock may run ahead of ours."""


def file_case(_: Unfiled, command: FileCase, at: Circumstances) -> list[Event]:
    """A complaint is never refused for who files it or what is not known yet (listen first, check after)."""
    if command.occurred_at is not None and command.occurred_at > at.now + _CLOCK_SKEW:
        raise Invalid("/occurred_at", "in_the_future")
    if command.consent is not None and command.consent.at > at.now + _CLOCK_SKEW:
        raise Invalid("/consent/at", "in_the_future")
    alarm = emergency.raised(at) if command.emergency and command.channel != "ledger" else None
    triage, contact = (at.timetable.begin(name, at.today, command.category) for name in _FROM_FILING)
    told = {name: value for name, value in vars(command).items() if name != "carried"}
    filed = CaseFiled(**told, filed_at=at.now, triage=triage, alarm=alarm, contact=contact)
    return [filed, *(evidence.carried_over(one, command.complainants[0]) for one in command.carried)]


def correct(case: AwaitingTriage, command: CorrectCategory, at: Circumstances) -> list[Event]:
    """Its days are those of what it is about, from the day they began; what is urgent of itself is an emergency now.

    Where nobody usually sees who did it, whoever was named without a fact is named no more.
    """
    file = case.file
    if command.subcategory == file.subcategory:
        raise Invalid("/subcategory", "filed_so_already")
    running = [one for one in file.clocks if one.name in _FROM_FILING and one.state == "running"]
    named = command.doer == "known" or command.has_fact
    corrected = CategoryCorrected(
        on=at.today,
        before=file.subcategory,
        category=command.category,
        subcategory=command.subcategory,
        category_version=command.category_version,
        doer=command.doer,
        respondents=file.respondents if named else (),
        clocks=tuple(_counted_anew(one, command.category, at) for one in running),
        alarm=emergency.raised(at) if command.emergency and file.alarm is None else None,
    )
    return [corrected]


def _counted_anew(clock: Clock, category: str, at: Circumstances) -> Clock:
    """A step of the escalation that was told is not told again."""
    return replace(at.timetable.begin(clock.name, clock.since, category), escalated=clock.escalated)


def accept(case: AwaitingTriage, command: AcceptCase, at: Circumstances) -> list[Event]:
    """One month to an agreement (人民调解工作若干规定 art. 33)."""
    emergency.require_visit(case)
    respondents = command.respondents or case.file.respondents
    parties.require_fact(
        case, "/respondent_fact", named=bool(command.respondents), fact=command.respondent_fact
    )
    month = at.timetable.begin("mediation", at.today, case.file.category, command.tier)
    return [
        CaseAccepted(
            at.today,
            command.shared_summary,
            respondents,
            month,
            command.tier,
            command.words_kept,
            command.respondent_fact,
        )
    ]


def decide_health(
    case: AwaitingTriage | Joined, command: DecideHealthSharing, at: Circumstances
) -> list[Event]:
    """Somebody's illness is theirs to tell: without their yes it stays where they wrote it (PIPL art. 29).

    Whoever wrote of another's may always say no to it, and never yes.
    """
    if command.shared and case.file.health_of_another:
        raise Refused("health_of_another")
    return [HealthSharingDecided(at.today, command.shared)]


def record_health_consent(
    _: AwaitingTriage | Joined, command: RecordHealthConsent, at: Circumstances
) -> list[Event]:
    """Their own word, told to the coordinator, with how and when."""
    if command.told_on > at.today:
        raise Invalid("/told_on", "in_the_future")
    return [HealthSharingDecided(at.today, command.shared, command.how, command.told_on)]


def speaks_of_anothers_health(case: AwaitingTriage | Joined, _: Circumstances) -> bool:
    """Whether there is somebody else to ask."""
    return case.file.health_of_another


def speaks_of_health(case: AwaitingTriage | Joined, _: Circumstances) -> bool:
    """Whether there is something to share."""
    return case.file.health != "none"


def decline(_: AwaitingTriage, command: DeclineCase, at: Circumstances) -> list[Event]:
    """Nobody is sent away without a reason and the next address."""
    declined = CaseDeclined(at.today, command.reason, command.next_address, command.note)
    return [declined, closed("declined", at)]


def join(_: AwaitingTriage, command: JoinCase, at: Circumstances) -> list[Event]:
    """Each filing keeps its own reference; the lead case is the one that moves."""
    return [CaseJoined(at.today, command.lead_case_id, command.asked)]


def separate(case: Joined, _: SeparateCase, at: Circumstances) -> list[Event]:
    """A merge can be undone; the matter is then looked at anew, on a clock of its own."""
    return [_separated(case, "another_matter", at)]


def note_lead_end(case: Joined, command: NoteLeadEnd, at: Circumstances) -> list[Event]:
    """A result of the lead is everybody's result. Its withdrawal or refusal is its own complainant's alone:
    nobody else's complaint is lost by it.
    """
    if command.lead_case_id != case.lead_case_id:
        return []
    if command.outcome in ("withdrawn", "declined"):
        return [_separated(case, "lead_ended", at)]
    return [closed(command.outcome, at, with_lead=case.lead_case_id)]


def _separated(case: Joined, why: Separation, at: Circumstances) -> CaseSeparated:
    return CaseSeparated(at.today, why, at.timetable.begin("triage", at.today, case.file.category))


def note_delivery(case: AwaitingService, command: NoteDelivery, at: Circumstances) -> list[Event]:
    """A delivered notice that nobody opens counts as served after a while; the first delivery counts."""
    if case.served_from is not None:
        return []
    return [NoticeDelivered(at.timetable.counts_as_served_at(at.now, at.today), command.how)]


def serve(case: AwaitingService, command: ServeNotice, at: Circumstances) -> list[Event]:
    """From here the respondent's days run."""
    return [served(case, command.how, at, on=command.on)]


def answer(case: AwaitingAnswer | AwaitingRoute, command: AnswerCase, at: Circumstances) -> list[Event]:
    """Late is better than never: an answer after the deadline still counts, and is shown as late."""
    if (added := parties.heard_beside(case, at)) is not None:
        return parties.answer(case, added, command, at)
    return [CaseAnswered(at.today, command.kind, command.text)]


def answer_unserved(case: AwaitingService, command: AnswerCase, at: Circumstances) -> list[Event]:
    """Whoever answers has been reached."""
    if (added := parties.heard_beside(case, at)) is not None:
        return parties.answer(case, added, command, at)
    return [served(case, "answer", at), CaseAnswered(at.today, command.kind, command.text)]


def end_answer_time(case: AwaitingAnswer, command: EndClock, at: Circumstances) -> list[Event]:
    """Silence until the deadline is an answer of its own: the case goes on by the default path."""
    clock = case.file.clock("answer")
    if command.clock == "answer" and clock is not None and clock.is_over(at.now):
        return [CaseAnswered(at.today, "silent")]
    return tell_late(case, command, at)


def may_still_answer(case: AwaitingRoute, at: Circumstances) -> bool:
    """Whether the respondent was silent, or refused and may have changed their mind; or was added and not heard."""
    return case.file.answer in ("silent", "refuse") or parties.is_asked(case, at)


def served(case: Filed, how: Service, at: Circumstances, *, on: date | None = None) -> NoticeServed:
    """The notice reached the respondent, today or on an earlier day; from there their days run."""
    file = case.file
    return NoticeServed(how, at.timetable.begin("answer", on or at.today, file.category, file.tier))
