"""议 to 督: the path, the way to an authority and back, and what the mediation tells of itself."""

from __future__ import annotations

from services.complaints.clocks import Clock
from services.complaints.commands import (
    NoteAmendment,
    NoteCommitment,
    NoteDraft,
    NoteEffect,
    NoteMediation,
    NoteMediationEnd,
    NotePerformance,
    RouteCase,
)
from services.complaints.decisions import evidence
from services.complaints.decisions.closing import closed, outcome_of, surveys
from services.complaints.decisions.grouping import asked, is_naming
from services.complaints.decisions.referring import is_with_authority_as_a_whole
from services.complaints.decisions.state import (
    Acting,
    AwaitingMarks,
    AwaitingRoute,
    Circumstances,
    Deliberating,
    Filed,
    Supervised,
)
from services.complaints.decisions.visiting import planned, until_last
from services.complaints.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementTookEffect,
    CaseRouted,
    CommitmentsPerformed,
    Event,
    EvidenceReleased,
    MediationEnded,
    MediationNoted,
    SupervisionBegan,
)
from shared.errors import Refused


def route(case: AwaitingRoute | Deliberating, command: RouteCase, _: Circumstances) -> list[Event]:
    """The coordinator chooses the path."""
    require_path(case, command)
    return [CaseRouted(command.path)]


def require_path(case: Filed, command: RouteCase) -> None:
    """Mediation needs somebody on each side who can consent (People's Mediation Law art. 17). Raises Refused."""
    if command.path == "mediation" and not (case.file.complainants and case.file.respondents):
        raise Refused("mediation_needs_both_sides")
    if command.path == "mediation" and case.file.answer == "refuse":
        raise Refused("respondent_refuses")
    if command.path == "mediation" and is_naming(case):
        raise Refused("leads_not_named")
    if command.path == "mediation" and is_with_authority_as_a_whole(case):
        raise Refused("matter_with_authority")


def is_not_in_mediation(case: Filed, _: Circumstances) -> bool:
    """Whether the path may still be changed: a mediation ends by its parties alone."""
    return not (isinstance(case, Deliberating) and case.path == "mediation")


def note_mediation(case: Filed, command: NoteMediation, _: Circumstances) -> list[Event]:
    """Steps of the mediation stand in the case's history."""
    if not _is_ours(case, command.mediation_id) and command.step != "mediation_opened":
        return []
    return [MediationNoted(command.mediation_id, command.step, command.mediator_id)]


def note_draft(case: Deliberating, command: NoteDraft, _: Circumstances) -> list[Event]:
    """定 begins when there is something to sign."""
    if not _is_ours(case, command.mediation_id):
        return []
    return [AgreementDrafted(command.mediation_id), *asked(command.group_until)]


def note_redraft(case: AwaitingMarks, command: NoteDraft, _: Circumstances) -> list[Event]:
    """A second draft leaves the case where it is."""
    ours = _is_ours(case, command.mediation_id)
    noted = MediationNoted(command.mediation_id, "agreement_drafted", None)
    return [noted, *asked(command.group_until)] if ours else []


def note_effect(case: Deliberating | AwaitingMarks, command: NoteEffect, _: Circumstances) -> list[Event]:
    """The month is over with an agreement; from here the commitments' days count, and they are never moved."""
    if not _is_ours(case, command.mediation_id):
        return []
    commitments = Clock("commitments", command.effective_on, command.last_due_on, command.last_due_on)
    return [AgreementTookEffect(command.mediation_id, commitments)]


def note_amendment(case: Acting | Supervised, command: NoteAmendment, _: Circumstances) -> list[Event]:
    """Changed by everybody's consent: the case stays where it is, and its last day may be another."""
    clock = case.file.clock("commitments")
    if not _is_ours(case, command.mediation_id) or clock is None:
        return []
    moved = Clock("commitments", clock.since, command.last_due_on, command.last_due_on)
    return [AgreementAmended(command.mediation_id, moved)]


def note_first_commitment(case: Acting, command: NoteCommitment, _: Circumstances) -> list[Event]:
    """督 begins with the first commitment that is proven, falls due or is given up."""
    if not _is_ours(case, command.mediation_id):
        return []
    noted = MediationNoted(command.mediation_id, command.step, None, command.broken)
    return [noted, SupervisionBegan(command.mediation_id), *_shown(case, command)]


def note_commitment(case: Supervised, command: NoteCommitment, _: Circumstances) -> list[Event]:
    """The next ones are steps of the same stage."""
    ours = _is_ours(case, command.mediation_id)
    noted = MediationNoted(command.mediation_id, command.step, None, command.broken)
    return [noted, *_shown(case, command)] if ours else []


def _shown(case: Acting | Supervised, command: NoteCommitment) -> list[EvidenceReleased]:
    return evidence.as_proof(case.file, command.evidence_ids, command.shown_by)


def note_performance(case: Acting | Supervised, command: NotePerformance, at: Circumstances) -> list[Event]:
    """Everything promised is confirmed: each party is asked how it went, now or after the return visits."""
    if not _is_ours(case, command.mediation_id):
        return []
    visits = planned(command.mediation_id, at, command.confirmed_on)
    last_visit = until_last(case.file, visits, at)
    confirmed_on = command.confirmed_on or at.today
    done_by = min(command.done_by, confirmed_on) if command.done_by else None
    performed = CommitmentsPerformed(at.today, command.mediation_id, visits, last_visit, done_by)
    return [performed, *(() if last_visit else surveys(case.file, command.mediation_id, at))]


def note_end(case: Deliberating | AwaitingMarks, command: NoteMediationEnd, at: Circumstances) -> list[Event]:
    """Refusing is a right and ends it without blame; the other routes are named (arts. 23, 26).

    Where an authority is wished for, the case stays open until the committee has handed it over; where nobody of a
    side is left to mediate with, until somebody came after them or the matter is ended.
    """
    if not _is_ours(case, command.mediation_id):
        return []
    ended = MediationEnded(at.today, command.how, command.wishes_referral)
    if command.wishes_referral or command.how == "parties_gone":
        return [ended]
    refused = command.how == "mediation_refused"
    return [ended, closed(outcome_of(case.file, "ended_without_agreement", refused=refused), at)]


def _is_ours(case: Filed, mediation_id: object) -> bool:
    """Whether it is the case's present mediation: an earlier one moves nothing after a reopening."""
    if isinstance(case, Deliberating) and case.path != "mediation":
        return False
    return case.file.mediation is None or case.file.mediation.mediation_id == mediation_id
