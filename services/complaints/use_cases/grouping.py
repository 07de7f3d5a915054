"""Many filings of one matter: gathered by the coordinator, joined by who files, and what is none of it taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from services.complaints import storage
from services.complaints.clocks import Clock
from services.complaints.commands import (
    Filing,
    GatherGroup,
    GiveBack,
    JoinCase,
    NoteStandDown,
    ReleasePost,
    SeparateCase,
    SplitMatter,
    WithdrawCase,
)
from services.complaints.decisions.emergency import is_over
from services.complaints.decisions.state import (
    AwaitingTriage,
    CaseFile,
    Circumstances,
    Closed,
    Joined,
    Standing,
)
from services.complaints.events import CaseAccepted, CaseFiled, GroupPosted
from services.complaints.people import fellow_party
from services.complaints.use_cases.changing import Begun, Done, alliance_of, apply, begin, handle
from services.complaints.use_cases.filing import file_case
from services.complaints.use_cases.triage import may_lead
from shared.access.actor import SYSTEM, Actor
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection


async def gather_cases(
    tx: Connection, lead_case_id: UUID, references: Sequence[str], actor: Actor, now: datetime
) -> Done:
    """Joins them all, or none. What is handled with the lead already stays so. Raises Invalid, pointing at which."""
    found = await storage.cases_named(tx, references, alliance_of(actor))
    await storage.hold_cases(tx, (lead_case_id, *found.values()))
    await begin(tx, GatherGroup(lead_case_id, ()), actor, now)
    lead = await storage.read_case(tx, lead_case_id, by=actor)
    joined = []
    for place, reference in enumerate(dict.fromkeys(references)):
        if reference not in found:
            raise Invalid(f"/references/{place}", "unknown_reference")
        try:
            if await _join(tx, JoinCase(found[reference], lead_case_id), lead, actor, now):
                joined.append(found[reference])
        except NotFound:
            raise Invalid(f"/references/{place}", "unknown_reference") from None
        except _CannotJoin:
            raise Invalid(f"/references/{place}", "cannot_join") from None
    command = GatherGroup(lead_case_id, tuple(joined))
    return await apply(tx, command, await begin(tx, command, actor, now))


class _CannotJoin(Exception):
    """It was taken on already, has ended, is an emergency, or speaks against whom it would be joined with."""


async def _join(tx: Connection, command: JoinCase, lead: storage.Stored, actor: Actor, now: datetime) -> bool:
    """Whether it was joined now; False where it was before."""
    begun = await begin(tx, command, actor, now)
    if isinstance(begun.case, Joined) and begun.case.lead_case_id == command.lead_case_id:
        return False
    if not _waits(begun) or not may_lead(lead, begun):
        raise _CannotJoin
    await apply(tx, command, begun)
    return True


def _waits(begun: Begun) -> bool:
    return isinstance(begun.case, AwaitingTriage) and is_over(begun.case, begun.at)


async def file_joining(
    tx: Connection, filing: Filing, known_case_id: UUID, actor: Actor, now: datetime
) -> Done:
    """Me too: filed, numbered, and handled with the case that was suggested, or with that one's lead.

    Nobody is lost by it: where the lead has ended meanwhile, or somebody may be in danger, the filing stands on its
    own. Raises Invalid for a case that could not have been suggested.
    """
    done = await file_case(tx, filing, actor, now)
    lead = await _lead_of(tx, known_case_id)
    stored = await storage.lock_case(tx, filing.case_id, by=SYSTEM)
    begun = Begun(stored.aggregate, stored.people, actor, done.at)
    if lead is None or not _is_suggested(lead, begun):
        raise Invalid("/joins", "cannot_lead")
    if not _waits(begun) or not may_lead(lead, begun):
        return done
    return await apply(tx, JoinCase(filing.case_id, lead.aggregate.id, asked=True), begun)


async def _lead_of(tx: Connection, case_id: UUID) -> storage.Stored | None:
    """The case itself, or the one it was joined to; held, so that it cannot end meanwhile."""
    try:
        known = await storage.read_case(tx, case_id, by=SYSTEM)
    except NotFound:
        return None
    lead_case_id = known.case.lead_case_id if isinstance(known.case, Joined | Closed) else None
    await storage.hold_cases(tx, (lead_case_id or case_id,))
    return await storage.read_case(tx, lead_case_id or case_id, by=SYSTEM)


def _is_suggested(lead: storage.Stored, filed: Begun) -> bool:
    """As similar.py suggests them: the same category at the same place or building, and not one's own matter."""
    same = lead.aggregate.alliance_id == filed.before.alliance_id
    same = same and lead.case.file.category == filed.case.file.category
    own = any(lead.people.parties_of(member) for member in filed.people.behind(filed.case.file.complainants))
    return same and not own and _is_near(lead.case.file, filed.case.file)


