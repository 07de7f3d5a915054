"""What one may complain of, and what is asked about it."""

from __future__ import annotations

from uuid import UUID

from services.portal.answers.common import Answer
from shared.texts import Language


class Choice(Answer):
    """A code and its name in the reader's language."""

    code: str
    label: str


class Question(Choice):
    """A question a kind of matter has of its own; none must be answered."""

    type: str
    options: tuple[Choice, ...] = ()
    multiple: bool = False
    unit: str | None = None


class Subcategory(Choice):
    """What a matter may be about."""

    emergency: str = "never"
    call: tuple[str, ...] = ()
    doer: str = "known"
    then: str | None = None
    authorities: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[Choice, ...] = ()
    off: bool = False


class Category(Choice):
    """A group of things a matter may be about."""

    subcategories: tuple[Subcategory, ...] = ()

    @property
    def calls(self) -> tuple[str, ...]:
        """Whom to call first where something of this kind is always an emergency; nobody where nothing is."""
        always = (one.call for one in self.subcategories if one.emergency == "always")
        return next(always, ())

    def sub(self, code: str) -> Subcategory | None:
        """The one of that code."""
        return next((one for one in self.subcategories if one.code == code), None)


class Reader(Answer):
    """What somebody would see of a matter, and whether they would learn the name."""

    role: Choice
    name_text: str
    sees: tuple[Choice, ...]
    does_not_see: tuple[Choice, ...]


class IdentityChoice(Choice):
    """One way to complain."""

    readers: tuple[Reader, ...]


class IdentityChoices(Answer):
    """All of them, as the service's own rules have it."""

    choices: tuple[IdentityChoice, ...]


class Choices(Answer):
    """All codes a form may send to the complaints service."""

    categories: tuple[Category, ...]
    authorities: tuple[Choice, ...] = ()
    decline_reasons: tuple[Choice, ...] = ()
    referral_results: tuple[Choice, ...] = ()
    evidence: tuple[Choice, ...] = ()
    services: tuple[Choice, ...] = ()


class Phrase(Answer):
    """What an alliance says often, in Chinese and, where somebody wrote it, in English."""

    id: UUID
    used_in: str
    title_zh: str
    text_zh: str
    title_en: str | None = None
    text_en: str | None = None

    @property
    def step(self) -> str:
        """The step in whose form it is said."""
        return "messages" if self.used_in == "message" else "work"

    def title(self, language: Language) -> str:
        """What it is called, in Chinese where there is nothing else."""
        return (self.title_en if language == "en" else None) or self.title_zh

    def typed(self, language: Language) -> dict[str, list[str]]:
        """The form of its step with the words in place."""
        field = "text" if self.used_in == "message" else "note"
        return {field: [(self.text_en if language == "en" else None) or self.text_zh]}
