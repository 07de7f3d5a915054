"""A shop's own page: when it is open, who belongs to it, what concerns it and what was agreed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories
from services.portal.answers import CaseLine, DayHours, MediationDay, MediationLine, Occupant, PlaceFile
from services.portal.casefile.items import items
from services.portal.door import PageRoute
from services.portal.hours import WEEKDAYS
from services.portal.page import OwnPage, Page
from services.portal.pages.shop_hours import own_shop

router = APIRouter(route_class=PageRoute)

IN_FORCE = ("performing", "deserted", "performed")
"""Where a mediation stands once what was agreed in it took effect."""

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)
"""How long a promise that was not kept stays, and how far ahead one is shown: as long as the service looks at once."""


@dataclass(frozen=True)
class Agreed:
    """An agreement in force, and what is still owed of it."""

    matter: MediationLine
    promises: tuple[MediationDay, ...]


@router.get("/shops/{id}")
async def shop(page: OwnPage, id: UUID) -> Response:
    """For whoever trades there; what concerns the shop is what they may see of it themselves."""
    place = await own_shop(page, id)
    people, matters, labels = await asyncio.gather(
        items(page, "alliance", f"/v1/places/{id}/occupants"),
        items(page, "complaints", "/v1/cases", place_id=str(id), mine="true"),
        categories.labels(page),
    )
    cases = [CaseLine.model_validate(one) for one in matters]
    return page.html(
        "shop.html",
        shop=place,
        week=_week(place),
        people=[Occupant.model_validate(one) for one in people],
        cases=cases,
        agreed=await _agreed(page, {case.id for case in cases}),
        labels=labels,
    )


def _week(place: PlaceFile) -> list[tuple[int, list[DayHours]]]:
    by_day: dict[int, list[DayHours]] = {day: [] for day in WEEKDAYS}
    for one in sorted(place.weekly, key=lambda one: one.from_):
        by_day[one.weekday].append(one)
    return list(by_day.items())


async def _agreed(page: Page, cases: Iterable[UUID]) -> list[Agreed]:
    """Of these cases, what took effect."""
    of_shop = frozenset(cases)
    if not of_shop:
        return []
    listed, passed, to_come = await asyncio.gather(
        items(page, "mediation", "/v1/mediations", mine="true", limit="100"),
        items(page, "mediation", "/v1/days", **_period(page.today - A_YEAR, page.today - A_DAY)),
        items(page, "mediation", "/v1/days", **_period(page.today, page.today + A_YEAR)),
    )
    lines = [MediationLine.model_validate(one) for one in listed]
    owed = [
        day for one in (*passed, *to_come) if (day := MediationDay.model_validate(one)).what == "commitment"
    ]
    return [
        Agreed(line, tuple(day for day in owed if day.mediation_id == line.id))
        for line in lines
        if line.case_id in of_shop and line.status in IN_FORCE
    ]


def _period(first: date, last: date) -> dict[str, str]:
    return {"since": first.isoformat(), "until": last.isoformat()}
