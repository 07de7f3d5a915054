"""Private answers, as those who may read them are shown them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from services.complaints import answers, policy
from services.complaints.decisions import Standing
from services.complaints.events.inquiring import QuestionAnswered
from services.complaints.sentences import TEXTS
from services.complaints.storage import Ask, Asking
from shared.texts import Language


def inquiry(asking: Asking, by: Standing) -> answers.InquiryView:
    """The coordinator sees everybody who was asked, the mediator what was shared with them."""
    asked = asking.aggregate.state.asked
    found = ((ask, asking.aggregate.state.answer_to(ask.ask_id)) for ask in asking.asks.values())
    return answers.InquiryView(
        id=asking.aggregate.id,
        question=asked.question,
        asked_on=asked.on,
        answers=[_answer(ask, said, by) for ask, said in found if _is_shown(said, by)],
    )


def _is_shown(said: QuestionAnswered | None, by: Standing) -> bool:
    return policy.sees_who_answered(by) if said is None else policy.sees_answer(by, said.shared_with)


def _answer(ask: Ask, said: QuestionAnswered | None, by: Standing) -> answers.InquiryAnswerView:
    named = policy.sees_who_answered(by)
    return answers.InquiryAnswerView(
        ask_id=ask.ask_id if named else None,
        place_id=ask.place_id if named else None,
        member_id=ask.member_id if named else None,
        answered_on=said.on if said else None,
        text=said.text if said else None,
        shared_with=said.shared_with if said else None,
        own_statement=said.own_statement if said else False,
        entered=said.entered if said else False,
    )


def asked_of(asking: Iterable[Asking], member_id: UUID) -> list[answers.AskedView]:
    """What one person is asked, with their own answers; what others of the home said is theirs."""
    return [
        _asked(one, ask.ask_id) for one in asking for ask in one.asks.values() if ask.member_id == member_id
    ]


def _asked(asking: Asking, ask_id: UUID) -> answers.AskedView:
    inquiry = asking.aggregate.state
    said = inquiry.answer_to(ask_id)
    return answers.AskedView(
        id=ask_id,
        reference=inquiry.asked.reference,
        question=inquiry.asked.question,
        asked_on=inquiry.asked.on,
        open=said is None and not asking.is_over,
        answered_on=said.on if said else None,
        text=said.text if said else None,
        shared_with=said.shared_with if said else None,
        own_statement=said.own_statement if said else False,
    )


def noted(code: str, language: Language) -> answers.Noted:
    """It was taken, and who reads it."""
    return answers.Noted(next=TEXTS(code, language))
