"""The steps that a case's page offers, each with the thing it is done to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING
from uuid import UUID

from services.portal import steps
from services.portal.answers import (
    Agreement,
    Amendment,
    Case,
    Commitment,
    Evidence,
    Mediation,
    OfferedService,
    Pledge,
)
from services.portal.steps import About

if TYPE_CHECKING:
    from services.portal.casefile.file import CaseFile

SETTLED = ("confirmed", "waived", "replaced")
"""What nobody waits for any more."""

ORAL_STEPS = ("record", "wording_accept", "wording_dispute")
"""What is done to the words of an agreement of the spot."""


@dataclass(frozen=True)
class Offer:
    """A step and the thing it is done to."""

    step: steps.Step
    target: UUID
    commitment: Commitment | None = None
    amendment: Amendment | None = None
    pledge: Pledge | None = None
    service: OfferedService | None = None
    is_one_of_several: bool = False

    @property
    def id(self) -> str:
        """Unique on the page, even where a step is offered for each of several things."""
        several = self.commitment or self.is_one_of_several
        return f"{self.step.name}-{self.target.hex[-8:]}" if several else self.step.name


def offers_of(file: CaseFile) -> list[Offer]:
    """Every step this person could take now, with what it is about."""
    found = [*_about_case(file), *_about_each(file)]
    found += [Offer(step, file.case.id) for step in steps.offered(_entered(file), "case")]
    return found if file.mediation is None else found + _about_mediation(file, file.mediation)


def _about_case(file: CaseFile) -> list[Offer]:
    unsuited = _readings_not_taken(file.case) | ({"conclude_agree"} if file.to_agree_to is None else set())
    unsuited |= set() if file.similar.items else {"gather"}
    unsuited |= set() if file.case.settles_by_code else {"conclude_settle"}
    offered = steps.offered(file.case.possible, "case")
    return [Offer(step, file.case.id) for step in offered if step.name not in unsuited]


def _about_each(file: CaseFile) -> Iterator[Offer]:
    """The steps done to one of several things, for each of them that waits for it."""

    def offered(about: About) -> list[steps.Step]:
        return steps.offered(_with_masked(file.case.possible), about)

    yield from (_one_of(step, one.id) for step in offered("message") for one in file.messages if one.held)
    yield from (_one_of(step, one.id) for step in offered("post") for one in file.thread if one.held)
    for step, pledge in product(offered("pledge"), file.case.pledges):
        if _is_asked(step.name, pledge):
            yield replace(_one_of(step, pledge.id), pledge=pledge)
    for step, service in product(offered("service"), file.case.services):
        if service.yours and not service.taken:
            yield replace(_one_of(step, service.id), service=service)
    for piece, step in product(file.evidence, offered("evidence")):
        if _suits(step.name, piece):
            yield _one_of(step, piece.id)
    for reading, step in product(file.case.readings, offered("evidence")):
        if step.name == "release_evidence" and not reading.released:
            yield _one_of(step, reading.id)


def _one_of(step: steps.Step, target: UUID) -> Offer:
    return Offer(step, target, is_one_of_several=True)


def _about_mediation(file: CaseFile, mediation: Mediation) -> list[Offer]:
    unsuited = set() if mediation.slots else {"schedule"}
    offered = steps.offered(mediation.possible, "mediation")
    found = [Offer(step, mediation.id) for step in offered if step.name not in unsuited]
    if mediation.oral is not None:
        found += [
            Offer(step, mediation.oral.agreement_id)
            for step in steps.offered(mediation.possible, "agreement")
            if step.name in ORAL_STEPS
        ]
    if mediation.agreement is not None:
        side = "complainant" if file.case.role_in_case == "joined" else file.my_side
        found += _about_agreement(mediation, mediation.agreement, side)
    return found


def _readings_not_taken(case: Case) -> set[str]:
    """A party says what they read; the coordinator has the whole record before them."""
    if case.category != "noise":
        return {"readings", "readings_measured"}
    return {"readings"} if case.role_in_case == "coordinator" else {"readings_measured"}


def _entered(file: CaseFile) -> list[str]:
    """What somebody said at the door is entered by whoever asked, while anybody has not answered."""
    return ["inquiries/answers"] if file.case.stage != "closed" and any(file.unanswered) else []


def _with_masked(possible: Iterable[str]) -> list[str]:
    """Whoever may release a file may release a masked copy in its place."""
    return [
        step for name in possible for step in ((name, *_MASKED) if name == "release_evidence" else (name,))
    ]


_MASKED = {"release_masked": "photo", "release_masked_film": "video"}
"""The steps that put a masked copy in the place of a file, and of which kind."""


def _suits(step: str, evidence: Evidence) -> bool:
    """What is sealed is opened, and nothing else; a masked copy is of a photo or a film."""
    match step:
        case "open_evidence":
            return evidence.shown == "sealed" and not evidence.readable
        case "release_masked" | "release_masked_film":
            return evidence.shown == "withheld" and evidence.kind == _MASKED[step]
        case "release_evidence":
            return evidence.shown == "withheld" and evidence.kind != "survey_slip"
        case _:
            return evidence.shown in ("withheld", "released")


def _is_asked(step: str, pledge: Pledge) -> bool:
    """Whoever owes it says that it is done; whoever it is owed to, whether they want it, and whether it is."""
    match step:
        case "pledges_answer":
            return pledge.status == "offered"
        case "pledges_proof":
            theirs = pledge.yours or pledge.entered is not None
            return theirs and pledge.status in ("wanted", "disputed")
        case "pledges_confirm":
            return not pledge.yours and pledge.status in ("wanted", "proven", "disputed")
        case _:
            return not pledge.yours and pledge.status == "proven"


def _about_agreement(mediation: Mediation, agreement: Agreement, my_side: str | None) -> list[Offer]:
    found = [
        _about_words(step, mediation, agreement)
        for step in steps.offered(mediation.possible, "agreement")
        if step.name not in ORAL_STEPS
    ]
    for commitment in agreement.commitments:
        found += [
            Offer(step, commitment.id, commitment=commitment)
            for step in steps.offered(mediation.possible, "commitment")
            if _fits(step.name, commitment, my_side)
        ]
    return found


def _about_words(step: steps.Step, mediation: Mediation, agreement: Agreement) -> Offer:
    """A change that is offered is what is signed and marked; the court is asked about what is in force."""
    amendment = mediation.amendment
    if amendment is not None and step.name in ("sign", "sign_on_paper", "mark", "opt_in"):
        return Offer(step, amendment.id, amendment=amendment)
    in_force = (agreement.id, *(one.id for one in mediation.amendments))
    return Offer(step, in_force[-1])


def _fits(step: str, commitment: Commitment, my_side: str | None) -> bool:  # noqa: PLR0911 - one for each
    """The owner proves, the other side confirms or disputes; who has no account was spoken for as complainant."""
    mine = commitment.owner_side == my_side
    match step:
        case "proof":
            return (mine or my_side is None) and commitment.status not in (*SETTLED, "proven")
        case "by_mouth":
            return commitment.owner_side == "respondent" and commitment.status not in SETTLED
        case "confirm" | "waive":
            return not mine and commitment.status not in SETTLED
        case "grant_day":
            return not mine and commitment.status not in SETTLED and not commitment.overdue
        case "decline_performance":
            return mine and commitment.status not in (*SETTLED, "declined")
        case "impossible":
            return commitment.status not in (*SETTLED, "impossible")
        case _:
            return not mine and commitment.status == "proven"
