"""Whether a case stands against the erasure of somebody in it, and what goes (PIPL art. 47)."""

from __future__ import annotations

from services.complaints.commands import ErasePerson
from services.complaints.decisions import closing
from services.complaints.decisions.state import Case, Circumstances, Closed
from services.complaints.events import Event, PersonErased
from shared.contracts.erasure import Obligation


def obligation(case: Case, at: Circumstances) -> Obligation | None:
    """A matter that runs, that may still be taken up again, or that an authority owes an answer to.

    Those on the other side have a right to its being heard to the end.
    """
    reference = case.file.reference
    if not isinstance(case, Closed):
        return Obligation(ground="open_case", reference=reference)
    if case.file.open_referrals:
        return Obligation(ground="open_referral", reference=reference)
    if closing.may_reopen(case, at):
        clock = case.file.clock("reopen")
        return Obligation(ground="may_be_reopened", reference=reference, until=clock.until if clock else None)
    return None


def is_free(case: Closed, at: Circumstances) -> bool:
    """Whether nothing stands against it."""
    return obligation(case, at) is None


def erase(case: Closed, command: ErasePerson, at: Circumstances) -> list[Event]:
    """Once for each person; nobody stands behind these parties afterwards."""
    brought = (one for one in case.file.exhibits if one.party_id in command.parties and one.shown != "erased")
    return [PersonErased(at.today, command.parties, tuple(one.evidence_id for one in brought))]
