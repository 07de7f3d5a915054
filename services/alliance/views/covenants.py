"""Covenants as everybody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from services.alliance.decisions.covenants import Covenant, Ended, Standing, current, standing
from services.alliance.events import CovenantAdopted, MeetingKind, Side
from services.alliance.mail import TEXTS
from services.alliance.storage.covenants import STATES
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.sheets import plain, sheet
from shared.texts import Language


class ClauseView(BaseModel):
    number: int
    text: str


class CountView(BaseModel):
    side: Side
    present: int
    in_favour: int


class MeetingView(BaseModel):
    kind: MeetingKind
    place: str
    counts: list[CountView]


class VersionView(BaseModel):
    number: int
    title: str
    title_en: str | None
    clauses: list[ClauseView]
    sides: list[Side]
    adopted_on: date
    meeting: MeetingView
    in_force_from: date
    filed_on: date | None


class CovenantSummary(BaseModel):
    """The version that holds today, without its clauses."""

    id: UUID
    alliance_id: UUID
    standing: Standing
    version: int
    title: str
    title_en: str | None
    clauses: int
    sides: list[Side]
    in_force_since: date
    """Since when there is the covenant; since when this version is in force, its own page says."""
    ended_on: date | None


class CovenantList(BaseModel):
    items: list[CovenantSummary]


class CovenantView(CovenantSummary):
    ended_because: str | None
    versions: list[VersionView]
    """The newest first."""


async def covenants(connection: Connection, alliance_id: UUID, today: date) -> CovenantList:
    """All of an alliance, those in force first, the others after them."""
    rows = await connection.fetch(
        "SELECT id, alliance_id, state_type, state FROM covenants WHERE alliance_id = $1 ORDER BY id",
        alliance_id,
    )
    order: Sequence[Standing] = ("in_force", "coming", "ended")
    items = [CovenantSummary(**_summary(row, _state(row), today)) for row in rows]
    return CovenantList(items=sorted(items, key=lambda one: order.index(one.standing)))


async def covenant(connection: Connection, covenant_id: UUID, today: date) -> CovenantView:
    """One with every version. Raises NotFound."""
    row = await connection.fetchrow(
        "SELECT id, alliance_id, state_type, state FROM covenants WHERE id = $1", covenant_id
    )
    if row is None:
        raise NotFound
    state = _state(row)
    versions = [_version(number, one) for number, one in enumerate(state.versions, 1)]
    return CovenantView(
        **_summary(row, state, today),
        ended_because=state.reason if isinstance(state, Ended) else None,
        versions=versions[::-1],
    )


def covenant_table(found: CovenantList, language: Language) -> str:
    """The same as a table."""
    columns = ("title", "standing", "version", "clauses", "sides", "since", "ended_on")
    heads = [TEXTS(f"covenant_{column}", language) for column in columns]
    return sheet([heads, *(_row(one, language) for one in found.items)])


def _row(one: CovenantSummary, language: Language) -> list[object]:
    return [
        plain((one.title_en if language == "en" else None) or one.title),
        TEXTS(f"covenant_{one.standing}", language),
        one.version,
        one.clauses,
        TEXTS(f"covenant_{'_'.join(sorted(one.sides))}", language),
        one.in_force_since,
        one.ended_on,
    ]


def _state(row: asyncpg.Record) -> Covenant:
    return STATES.load(row["state_type"], row["state"])


def _summary(row: asyncpg.Record, state: Covenant, today: date) -> dict[str, object]:
    number = current(state, today)
    shown = state.versions[number - 1]
    return {
        "id": row["id"],
        "alliance_id": row["alliance_id"],
        "standing": standing(state, today),
        "version": number,
        "title": shown.title,
        "title_en": shown.title_en,
        "clauses": len(shown.clauses),
        "sides": list(shown.sides),
        "in_force_since": state.versions[0].in_force_from,
        "ended_on": state.on if isinstance(state, Ended) else None,
    }


def _version(number: int, one: CovenantAdopted) -> VersionView:
    meeting = one.meeting
    return VersionView(
        number=number,
        title=one.title,
        title_en=one.title_en,
        clauses=[ClauseView(number=clause.number, text=clause.text) for clause in one.clauses],
        sides=list(one.sides),
        adopted_on=one.adopted_on,
        meeting=MeetingView(
            kind=meeting.kind,
            place=meeting.place,
            counts=[
                CountView(side=count.side, present=count.present, in_favour=count.in_favour)
                for count in meeting.counts
            ],
        ),
        in_force_from=one.in_force_from,
        filed_on=one.filed_on,
    )
