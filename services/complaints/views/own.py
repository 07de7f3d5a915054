"""One person's own part of a case: their steps, their words, and what they brought."""

from __future__ import annotations

from collections.abc import Sequence

from services.complaints import answers, policy, sentences
from services.complaints.decisions import Case, Standing
from services.complaints.decisions.state import stage_of, status_of
from services.complaints.storage import Step
from services.complaints.views.evidence import evidence
from services.complaints.words import Self, is_own, plain, said_in
from shared.texts import Language


def own_matter(
    case: Case, by: Standing, who: Self, steps: Sequence[Step], language: Language
) -> answers.OwnMatter:
    """What the other side said, brought or did is not in it."""
    file = case.file
    filed_on, is_half_month = policy.filed_on(by, file)
    brought = {one.evidence_id for one in file.exhibits if one.party_id in who.parties}
    return answers.OwnMatter(
        reference=file.reference,
        category=file.category,
        subcategory=file.subcategory,
        stage=stage_of(case),
        status=status_of(case),
        role_in_case=by.role,
        identity=policy.identity_shown(by, file),
        filed_on=filed_on,
        filed_on_is_half_month=is_half_month,
        steps=[_own(step, language) for step in steps if is_own(who, step.actor_id, step.event)],
        evidence=[one for one in evidence(steps, by, None, file) if one.id in brought],
    )


def _own(step: Step, language: Language) -> answers.OwnStep:
    return answers.OwnStep(
        at=step.at,
        type=sentences.kind_of(step.event),
        text=sentences.step(step.event, language),
        said=plain(said_in(step.event)),
    )
