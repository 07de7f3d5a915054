"""What is said of a filing about a child under 14."""

from __future__ import annotations

from services.complaints import answers
from services.complaints.commands import Filing
from services.complaints.sentences import TEXTS
from services.complaints.storage import MinorNotice
from shared.texts import Language


def minor_receipt(filing: Filing, language: Language, emergency: answers.Emergency | None) -> answers.Receipt:
    """It was taken, and who is asked next."""
    return answers.Receipt(
        id=filing.case_id,
        reference=filing.reference,
        stage="hear",
        status="minor",
        clock=None,
        due=None,
        next=TEXTS("next_minor", language),
        possible=[],
        emergency=emergency,
    )


def minor_notice(notice: MinorNotice) -> answers.MinorNoticeView:
    """One that waits."""
    filing = notice.filing
    return answers.MinorNoticeView(
        id=filing.case_id,
        reference=filing.reference,
        category=filing.category,
        subcategory=filing.subcategory,
        place_id=filing.place_id,
        place_text=filing.place_text,
        description=filing.description,
        filed_at=notice.filed_at,
    )
