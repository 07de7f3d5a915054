"""Parties by occupancy on the day: a promise is not moved to whoever comes after, not missed, and never forgotten."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from uuid import uuid5

from services.mediation.commands import AskReleases, NoteDeparture, NoteSuccessor
from services.mediation.decisions.amended import changed
from services.mediation.decisions.consent import cancelled_session
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AgreementEnded,
    CommitmentLapsed,
    CommitmentsPerformed,
    ConsentCompleted,
    DebtorLeft,
    Event,
    MediationDeserted,
    PartyDeparted,
    ReleaseAsked,
    SuccessorCame,
)
from services.mediation.state import (
    AwaitingConsent,
    BeforeEffect,
    Commitment,
    Deserted,
    Ended,
    Matter,
    Mediation,
    Party,
    Performed,
    Performing,
    Release,
    Signing,
    Unopened,
    mediator_of,
    other_side,
)

Departing = NoteDeparture | NoteSuccessor | AskReleases
Departed = PartyDeparted | SuccessorCame | DebtorLeft | CommitmentLapsed | ReleaseAsked | MediationDeserted


def decide(state: Mediation, command: Departing, now: datetime) -> list[Event]:
    """The case's word, which may come twice; of a mediation that is over nobody leaves."""
    match state, command:
        case Performing(), AskReleases():
            return [asked for one in state.commitments for asked in _releases(state, one)]
        case (Unopened(), _) | (_, AskReleases()):
            raise not_now(state)
        case Performing(), NoteSuccessor(member=member, side=side):
            known = state.matter.party(member) or state.matter.successor(member)
            return [] if known else [SuccessorCame(member, side)]
        case Performed() | Ended(), _:
            return []
        case _, NoteSuccessor():
            return []
        case _, NoteDeparture(party=member):
            party = state.matter.party(member)
            if party is None or party.left_on is not None:
                return []
            left = PartyDeparted(member, command.on, command.died)
            return [left, *_after(state, party, now)]


def last_settled(state: Performing, confirmed_on: date | None = None) -> Event:
    """Kept by whoever is there, or released after whoever owed it had gone."""
    deserted = state.matter.is_deserted("respondent")
    return AgreementEnded() if deserted else CommitmentsPerformed(confirmed_on)


def is_last(state: Performing, commitment: Commitment) -> bool:
    """Whether nothing but this is left to settle."""
    return all(one.is_settled for one in state.commitments if one is not commitment)


def _after(state: BeforeEffect | Performing, party: Party, now: datetime) -> list[Event]:
    others = [one for one in state.matter.present(party.side) if one is not party]
    if isinstance(state, Performing):
        return [] if others else _of_promises(state, party)
    if not others:
        return [MediationDeserted(), *cancelled_session(state, now)]
    parties = [one for one in state.matter.parties if one is not party]
    waited = isinstance(state, AwaitingConsent) and all(one.consented for one in parties)
    return [ConsentCompleted()] if waited else []


def _releases(state: Performing, commitment: Commitment) -> list[Event]:
    """Each of those it is owed to, once; the link's subject follows from both, so that it is the same twice."""
    if commitment.status != "debtor_left":
        return []
    asked = {*commitment.waived_by, *(one.party for one in commitment.releases)}
    which = commitment.promise.commitment_id
    owed_to = state.matter.owed_to(other_side(commitment.promise.owner_side)) - asked
    return [ReleaseAsked(which, one, uuid5(which, one.hex)) for one in sorted(owed_to)]


def _of_promises(state: Performing, party: Party) -> list[Event]:
    """What was affirmed for a group is owed no more: it is only waited for whether anybody objects."""
    open_ones = [one for one in state.commitments if not one.is_settled]
    theirs = [one for one in open_ones if one.promise.owner_side == party.side]
    if party.side == "respondent":
        return [DebtorLeft(one.promise.commitment_id) for one in theirs if not one.is_affirmed]
    lapsed: list[Event] = [CommitmentLapsed(one.promise.commitment_id) for one in theirs]
    over = bool(open_ones) and len(theirs) == len(open_ones)
    return [*lapsed, last_settled(state)] if over else lapsed


def evolve(  # noqa: PLR0911 - one for each event
    state: BeforeEffect | Performing, event: Departed
) -> Mediation | None:
    """The mediation after one of these; None where it could not have happened."""
    match state, event:
        case Performing(), PartyDeparted():
            return _deserted(replace(state, matter=_left(state.matter, event)))
        case Performing(), SuccessorCame(member=member, side=side):
            came = Party(member, side, "home" if side == "complainant" else "shop")
            matter = replace(state.matter, successors=(*state.matter.successors, came))
            return replace(state, matter=matter)
        case Performing(), DebtorLeft(commitment_id=which):
            return changed(state, which, lambda one: replace(one, status="debtor_left"))
        case Performing(), ReleaseAsked(commitment_id=which, party=party, release_id=release_id):
            asked = Release(release_id, party)
            return changed(state, which, lambda one: replace(one, releases=(*one.releases, asked)))
        case Performing(), CommitmentLapsed(commitment_id=which):
            return changed(state, which, lambda one: replace(one, status="lapsed"))
        case Performing(), _:
            return None
        case _, PartyDeparted():
            return _without(state, event)
        case _, MediationDeserted():
            held = getattr(state, "held", None)
            return Ended(state.matter, "deserted", "parties_gone", None, mediator_of(state), held)
        case _:
            return None


def _left(matter: Matter, event: PartyDeparted) -> Matter:
    return matter.with_party(event.party, lambda one: replace(one, left_on=event.on, died=event.died))


def _without(state: BeforeEffect, event: PartyDeparted) -> BeforeEffect:
    """With others on their side the rest go on without them; what they had signed is not signed."""
    party = state.matter.party(event.party)
    beside = party is not None and len(state.matter.side(party.side)) > 1
    if not beside:
        return replace(state, matter=_left(state.matter, event))
    parties = tuple(one for one in state.matter.parties if one.member_id != event.party)
    after = replace(state, matter=replace(state.matter, parties=parties))
    if isinstance(after, Signing):
        signatures = tuple(one for one in after.signatures if one.party != event.party)
        return replace(after, signatures=signatures)
    return after


def _deserted(state: Performing) -> Performing:
    if not (state.matter.is_deserted("complainant") or state.matter.is_deserted("respondent")):
        return state
    return Deserted(**{one.name: getattr(state, one.name) for one in fields(state)})
