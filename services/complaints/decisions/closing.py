"""评 and the other ends: survey, withdrawal, closing, and taking a case up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from services.complaints.clocks import ClockName
from services.complaints.commands import (
    AnswerSurvey,
    AnswerSurveyAloud,
    EndClock,
    EnterSurvey,
    ReopenCase,
    WithdrawCase,
)
from services.complaints.decisions import emergency
from services.complaints.decisions.clockwork import tell_late
from services.complaints.decisions.state import CaseFile, Circumstances, Closed, Filed, Surveyed
from services.complaints.events import (
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    Event,
    SurveyAnswered,
    SurveyRequested,
)
from services.complaints.terms import Outcome


def closed(outcome: Outcome, at: Circumstances, *, with_lead: UUID | None = None) -> CaseClosed:
    """The end, with the days in which it may be taken up again."""
    kept_days = at.timetable.rules.in_force("minor_image_kept", at.today).value
    erase_on = at.today + timedelta(days=kept_days)
    return CaseClosed(at.today, outcome, at.timetable.begin("reopen", at.today), erase_on, with_lead)


def outcome_of(file: CaseFile, otherwise: Outcome, *, refused: bool) -> Outcome:
    """As what a case is kept that ends.

    Where mediation was refused and an authority removed the hazard, that is what happened: nobody's word about it
    makes a success or a failure of the one who refused.
    """
    removed = any(one.result == "remedied" for one in file.referrals)
    return "hazard_removed" if refused and removed else otherwise


def withdraw(_: Filed, command: WithdrawCase, at: Circumstances) -> list[Event]:
    """Withdrawing is free, asks for no reason, and is never counted as solved."""
    return [CaseWithdrawn(command.note, command.reason, command.pressured), closed("withdrawn", at)]


def may_withdraw(case: Filed, at: Circumstances) -> bool:
    """Whether it is theirs to stop: whoever was added beside the complainant ends nobody else's complaint.

    Where all who complained first have left, it is theirs who came after them; with nobody there, of whom these acted
    for. What both settled and signed is owed to the other side too.
    """
    file, party = case.file, at.by.party_id
    left_alone = file.identity != "anonymous" and all(file.added_party(one) for one in file.complainants)
    own = file.added_party(party) is None or (file.came_after(party) and left_alone)
    own = own and not (at.by.alone and file.complainants)
    return own and not file.keeps_settlement and emergency.is_over(case, at)


def surveys(file: CaseFile, of: UUID, at: Circumstances) -> list[Event]:
    """Each party is asked how it went, and everybody whose case is handled with it, by a survey of their own."""
    survey = at.timetable.begin("survey", at.today)
    parties = (*file.asked_how_it_went, *at.fellows)
    return [SurveyRequested(uuid5(of, str(party)), party, survey) for party in parties]


def answer_survey(
    case: Surveyed, command: AnswerSurvey | AnswerSurveyAloud | EnterSurvey, at: Circumstances
) -> list[Event]:
    """The last answer closes the case; solved is what every answer of a party that still is one calls solved."""
    own = case.open_survey_of(at.by.party_id)
    assert own is not None  # noqa: S101
    answered = SurveyAnswered(
        at.today,
        own.survey_id,
        own.party_id,
        command.solved,
        command.score,
        command.comment,
        comment_shared=not isinstance(command, EnterSurvey) and command.share_comment,
        told_who_reads=True,
    )
    others = [one for one in case.surveys if one is not own]
    if not all(one.is_answered for one in others):
        return [answered]
    said = {one.party_id: one.solved for one in others} | {own.party_id: command.solved}
    return [answered, closed(_outcome(case, said), at)]


def may_answer_survey(case: Surveyed, at: Circumstances) -> bool:
    """Whether this party's question is still open."""
    clock = case.file.clock("survey")
    return clock is not None and not clock.is_over(at.now) and case.open_survey_of(at.by.party_id) is not None


def end_survey(case: Surveyed, command: EndClock, at: Circumstances) -> list[Event]:
    """Whoever has not answered by then is not asked again; nobody's silence counts as solved."""
    clock = case.file.clock("survey")
    if command.clock != "survey":
        return tell_late(case, command, at)
    if clock is None or not clock.is_over(at.now):
        return []
    return [closed(_outcome(case, {one.party_id: one.solved for one in case.surveys}), at)]


def _outcome(case: Surveyed, said: Mapping[UUID, bool | None]) -> Outcome:
    """Who left speaks of their own part; whether it is solved is for those who are there."""
    answers = [solved for party, solved in said.items() if solved is not None and case.file.side_of(party)]
    said_to_be: Outcome = "solved" if answers and all(answers) else "unsolved"
    return outcome_of(case.file, said_to_be, refused=case.file.is_refused)


def reopen(case: Closed, command: ReopenCase, at: Circumstances) -> list[Event]:
    """A case that was never taken on is triaged anew; any other one is deliberated anew, with a new month."""
    name: ClockName = "triage" if case.file.accepted_on is None else "mediation"
    clock = at.timetable.begin(name, at.today, case.file.category, case.file.tier)
    referred = clock.paused(at.today) if case.file.open_referrals else clock
    return [CaseReopened(at.today, command.reason, referred)]


def may_reopen(case: Closed, at: Circumstances) -> bool:
    """Whether the days for it have not passed."""
    clock = case.file.clock("reopen")
    return clock is not None and not clock.is_over(at.now)
