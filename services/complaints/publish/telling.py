"""Where a case stands when others are told of a step, and who is behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions.state import (
    AwaitingMarks,
    Case,
    Referral,
    running_clock,
    stage_of,
    status_of,
)
from services.complaints.people import People
from services.complaints.terms import EscalationStep
from shared.contracts.complaints import Party, WordSettled
from shared.contracts.envelope import Contract


@dataclass(frozen=True)
class Telling:
    """Where the case stands after the change, and who is behind it."""

    case: Case
    alliance_id: UUID
    people: People

    @property
    def common(self) -> dict[str, Any]:
        """What every event of a case says."""
        file, clock = self.case.file, running_clock(self.case)
        return {
            "case_id": file.case_id,
            "alliance_id": self.alliance_id,
            "reference": file.reference,
            "category": file.category,
            "subcategory": file.subcategory,
            "stage": stage_of(self.case),
            "status": status_of(self.case),
            "due": clock.until if clock else None,
            "parties": self.parties,
        }

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who is concerned. The respondent joins with the acceptance: before it, nobody is to tell them."""
        file = self.case.file
        respondents = self.people.behind(file.respondents) if file.accepted_on else ()
        return (
            *(Party(member_id=one, side="complainant") for one in self.people.behind(file.complainants)),
            *(Party(member_id=one, side="respondent") for one in respondents),
        )

    @property
    def was_over_before(self) -> bool:
        """Whether all was agreed before anything was entered: then there is one thing to tell, not five."""
        return isinstance(self.case, AwaitingMarks) and self.case.oral

    def readers(self, to: str) -> tuple[UUID, ...]:
        """The members a message is for."""
        file = self.case.file
        match to:
            case "complainant":
                return self.people.behind(file.complainants)
            case "respondent":
                return self.people.behind(file.respondents)
            case _:
                return self.people.coordinators

    def settled(self, word: str, to: tuple[UUID, ...]) -> list[Contract]:
        """They said what they may have been reminded of, or need not any more; nothing where nobody is known."""
        told = {**self.common, "word": word, "to": to}
        return [WordSettled.model_validate(told)] if to else []

    def referral(self, referral_id: UUID) -> Referral:
        """One that was sent."""
        found = self.case.file.referral(referral_id)
        assert found is not None  # noqa: S101
        return found

    def pledger(self, pledge_id: UUID) -> tuple[UUID, ...]:
        """Who pledged it, or is of the side that owes it."""
        pledge = self.case.file.pledge(pledge_id)
        if pledge is not None and pledge.owed_by is not None:
            return self.readers(pledge.owed_by)
        return self.people.behind([pledge.party_id]) if pledge and pledge.party_id else ()

    def promised_to(self, pledge_id: UUID) -> tuple[UUID, ...]:
        """Who says whether it is done."""
        pledge = self.case.file.pledge(pledge_id)
        return self.readers(pledge.owed_to) if pledge else ()

    def officers(self, referral_id: UUID) -> tuple[UUID, ...]:
        """Who has it at the authority, where it is known."""
        referral = self.referral(referral_id)
        if referral.officer_id is not None:
            return (referral.officer_id,)
        return self.people.holding(policy.office_of(referral.authority), self.case.file)

    def awaited(self, event: e.ClockWarned) -> tuple[UUID, ...]:
        """For whose step a clock waits."""
        coordinators = self.people.coordinators
        match event.clock:
            case "referral" if event.of is not None:
                return (*self.officers(event.of), *coordinators)
            case "mediation":
                return (*self.called_in("mediator"), *coordinators)
            case "pledge" if event.of is not None:
                return self.pledger(event.of) or coordinators
            case _:
                return coordinators

    def called_in(self, step: EscalationStep) -> tuple[UUID, ...]:
        """Who takes a missed day up at that step."""
        file = self.case.file
        match step:
            case "captain":
                return self.people.holding("building_captain", file)
            case "committee":
                return self.people.coordinators
            case "mediator":
                mediator_id = file.mediation.mediator_id if file.mediation else None
                return (mediator_id,) if mediator_id else ()
            case "court_station":
                return self.people.holding("court_liaison", file)


Translations = Mapping[type[e.Event], Callable[[Telling, Any], list[Contract]]]
"""Private event → what is told of it."""
