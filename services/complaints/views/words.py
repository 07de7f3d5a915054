"""What people said of a case, gathered from its journal before anybody's eyes are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.complaints import events as e
from services.complaints import policy
from services.complaints.commands import SettledPromise
from services.complaints.storage import Step
from services.complaints.views import settling
from services.complaints.views.pledges import Said as Pledging
from services.complaints.views.results import public_note


@dataclass(frozen=True)
class Words:
    """What people said of the case, as its journal keeps it."""

    filed: e.CaseFiled
    summary: str | None
    answer: e.CaseAnswered | None
    entered: e.AnswerEntered | None = None
    returns: tuple[e.CaseReturned, ...] = ()
    extension: e.ExtensionProposed | None = None
    visited: tuple[e.ReturnVisited, ...] = ()
    readings: tuple[e.ReadingRecorded, ...] = ()
    withdrawn: e.CaseWithdrawn | None = None
    stated: e.OralAgreementStated | None = None
    party_answers: Mapping[UUID, e.PartyAnswered] = field(default_factory=dict)
    willing: Mapping[UUID, str] = field(default_factory=dict)
    """What those say of themselves who would speak for others."""
    parties_added: Mapping[UUID, e.PartyAdded] = field(default_factory=dict)
    told: tuple[Step, ...] = ()
    """The steps that have words for everybody."""
    leavings: tuple[e.LeavingSpoken, ...] = ()
    site_visits: tuple[Step, ...] = ()
    reported: tuple[e.PoliceReported, ...] = ()
    invitations: Mapping[UUID, e.PartyInvited] = field(default_factory=dict)
    invited: Mapping[UUID, e.InvitationAnswered] = field(default_factory=dict)
    pledged: tuple[Pledging, ...] = ()
    services: tuple[e.ServiceOffered, ...] = ()
    settlement: tuple[e.SettlementSaid, ...] = ()
    reached: e.SettlementReached | None = None
    promised: Mapping[UUID, SettledPromise] = field(default_factory=dict)
    """The words of what both sides settled and is followed."""
    concluded: e.CaseConcluded | None = None
    asked: tuple[e.SurveyAnswered, ...] = ()
    """What was answered in the rounds of questions that are over."""


def words_in(steps: Sequence[Step]) -> Words:
    """The latest words of each kind."""
    by_type = {type(step.event): step.event for step in steps}
    filed, accepted, answer = (by_type.get(kind) for kind in (e.CaseFiled, e.CaseAccepted, e.CaseAnswered))
    assert isinstance(filed, e.CaseFiled)  # noqa: S101
    withdrawn, stated = by_type.get(e.CaseWithdrawn), by_type.get(e.OralAgreementStated)
    entered = by_type.get(e.AnswerEntered)
    return Words(
        filed,
        accepted.shared_summary if isinstance(accepted, e.CaseAccepted) else None,
        answer if isinstance(answer, e.CaseAnswered) else None,
        entered if isinstance(entered, e.AnswerEntered) else None,
        extension=next(
            (step.event for step in reversed(steps) if isinstance(step.event, e.ExtensionProposed)), None
        ),
        visited=tuple(step.event for step in steps if isinstance(step.event, e.ReturnVisited)),
        returns=tuple(step.event for step in steps if isinstance(step.event, e.CaseReturned)),
        party_answers={
            step.event.party_id: step.event for step in steps if isinstance(step.event, e.PartyAnswered)
        },
        parties_added={
            step.event.party_id: step.event for step in steps if isinstance(step.event, e.PartyAdded)
        },
        site_visits=tuple(step for step in steps if isinstance(step.event, e.SiteVisited)),
        reported=tuple(step.event for step in steps if isinstance(step.event, e.PoliceReported)),
        leavings=tuple(step.event for step in steps if isinstance(step.event, e.LeavingSpoken)),
        invitations={
            step.event.party_id: step.event for step in steps if isinstance(step.event, e.PartyInvited)
        },
        invited={
            step.event.party_id: step.event for step in steps if isinstance(step.event, e.InvitationAnswered)
        },
        willing={
            step.event.party_id: step.event.words for step in steps if isinstance(step.event, e.LeadAccepted)
        },
        pledged=tuple(step.event for step in steps if isinstance(step.event, Pledging)),
        services=tuple(step.event for step in steps if isinstance(step.event, e.ServiceOffered)),
        **settling.round_of(steps),
        promised=settling.promises_in(steps),
        withdrawn=withdrawn if isinstance(withdrawn, e.CaseWithdrawn) else None,
        stated=stated if isinstance(stated, e.OralAgreementStated) else None,
        readings=tuple(step.event for step in steps if isinstance(step.event, e.ReadingRecorded)),
        asked=policy.answers_to_weigh([step.event for step in steps]),
        told=tuple(step for step in steps if public_note(step.event)),
    )
