"""The one way a case changes: HTTP, Kafka and timers all come through here. The doors own the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, reduce
from typing import cast
from uuid import UUID, uuid4, uuid5

import structlog

from services.complaints import policy, publish, storage
from services.complaints.categories import catalogue
from services.complaints.clocks import Timetable
from services.complaints.commands import (
    AcceptCase,
    AnswerSurvey,
    Command,
    FileCase,
    Filing,
    JoinCase,
)
from services.complaints.decisions import UNFILED, Case, Circumstances, Standing, State, decide, evolve
from services.complaints.decisions.state import Closed, Joined, Surveyed, Unfiled, stage_of
from services.complaints.people import People
from services.complaints.rules import rule_table
from services.complaints.schedule import timer_changes
from shared.access.actor import PUBLIC, Actor
from shared.calendar.working_days import WorkingCalendar
from shared.clock import local_day
from shared.errors import Invalid, NotAllowed, NotFound, NotNow, Refused
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

log = structlog.get_logger()

TIMETABLE = Timetable(rule_table(), WorkingCalendar())

new_party = uuid4
"""Random: an id made of the time would tell when somebody filed. The same holds for a case's own id."""


class AlreadyFiled(Refused):
    """This row of a ledger is a case."""

    def __init__(self, reference: str) -> None:
        super().__init__("already_filed", reference=reference)


@dataclass(frozen=True)
class Done:
    """The case after a command, as the one who asked stands to it."""

    case: Case
    at: Circumstances


async def handle(tx: Connection, command: Command, actor: Actor, now: datetime) -> Done:
    """Decides and saves a command that needs to know nothing but its case."""
    return await _apply(tx, command, await _begun(tx, command, actor, now))


async def file_case(tx: Connection, filing: Filing, actor: Actor, now: datetime) -> Done:
    """Numbers a complaint: one question, one statement. Raises Invalid for what is not known here."""
    policy.require_filing(actor, filing)
    alliance_id = _alliance_of(actor)
    emergency = _is_emergency(filing)
    known = await storage.known_for_filing(tx, filing, alliance_id, local_day(now))
    _require_known(filing, known)
    people, by = _filed_by(filing, actor)
    respondents = {new_party(): member for member in _respondents(filing, actor, known)}
    command = FileCase(
        case_id=filing.case_id,
        reference=filing.reference,
        category=filing.category,
        subcategory=filing.subcategory,
        emergency=emergency,
        place=known.place,
        place_text=filing.place_text,
        description=filing.description,
        occurred_at=filing.occurred_at,
        happening_now=filing.happening_now,
        identity=filing.identity,
        channel=filing.channel,
        complainants=tuple(people.members),
        respondents=tuple(respondents),
    )
    unfiled = Aggregate[State](filing.case_id, alliance_id, UNFILED)
    people = people.with_members(respondents)
    done = await _apply(tx, command, _Begun(unfiled, people, actor, Circumstances(by, now, TIMETABLE)))
    seen_as = policy.standing(actor, alliance_id, done.case, people) or Standing("helper")
    return replace(done, at=replace(done.at, by=seen_as))


async def case_of_source(tx: Connection, source_key: str, actor: Actor) -> UUID:
    """The id that belongs to a row of a ledger, while it is no case yet. Raises AlreadyFiled.

    Longer than any saved answer lives, a ledger may be taken over again without doubling a case.
    """
    policy.require_taking_over(actor)
    case_id = uuid5(_alliance_of(actor), source_key)
    await storage.lock_unfiled(tx, case_id)
    try:
        known = await storage.read_case(tx, case_id)
    except NotFound:
        return case_id
    raise AlreadyFiled(known.case.file.reference)


async def accept_case(
    tx: Connection, command: AcceptCase, respondent_id: UUID | None, actor: Actor, now: datetime
) -> Done:
    """Takes a case on; `respondent_id` says who is to answer where the filing did not or erred."""
    begun = await _begun(tx, command, actor, now)
    if respondent_id is None:
        return await _apply(tx, command, begun)
    known = await storage.is_member(tx, respondent_id, begun.before.alliance_id)
    if not known or "complainant" in begun.people.sides_of(respondent_id, begun.case.file):
        raise Invalid("/respondent_id", "unknown_member")
    party = next(iter(begun.people.parties_of(respondent_id)), None) or new_party()
    named = replace(begun, people=begun.people.with_members({party: respondent_id}))
    return await _apply(tx, replace(command, respondents=(party,)), named)


async def join_case(tx: Connection, command: JoinCase, actor: Actor, now: datetime) -> Done:
    """Joins a case to a lead that goes on. Raises Invalid for one that cannot lead."""
    begun = await _begun(tx, command, actor, now)
    try:
        lead = await storage.read_case(tx, command.lead_case_id)
    except NotFound:
        raise Invalid("/lead_case_id", "cannot_lead") from None
    foreign = lead.aggregate.alliance_id != begun.before.alliance_id
    if foreign or command.lead_case_id == command.case_id or isinstance(lead.case, Joined | Closed):
        raise Invalid("/lead_case_id", "cannot_lead")
    return await _apply(tx, command, begun)


