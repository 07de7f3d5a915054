"""Taking a case on, and joining it to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.betraying import accusing_words, betraying_words, health_words
from services.complaints.commands import (
    AcceptCase,
    ClaimCase,
    CorrectCategory,
    JoinCase,
    NoteLeadEnd,
)
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import CaseFile, Closed, Joined
from services.complaints.events import CaseFiled
from services.complaints.terms import Outcome
from services.complaints.use_cases.changing import (
    Begun,
    Done,
    alliance_of,
    apply,
    begin,
    handle,
    new_party,
)
from services.complaints.use_cases.linking import require_no_betrayal
from shared.access.actor import SYSTEM, Actor
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection


async def correct_category(
    tx: Connection, case_id: UUID, subcategory: str, actor: Actor, now: datetime
) -> Done:
    """Puts right what a case is about, by the newest version of it. Raises Invalid for what is not offered."""
    catalogue = await storage.CATALOGUES.current(tx, alliance_of(actor))
    matter = catalogue.offered(catalogue.category_of(subcategory), subcategory)
    command = CorrectCategory(case_id, matter.category, matter.code, matter.version, doer=matter.doer)
    begun = await begin(tx, command, actor, now)
    filed = next(
        step.event for step in await storage.steps_of(tx, case_id) if isinstance(step.event, CaseFiled)
    )
    urgent = filed.channel != "ledger" and matter.is_emergency(happening_now=filed.happening_now)
    has_fact = filed.respondent_fact is not None
    return await apply(tx, replace(command, emergency=urgent, has_fact=has_fact), begun)


async def accept_case(
    tx: Connection,
    command: AcceptCase,
    respondent_id: UUID | None,
    actor: Actor,
    now: datetime,
    *,
    words_checked: bool = False,
) -> Done:
    """Takes a case on; `respondent_id` says who is to answer where the filing did not or erred.

    Raises Invalid with the words of the summary that could betray a concealed complainant or accuse somebody whom
    nobody saw, until they were checked; and with those of health that are not shared.
    """
    begun = await begin(tx, command, actor, now)
    _require_health_kept(begun.case.file, command.shared_summary)
    doubtful = await _doubtful_words(tx, begun.case.file, command)
    for code, words in doubtful.items():
        if words and not words_checked:
            raise Invalid("/shared_summary", code, words=words, said="、".join(words))
    kept = dict.fromkeys(word for words in doubtful.values() for word in words)
    command = replace(command, words_kept=tuple(kept))
    if respondent_id is None:
        return await apply(tx, command, begun)
    known = await storage.is_member(tx, respondent_id, begun.before.alliance_id)
    file = begun.case.file
    own = "complainant" in begun.people.sides_of(respondent_id, file)
    if not known or own or file.represented in begun.people.parties_of(respondent_id):
        raise Invalid("/respondent_id", "unknown_member")
    await require_no_betrayal(tx, begun.case.file, respondent_id)
    party = next(iter(begun.people.parties_of(respondent_id)), None) or new_party()
    named = replace(begun, people=begun.people.with_members({party: respondent_id}))
    return await apply(tx, replace(command, respondents=(party,)), named)


def _require_health_kept(file: CaseFile, summary: str) -> None:
    words = health_words(summary) if file.health in ("asked", "kept") else []
    if words:
        raise Invalid("/shared_summary", "health_not_shared", words=words, said="、".join(words))


async def _doubtful_words(tx: Connection, file: CaseFile, command: AcceptCase) -> dict[str, list[str]]:
    """The words of the summary to look at again, by what is wrong with them."""
    betraying = await _betraying(tx, command) if file.is_concealed else []
    accusing = accusing_words(command.shared_summary) if file.doer != "known" else []
    return {"betraying_words": betraying, "accusing_words": accusing}


async def _betraying(tx: Connection, command: AcceptCase) -> list[str]:
    steps = await storage.steps_of(tx, command.case_id)
    original = next((step.event.description for step in steps if isinstance(step.event, CaseFiled)), "")
    return betraying_words(command.shared_summary, original)


async def claim_case(tx: Connection, case_id: UUID, actor: Actor, now: datetime) -> Done:
    """The holder of a paper notice's code becomes its respondent. Raises NotFound for the one who complained."""
    stored = await storage.lock_case(tx, case_id, by=SYSTEM)
    own = stored.people.sides_of(actor.member_id, stored.case.file)
    if actor.member_id is None or actor.alliance_id != stored.aggregate.alliance_id or own:
        raise NotFound
    party = new_party()
    at = Circumstances(Standing("respondent", party), now, stored.timetable)
    people = stored.people.with_members({party: actor.member_id})
    return await apply(tx, ClaimCase(case_id, party), Begun(stored.aggregate, people, actor, at))


async def end_with_lead(tx: Connection, lead_case_id: UUID, outcome: Outcome, now: datetime) -> None:
    """Whatever was joined to a case that ended ends with it, or is looked at on its own again."""
    for case_id in await storage.joined_to(tx, lead_case_id):
        await handle(tx, NoteLeadEnd(case_id, lead_case_id, outcome), SYSTEM, now)


async def join_case(tx: Connection, command: JoinCase, actor: Actor, now: datetime) -> Done:
    """Joins a case to a lead that goes on. Raises Invalid for one that cannot lead.

    Both are held: a lead that ends meanwhile ends before this, or its end is told to this one as well.
    """
    await storage.hold_cases(tx, (command.case_id, command.lead_case_id))
    begun = await begin(tx, command, actor, now)
    try:
        lead = await storage.read_case(tx, command.lead_case_id, by=actor)
    except NotFound:
        raise Invalid("/lead_case_id", "cannot_lead") from None
    if not may_lead(lead, begun):
        raise Invalid("/lead_case_id", "cannot_lead")
    return await apply(tx, command, begun)


def may_lead(lead: storage.Stored, joining: Begun) -> bool:
    """Whether a case goes on that this one may be handled with: of the alliance, and not against who filed this."""
    foreign = lead.aggregate.alliance_id != joining.before.alliance_id
    if foreign or lead.aggregate.id == joining.before.id or isinstance(lead.case, Joined | Closed):
        return False
    complainants = joining.people.behind(joining.case.file.complainants)
    return not set(complainants) & {*lead.people.behind(lead.case.file.respondents)}
