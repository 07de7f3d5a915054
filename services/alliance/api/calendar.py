"""The working calendar: everybody in the alliance may read it, staff enter what the State Council announces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from services.alliance.api.forms import CalendarDayForm, CalendarYearForm
from services.alliance.api.wiring import alliance_of
from services.alliance.commands import CalendarCommand, Day, EnterYear, SetDay
from services.alliance.decisions.calendar import Calendar, kind_of
from services.alliance.events import DayKind
from services.alliance.storage import calendar as rows
from services.alliance.use_cases.calendar import set_calendar
from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, Kit, TheKit
from shared.calendar.working_days import SEED, WorkingCalendar, is_plain
from shared.charter import policy
from shared.clock import local_day
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/calendar", tags=["calendar"])

FIRST, LAST = date(2004, 1, 1), date(2100, 12, 31)
Year = Annotated[int, Field(ge=FIRST.year, le=LAST.year)]


class DayView(BaseModel):
    """A day that differs from the plain week, or was entered."""

    day: date
    kind: DayKind
    source: str
    own: bool
    set_by: UUID | None = None


class YearView(BaseModel):
    year: int
    provisional: bool
    """Nobody has entered the year yet: weekends rest and other days work until somebody does."""
    days: list[DayView]


@router.get("")
async def show_year(
    actor: CurrentActor, kit: TheKit, year: Annotated[Year | None, Query()] = None
) -> YearView:
    """A year's days that differ from the plain week; this year's if none is named."""
    async with kit.database.reading() as connection:
        return await _year(connection, actor, year or local_day(kit.clock.now()).year)


@router.put("/{day}", response_model=YearView)
async def set_day(
    day: Annotated[date, Path(ge=FIRST, le=LAST)],
    form: CalendarDayForm,
    actor: CurrentActor,
    once: DoOnce,
    kit: TheKit,
) -> Response:
    """One day. Clocks that have begun keep their day."""
    command = SetDay(Day(day, form.kind, form.source))
    return await once(lambda tx: _changed(tx, command, day.year, actor, kit))


@router.put("", response_model=YearView)
async def enter_year(form: CalendarYearForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """A whole year, after the State Council's notice; from then on its dates are no longer provisional."""
    days = tuple(Day(one.day, one.kind, one.source or form.source) for one in form.days)
    return await once(lambda tx: _changed(tx, EnterYear(form.year, days), form.year, actor, kit))


async def _changed(tx: Connection, command: CalendarCommand, year: int, actor: Actor, kit: Kit) -> YearView:
    await set_calendar(tx, command, actor, kit.clock.now())
    return await _year(tx, actor, year)


async def _year(connection: Connection, actor: Actor, year: int) -> YearView:
    alliance_id = alliance_of(actor)
    entered = await rows.read_calendar(connection, alliance_id)
    sources = await rows.sources(connection, alliance_id, year)
    calendar = _working(entered)
    days = []
    for day in _days_of(year):
        source, set_by = sources.get(day, (SEED, None))
        if day in sources or not is_plain(day, works=calendar.is_working(day)):
            known = policy.may_set(actor, "calendar")
            days.append(
                DayView(
                    day=day,
                    kind=kind_of(calendar, day),
                    source=source,
                    own=day in sources,
                    set_by=set_by if known else None,
                )
            )
    return YearView(year=year, provisional=calendar.is_provisional(year), days=days)


def _working(entered: Calendar) -> WorkingCalendar:
    return WorkingCalendar({day: kind == "works" for day, kind in entered.days.items()}, entered.years)


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
