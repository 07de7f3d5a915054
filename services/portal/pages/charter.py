"""What an alliance is called and lives by: its rules and its working calendar, changed with a reason."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Response

from services.portal import alliances, keeping
from services.portal.answers import CalendarYear, Rule
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, day_in, required
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, Segment, SentForm

router = APIRouter(route_class=PageRoute)

Counting = Literal["complaints", "mediation", "notifications"]
"""The services that have rules."""

SERVICES: tuple[Counting, ...] = ("complaints", "mediation", "notifications")


@router.get("/alliance")
async def overview(page: OwnPage) -> Response:
    """Everything those who run an alliance keep, in one place."""
    _, typed = page.take_up()
    return await _overview(page, typed)


@router.post("/alliance/rename")
async def rename(page: OwnPage, form: SentForm) -> Response:
    """What it is called and how it is reached, for everybody to read."""
    keeping.require_staff(page)
    try:
        required(form, "name")
        body = {"name": form["name"], "contact": form["contact"] or None}
        await page.send("alliance", alliances.address(page), body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _overview(page, form, error)
    return await keeping.kept(page, "/alliance")


@router.get("/alliance/rules")
async def rules(page: OwnPage) -> Response:
    """Every figure in force, by the service that counts by it."""
    keeping.require_staff(page)
    answers = await asyncio.gather(*(page.get_if_there(service, "/v1/rules") for service in SERVICES))
    return page.html(
        "rules.html",
        groups=[
            (service, [Rule.model_validate(one) for one in answer["items"]])
            for service, answer in zip(SERVICES, answers, strict=True)
            if answer
        ],
    )


@router.get("/alliance/rules/{service}/{rule_id}")
async def rule(page: OwnPage, service: Counting, rule_id: Segment) -> Response:
    """All its rows, past and coming ones too."""
    _, typed = page.take_up()
    return await _rule_page(page, service, rule_id, typed)


@router.post("/alliance/rules/{service}/{rule_id}")
async def set_rule(page: OwnPage, service: Counting, rule_id: Segment, form: SentForm) -> Response:
    """A row of the alliance's own from a day on; the reason stands in it for ever."""
    try:
        required(form, "value", "source")
        body = {
            "value": _value(form["value"]),
            "effective_from": day_in(form, "effective_from"),
            "source": form["source"],
        }
        await page.send(service, f"/v1/rules/{rule_id}", body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _rule_page(page, service, rule_id, form, error)
    return await keeping.kept(page, f"/alliance/rules/{service}/{rule_id}")


@router.get("/alliance/calendar")
async def calendar(page: OwnPage, year: int | None = None) -> Response:
    """The days that differ from the plain week, each with who says so."""
    _, typed = page.take_up()
    return await _calendar_page(page, year or page.today.year, typed)


@router.post("/alliance/calendar")
async def set_day(page: OwnPage, form: SentForm) -> Response:
    """One day; clocks that have begun keep theirs."""
    try:
        required(form, "kind", "source")
        day = day_in(form, "day")
        body = {"kind": form["kind"], "source": form["source"]}
        await page.send("alliance", f"/v1/calendar/{day}", body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _calendar_page(page, page.today.year, form, error)
    return await keeping.kept(page, f"/alliance/calendar?year={day[:4]}")


def _value(typed: str) -> Any:
    """A figure as such, a time of day as it is written; which one fits, the service says."""
    return int(typed) if typed.isascii() and typed.isdigit() else typed


async def _overview(page: Page, typed: Form | None = None, error: Refusal | None = None) -> Response:
    keeping.require_staff(page)
    alliance = await alliances.own(page)
    return await keeping.shown(
        page, "alliance.html", typed, error, alliance=alliance, tried="rename" if typed else ""
    )


async def _rule_page(
    page: Page, service: Counting, rule_id: str, typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    answer = await page.get(service, f"/v1/rules/{rule_id}")
    return await keeping.shown(
        page,
        "rule.html",
        typed or Form({"effective_from": [page.today.isoformat()]}),
        error,
        service=service,
        rule_id=rule_id,
        rows=[Rule.model_validate(one) for one in answer["items"]],
    )


async def _calendar_page(
    page: Page, year: int, typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    answer = await page.get("alliance", "/v1/calendar", year=str(year))
    return await keeping.shown(
        page, "calendar_days.html", typed, error, calendar=CalendarYear.model_validate(answer)
    )
