"""One's own calendar: sessions, last days, visits and promises, day by day; for mediators a week at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories
from services.portal.answers import CaseDay, MediationDay
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page
from services.portal.proxy import file_of

router = APIRouter(route_class=PageRoute)

LOOKED_BACK = timedelta(days=90)
"""How long a promise that was not kept stays on the calendar."""

WEEK = timedelta(days=7)
Day = tuple[date, list[CaseDay | MediationDay]]


@router.get("/calendar")
async def calendar(page: OwnPage) -> Response:
    """Everything that lies ahead, the next day first; what is late in front."""
    of_cases, of_mediations = await asyncio.gather(
        page.get_if_there("complaints", "/v1/days"),
        page.get_if_there("mediation", "/v1/days", since=(page.today - LOOKED_BACK).isoformat()),
    )
    days: list[CaseDay | MediationDay] = [
        *(CaseDay.model_validate(one) for one in (of_cases or {}).get("items", ())),
        *(MediationDay.model_validate(one) for one in (of_mediations or {}).get("items", ())),
    ]
    return page.html(
        "calendar.html",
        days=_by_day(one for one in days if one.on >= page.today or one.what != "session"),
        labels=await categories.labels(page),
    )


@router.get("/calendar/week")
async def week(page: OwnPage, since: date | None = None) -> Response:
    """A week of sessions and promises, Monday to Sunday."""
    monday = _monday(since or page.today)
    sunday = monday + WEEK - timedelta(days=1)
    answer = await page.get("mediation", "/v1/days", since=monday.isoformat(), until=sunday.isoformat())
    found = dict(_by_day(MediationDay.model_validate(one) for one in answer["items"]))
    return page.html(
        "week.html",
        days=[(day, found.get(day, [])) for day in (monday + timedelta(days=number) for number in range(7))],
        before=monday - WEEK,
        after=monday + WEEK,
    )


@router.get("/calendar/{mediation_id}.ics")
async def session_file(page: OwnPage, mediation_id: UUID) -> Response:
    """One session for the calendar of the telephone."""
    return file_of(await page.open("mediation", f"/v1/mediations/{mediation_id}/calendar.ics"))


async def todays_sessions(page: Page) -> list[MediationDay]:
    """What somebody comes to today."""
    today = page.today.isoformat()
    answer = await page.get_if_there("mediation", "/v1/days", since=today, until=today)
    days = [MediationDay.model_validate(one) for one in answer["items"]] if answer else []
    return [day for day in days if day.what == "session"]


def _by_day(days: Iterable[CaseDay | MediationDay]) -> list[Day]:
    ordered = sorted(days, key=lambda one: one.on)
    return [(day, list(several)) for day, several in groupby(ordered, key=lambda one: one.on)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
