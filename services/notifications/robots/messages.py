"""What may be said in a group: the matter's number, where it stands, and a page that asks for a sign-in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.notifications.quiet import EVEN_AT_NIGHT
from services.notifications.rules import Audience, lines_for
from services.notifications.wording import TEXTS
from shared.contracts.envelope import Contract
from shared.texts import Language


@dataclass(frozen=True)
class Word:
    """One event as those on duty may hear of it; without a case it is a trial. Who, what and where stay inside."""

    case_id: UUID | None
    reference: str
    stage: str | None
    urgent: bool


def word_of(event: Contract) -> Word | None:
    """What the group is told, of whatever the table tells the coordinators; None for the rest."""
    kinds = [line.kind for line in lines_for(event) if line.audience is Audience.COORDINATORS]
    if not kinds:
        return None
    urgent = any(kind in EVEN_AT_NIGHT for kind in kinds)
    stage: str | None = getattr(event, "stage", None)
    return Word(event.case_id, event.reference, stage, urgent)  # type: ignore[attr-defined]


def text_of(words: Sequence[Word], language: Language, *, public_url: str) -> str:
    """What has gathered, in one message."""
    lines = dict.fromkeys(_line(word, language, public_url) for word in words)
    return "\n".join((TEXTS("robot_head", language), *lines))


def _line(word: Word, language: Language, public_url: str) -> str:
    if word.case_id is None:
        return TEXTS("robot_trial", language)
    stage = TEXTS(f"word_{word.stage}", language) if word.stage else ""
    code = "robot_urgent" if word.urgent else "robot_news" if stage else "robot_news_plain"
    link = f"{public_url}/cases/{word.case_id}"
    return TEXTS(code, language, reference=word.reference, stage=stage, link=link)
