"""What came of a matter, in words written for everybody whom it concerns (公开结果)."""

from __future__ import annotations

from collections.abc import Iterable

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from services.complaints.storage import Step
from shared.clock import local_day


def public_note(event: e.Event) -> str | None:
    """The words of a step that are for everybody."""
    return event.public_note if isinstance(event, e.SiteVisited | e.CaseReturned) else None


def results(steps: Iterable[Step], by: Standing, file: CaseFile) -> list[answers.ResultView]:
    """Of the steps this reader may see; for whom the case began later, of those since then."""
    since = policy.filed_on(by, file)[0]
    return [
        answers.ResultView(on=local_day(step.at), text=text)
        for step in steps
        if (text := public_note(step.event))
        and policy.sees_step(by, step.event)
        and (local_day(step.at) >= since or not policy.has_joined(by, file))
    ]
