"""What can be named in a step of a case: one's own evidence, and the officers a referral can be handed to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.portal import members
from services.portal.answers import Case, Evidence
from services.portal.dates import say_moment
from services.portal.members import Option
from services.portal.page import Page


def own_evidence(page: Page, case: Case, evidence: Iterable[Evidence]) -> list[Option]:
    """Files and readings of one's own side, by what they are, when, and a word; for the coordinator all."""
    is_staff = case.role_in_case == "coordinator"
    files = [
        _option(page, one.id, page.word("opt_kind", one.kind), one.taken_at or one.added_at, one.note)
        for one in evidence
        if one.added_at is not None and (is_staff or one.added_by == case.role_in_case)
    ]
    readings = [
        _option(page, one.id, page.say("reading"), one.measured_at, one.note)
        for one in case.readings
        if is_staff or one.added_by == case.role_in_case
    ]
    return files + readings


def files(page: Page, evidence: Iterable[Evidence]) -> list[Option]:
    """What an authority can be given to look at; whether it could betray somebody, the service says."""
    return [
        _option(page, one.id, page.word("opt_kind", one.kind), one.taken_at or one.added_at, one.note)
        for one in evidence
        if one.shown in ("withheld", "released") and one.kind not in ("child_words", "survey_slip")
    ]


async def officers(page: Page) -> list[Option]:
    """Whether it is their office, and whether they are concerned themselves, the service says."""
    roles = ("agency_officer", "court_liaison")
    found = await asyncio.gather(*(members.listed(page, role=role) for role in roles))
    return [
        (id, f"{name} · {page.word('role', role)}")
        for role, named in zip(roles, found, strict=True)
        for id, name in named
    ]


def _option(page: Page, id: UUID, name: str, at: datetime | None, note: str | None) -> Option:
    when = say_moment(at, page.language, page.today) if at else None
    return str(id), " · ".join(part for part in (name, when, note) if part)
