"""What the writing endpoints share: a command, done once, answered with a receipt in the caller's language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Response

from services.complaints import use_cases, views
from services.complaints.answers import Receipt
from services.complaints.commands import Command
from services.complaints.use_cases import Done
from shared.access import intents
from shared.access.actor import Intent
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, TheKit, intent_in
from shared.persistence.database import Connection


class Asking:
    """One signed-in caller's write."""

    def __init__(self, actor: CurrentActor, once: DoOnce, kit: TheKit, language: CurrentLanguage) -> None:
        self.actor = actor
        self.language = language
        self._once = once
        self._clock = kit.clock
        self._kit = kit

    def now(self) -> datetime:
        """The time of the write."""
        return self._clock.now()

    async def once(self, work: Callable[[Connection], Awaitable[Any]], *, status: int = 200) -> Response:
        """Does `work`, which has an answer of its own, once."""
        return await self._once(work, status=status)

    async def command(self, command: Command, *, status: int = 200) -> Response:
        """Handles a command that needs nothing but its case."""
        return await self.case(lambda tx, now: use_cases.handle(tx, command, self.actor, now), status=status)

    async def meant(self, proof: str | None, make: Callable[[Intent | None], Command]) -> Response:
        """The same, where it may bind whoever asks: a proof that comes along has to be their own."""
        intent = await intent_in(proof, self._kit) if proof is not None else None

        def own() -> Intent | None:
            return None if proof is None else intents.own(intents.good(intent), self.actor.member_id)

        return await self.case(lambda tx, now: use_cases.handle(tx, make(own()), self.actor, now))

    async def case(
        self,
        work: Callable[[Connection, datetime], Awaitable[Done]],
        *,
        next_step: Callable[[Done], str] | None = None,
        status: int = 200,
    ) -> Response:
        """Does `work` once; `next_step` says what comes next where the case's status alone does not."""

        async def receipt(tx: Connection) -> Receipt:
            done = await work(tx, self._clock.now())
            return views.receipt(done, self.language, next_step=next_step(done) if next_step else None)

        return await self._once(receipt, status=status)


async def _asking(actor: CurrentActor, once: DoOnce, kit: TheKit, language: CurrentLanguage) -> Asking:
    return Asking(actor, once, kit, language)


Ask = Annotated[Asking, Depends(_asking)]
