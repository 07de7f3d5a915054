"""What was promised and what became of it, as one reader sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.mediation.decisions.commitments import is_overdue, late_days
from services.mediation.state import Commitment, Place, places_of
from services.mediation.views.models import CommitmentView, StepView
from services.mediation.views.reader import Reader


def commitments(reader: Reader, commitments: Sequence[Commitment]) -> list[CommitmentView]:
    places = places_of(one.promise for one in commitments)
    done = Counter(one.promise.step_of for one in commitments if one.status == "confirmed")
    return [
        _commitment(reader, one, _step(places[one.promise.commitment_id], done[one.promise.step_of]))
        for one in commitments
    ]


def _step(place: Place, performed: int) -> StepView | None:
    return StepView(number=place.step, of=place.steps, performed=performed) if place.steps > 1 else None


def _commitment(reader: Reader, commitment: Commitment, step: StepView | None) -> CommitmentView:
    promise, in_words = commitment.promise, reader.sees("words_of_promises")
    owner = reader.state.matter.side(promise.owner_side)[0]
    return CommitmentView(
        id=promise.commitment_id,
        owner_id=reader.id_of(owner) if reader.sees("parties") else None,
        owner_side=promise.owner_side,
        what=promise.what,
        measure=promise.measure,
        due_on=promise.due_on,
        step=step,
        status=commitment.status,
        overdue=is_overdue(commitment, reader.now),
        reminded=commitment.reminded,
        proof=commitment.proof,
        confirm_until=commitment.confirm_until,
        dispute=commitment.dispute if in_words else None,
        late_days=late_days(commitment),
        granted_until=commitment.granted_until,
        impossible=commitment.impossible if in_words else None,
        waived_by=[reader.party(one).side for one in commitment.waived_by],
        replaced_by=commitment.replaced_by,
        told_on=commitment.by_mouth and commitment.by_mouth.told_on,
        stated_by_mediator=commitment.stated_by_mediator,
        evidence_ids=list(commitment.evidence) if in_words else [],
        affirmed=len(commitment.affirmed_by),
        objections_until=commitment.objections_until,
        objected=bool(commitment.objections),
    )
