"""What a change by consent makes of an agreement in effect and of its promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from services.mediation.events import (
    AmendmentAgreed,
    AmendmentDeclined,
    AmendmentEffective,
    AmendmentMarked,
    AmendmentProposed,
    AmendmentSigned,
    CommitmentImpossible,
    CommitmentWaived,
    CourtAsked,
    CourtDecided,
    DayGranted,
    PerformanceDeclined,
)
from services.mediation.state import (
    Agreement,
    Amendment,
    Commitment,
    Performed,
    Performing,
    Signature,
    other_side,
)

Offered = (
    AmendmentProposed
    | AmendmentSigned
    | AmendmentAgreed
    | AmendmentMarked
    | AmendmentEffective
    | AmendmentDeclined
)
OfOne = DayGranted | CommitmentWaived | CommitmentImpossible | PerformanceDeclined
Changed = Offered | OfOne


def evolve(state: Performing, event: Changed) -> Performing | None:
    """The agreement after one of these; None where it could not have happened."""
    if isinstance(event, AmendmentProposed):
        return replace(
            state, amendment=Amendment(event.content, event.replaces, proposed_on=event.proposed_on)
        )
    if isinstance(event, OfOne):
        return _of_one(state, event)
    return _offered(state, state.amendment, event) if state.amendment else None


def court_spoken_of(
    state: Performing | Performed, event: CourtAsked | CourtDecided
) -> Performing | Performed:
    """Of the first agreement, or of one that changed it; an old journal names none, and means the first."""
    named = event.agreement_id or state.agreement.content.agreement_id

    def after(agreement: Agreement) -> Agreement:
        if agreement.content.agreement_id != named:
            return agreement
        if isinstance(event, CourtDecided):
            return replace(agreement, court_result=event.result)
        asked = (*agreement.asked_court, event.party)
        return replace(
            agreement, asked_court=asked, court_by_mouth=event.by_mouth or agreement.court_by_mouth
        )

    amendments = tuple(after(one) for one in state.amendments)
    return replace(state, agreement=after(state.agreement), amendments=amendments)


def _offered(
    state: Performing,
    amendment: Amendment,
    event: AmendmentSigned | AmendmentAgreed | AmendmentMarked | AmendmentEffective | AmendmentDeclined,
) -> Performing:
    match event:
        case AmendmentSigned():
            made = Signature(event.party, event.at, event.proven_at, event.sheet)
            return replace(state, amendment=replace(amendment, signatures=(*amendment.signatures, made)))
        case AmendmentAgreed(member=member):
            return replace(state, amendment=replace(amendment, agreed=(*amendment.agreed, member)))
        case AmendmentMarked(mark=mark, at=at):
            marked = replace(amendment, marks=replace(amendment.marks, **{mark: at}))
            return replace(state, amendment=marked)
        case AmendmentEffective():
            return _effective(state, amendment, event)
        case AmendmentDeclined():
            return replace(state, amendment=None)


def _effective(state: Performing, amendment: Amendment, event: AmendmentEffective) -> Performing:
    content = amendment.content
    agreement = Agreement(
        content, amendment.signatures, amendment.marks, event.effective_on, event.judicial_until
    )
    kept = tuple(
        replace(one, status="replaced", replaced_by=content.agreement_id)
        if one.promise.commitment_id in amendment.replaces
        else one
        for one in state.commitments
    )
    new = tuple(Commitment(promise) for promise in content.promises)
    return replace(
        state, amendment=None, amendments=(*state.amendments, agreement), commitments=(*kept, *new)
    )


def _of_one(state: Performing, event: OfOne) -> Performing:
    match event:
        case DayGranted(until=until):
            return changed(state, event.commitment_id, lambda one: replace(one, granted_until=until))
        case CommitmentImpossible(reason=reason):
            return changed(
                state,
                event.commitment_id,
                lambda one: replace(one, status="impossible", impossible=reason),
            )
        case PerformanceDeclined():
            return changed(state, event.commitment_id, lambda one: replace(one, status="declined"))
        case CommitmentWaived(party=party):
            return changed(state, event.commitment_id, lambda one: _waived(state, one, party))


def _waived(state: Performing, commitment: Commitment, party: UUID) -> Commitment:
    by = (*commitment.waived_by, party)
    complete = state.matter.owed_to(other_side(commitment.promise.owner_side)) <= {*by}
    return replace(commitment, waived_by=by, status="waived" if complete else commitment.status)


def changed(state: Performing, which: UUID, change: Callable[[Commitment], Commitment]) -> Performing:
    """The agreement with that commitment changed."""
    commitments = tuple(
        change(one) if one.promise.commitment_id == which else one for one in state.commitments
    )
    return replace(state, commitments=commitments)
