"""A proof is read before the transaction opens: keys that have to be fetched for it hold nobody up in the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest
from fastapi import Response
from joserfc.jwk import KeySet

from services.complaints.api.asking import Asking
from services.complaints.commands import ConsentToExtension
from services.mediation.api.desk import Desk
from services.mediation.commands import SignAgreement
from shared.access.actor import Intent
from shared.access.door import Kit, Once
from shared.access.tokens import TokenVerifier
from shared.settings import ServiceSettings
from tests.support.http import SetClock
from tests.support.tokens import KEY, an_actor, proof_for

NOW = datetime(2026, 3, 12, 15, 52, tzinfo=UTC)
WORDS = "ab" * 32
AGREEMENT = UUID(int=1)


class Door:
    """A database and the keys' owner in one: it writes down in which order they are asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def keys(self) -> Any:
        self.asked.append("keys")
        return KeySet([KEY])

    async def once(self, work: Callable[[Any], Awaitable[Any]], *, status: int = 200) -> Response:
        self.asked.append("transaction")
        return Response(status_code=status)

    @property
    def kit(self) -> Kit:
        clock, verifier = SetClock(NOW), TokenVerifier(self.keys)
        return Kit(cast("Any", None), clock, verifier, cast("ServiceSettings", None))


@pytest.mark.parametrize("door", ["mediation", "complaints"])
async def test_keys_are_fetched_before_the_transaction(door: str) -> None:
    me, here = an_actor("resident"), Door()
    proof, once = proof_for(me, WORDS, now=NOW), cast("Once", here.once)
    if door == "mediation":

        def sign(there: UUID, intent: Intent) -> SignAgreement:
            return SignAgreement(there, AGREEMENT, AGREEMENT, WORDS, intent)

        await Desk(me, "en", once, here.kit).handle_meant(cast("Any", None), proof, sign)
    else:
        asking = Asking(me, once, here.kit, "en")
        await asking.meant(proof, lambda _: ConsentToExtension(AGREEMENT))
    assert here.asked == ["keys", "transaction"]
