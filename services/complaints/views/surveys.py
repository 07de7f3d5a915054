"""How it went: the reader's own question, and what all answered once nobody is waited for any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import Case, CaseFile, Surveyed
from services.complaints.people import People
from services.complaints.storage import Step


def own(case: Case, by: Standing) -> list[answers.SurveyView]:
    """What the reader is asked, or was and has answered."""
    clock = case.file.clock("survey")
    if not isinstance(case, Surveyed) or clock is None:
        return []
    return [
        answers.SurveyView(id=one.survey_id, closes_on=clock.until, answered=one.is_answered)
        for one in case.surveys
        if one.party_id == by.party_id
    ]


def of_rounds_over(steps: Sequence[Step]) -> tuple[e.SurveyAnswered, ...]:
    """What was answered before the case closed last: while somebody is waited for, nobody weighs the first word."""
    over = max((step.version for step in steps if isinstance(step.event, e.CaseClosed)), default=0)
    before = (step.event for step in steps if step.version < over)
    return tuple(one for one in before if isinstance(one, e.SurveyAnswered))


def how_it_went(
    answered: Iterable[e.SurveyAnswered], by: Standing, file: CaseFile, people: People
) -> list[answers.HowItWent]:
    """Of which side each answer is, and not whose; the words of those who agreed that they are read."""
    if not policy.sees(by, "how_it_went", file):
        return []
    return [
        answers.HowItWent(
            on=one.received_on or one.on,
            side=side,
            solved=one.solved,
            score=one.score,
            comment=one.comment if one.comment_shared else None,
            on_paper=one.received_on is not None,
        )
        for one in answered
        if (side := people.side_of(one.party_id, file))
    ]
