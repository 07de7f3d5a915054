"""自愿承诺 and 服务项目: what is promised and offered without an agreement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import Case, OfferedService, Pledge, Pledged
from services.complaints.events import (
    PledgeAnswered,
    PledgeConfirmed,
    PledgeDisputed,
    PledgeMissed,
    PledgeOffered,
    PledgeProven,
    ServiceAnswered,
    ServiceOffered,
)


def _pledge_offered(case: Case, event: PledgeOffered) -> Case:
    pledge = Pledge(event.pledge_id, event.party_id, event.due_on)
    return replace(case, file=replace(case.file, pledges=(*case.file.pledges, pledge)))


def _pledge_answered(case: Case, event: PledgeAnswered) -> Case:
    """With the first one that is wanted nobody waits for an agreement any more."""
    if event.pledge is None:
        return _with_pledge(case, event.pledge_id, status="declined")
    wanted = _with_pledge(case, event.pledge_id, status="wanted").file
    over = wanted.with_ended("mediation", event.on).with_ended("reopen", event.on)
    file = replace(over.with_clock(event.pledge), extension=None, wishes_referral=False)
    return replace(case, file=file) if isinstance(case, Pledged) else Pledged(file)


def _pledge_proven(case: Case, event: PledgeProven) -> Case:
    proven = _with_pledge(case, event.pledge_id, status="proven")
    file = proven.file.with_ended("pledge", event.on, of=event.pledge_id)
    return Pledged(file.with_clock(event.confirm), shown=True)


def _pledge_confirmed(case: Case, event: PledgeConfirmed) -> Case:
    confirmed = _with_pledge(case, event.pledge_id, status="confirmed")
    file = confirmed.file.with_ended("pledge", event.on, of=event.pledge_id)
    return replace(confirmed, file=file.with_ended("confirm_done", event.on, of=event.pledge_id))


def _pledge_disputed(case: Case, event: PledgeDisputed) -> Case:
    disputed = _with_pledge(case, event.pledge_id, status="disputed")
    file = disputed.file.with_ended("confirm_done", event.on, of=event.pledge_id)
    return replace(disputed, file=file.with_clock(event.pledge) if event.pledge else file)


def _pledge_missed(case: Case, event: PledgeMissed) -> Case:
    missed = _with_pledge(case, event.pledge_id, missed=True)
    clock = missed.file.clock("pledge", event.pledge_id)
    return Pledged(missed.file.with_clock(clock.late()) if clock else missed.file, shown=True)


def _with_pledge(case: Case, pledge_id: UUID, **changes: Any) -> Case:
    pledge = case.file.pledge(pledge_id)
    assert pledge is not None  # noqa: S101
    return replace(case, file=case.file.with_pledge(replace(pledge, **changes)))


def _service_offered(case: Case, event: ServiceOffered) -> Case:
    offered = OfferedService(event.offer_id, event.party_id, event.service)
    return replace(case, file=replace(case.file, services=(*case.file.services, offered)))


def _service_answered(case: Case, event: ServiceAnswered) -> Case:
    answered = tuple(
        replace(one, taken=event.taken) if one.offer_id == event.offer_id else one
        for one in case.file.services
    )
    return replace(case, file=replace(case.file, services=answered))


EVOLUTIONS: Evolutions = {
    PledgeOffered: _pledge_offered,
    PledgeAnswered: _pledge_answered,
    PledgeProven: _pledge_proven,
    PledgeConfirmed: _pledge_confirmed,
    PledgeDisputed: _pledge_disputed,
    PledgeMissed: _pledge_missed,
    ServiceOffered: _service_offered,
    ServiceAnswered: _service_answered,
}
