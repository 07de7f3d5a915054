"""What callers may send, by shape; what it means is decided further in."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.alliance import contact
from services.alliance.commands import Neighbour, NewOccupancy
from services.alliance.events import (
    AdjacencyKind,
    BusyHours,
    Clause,
    Count,
    CovenantAdopted,
    DayKind,
    Meeting,
    MeetingKind,
    OccupancyKind,
    OpenHours,
    PlaceKind,
    Side,
)
from shared.access.actor import Grant
from shared.contracts.alliance import Role
from shared.contracts.envelope import Code
from shared.ids import new_id
from shared.texts import Language


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("control characters")
    return text


def _email(text: str) -> str:
    return _contact("email", text)


def _phone(text: str) -> str:
    return _contact("phone", text)


def _contact(kind: str, text: str) -> str:
    parsed = contact.parse(text)
    if parsed is None or parsed.kind != kind:
        raise ValueError(f"no {kind}")
    return parsed.value


def _line(longest: int) -> object:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


Line = Annotated[str, _line(80), AfterValidator(_one_line)]
Name = Annotated[str, _line(40), AfterValidator(_one_line)]
Email = Annotated[str, _line(254), AfterValidator(_email)]
Phone = Annotated[str, _line(32), AfterValidator(_phone)]
Search = Annotated[str, _line(40), AfterValidator(_one_line)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AllianceForm(Form):
    """`contact` is one line that everybody reads, such as an office, its hours and its telephone."""

    name: Name
    contact: Annotated[str, _line(120), AfterValidator(_one_line)] | None = None


class PageQuery(Form):
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class AllianceQuery(PageQuery):
    q: Search | None = None


class PlaceQuery(PageQuery):
    kind: PlaceKind | None = None
    block_id: UUID | None = None
    building_id: UUID | None = None
    q: Search | None = None


class MemberQuery(PageQuery):
    role: Role | None = None
    place_id: UUID | None = None
    building_id: UUID | None = None
    """Who lives in that building today."""
    former: bool | None = None
    """Whether they hold no role any more."""
    q: Search | None = None


class CodeForm(Form):
    contact: Annotated[str, _line(254)]


class TokenForm(Form):
    contact: Annotated[str, _line(254)]
    code: Annotated[str, _line(32)]


class ContentForm(Form):
    """SHA-256 of what is to be signed, as it is shown beside the words."""

    content_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class IntentForm(ContentForm):
    code: Annotated[str, _line(32)]


class RefreshForm(Form):
    refresh_token: Annotated[str, _line(128)]


class NeighbourForm(Form):
    place_id: UUID
    kind: AdjacencyKind
    distance_m: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]

    @property
    def neighbour(self) -> Neighbour:
        return Neighbour(self.place_id, self.kind, self.distance_m)


class PlaceForm(Form):
    kind: PlaceKind
    name: Line
    parent_id: UUID | None = None
    trade: Code | None = None
    adjacent: Annotated[list[NeighbourForm], Field(max_length=50)] = []


class ChangedPlaceForm(Form):
    name: Line
    trade: Code | None = None


class BusyHoursForm(Form):
    """From and until a local time, HH:MM."""

    from_: Annotated[time, Field(alias="from")]
    to: time

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.from_.tzinfo or self.to.tzinfo or self.from_ >= self.to:
            raise ValueError("hours end after they start, in local time")
        return self

    @property
    def hours(self) -> BusyHours:
        return BusyHours(self.from_, self.to)


class OpenHoursForm(BusyHoursForm):
    """Every week on this day, Monday being 0."""

    weekday: Annotated[int, Field(ge=0, le=6)]

    @property
    def open_hours(self) -> OpenHours:
        return OpenHours(self.weekday, self.from_, self.to)


class ShopHoursForm(Form):
    """All there is of both: what is left out is said no more."""

    weekly: Annotated[list[OpenHoursForm], Field(max_length=50)] = []
    busy: Annotated[list[BusyHoursForm], Field(max_length=10)] = []


class OccupantQuery(Form):
    on: Day | None = None


class GrantForm(Form):
    role: Role
    place_id: UUID | None = None

    @property
    def grant(self) -> Grant:
        return Grant(self.role, self.place_id)


class OccupancyForm(Form):
    place_id: UUID
    kind: OccupancyKind
    trade: Code | None = None
    from_day: Day | None = None

    def occupancy(self, today: date) -> NewOccupancy:
        """From today on where no day is named."""
        return NewOccupancy(new_id(), self.place_id, self.kind, self.from_day or today, self.trade)


class ContactForm(Form):
    display_name: Name
    email: Email | None = None
    phone: Phone | None = None
    language: Language


class MemberForm(ContactForm):
    language: Language = "zh-CN"
    grants: Annotated[list[GrantForm], Field(min_length=1, max_length=10)]
    occupancies: Annotated[list[OccupancyForm], Field(max_length=20)] = []


class EndForm(Form):
    until_day: Day | None = None


class LeavingForm(Form):
    on: Day | None = None


class InvitationForm(Form):
    kind: OccupancyKind


class StrangerForm(Form):
    display_name: Name
    contact: Annotated[str, _line(254)]


class KinForm(Form):
    relative_id: UUID


Source = Annotated[str, _line(200), AfterValidator(_one_line)]


class CalendarDayForm(Form):
    kind: DayKind
    source: Source


class DayOfYearForm(Form):
    day: date
    kind: DayKind
    source: Source | None = None


class CalendarYearForm(Form):
    """The days that differ from what the calendar shipped says, all of them."""

    year: Annotated[int, Field(strict=True, ge=2004, le=2100)]
    source: Source = "国务院办公厅放假通知"
    days: Annotated[tuple[DayOfYearForm, ...], Field(min_length=1, max_length=366)]


class ClauseForm(Form):
    number: Annotated[int, Field(strict=True, ge=1, le=999)]
    text: Annotated[str, _line(500), AfterValidator(_one_line)]


class CountForm(Form):
    side: Side
    present: Annotated[int, Field(strict=True, ge=0, le=100_000)]
    in_favour: Annotated[int, Field(strict=True, ge=0, le=100_000)]


class MeetingForm(Form):
    kind: MeetingKind
    place: Line
    counts: Annotated[list[CountForm], Field(max_length=2)] = []


class CovenantForm(Form):
    """A version as the meeting adopted it, whole. Everybody reads it: no name and no number of anybody."""

    title: Line
    title_en: Line | None = None
    clauses: Annotated[list[ClauseForm], Field(min_length=1, max_length=100)]
    sides: Annotated[list[Side], Field(min_length=1, max_length=2)]
    adopted_on: Day
    meeting: MeetingForm
    in_force_from: Day
    filed_on: Day | None = None

    @property
    def adopted(self) -> CovenantAdopted:
        counts = tuple(Count(one.side, one.present, one.in_favour) for one in self.meeting.counts)
        return CovenantAdopted(
            self.title,
            self.title_en,
            tuple(Clause(one.number, one.text) for one in self.clauses),
            tuple(dict.fromkeys(self.sides)),
            self.adopted_on,
            Meeting(self.meeting.kind, self.meeting.place, counts),
            self.in_force_from,
            self.filed_on,
        )


class FollowingForm(Form):
    """What is said of the newest of so many versions."""

    follows: Annotated[int, Field(strict=True, ge=1)]


class NextCovenantForm(CovenantForm, FollowingForm):
    """The version after those."""


class FilingForm(FollowingForm):
    on: Day


class EndedCovenantForm(FollowingForm):
    on: Day
    reason: Source
