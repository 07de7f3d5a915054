"""One run: start, drive, break, mend, wait, check."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.demo.telling import world_of
from cli.demo.world import at, working_day
from tests.faults.checks import Check, check_all
from tests.faults.injecting import at_rest, inject
from tests.faults.site import Town, town
from tests.faults.traffic import Ledger, traffic

DAY = 9


@dataclass(frozen=True)
class Outcome:
    """What was done to the system and by whom, and what the checks say."""

    seed: int
    faults: Counter[str]
    ledger: Ledger
    mails: Counter[str]
    checks: list[Check]

    @property
    def holds(self) -> bool:
        return not any(check.breaks for check in self.checks)

    def document(self) -> dict[str, Any]:
        """As it is printed."""
        return {
            "seed": self.seed,
            "holds": self.holds,
            "faults": dict(self.faults),
            "filed": len(self.ledger.filed),
            "brought": len(self.ledger.brought),
            "brought_again_after": dict(self.ledger.put_off),
            "story": dict(self.ledger.stories),
            "broken_off": self.ledger.broken_off,
            "mail_server": dict(self.mails),
            "checks": {
                check.name: {"counted": check.counted, "breaks": len(check.breaks), "first": check.breaks[:5]}
                for check in self.checks
            },
        }


async def run(home: Path, *, seconds: float, seed: int, only: frozenset[str] = frozenset()) -> Outcome:
    """The same seed draws the same faults, mails' fates and filings; how they meet is the machine's."""
    dice = random.Random(seed)
    async with town(home, random.Random(dice.random())) as there:
        ledger, over = Ledger(), asyncio.Event()
        await _by_day(there)
        using = asyncio.create_task(traffic(there.where, ledger, random.Random(dice.random()), over))
        try:
            breaking = inject(there, random.Random(dice.random()), seconds=seconds, only=only)
            faults = await _unless_traffic_ends(breaking, using)
            over.set()
            await at_rest(there)
            await using
        finally:
            using.cancel()
        await _by_day(there)
        checks = await check_all(there.where, ledger, there.mail.ambiguous)
        return Outcome(seed, faults, ledger, there.mail.manners, checks)


async def _unless_traffic_ends(breaking: Any, using: asyncio.Task[None]) -> Counter[str]:
    """People who give up are a finding of their own: their error ends the run."""
    work = asyncio.create_task(breaking)
    await asyncio.wait({work, using}, return_when=asyncio.FIRST_COMPLETED)
    if using.done():
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        using.result()
    return await work


async def _by_day(there: Town) -> None:
    """Mails wait at night."""
    async with world_of(there.where) as world:
        world.wait_until(at(working_day(world.today, 1), DAY))
