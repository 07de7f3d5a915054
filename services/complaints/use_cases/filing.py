"""A complaint becomes a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from services.complaints import policy, storage
from services.complaints.betraying import health_is_anothers, health_words
from services.complaints.categories import Subcategory
from services.complaints.commands import (
    AddEvidence,
    FileCase,
    Filing,
    RecordReading,
)
from services.complaints.decisions import UNFILED, Circumstances, Standing, State
from services.complaints.decisions.state import CaseFile
from services.complaints.events import CaseFiled, EvidenceAdded, ReadingRecorded
from services.complaints.people import People
from services.complaints.questions import require_answers
from services.complaints.use_cases.changing import (
    Begun,
    Done,
    alliance_of,
    apply,
    new_party,
)
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.errors import Invalid, NotFound, Refused
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate


class AlreadyFiled(Refused):
    """This row of a ledger is a case."""

    def __init__(self, reference: str) -> None:
        super().__init__("already_filed", reference=reference)


async def file_case(tx: Connection, filing: Filing, actor: Actor, now: datetime) -> Done:
    """Numbers a complaint: one question, one statement. Raises Invalid for what is not known here."""
    alliance_id = alliance_of(actor)
    known, matter = await checked(tx, filing, actor, now)
    people, by, represented = _filed_by(filing, actor, known)
    filers = [member for party, member in people.members.items() if party != represented]
    earlier = await _continued(tx, filing, filers, alliance_id)
    linked = await _linked(tx, filing, filers, alliance_id)
    own: list[UUID | None] = [*people.members.values()] or [actor.member_id]
    respondents = {new_party(): member for member in _respondents(filing, own, known, linked, matter)}
    root = linked or earlier
    complainants = tuple(party for party in people.members if party != represented)
    case = numbered(filing, known, matter, complainants=complainants, respondents=tuple(respondents))
    carried = await _carried_over(tx, filing, case, earlier, filers)
    command = replace(
        carried,
        represented=represented,
        health_of_another=carried.health_of_another
        or (represented is not None and bool(carried.health_words)),
        continues=earlier.case.file.case_id if earlier else None,
        linked_to=linked.case.file.case_id if linked else None,
        conflict_id=root.case.file.conflict if root and not filing.split else None,
    )
    unfiled = Aggregate[State](filing.case_id, alliance_id, UNFILED)
    people = people.with_members(respondents)
    done = await apply(tx, command, Begun(unfiled, people, actor, Circumstances(by, now, known.timetable)))
    seen_as = policy.standing(actor, alliance_id, done.case, people) or Standing("helper")
    return replace(done, at=replace(done.at, by=seen_as))


def numbered(
    filing: Filing,
    known: storage.Known,
    matter: Subcategory,
    *,
    complainants: tuple[UUID, ...],
    respondents: tuple[UUID, ...],
) -> FileCase:
    """The command that makes it a case."""
    return FileCase(
        case_id=filing.case_id,
        reference=filing.reference,
        category=filing.category,
        subcategory=filing.subcategory,
        emergency=matter.is_emergency(happening_now=filing.happening_now),
        place=known.place,
        place_text=filing.place_text,
        description=filing.description,
        occurred_at=filing.occurred_at,
        happening_now=filing.happening_now,
        identity=filing.identity,
        channel=filing.channel,
        complainants=complainants,
        respondents=respondents,
        details=filing.details,
        category_version=matter.version,
        minor=filing.minor,
        relation=filing.relation,
        consent=filing.consent,
        doer=matter.doer,
        respondent_fact=filing.respondent_fact,
        health_words=tuple(health_words(filing.description)),
        health_of_another=health_is_anothers(filing.description),
    )


async def checked(
    tx: Connection, filing: Filing, actor: Actor, now: datetime
) -> tuple[storage.Known, Subcategory]:
    """What is known of what a filing names. Raises Invalid, NotAllowed."""
    policy.require_filing(actor, filing)
    known = await storage.known_for_filing(tx, filing, alliance_of(actor), local_day(now), by=actor.member_id)
    matter = known.catalogue.offered(filing.category, filing.subcategory)
    require_answers(matter.questions, filing.details)
    _require_known(filing, known)
    policy.require_helping(actor, filing, known.place, at_home=known.at_home)
    if policy.acts_for(actor, filing, at_home=known.at_home) and filing.consent is None:
        raise Invalid("/consent", "field_missing")
    return known, matter


async def case_of_source(tx: Connection, source_key: str, actor: Actor) -> UUID:
    """The id that belongs to a row of a ledger, while it is no case yet. Raises AlreadyFiled.

    Longer than any saved answer lives, a ledger may be taken over again without doubling a case.
    """
    policy.require_taking_over(actor)
    case_id = uuid5(alliance_of(actor), source_key)
    await storage.lock_unfiled(tx, case_id)
    try:
        known = await storage.read_case(tx, case_id, by=SYSTEM)
    except NotFound:
        return case_id
    raise AlreadyFiled(known.case.file.reference)


async def _continued(
    tx: Connection, filing: Filing, filers: Sequence[UUID], alliance_id: UUID
) -> storage.Stored | None:
    """The earlier case, which must be the same complainant's. Raises Invalid: foreign and absent are alike.

    Whoever acts for family at home goes on with their own matters alone: the other's words were not for them.
    """
    if filing.continues is None:
        return None
    earlier = await storage.case_complained_of_by(tx, filers, filing.continues, alliance_id)
    if earlier is None:
        raise Invalid("/continues", "unknown_case")
    return await storage.read_case(tx, earlier, by=SYSTEM)


async def _carried_over(
    tx: Connection, filing: Filing, case: FileCase, earlier: storage.Stored | None, filers: Collection[UUID]
) -> FileCase:
    """The case with what the complainant themselves wrote and brought the first time, where they ask for it.

    What was laid before a case without their name would tell it in one that bears it. What shows a child stays
    with its case and goes with it. Raises Invalid.
    """
    if not filing.carry_over:
        return case
    if earlier is None:
        raise Invalid("/carry_over", "nothing_to_carry")
    if earlier.case.file.is_concealed and filing.identity == "named":
        raise Invalid("/carry_over", "carried_betrays")
    steps = await storage.steps_of(tx, earlier.aggregate.id)
    own = {party for party, member in earlier.people.members.items() if member in filers}
    words = _written(steps, own)
    return replace(
        case,
        carried_from=earlier.aggregate.id,
        earlier_words=words,
        health_words=tuple(dict.fromkeys((*case.health_words, *health_words(words or "")))),
        health_of_another=case.health_of_another or health_is_anothers(words or ""),
        carried=tuple(_brought(steps, earlier.case.file, own, filing.case_id)),
    )


def _written(steps: Iterable[storage.Step], own: Collection[UUID]) -> str | None:
    """What these parties wrote; whoever was added beside the first complainant never reads that one's words."""
    filed = next(one.event for one in steps if isinstance(one.event, CaseFiled))
    if not {*filed.complainants} & {*own}:
        return None
    return "\n\n".join(filter(None, (filed.earlier_words, filed.description)))


