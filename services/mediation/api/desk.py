"""What every door of mediation has in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Response
from pydantic import BaseModel

from services.mediation import commands as asked
from services.mediation import policy, use_cases
from services.mediation.state import Opened, Scheduled
from services.mediation.storage.charters import CHARTERS
from services.mediation.views import rooms
from services.mediation.views.mediation import receipt
from services.mediation.views.models import Receipt
from shared.access import intents
from shared.access.actor import Actor, Intent
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, Once, TheKit, intent_in
from shared.persistence.checkpoints import proof_of
from shared.persistence.database import Connection
from shared.texts import Language

T = TypeVar("T")
Find = Callable[[Connection, Actor], Awaitable[UUID]]


class Listing(BaseModel, Generic[T]):
    """All there is; a handful."""

    items: list[T]


class Page(BaseModel, Generic[T]):
    """A part of a longer list."""

    items: list[T]
    next_cursor: str | None


@dataclass(frozen=True)
class Desk:
    """What every write at this door has in common: who asks, when, once only, answered with a receipt."""

    actor: Actor
    language: Language
    once: Once
    kit: Kit

    @property
    def me(self) -> UUID:
        return policy.member(self.actor)

    async def handle(self, command: asked.Command) -> Response:
        """For commands that need nothing but the mediation's own state."""
        return await self.answer(lambda tx, now: use_cases.handle(tx, command, self.actor, now))

    async def handle_there(self, find: Find, make: Callable[[UUID], asked.Command]) -> Response:
        """The same, where the mediation is found by its agreement or commitment."""

        async def found(tx: Connection, now: datetime) -> Opened:
            return await use_cases.handle(tx, make(await find(tx, self.actor)), self.actor, now)

        return await self.answer(found)

    async def handle_meant(
        self, find: Find, proof: str, make: Callable[[UUID, Intent], asked.Command]
    ) -> Response:
        """The same, where it is meant to bind: whether the proof is good comes first, so that it tells nothing of what
        is there.
        """
        intent = await intent_in(proof, self.kit)

        async def found(tx: Connection, now: datetime) -> Opened:
            meant = intents.good(intent)
            return await use_cases.handle(tx, make(await find(tx, self.actor), meant), self.actor, now)

        return await self.answer(found)

    async def answer(self, work: Callable[[Connection, datetime], Awaitable[Opened]]) -> Response:
        now = self.kit.clock.now()

        async def receipted(tx: Connection) -> Receipt:
            done = await work(tx, now)
            charter = await CHARTERS.current(tx, done.matter.alliance_id)
            proof = await proof_of(tx, "mediation", done.matter.mediation_id)
            names = await rooms.names(tx, done.matter.alliance_id) if isinstance(done, Scheduled) else {}
            return receipt(
                self.actor,
                done,
                now,
                self.language,
                proof=proof,
                calendar=charter.calendar,
                rooms=names,
            )

        return await self.once(receipted)


async def _desk(actor: CurrentActor, language: CurrentLanguage, once: DoOnce, kit: TheKit) -> Desk:
    return Desk(actor, language, once, kit)


TheDesk = Annotated[Desk, Depends(_desk)]
