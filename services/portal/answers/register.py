"""The alliance's register and what it lives by, as those who keep them see them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.portal.answers.catalogue import Choice, Question
from services.portal.answers.common import Answer, DayHours, Occupancy, Place, WeeklyHours
from shared.texts import Language


class Neighbour(Answer):
    """How another place lies to this one."""

    place_id: UUID
    name: str
    kind: str
    distance_m: float


class PlaceFile(Place):
    """One place's file (一楼一档)."""

    trade: str | None = None
    adjacent: tuple[Neighbour, ...] = ()
    weekly: tuple[WeeklyHours, ...] = ()
    busy: tuple[DayHours, ...] = ()


class Zone(Answer):
    """The noise class of a block, and the map it was read from."""

    zone_class: str
    source: str


class Occupant(Answer):
    """Somebody who is or was at a place."""

    member_id: UUID
    display_name: str
    kind: str
    from_day: date | None = None
    until_day: date | None = None
    occupancy_id: UUID | None = None
    trade: str | None = None


class Held(Answer):
    """A role, and the building it counts for."""

    role: str
    place_id: UUID | None = None


class Stay(Occupancy):
    """Where a member lives, trades or works, with the place itself."""

    place_id: UUID


class Member(Answer):
    """A member as those who keep the register see them."""

    id: UUID
    display_name: str
    language: str = "zh-CN"
    email: str | None = None
    phone: str | None = None
    grants: tuple[Held, ...] = ()
    occupancies: tuple[Stay, ...] = ()
    kin: tuple[UUID, ...] = ()


class Rule(Answer):
    """A figure with where it comes from and from which day it holds."""

    rule_id: str
    value: int | str
    unit: str
    source: str
    article: str | None = None
    effective_from: date
    certainty: str
    own: bool = False
    settable: bool = False
    set_by: UUID | None = None


class CalendarDay(Answer):
    """A day that differs from the plain week, and who says so."""

    day: date
    kind: str
    source: str
    own: bool = False


class CalendarYear(Answer):
    """A year of the working calendar."""

    year: int
    provisional: bool
    days: tuple[CalendarDay, ...] = ()


class Bilingual(Answer):
    """Something with a name in both languages."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    code: str
    zh: str = Field(alias="zh-CN")
    en: str

    def named(self, language: Language) -> Choice:
        """Its code and its name in one language."""
        return Choice(code=self.code, label=self.zh if language == "zh-CN" else self.en)


class SubcategoryQuestion(Bilingual):
    """A question in both languages, as an administrator writes it."""

    type: str
    options: tuple[Bilingual, ...] = ()
    multiple: bool = False
    least: float | None = None
    most: float | None = None
    unit: str | None = None
    sensitive: bool = False

    def asked(self, language: Language) -> Question:
        """As whoever files is asked it."""
        return Question(
            **dict(self.named(language)),
            type=self.type,
            options=tuple(one.named(language) for one in self.options),
            multiple=self.multiple,
            unit=self.unit,
        )


class LawRow(Answer):
    """Where a kind of matter stands in the law, and for acts of which days."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    text: str
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")


class SubcategoryEntry(Bilingual):
    """What one may complain of, as an alliance's administrator reads it."""

    category: str
    path: str
    certainty: str
    then: str | None = None
    authorities: tuple[str, ...] = ()
    emergency: str = "never"
    call: str | None = None
    doer: str = "known"
    law: tuple[LawRow, ...] = ()
    questions: tuple[SubcategoryQuestion, ...] = ()
    evidence: tuple[str, ...] = ()
    off: bool = False
    version: int = 0

    def question(self, code: str) -> SubcategoryQuestion | None:
        """The question of that code."""
        return next((one for one in self.questions if one.code == code), None)


class SubcategoryVersion(Answer):
    """One version of it; the shipped one has nobody behind it."""

    entry: SubcategoryEntry
    set_at: datetime | None = None
