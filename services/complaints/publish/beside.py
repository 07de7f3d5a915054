"""What is told beside a case: a child's matter that waits, and questions to the homes around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from services.complaints.events.inquiring import InquiryEvent, QuestionAnswered, QuestionAsked
from services.complaints.events.minors import MinorEvent, MinorNoticed
from services.complaints.publish.telling import Telling
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def of_minor_notice(event: MinorEvent, notice_id: UUID, alliance_id: UUID) -> list[Contract]:
    """That a child's matter waits, to coordinators; the consent is told by the case it becomes."""
    if not isinstance(event, MinorNoticed):
        return []
    return [
        contracts.MinorNoticed(
            case_id=notice_id, alliance_id=alliance_id, stage="hear", status="minor", **vars(event)
        )
    ]


def inquiries_over(telling: Telling, asked: Mapping[UUID, QuestionAsked]) -> list[Contract]:
    """With the case ends what was asked around it, by the id of each; who had answered by then is told to nobody."""
    common = telling.common | {"due": None, "parties": ()}
    return [
        contracts.InquiryOver(**common | {"case_id": inquiry_id, "reference": question.reference})
        for inquiry_id, question in asked.items()
    ]


def of_inquiry(
    event: InquiryEvent, telling: Telling, inquiry_id: UUID, asked: Iterable[UUID]
) -> list[Contract]:
    """Who is asked hears of a question and never of a case; that somebody answered, coordinators alone hear."""
    match event:
        case QuestionAsked():
            question = {"case_id": inquiry_id, "reference": event.reference, "due": None, "parties": ()}
            to = tuple(dict.fromkeys(asked))
            return [contracts.InquiryAsked(**telling.common | question, to=to)]
        case QuestionAnswered(entered=False):
            return [contracts.InquiryAnswered(**telling.common | {"parties": ()})]
        case QuestionAnswered():
            return []
