"""What was agreed on the spot, and the paper for whoever has no telephone to look it up on."""

from __future__ import annotations

from pydantic import BaseModel

from services.complaints import answers
from services.complaints import events as e
from services.complaints.commands import OralPromise
from services.complaints.decisions.oral import spoken_for
from services.complaints.decisions.state import AwaitingMarks, Case, CaseFile, Surveyed
from services.complaints.sentences import TEXTS, day, word
from shared.access.actor import Actor
from shared.clock import local_day
from shared.texts import Language


class OralReceipt(BaseModel):
    """`lines` in the order in which they are printed, large."""

    reference: str
    title: str
    lines: list[str]
    landline: str | None
    handed: bool


def spoken(
    file: CaseFile, filed: e.CaseFiled, stated: e.OralAgreementStated | None
) -> answers.SpokenView | None:
    """The same to everybody for whom the case exists: they were there."""
    if stated is None or file.spoken is None:
        return None
    told = stated.agreement
    return answers.SpokenView(
        told_at=told.told_at,
        talked_at=told.talked_at,
        agreed_at=told.agreed_at,
        entered_at=filed.filed_at,
        mediator_id=told.mediator_id,
        agreement_id=told.agreement_id,
        promises=[
            answers.SpokenPromise(
                id=one.commitment_id, owner_side=one.owner_side, what=one.what, due_on=one.due_on
            )
            for one in told.promises
        ],
        receipt_handed_on=file.spoken.receipt_handed_on,
    )


def is_asked_aloud(case: Case, actor: Actor) -> bool:
    """Whether this visitor is to ask how it went: who it was entered for has no link to answer by."""
    spoken = case.file.spoken
    if not isinstance(case, Surveyed) or spoken is None or not actor.has("volunteer"):
        return False
    waiting = case.open_survey_of(spoken_for(case.file))
    return waiting is not None and actor.member_id != spoken.captain_id


def oral_receipt(case: Case, stated: e.OralAgreementStated, landline: str, language: Language) -> OralReceipt:
    """What was agreed, since when it holds, and whom to ask: nothing of who they are beside it."""
    spoken = case.file.spoken
    assert spoken is not None  # noqa: S101
    is_recorded = not (isinstance(case, AwaitingMarks) and case.oral)
    lines = [
        TEXTS("oral_agreed_on", language, on=day(local_day(stated.agreement.agreed_at), language)),
        *(_promise(number, one, language) for number, one in enumerate(stated.agreement.promises, 1)),
        TEXTS("oral_is_recorded" if is_recorded else "oral_to_be_recorded", language),
        TEXTS("oral_ask_captain", language),
        *([TEXTS("oral_call", language, landline=landline)] if landline else []),
        TEXTS("paper_free", language),
    ]
    return OralReceipt(
        reference=case.file.reference,
        title=TEXTS("oral_title", language),
        lines=lines,
        landline=landline or None,
        handed=spoken.receipt_handed_on is not None,
    )


def _promise(number: int, promise: OralPromise, language: Language) -> str:
    return TEXTS(
        "oral_promise",
        language,
        number=str(number),
        side=word(promise.owner_side, language),
        what=promise.what,
        until=day(promise.due_on, language),
    )