def _brought(
    steps: Iterable[storage.Step], file: CaseFile, own: Collection[UUID], case_id: UUID
) -> Iterator[AddEvidence | RecordReading]:
    """The evidence of these parties, each piece under an id of its own."""
    open_ones = {one.evidence_id for one in file.exhibits if one.shown in ("withheld", "released")}
    for event in (one.event for one in steps):
        match event:
            case EvidenceAdded(evidence_id=known, party_id=party) if known in open_ones and party in own:
                yield AddEvidence(case_id, uuid4(), event.kind, event.content, event.taken_at, event.note)
            case ReadingRecorded(evidence_id=known, party_id=party) if known in open_ones and party in own:
                yield RecordReading(case_id, uuid4(), event.reading, event.zone_registered, event.note)


async def _linked(
    tx: Connection, filing: Filing, filers: Sequence[UUID], alliance_id: UUID
) -> storage.Stored | None:
    """The case beside it, which the complainant must be a party of and know of. Raises Invalid, as above."""
    if filing.linked_to is None:
        return None
    beside = await storage.case_known_to_party(tx, filers, filing.linked_to, alliance_id)
    if beside is None:
        raise Invalid("/linked_to", "unknown_case")
    return await storage.read_case(tx, beside, by=SYSTEM)


def _require_known(filing: Filing, known: storage.Known) -> None:
    if filing.place_id is None and filing.place_text is None:
        raise Invalid("/place_id", "place_missing")
    if filing.place_id is not None and known.place is None:
        raise Invalid("/place_id", "unknown_place")
    if filing.respondent_id is not None and not known.respondent:
        raise Invalid("/respondent_id", "unknown_member")
    if filing.on_behalf_of is None and (filing.relation or filing.consent):
        raise Invalid("/on_behalf_of", "helped_whom")
    if filing.on_behalf_of is not None and not known.beneficiary:
        raise Invalid("/on_behalf_of", "unknown_member")


def _filed_by(filing: Filing, actor: Actor, known: storage.Known) -> tuple[People, Standing, UUID | None]:
    """Who complains, as what the actor does it, and for whom they act. Of an anonymous filing nobody is kept."""
    if filing.identity == "anonymous":
        if filing.on_behalf_of is not None:
            raise Invalid("/on_behalf_of", "anonymous_has_nobody")
        return People(), Standing("helper" if actor.has("coordinator") else "complainant"), None
    assert actor.member_id is not None  # noqa: S101
    party = new_party()
    at_home = policy.acts_for(actor, filing, at_home=known.at_home)
    if at_home is not None:
        represented = new_party()
        people = People({party: actor.member_id, represented: at_home})
        return people, Standing("complainant", party), represented
    complainant = filing.on_behalf_of or actor.member_id
    by = Standing("complainant", party) if complainant == actor.member_id else Standing("helper")
    return People({party: complainant}), by, None


def _respondents(
    filing: Filing,
    own: Sequence[UUID | None],
    known: storage.Known,
    linked: storage.Stored | None,
    matter: Subcategory,
) -> Iterable[UUID]:
    """Whom the filing names, else whom a counter-claim answers, else who trades at the place today.

    Nobody complains of themselves, nor of whom they act for; and a concealed complainant is named by no counter-claim:
    the coordinator sees to it. Where the doer is seldom seen, nobody is named without a fact.
    """
    may_name = matter.doer == "known" or filing.respondent_fact is not None
    if filing.respondent_id is None and linked is not None:
        return [member for member in _complained_by(linked, own[0]) if member not in own] if may_name else ()
    if filing.respondent_id is None:
        asked = known.traders if matter.doer != "unknown" else ()
        return [member for member in asked if member not in own]
    if filing.respondent_id in own:
        raise Invalid("/respondent_id", "respondent_is_complainant")
    if not may_name:
        raise Invalid("/respondent_fact", "fact_missing")
    return [filing.respondent_id]


def _complained_by(linked: storage.Stored, claimant: UUID | None) -> Iterable[UUID]:
    file, people = linked.case.file, linked.people
    if "respondent" not in people.sides_of(claimant, file):
        return people.behind(file.respondents)
    return () if file.is_concealed else people.behind(file.complainants)
