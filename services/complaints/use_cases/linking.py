"""Cases that belong together and are judged apart: a counter-claim and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from services.complaints import policy, storage
from services.complaints.betraying import betraying_words
from services.complaints.commands import AnswerCase, EnterAnswer, Filing
from services.complaints.decisions import Standing
from services.complaints.decisions.state import Case, CaseFile
from services.complaints.events import CaseFiled
from services.complaints.use_cases.changing import Done, apply, begin, handle
from services.complaints.use_cases.filing import file_case
from shared.access.actor import Actor
from shared.errors import Invalid
from shared.ids import new_reference
from shared.persistence.database import Connection


@dataclass(frozen=True)
class Answered:
    """An answer, and the case of its own that came with it."""

    case: Done
    claim: Done


async def answer_with_claim(
    tx: Connection, command: AnswerCase, claim: Mapping[str, Any], actor: Actor, now: datetime
) -> Answered:
    """The answer stands in its case; what is claimed becomes another, on clocks of its own (反诉另立).

    It is of the same place where none is named. Raises Invalid, pointing into `claim`.
    """
    done = await handle(tx, command, actor, now)
    file = done.case.file
    told = dict(claim)
    if told["place_id"] is None and told["place_text"] is None and file.place is not None:
        told["place_id"] = file.place.place_id
    filing = Filing(
        case_id=uuid4(),
        reference=new_reference(),
        respondent_id=None,
        happening_now=False,
        identity="named",
        on_behalf_of=None,
        channel="web",
        linked_to=file.reference,
        **told,
    )
    try:
        return Answered(done, await file_case(tx, filing, actor, now))
    except Invalid as wrong:
        raise Invalid(f"/claim{wrong.field}", wrong.code, **wrong.data) from None


async def cases_beside(connection: Connection, file: CaseFile, actor: Actor) -> list[storage.Stored]:
    """The linked cases, of both directions, that exist for this reader."""
    linked = await storage.linked_cases(connection, file.case_id, file.linked_to)
    return [one for one in linked if _exists_for(actor, one)]


@dataclass(frozen=True)
class Conflict:
    """One conflict, however often it was filed: how many filings there are, and those that exist for the reader."""

    filings: int
    cases: tuple[Case, ...]


async def conflict_of(connection: Connection, file: CaseFile, by: Standing, actor: Actor) -> Conflict | None:
    """For those who look after it, where it was filed more than once.

    A filing whose complainant is concealed stands for itself: what it belongs to could tell who that is.
    """
    if not policy.sees(by, "conflict", file):
        return None
    filed = await storage.cases_of_conflict(connection, file.conflict)
    known = [one for one in filed if not one.case.file.is_concealed]
    if len(known) < 2:
        return None
    return Conflict(len(known), tuple(one.case for one in known if _exists_for(actor, one)))


def _exists_for(actor: Actor, one: storage.Stored) -> bool:
    return policy.standing(actor, one.aggregate.alliance_id, one.case, one.people) is not None


async def enter_answer(
    tx: Connection, command: EnterAnswer, actor: Actor, now: datetime, *, words_checked: bool
) -> Done:
    """The answer of somebody without an account; or of who is concealed in a linked case and answers through the
    coordinator, so that the other side reads what they say and learns no name.

    Raises Invalid with the words that could tell who that is, until they were checked.
    """
    begun = await begin(tx, command, actor, now)
    words = await _words_of_concealed(tx, begun.case.file, command.text)
    if words and not words_checked:
        raise Invalid("/text", "betraying_words", words=words, said="、".join(words))
    return await apply(tx, command, begun)


async def _words_of_concealed(tx: Connection, file: CaseFile, text: str) -> list[str]:
    linked = await storage.linked_cases(tx, file.case_id, file.linked_to)
    concealed = [one.case.file.case_id for one in linked if one.case.file.is_concealed]
    words = [
        word
        for case_id in concealed
        for step in await storage.steps_of(tx, case_id)
        if isinstance(step.event, CaseFiled)
        for word in betraying_words(text, step.event.description)
    ]
    return list(dict.fromkeys(words))


async def require_no_betrayal(tx: Connection, file: CaseFile, respondent_id: UUID) -> None:
    """Naming the concealed complainant of the linked case as this one's respondent would tell who it is.

    Raises Invalid.
    """
    for other in await storage.linked_cases(tx, file.case_id, file.linked_to):
        concealed = other.case.file.is_concealed
        if concealed and respondent_id in other.people.behind(other.case.file.complainants):
            raise Invalid("/respondent_id", "would_betray")