def _is_near(one: CaseFile, other: CaseFile) -> bool:
    if one.place is None or other.place is None:
        return False
    same_building = one.place.building_id is not None and one.place.building_id == other.place.building_id
    return one.place.place_id == other.place.place_id or same_building


async def take_out(tx: Connection, command: WithdrawCase | SeparateCase, actor: Actor, now: datetime) -> Done:
    """Whoever takes their own case back, or out of the lead it was handled with, speaks for nobody there any more.

    Both are held, in the order in which others hold them.
    """
    case = (await storage.read_case(tx, command.case_id, by=actor)).case
    if not isinstance(case, Joined):
        return await handle(tx, command, actor, now)
    await storage.hold_cases(tx, (command.case_id, case.lead_case_id))
    done = await handle(tx, command, actor, now)
    for party in case.file.complainants:
        spoke = fellow_party(case.lead_case_id, party)
        await handle(tx, NoteStandDown(case.lead_case_id, spoke), SYSTEM, now)
    return done


async def release_post(
    tx: Connection, case_id: UUID, message_id: UUID, text: str | None, *, actor: Actor, now: datetime
) -> Done:
    """As it stands, or with parts taken out. What was written stands in the journal alone. Raises NotFound."""
    asked = ReleasePost(case_id, message_id, text or "", written="", by=None)
    begun = await begin(tx, asked, actor, now)
    for step in await storage.steps_of(tx, case_id):
        if isinstance(step.event, GroupPosted) and step.event.message_id == message_id:
            post = step.event
            command = replace(asked, text=text or post.text, written=post.text, by=post.by)
            return await apply(tx, command, begun)
    raise NotFound


async def give_back(tx: Connection, lead_case_id: UUID, members: Sequence[UUID], now: datetime) -> None:
    """Each of these has their own matter back, with the days it had and with whom the lead was against."""
    joined = await storage.joined_by(tx, lead_case_id, members)
    lead = await storage.read_case(tx, lead_case_id, by=SYSTEM)
    accepted = next(
        step.event
        for step in await storage.steps_of(tx, lead_case_id)
        if isinstance(step.event, CaseAccepted)
    )
    month = lead.case.file.clock("mediation")
    assert month is not None  # noqa: S101
    running = Clock(month.name, month.since, month.counted_until, month.until, pauses=month.pauses)
    for case_id in joined:
        stored = await storage.lock_case(tx, case_id, by=SYSTEM)
        against = _against(stored, lead)
        command = GiveBack(
            case_id,
            lead_case_id,
            accepted.shared_summary,
            tuple(against),
            running,
            lead.case.file.answer,
        )
        at = Circumstances(Standing("system"), now, stored.timetable)
        people = stored.people.with_members(against)
        await apply(tx, command, Begun(stored.aggregate, people, SYSTEM, at))


def _against(own: storage.Stored, lead: storage.Stored) -> dict[UUID, UUID]:
    """The lead's respondents as parties of this case, some of whom may be so already."""
    known = {member: party for party, member in own.people.members.items()}
    respondents = lead.case.file.respondents
    return {
        known.get(member, uuid5(own.aggregate.id, party.hex)): member
        for party, member in lead.people.members.items()
        if party in respondents
    }


@dataclass(frozen=True)
class SecondMatter:
    """What a filing spoke of beside its own matter, as the coordinator puts it."""

    subcategory: str
    description: str


@dataclass(frozen=True)
class Split:
    """A filing, and the case that was taken out of it."""

    case: Done
    second: Done


async def split_matter(
    tx: Connection, case_id: UUID, matter: SecondMatter, reference: str, *, actor: Actor, now: datetime
) -> Split:
    """The second matter gets a case, a number and clocks of its own, of the same complainant, hidden as before."""
    catalogue = await storage.CATALOGUES.current(tx, alliance_of(actor))
    category = catalogue.category_of(matter.subcategory)
    command = SplitMatter(case_id, uuid4(), reference)
    begun = await begin(tx, command, actor, now)
    done = await apply(tx, command, begun)
    file = done.case.file
    filed = next(
        step.event for step in await storage.steps_of(tx, case_id) if isinstance(step.event, CaseFiled)
    )
    complainant = next(iter(begun.people.behind(file.complainants)), None)
    filing = Filing(
        case_id=command.split_case_id,
        reference=reference,
        category=category,
        subcategory=matter.subcategory,
        place_id=file.place.place_id if file.place else None,
        place_text=filed.place_text,
        respondent_id=None,
        description=matter.description,
        occurred_at=filed.occurred_at,
        happening_now=filed.happening_now,
        identity=file.identity,
        on_behalf_of=complainant,
        channel=filed.channel,
        linked_to=file.reference if complainant else None,
        split=True,
    )
    return Split(done, await file_case(tx, filing, actor, now))
