"""What the police were told of, and what in the matter could be theirs: for those who look after the case."""

from __future__ import annotations

from collections.abc import Iterable

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.betraying import violent_words
from services.complaints.decisions.state import CaseFile, Standing


def police(
    by: Standing, file: CaseFile, reports: Iterable[e.PoliceReported], said: Iterable[str]
) -> answers.PoliceView | None:
    """The words are a hint to a human and a charge against nobody; whether to report is the coordinator's to say."""
    if not policy.sees(by, "police", file):
        return None
    words = [word for text in said for word in violent_words(text)]
    return answers.PoliceView(
        reports=[
            answers.PoliceReportView(at=one.at, what=one.what, reference=one.reference) for one in reports
        ],
        words=list(dict.fromkeys(words)),
    )
