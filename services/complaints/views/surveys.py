"""How it went: the reader's own question, and what all answered once nobody is waited for any more."""

from __future__ import annotations

from collections.abc import Iterable

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import Case, CaseFile, Surveyed
from services.complaints.people import People


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


def how_it_went(
    answered: Iterable[e.SurveyAnswered], by: Standing, file: CaseFile, people: People
) -> list[answers.HowItWent]:
    """Of which side each answer is, and not whose."""
    if not policy.sees(by, "how_it_went", file):
        return []
    return [
        answers.HowItWent(
            on=one.received_on or one.on,
            side=side,
            solved=one.solved,
            score=one.score,
            comment=one.comment if policy.sees_comment(by, one, file) else None,
            slip=one.slip if one.received_on else None,
        )
        for one in answered
        if (side := people.side_of(one.party_id, file))
    ]
