"""What a mediation of something agreed on the spot is after its words were recorded, accepted or disputed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.mediation import events as happened
from services.mediation.state import (
    Marks,
    Matter,
    Mediation,
    OralUnrecorded,
    Performing,
    Signing,
    WordingDispute,
)
from shared.clock import local_day

Worded = happened.OralAgreementRecorded | happened.WordingAccepted | happened.WordingDisputed


def evolve(state: OralUnrecorded | Performing, event: happened.Event) -> Mediation | None:
    """None when it could not have happened. Recorded anew, promises get other words and keep what became of them."""
    match state, event:
        case _, happened.WordingAccepted(party):
            return replace(state, matter=_accepted(state.matter, party))
        case _, happened.WordingDisputed(party, reason):
            return replace(state, matter=_with(state.matter, dispute=WordingDispute(party, reason)))
        case OralUnrecorded(matter, held), happened.OralAgreementRecorded(content, _, at):
            marks = Marks(mediator=at)
            return Signing(_with(matter, dispute=None), held, content, marks=marks, drafted_on=local_day(at))
        case Performing(), happened.OralAgreementRecorded():
            return _reworded(state, event)
        case _:
            return None


def _reworded(state: Performing, event: happened.OralAgreementRecorded) -> Performing:
    promises = {one.commitment_id: one for one in event.content.promises}
    agreement = replace(state.agreement, content=event.content, marks=Marks(mediator=event.at))
    commitments = tuple(
        replace(one, promise=promises.get(one.promise.commitment_id, one.promise))
        for one in state.commitments
    )
    matter = _with(state.matter, dispute=None)
    return replace(state, matter=matter, agreement=agreement, commitments=commitments)


def _accepted(matter: Matter, party: UUID) -> Matter:
    """Whoever had disputed the words and now accepts them disputes them no more."""
    assert matter.oral is not None  # noqa: S101
    dispute = matter.oral.dispute
    is_own = dispute is not None and dispute.party == party
    accepted = (*matter.oral.accepted, party)
    return _with(matter, accepted=accepted, dispute=None if is_own else dispute)


def _with(matter: Matter, **changes: Any) -> Matter:
    assert matter.oral is not None  # noqa: S101
    return replace(matter, oral=replace(matter.oral, **changes))
