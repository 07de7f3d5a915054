"""An agreement of the spot (口头协议) weighs as much as any other: entered at once, with its own times and clocks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints.betraying import health_words
from services.complaints.commands import AnswerSurveyAloud, EnterOralAgreement, HandReceipt
from services.complaints.commands.oral import OralAgreement
from services.complaints.decisions import closing, hearing
from services.complaints.decisions.state import CaseFile, Circumstances, Filed, Standing, Surveyed, Unfiled
from services.complaints.events import (
    CaseAccepted,
    CaseAnswered,
    CaseRouted,
    Event,
    OralAgreementStated,
    ReceiptHanded,
    SurveyAnswered,
)
from shared.clock import local_day
from shared.errors import Invalid, Refused

BETWEEN_PROMISES = "；"

OF_THE_PERSON = re.compile(
    r"岁|高龄|老年|拐杖|拐棍|助行器|years old|walking (?:stick|frame)|crutch", re.IGNORECASE
)
"""How old and how frail somebody is does not belong into what the other side reads."""


def enter(state: Unfiled, command: EnterOralAgreement, at: Circumstances) -> list[Event]:
    """听, 议 and 定 in one: the days count from when it was told, not from when it was written down."""
    told, filing = command.agreement, command.filing
    _require_order(told, at.now)
    _require_promises(told)
    day, talked_on = local_day(told.told_at), local_day(told.talked_at)
    month = at.timetable.begin("mediation", day, filing.category)
    summary = BETWEEN_PROMISES.join(promise.what for promise in told.promises)
    return [
        *hearing.file_case(state, filing, at),
        CaseAccepted(day, summary, filing.respondents, month),
        CaseAnswered(talked_on, "agree"),
        CaseRouted("mediation"),
        OralAgreementStated(told),
    ]


def _require_order(told: OralAgreement, now: datetime) -> None:
    if told.agreed_at > now:
        raise Invalid("/agreed/agreed_at", "in_the_future")
    if not told.told_at <= told.talked_at <= told.agreed_at:
        raise Invalid("/agreed/agreed_at", "times_out_of_order")


def _require_promises(told: OralAgreement) -> None:
    for place, promise in enumerate(told.promises):
        if OF_THE_PERSON.search(promise.what) or health_words(promise.what):
            raise Invalid(f"/agreed/commitments/{place}/what", "of_the_person")
        if promise.due_on < local_day(told.agreed_at):
            raise Invalid(f"/agreed/commitments/{place}/due_on", "due_before_agreed")


def hand(_: Filed, command: HandReceipt, at: Circumstances) -> list[Event]:
    """Whoever has no telephone holds a paper with the number of the matter in the hand."""
    if command.on > at.today:
        raise Invalid("/on", "in_the_future")
    return [ReceiptHanded(command.on)]


def is_unhanded(case: Filed, _: Circumstances) -> bool:
    """Whether a receipt is owed on paper."""
    return case.file.spoken is not None and case.file.spoken.receipt_handed_on is None


def answer_aloud(case: Surveyed, command: AnswerSurveyAloud, at: Circumstances) -> list[Event]:
    """By somebody else than the captain, so that she may be complained about too."""
    assert case.file.spoken is not None  # noqa: S101
    if command.asked_by == case.file.spoken.captain_id:
        raise Refused("not_asked_by_the_captain")
    answered = closing.answer_survey(case, command, _as_complainant(case, at))
    return [replace(one, aloud=True) if isinstance(one, SurveyAnswered) else one for one in answered]


def may_be_asked_aloud(case: Surveyed, at: Circumstances) -> bool:
    """Whether the one it was entered for has not said yet how it went."""
    return case.file.spoken is not None and closing.may_answer_survey(case, _as_complainant(case, at))


def spoken_for(file: CaseFile) -> UUID | None:
    """The party it was entered for; None once they have left."""
    return next(iter(file.complainants), None)


def _as_complainant(case: Surveyed, at: Circumstances) -> Circumstances:
    return replace(at, by=Standing("complainant", spoken_for(case.file)))
