"""The Kafka door: what the other services say of an erasure, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from services.alliance.use_cases import erasing
from shared.access.door import Kit
from shared.contracts import complaints, mediation, notifications, topics
from shared.contracts.envelope import Envelope
from shared.contracts.erasure import Done, Weighed
from shared.messaging.subscription import Handler, Subscription
from shared.persistence.database import Connection


def subscriptions(kit: Kit) -> Sequence[Subscription]:
    """One group for the three of them."""

    def weighed_by(service: str) -> Handler:
        async def note(tx: Connection, event: Envelope[Weighed]) -> None:
            await erasing.note_weighed(tx, service, event.data, kit.clock.now())

        return note

    def erased_by(service: str) -> Handler:
        async def note(tx: Connection, event: Envelope[Done]) -> None:
            await erasing.note_erased(tx, service, event.data, kit.clock.now())

        return note

    return [
        Subscription(
            group="alliance",
            topics=(topics.COMPLAINTS, topics.MEDIATION, topics.NOTIFICATIONS),
            handlers={
                complaints.ErasureWeighed.TYPE: weighed_by("complaints"),
                mediation.ErasureWeighed.TYPE: weighed_by("mediation"),
                complaints.PersonErased.TYPE: erased_by("complaints"),
                mediation.PersonErased.TYPE: erased_by("mediation"),
                notifications.PersonErased.TYPE: erased_by("notifications"),
            },
        )
    ]
