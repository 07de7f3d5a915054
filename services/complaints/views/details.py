"""The complainant's answers to a subcategory's questions, in words."""

from __future__ import annotations

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.categories import Subcategory
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from shared.texts import Language


def details(
    by: Standing, file: CaseFile, filed: e.CaseFiled, asked: Subcategory | None, language: Language
) -> list[answers.DetailView] | None:
    """They are the complainant's words: shown to whom those are shown."""
    if asked is None or not policy.sees(by, "words", file):
        return None
    return [
        answers.DetailView(
            code=question.code,
            question=question.label(language),
            answer=filed.details[question.code],
            said=question.said(filed.details[question.code], language),
            sensitive=question.sensitive,
        )
        for question in asked.questions
        if question.code in filed.details
    ]
