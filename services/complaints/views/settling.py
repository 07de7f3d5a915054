"""What the sides settled themselves, as they and whoever looks after the case read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Any
from uuid import UUID

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.commands import NAMES, ConcludeCase, SettledPromise
from services.complaints.decisions import Standing
from services.complaints.decisions import settlement as decided
from services.complaints.decisions.state import Case, CaseFile, Deliberating
from services.complaints.sentences import TEXTS
from services.complaints.storage import Step
from services.complaints.terms import Side
from shared.texts import Language


def round_of(steps: Sequence[Step]) -> dict[str, Any]:
    """What was said of it since the path was last chosen, and how it was concluded.

    Words whose day is over bind nobody, unless a side answered them and that ended it, as it once could.
    """
    said: list[e.SettlementSaid] = []
    reached: e.SettlementReached | None = None
    concluded: e.CaseConcluded | None = None
    for step, after in zip_longest(steps, steps[1:]):
        match step.event:
            case e.CaseRouted():
                said, reached, concluded = [], None, None
            case e.SettlementSaid(on=on):
                ended = after is not None and isinstance(after.event, e.SettlementReached | e.CaseConcluded)
                if on is not None and not ended:
                    said = [one for one in said if not decided.have_lapsed(one.promises, on)]
                said.append(step.event)
            case e.SettlementReached():
                reached = step.event
            case e.CaseConcluded():
                concluded = step.event
    return {"settlement": tuple(said), "reached": reached, "concluded": concluded}


def promises_in(steps: Sequence[Step]) -> dict[UUID, SettledPromise]:
    """The words of each promise that is followed, of every round; none where whoever wrote them was erased."""
    said: dict[Side, e.SettlementSaid] = {}
    found: dict[UUID, SettledPromise] = {}
    for step in steps:
        match step.event:
            case e.SettlementSaid():
                said[step.event.side] = step.event
            case e.SettlementReached():
                written = (
                    (one.pledge_id, said[one.written_by].promises[one.place : one.place + 1])
                    for one in step.event.promises
                )
                found |= {pledge_id: words[0] for pledge_id, words in written if words}
    return found


def settlement(
    by: Standing, file: CaseFile, said: Sequence[e.SettlementSaid], language: Language, today: date
) -> answers.SettlementView | None:
    """None before anybody said anything, and for whom it is not."""
    if not said or not policy.sees(by, "settlement", file):
        return None
    lacks = decided.lacks(said, today)
    waits = "other_side_silent" in lacks and by.role != said[0].side
    return answers.SettlementView(
        words=[_words(one) for one in said],
        to_agree_to=said[0].words_hash if waits else None,
        lacks=[TEXTS(f"settlement_{lack}", language) for lack in lacks],
    )


def by_code(case: Case, by: Standing, possible: Sequence[str]) -> bool:
    """Whether a side's word that it is settled is this reader's to sign: what the coordinator writes down is not."""
    of_a_side = by.role in policy.PARTIES and isinstance(case, Deliberating)
    return of_a_side and NAMES[ConcludeCase] in possible


def _words(said: e.SettlementSaid) -> answers.SettledWordsView:
    return answers.SettledWordsView(
        by=said.side,
        said_on=said.on,
        note=said.note,
        promises=[
            answers.SettledPromiseView(
                owner_side=one.owner_side, what=one.what, measure=one.measure, due_on=one.due_on
            )
            for one in said.promises
        ],
        words_hash=said.words_hash,
        by_code=said.proven_at is not None,
    )
