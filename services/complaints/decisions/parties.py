"""Who else is concerned: each is served and heard for themselves, and the month does not begin again for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.complaints.commands import AddParty, AnswerCase, ServeParty
from services.complaints.decisions.state import (
    AddedParty,
    AwaitingMarks,
    AwaitingRoute,
    Circumstances,
    Deliberating,
    Filed,
)
from services.complaints.events import Event, PartyAdded, PartyAnswered, PartyServed
from services.complaints.terms import DELIVERIES, Service
from shared.clock import local_day
from shared.errors import Invalid


def add(case: Filed, command: AddParty, at: Circumstances) -> list[Event]:
    """The coordinator adds them: nobody becomes a party by a neighbour's word alone."""
    if command.side == "respondent" and case.file.doer != "known" and command.basis is None:
        raise Invalid("/basis", "basis_missing")
    require_fact(case, "/fact", named=command.side == "respondent", fact=command.fact)
    added = PartyAdded(
        at.today, command.party_id, command.side, command.capacity, command.basis, command.fact
    )
    return [added]


def require_fact(case: Filed, field: str, *, named: bool, fact: str | None) -> None:
    """Where nobody saw who did it, nobody is named on suspicion. Raises Invalid."""
    if named and case.file.doer != "known" and fact is None:
        raise Invalid(field, "fact_missing")


def may_be_added(case: Filed, _: Circumstances) -> bool:
    """Whether the sides are not in mediation: it was consented to by those who were parties then."""
    in_mediation = isinstance(case, Deliberating) and case.path == "mediation"
    return not (in_mediation or isinstance(case, AwaitingMarks))


def serve(case: Filed, command: ServeParty, at: Circumstances) -> list[Event]:
    """From here their own days run. What was served stays served."""
    party = case.file.added_party(command.party_id)
    if party is None or party.side != "respondent":
        raise Invalid("/party_id", "unknown_party")
    return [] if party.is_served else [_served(case, party, command.how, at, on=command.on)]


def has_unserved(case: Filed, _: Circumstances) -> bool:
    """Whether somebody was added whom the notice has not reached."""
    return any(one.side == "respondent" and not one.is_served for one in case.file.added)


def answer(case: Filed, party: AddedParty, command: AnswerCase, at: Circumstances) -> list[Event]:
    """Their own answer stands beside the first respondent's and moves nothing. Whoever answers was reached."""
    answered = PartyAnswered(at.today, party.party_id, command.kind, command.text)
    return [answered] if party.is_served else [_served(case, party, "answer", at), answered]


def has_the_word(case: Filed, at: Circumstances) -> bool:
    """Whether the one who speaks has not been heard: a party who was added speaks once, for themselves."""
    party = case.file.added_party(at.by.party_id)
    return party is None or party.came_after or is_asked(case, at)


def is_asked(case: Filed, at: Circumstances) -> bool:
    """Whether the one who speaks was added, and has not answered."""
    party = case.file.added_party(at.by.party_id)
    return party is not None and party.is_awaited


def heard_beside(case: Filed, at: Circumstances) -> AddedParty | None:
    """The one who speaks, where they were added and their answer stands beside the first respondent's."""
    party = case.file.added_party(at.by.party_id)
    return None if party is None or party.came_after else party


def all_were_heard(case: AwaitingRoute, at: Circumstances) -> bool:
    """Whether every party served has answered or let their days pass: before it no path is chosen."""
    clocks = (case.file.clock("party_answer", one.party_id) for one in case.file.added if one.answer is None)
    return not any(clock.state_at(at.now) == "running" for clock in clocks if clock is not None)


def _served(
    case: Filed, party: AddedParty, how: Service, at: Circumstances, *, on: date | None = None
) -> PartyServed:
    """A mail or a text counts as having reached its reader a while after it was delivered."""
    file = case.file
    clock = at.timetable.begin("answer", on or _reached_on(how, at), file.category, file.tier)
    return PartyServed(party.party_id, how, replace(clock, name="party_answer", of=party.party_id))


def _reached_on(how: Service, at: Circumstances) -> date:
    delivered = how in DELIVERIES
    return local_day(at.timetable.counts_as_served_at(at.now, at.today)) if delivered else at.today
