"""A small neighbourhood for the complaints service: its people, its places, and the rest of the bus played by hand.

Each town is an alliance of its own, so tests share a database and never meet.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from asyncpg import Record

from services.complaints import consumers, timers
from services.complaints.main import SERVICE
from services.complaints.settings import Settings
from shared.access.actor import Actor
from shared.contracts import alliance, mediation
from shared.contracts.complaints import Party
from shared.contracts.envelope import Contract, Envelope, decode
from shared.ids import new_id
from shared.persistence.timers import fire_next
from tests.support.http import Client, SetClock, client_of, settings_for
from tests.support.tokens import an_actor

FILED_AT = datetime(2026, 3, 12, 15, 52, tzinfo=UTC)
"""Thursday 12 March 2026, 23:52 in Shanghai: scenario 01."""

A_NOISY_BAR = {
    "category": "noise",
    "subcategory": "bar_music",
    "description": "后门天天开到一两点,低音炮咚咚咚的,床都在抖。",
}


@dataclass
class Town:
    """Everybody and everything of scenario 01."""

    http: Client
    clock: SetClock
    alliance_id: UUID
    lin: Client
    sun: Client
    ma: Client
    zhou: Client
    gu: Client
    xu: Client
    block: UUID
    building: UUID
    shop: UUID

    async def tell(self, told: Contract, *, event_id: UUID | None = None) -> None:
        """Another service's event arrives."""
        [subscription] = consumers.subscriptions(self.http.kit)
        event = Envelope(event_id or new_id(), "/services/tests", self.clock.now(), self.alliance_id, 1, told)
        async with self.http.kit.database.transaction() as tx:
            await subscription.handlers[told.TYPE](tx, event)

    async def register(self, person: Client) -> None:
        """The alliance tells of a member."""
        grants = tuple(alliance.Grant(role=one.role, place_id=one.place_id) for one in person.actor.grants)
        told = alliance.MemberRegistered(
            member_id=member_of(person), alliance_id=self.alliance_id, grants=grants
        )
        await self.tell(told)

    async def newcomer(self, *roles: str, place_id: UUID | None = None) -> Client:
        """Somebody else of the alliance."""
        person = self.http.as_(an_actor(*roles, alliance_id=self.alliance_id, place_id=place_id))
        await self.register(person)
        return person

    async def later(self, **by: float) -> None:
        """Time passes and the timers' worker does its work."""
        self.clock.advance(timedelta(**by))
        while await fire_next(self.http.kit.database, self.clock, timers.fire(self.http.kit)):
            pass

    async def file(self, by: Client | None = None, **more: Any) -> dict[str, Any]:
        """The receipt of a complaint of the bar; by 林佩珍 if not said otherwise."""
        form = {**A_NOISY_BAR, "place_id": str(self.shop), **more}
        return done(await (by or self.lin).post("/v1/cases", json=form), 201)

    async def accepted(self, **more: Any) -> str:
        """The id of a case that was taken on the next morning."""
        receipt = await self.file(**more)
        self.clock.advance(timedelta(hours=10))
        summary = {"shared_summary": "后门夜间低频音乐,影响周边住户休息"}
        return done(await self.zhou.post(f"/v1/cases/{receipt['id']}/accept", json=summary))["id"]

    async def answered(self, **more: Any) -> str:
        """The id of a case whose other side has answered."""
        case_id = await self.accepted(**more)
        answer = {"kind": "propose", "text": "十点以后关后门。"}
        done(await self.ma.post(f"/v1/cases/{case_id}/answer", json=answer))
        return case_id

    async def in_mediation(self, **more: Any) -> tuple[str, UUID]:
        """The ids of a case and of the mediation opened for it."""
        case_id, mediation_id = await self.answered(**more), uuid4()
        done(await self.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
        await self.mediation(
            mediation.MediationOpened, case_id, mediation_id, consent_until=date(2026, 3, 20)
        )
        return case_id, mediation_id

    async def mediation(
        self, kind: type[mediation.MediationEvent], case_id: str, mediation_id: UUID, **more: Any
    ) -> None:
        """A step of a mediation is told."""
        common = {
            "mediation_id": mediation_id,
            "case_id": case_id,
            "alliance_id": self.alliance_id,
            "reference": "SJ-TEST",
            "parties": (
                Party(member_id=member_of(self.lin), side="complainant"),
                Party(member_id=member_of(self.ma), side="respondent"),
            ),
        }
        await self.tell(kind(**{**common, **more}))

    async def told(self, case_id: str) -> list[Envelope]:
        """What left the service about a case, in order, as another service would read it."""
        rows = await self.rows(
            "SELECT headers, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", UUID(case_id)
        )
        return [_read(row) for row in rows]

    async def rows(self, sql: str, *args: Any) -> list[Record]:
        async with self.http.kit.database.reading() as connection:
            return await connection.fetch(sql, *args)


def _read(row: Record) -> Envelope:
    headers = [(name, value.encode()) for name, value in json.loads(row["headers"]).items()]
    return decode(headers, row["payload"])


def member_of(client: Client) -> UUID:
    assert client.actor.member_id is not None
    return client.actor.member_id


def done(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    """The answer's JSON, when it is the status expected."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


@asynccontextmanager
async def a_town(database_url: str, **settings: Any) -> AsyncIterator[Town]:
    """A town whose alliance has told the service of its people and places."""
    clock = SetClock(FILED_AT)
    alliance_id, block, building, shop = uuid4(), uuid4(), uuid4(), uuid4()

    def somebody(*roles: str, place_id: UUID | None = None) -> Actor:
        return an_actor(*roles, alliance_id=alliance_id, place_id=place_id)

    async with client_of(SERVICE, settings_for(Settings, database_url, **settings), clock=clock) as http:
        town = Town(
            http=http,
            clock=clock,
            alliance_id=alliance_id,
            lin=http.as_(somebody("resident")),
            sun=http.as_(somebody("resident")),
            ma=http.as_(somebody("merchant")),
            zhou=http.as_(somebody("coordinator")),
            gu=http.as_(somebody("mediator")),
            xu=http.as_(somebody("building_captain", place_id=building)),
            block=block,
            building=building,
            shop=shop,
        )
        await _register(town)
        yield town


async def _register(town: Town) -> None:
    common = {"alliance_id": town.alliance_id}
    await town.tell(
        alliance.PlaceRegistered(
            place_id=town.shop, kind="shop", block_id=town.block, building_id=town.building, **common
        )
    )
    for person in (town.lin, town.sun, town.ma, town.zhou, town.gu, town.xu):
        await town.register(person)
    await town.tell(
        alliance.OccupancyStarted(
            member_id=member_of(town.ma),
            occupancy_id=uuid4(),
            place_id=town.shop,
            kind="trades",
            from_day=date(2020, 1, 1),
            **common,
        )
    )
