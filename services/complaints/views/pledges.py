"""What was promised without an agreement, as the people of the case read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.complaints import answers, policy, showing
from services.complaints import events as e
from services.complaints.commands import Entered, SettledPromise
from services.complaints.decisions import Circumstances
from services.complaints.decisions.pledging import is_own
from services.complaints.decisions.state import CaseFile, Pledge

Said = e.PledgeOffered | e.PledgeProven | e.PledgeDisputed


def pledges(
    said: Sequence[Said], promised: Mapping[UUID, SettledPromise], file: CaseFile, at: Circumstances
) -> list[answers.PledgeView]:
    """Each with the latest words about it; what both sides settled is for whom the settlement is.

    A captain reads those that were written down, and no other.
    """
    written = {one.pledge_id for one in written_down(said)} if at.by.role in policy.WRITES_DOWN else set()
    return [
        _pledge(one, said, promised.get(one.pledge_id), file, at)
        for one in file.pledges
        if policy.sees(at.by, "settlement" if one.owed_by else "pledges", file) or one.pledge_id in written
    ]


def _pledge(
    pledge: Pledge,
    said: Sequence[Said],
    promised: SettledPromise | None,
    file: CaseFile,
    at: Circumstances,
) -> answers.PledgeView:
    by_type = {type(event): event for event in said if event.pledge_id == pledge.pledge_id}
    offered, proven, disputed = (
        by_type.get(kind) for kind in (e.PledgeOffered, e.PledgeProven, e.PledgeDisputed)
    )
    clock = file.clock("pledge", pledge.pledge_id)
    return answers.PledgeView(
        id=pledge.pledge_id,
        yours=is_own(pledge, at),
        owner_side=pledge.owed_by,
        what=promised.what if promised else offered.what if isinstance(offered, e.PledgeOffered) else "",
        measure=promised.measure if promised else None,
        due_on=pledge.due_on,
        status=pledge.status,
        missed=pledge.missed or (clock is not None and clock.is_over(at.now)),
        proof=proven.text if isinstance(proven, e.PledgeProven) else None,
        evidence_ids=showing.known_to(at.by, proven.evidence_ids, file)
        if isinstance(proven, e.PledgeProven)
        else [],
        dispute=_dispute(disputed, file, at) if isinstance(disputed, e.PledgeDisputed) else None,
        confirm_until=_confirm_until(pledge.pledge_id, file) if pledge.status == "proven" else None,
        entered=_entered(offered.entered) if isinstance(offered, e.PledgeOffered) else None,
    )


def _entered(entered: Entered | None) -> answers.EnteredView | None:
    if entered is None:
        return None
    return answers.EnteredView(slip=entered.slip, received_on=entered.received_on, by=entered.by)


def written_down(said: Sequence[Said]) -> Iterator[e.PledgeOffered]:
    """Those of whom has no account."""
    return (one for one in said if isinstance(one, e.PledgeOffered) and one.entered)


def _dispute(event: e.PledgeDisputed, file: CaseFile, at: Circumstances) -> str | None:
    """The words of a concealed complainant could betray them: the other side reads that it is disputed."""
    concealed = at.by.role == "respondent" and file.is_concealed
    return event.reason if policy.sees(at.by, "pledges", file) and not concealed else None


def _confirm_until(pledge_id: UUID, file: CaseFile) -> date | None:
    clock = file.clock("confirm_done", pledge_id)
    return clock.until if clock else None
