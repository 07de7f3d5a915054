"""People and places the service is told of, and the steps they take through its own doors."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.mediation import consumers, timers
from shared.access.actor import Actor
from shared.clock import SHANGHAI
from shared.contracts import alliance, complaints
from shared.contracts.envelope import Contract, Envelope, decode
from shared.ids import new_id, new_reference
from shared.persistence.timers import fire_next
from tests.support.http import Client, SetClock
from tests.support.tokens import an_actor, proof_for

ALL_WEEK = [{"weekday": day, "from": "09:00", "to": "20:00"} for day in range(7)]
LONG_AGO = date(2020, 1, 1)


@dataclass
class Neighbourhood:
    """One alliance with its cast. Names are those of the scenarios."""

    client: Client
    clock: SetClock
    alliance_id: UUID = field(default_factory=uuid4)
    building_3: UUID = field(default_factory=uuid4)
    building_6: UUID = field(default_factory=uuid4)
    bar: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.lin = self.somebody("resident")
        self.ma = self.somebody("merchant")
        self.gu = self.somebody("mediator")
        self.han = self.somebody("mediator")
        self.shen = self.somebody("mediator", "resident")
        self.zhou = self.somebody("coordinator")

    def somebody(self, *roles: str) -> Actor:
        return an_actor(*roles, alliance_id=self.alliance_id)

    async def settle(self) -> None:
        """Lin lives in 6号, Ma trades in 3号, Shen lives in 3号 (a conflict), Gu and Han live outside."""
        await self.tell(self.registered_place(self.bar, self.building_3))
        for member in (self.lin, self.ma, self.gu, self.han, self.shen, self.zhou):
            await self.tell(self.registered(member))
        await self.tell(self.occupied(self.lin, uuid4(), self.building_6, "lives"))
        await self.tell(self.occupied(self.ma, self.bar, self.building_3, "trades", "bar"))
        await self.tell(self.occupied(self.shen, uuid4(), self.building_3, "lives"))
        for mediator in (self.gu, self.han, self.shen):
            answer = await self.put(mediator, "/v1/mediators/me/availability", {"weekly": ALL_WEEK})
            assert answer.status_code == 200, answer.text
        await self.open_room("R1")

    async def open_room(self, code: str) -> None:
        answer = await self.put(self.zhou, f"/v1/rooms/{code}", {"name": "调解室", "weekly": ALL_WEEK})
        assert answer.status_code == 200, answer.text

    def registered_place(self, place_id: UUID, building_id: UUID, **more: Any) -> Contract:
        return alliance.PlaceRegistered(
            place_id=place_id, alliance_id=self.alliance_id, kind="shop", building_id=building_id, **more
        )

    def registered(self, member: Actor, **more: Any) -> Contract:
        grants = tuple(alliance.Grant(role=grant.role) for grant in member.grants)
        return alliance.MemberRegistered(
            member_id=member.member_id, alliance_id=self.alliance_id, grants=grants, **more
        )

    def occupied(
        self, member: Actor, place_id: UUID, building_id: UUID, kind: str, trade: str | None = None
    ) -> alliance.OccupancyStarted:
        return alliance.OccupancyStarted(
            member_id=member.member_id,
            alliance_id=self.alliance_id,
            occupancy_id=uuid4(),
            place_id=place_id,
            building_id=building_id,
            kind=kind,
            trade=trade,
            from_day=LONG_AGO,
        )

    async def tell(self, contract: Contract) -> None:
        """An event as the consumer loop would hand it over: through its bytes, in a transaction of its own."""
        sent = Envelope(new_id(), "/services/test", self.clock.now(), contract.alliance_id, 1, contract)
        headers = [(name, value.encode()) for name, value in sent.headers().items()]
        received = decode(headers, sent.value())
        [subscription] = consumers.subscriptions(self.client.kit)
        async with self.client.kit.database.transaction() as tx:
            await subscription.handlers[contract.TYPE](tx, received)

    def routed(self, case_id: UUID | None = None, **more: Any) -> complaints.CaseRouted:
        about = self.case(case_id, stage="deliberate", status="routed")
        usual = {"path": "mediation", "identity": "named", "place_id": self.bar}
        return complaints.CaseRouted(**(about | usual | more))

    def case(self, case_id: UUID | None = None, **more: Any) -> dict[str, Any]:
        parties = (
            complaints.Party(member_id=self.lin.member_id, side="complainant"),
            complaints.Party(member_id=self.ma.member_id, side="respondent"),
        )
        return {
            "case_id": case_id or uuid4(),
            "alliance_id": self.alliance_id,
            "reference": new_reference(),
            "category": "noise",
            "subcategory": "bar_music",
            "parties": parties,
            **more,
        }

    async def get(self, actor: Actor, path: str, **more: Any) -> httpx.Response:
        return await self.client.as_(actor).get(path, **more)

    async def put(self, actor: Actor, path: str, body: Any) -> httpx.Response:
        return await self.client.as_(actor).put(path, json=body)

    async def post(self, actor: Actor, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.client.as_(actor).post(path, json=body or {}, **more)

    def meant(self, by: Actor, content_hash: str, **more: Any) -> dict[str, Any]:
        """What is sent with a signature under those words: that they gave the code mailed to them just now."""
        proof = proof_for(by, content_hash, now=self.clock.now())
        return {"content_hash": content_hash, "proof": proof, **more}

    async def opened(self, case_id: UUID | None = None, **more: Any) -> Case:
        """A case routed to mediation, and the mediation found by its case."""
        event = self.routed(case_id, **more)
        await self.tell(event)
        listed = await self.get(self.zhou, "/v1/mediations", params={"case_id": str(event.case_id)})
        return Case(self, event.case_id, UUID(listed.json()["items"][0]["id"]))

    async def fire_timers(self) -> None:
        """Fires what is due by the story's clock, in this and in every other test's story."""
        kit = self.client.kit
        while await fire_next(kit.database, self.clock, timers.fire(kit)):
            pass

    async def rows(self, sql: str, *arguments: Any) -> list[Any]:
        async with self.client.kit.database.reading() as connection:
            return list(await connection.fetch(sql, *arguments))


@dataclass
class Case:
    """One mediation, and what its people do in it."""

    hill: Neighbourhood
    case_id: UUID
    id: UUID

    async def view(self, actor: Actor) -> dict[str, Any]:
        answer = await self.hill.get(actor, f"/v1/mediations/{self.id}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def ask(self, actor: Actor, command: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.hill.post(actor, f"/v1/mediations/{self.id}/{command}", body, **more)

    async def do(self, actor: Actor, command: str, body: Any = None) -> dict[str, Any]:
        return _done(await self.ask(actor, command, body))

    async def on_agreement(self, actor: Actor, command: str, body: Any = None) -> httpx.Response:
        agreement = (await self.view(self.hill.zhou))["agreement"]
        return await self.hill.post(actor, f"/v1/agreements/{agreement['id']}/{command}", body)

    async def on_commitment(
        self, actor: Actor, number: int, command: str, body: Any = None
    ) -> httpx.Response:
        commitment = (await self.view(self.hill.zhou))["agreement"]["commitments"][number]
        return await self.hill.post(actor, f"/v1/commitments/{commitment['id']}/{command}", body)

    async def consented(self) -> Case:
        for party in (self.hill.lin, self.hill.ma):
            await self.do(party, "consent")
        return self

    async def led(self, mediator: Actor | None = None) -> Case:
        mediator = mediator or self.hill.gu
        await self.consented()
        await self.do(self.hill.zhou, "nominate", {"mediator_id": str(mediator.member_id)})
        await self.do(mediator, "take")
        return self

    async def answered(self, mediator: Actor | None = None) -> Case:
        await self.led(mediator)
        await self.do(mediator or self.hill.gu, "slots")
        for party in (self.hill.lin, self.hill.ma):
            slots = (await self.view(party))["slots"]
            said = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]
            await self.do(party, "answers", {"answers": said})
        return self

    async def scheduled(self) -> Case:
        await self.answered()
        slots = (await self.view(self.hill.gu))["slots"]
        await self.do(self.hill.gu, "schedule", {"slot_id": slots[0]["slot_id"]})
        return self

    async def held(self) -> Case:
        await self.scheduled()
        session = (await self.view(self.hill.gu))["session"]
        starts_at = datetime.fromisoformat(session["starts_at"])
        self.hill.clock.advance(starts_at - self.hill.clock.now())
        await self.do(self.hill.gu, "minutes", {"text": "双方谈了后门"})
        return self

    async def drafted(self, **more: Any) -> Case:
        await self.held()
        await self.do(self.hill.gu, "agreement", self.draft() | more)
        return self

    def draft(self) -> dict[str, Any]:
        today = self.hill.clock.now().astimezone(SHANGHAI).date()
        return {
            "form": "written",
            "facts": "后门夜间开着",
            "terms": "十点后关门,先走平台",
            "commitments": [
                _promise("respondent", "后门22点后关闭", today + timedelta(days=3)),
                _promise("complainant", "再有情况先走平台", today + timedelta(days=14)),
            ],
        }

    async def signed(self, **more: Any) -> Case:
        await self.drafted(**more)
        for party in (self.hill.lin, self.hill.ma):
            named = (await self.view(party))["agreement"]["content_hash"]
            _done(await self.on_agreement(party, "sign", self.hill.meant(party, named)))
        return self

    async def in_effect(self) -> Case:
        await self.signed()
        for official in (self.hill.gu, self.hill.zhou):
            _done(await self.on_agreement(official, "mark"))
        return self

    async def told(self) -> list[dict[str, Any]]:
        """What left for Kafka about this case, in order: `type`, `headers` and `data` of each event."""
        rows = await self.hill.rows(
            "SELECT type, headers, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", self.case_id
        )
        return [
            {
                "type": row["type"].removeprefix("cn.shangju.mediation.").removesuffix(".v1"),
                "headers": json.loads(row["headers"]),
                "data": json.loads(row["payload"]),
            }
            for row in rows
        ]

    async def types_told(self) -> list[str]:
        """Without the marks beside them that a word is owed no more, which are told to nobody."""
        return [event["type"] for event in await self.told() if event["type"] != "word_settled"]


def _promise(side: str, what: str, due_on: date) -> dict[str, Any]:
    return {"owner_side": side, "what": what, "measure": "照片", "due_on": due_on.isoformat()}


def _done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