async def answer_survey_by_link(
    tx: Connection, survey_id: UUID, now: datetime, *, solved: bool, score: int, comment: str | None
) -> Done:
    """The holder of a personal link answers for the party it was sent to, once."""
    case_id, party_id = await storage.survey_party(tx, survey_id)
    stored = await storage.lock_case(tx, case_id)
    side = stored.case.file.side_of(party_id)
    if side is None:
        raise NotFound
    asked = isinstance(stored.case, Surveyed) and stored.case.open_survey_of(party_id)
    if not asked or asked.survey_id != survey_id:
        raise NotNow(stage_of(stored.case), [])
    at = Circumstances(Standing(side, party_id), now, TIMETABLE)
    begun = _Begun(stored.aggregate, stored.people, PUBLIC, at)
    return await _apply(tx, AnswerSurvey(case_id, solved, score, comment), begun)


@dataclass(frozen=True)
class _Begun:
    """A command under way: the case held, its people known, its actor let in."""

    before: Aggregate[State]
    people: People
    actor: Actor
    at: Circumstances

    @property
    def case(self) -> Case:
        assert not isinstance(self.before.state, Unfiled)  # noqa: S101
        return self.before.state


async def _begun(tx: Connection, command: Command, actor: Actor, now: datetime) -> _Begun:
    stored = await storage.lock_case(tx, command.case_id)
    by = policy.standing(actor, stored.aggregate.alliance_id, stored.case, stored.people)
    at = Circumstances(policy.require(by, command), now, TIMETABLE)
    return _Begun(stored.aggregate, stored.people, actor, at)


async def _apply(tx: Connection, command: Command, begun: _Begun) -> Done:
    before, at = begun.before, begun.at
    try:
        events = decide(before.state, command, at)
    except NotNow as refusal:
        raise NotNow(refusal.data["stage"], policy.possible(before.state, at)) from None
    if not events:
        return Done(begun.case, at)
    after = cast(Case, reduce(evolve, events, before.state))
    timers, cancelled = timer_changes(before.state, after)
    change = saving.change(
        before,
        after,
        events,
        actor=policy.author(begun.actor, at.by, before.alliance_id, after),
        now=at.now,
        service="complaints",
        codec=storage.EVENTS,
        new_id=new_id,
        contracts=partial(publish.contracts_of, publish.Telling(after, before.alliance_id, begun.people)),
        timers=timers,
        cancelled=cancelled,
    )
    await storage.save_case(tx, change, begun.people, at.now)
    told = [type(event).__name__ for event in events]
    log.info("case_decided", case=str(before.id), events=told, stage=stage_of(after), by=at.by.role)
    return Done(after, at)


def _alliance_of(actor: Actor) -> UUID:
    if actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id


def _is_emergency(filing: Filing) -> bool:
    if filing.category not in catalogue().categories:
        raise Invalid("/category", "unknown_category")
    subcategory = catalogue().find(filing.subcategory)
    if subcategory is None or subcategory.category != filing.category:
        raise Invalid("/subcategory", "unknown_subcategory")
    return subcategory.is_emergency(happening_now=filing.happening_now)


def _require_known(filing: Filing, known: storage.Known) -> None:
    if filing.place_id is None and filing.place_text is None:
        raise Invalid("/place_id", "place_missing")
    if filing.place_id is not None and known.place is None:
        raise Invalid("/place_id", "unknown_place")
    if filing.respondent_id is not None and not known.respondent:
        raise Invalid("/respondent_id", "unknown_member")
    if filing.on_behalf_of is not None and not known.beneficiary:
        raise Invalid("/on_behalf_of", "unknown_member")


def _filed_by(filing: Filing, actor: Actor) -> tuple[People, Standing]:
    """Who complains, and as what the actor does it. Of an anonymous filing nobody is kept."""
    if filing.identity == "anonymous":
        if filing.on_behalf_of is not None:
            raise Invalid("/on_behalf_of", "anonymous_has_nobody")
        return People(), Standing("helper" if actor.has("coordinator") else "complainant")
    assert actor.member_id is not None  # noqa: S101
    complainant = filing.on_behalf_of or actor.member_id
    party = new_party()
    by = Standing("complainant", party) if complainant == actor.member_id else Standing("helper")
    return People({party: complainant}), by


def _respondents(filing: Filing, actor: Actor, known: storage.Known) -> Iterable[UUID]:
    """Whom the filing names, else who trades at the place today; nobody complains of himself."""
    complainant = filing.on_behalf_of or actor.member_id
    if filing.respondent_id is None:
        return [member for member in known.traders if member != complainant]
    if filing.respondent_id == complainant:
        raise Invalid("/respondent_id", "respondent_is_complainant")
    return [filing.respondent_id]
