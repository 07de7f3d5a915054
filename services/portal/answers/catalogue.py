"""What one may complain of, and what is asked about it."""

from __future__ import annotations

from services.portal.answers.common import Answer


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
