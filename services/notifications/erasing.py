"""A person is erased: where they were reached and how they wished to be told; that they were told stays provable."""

from __future__ import annotations

from datetime import datetime

from services.notifications.storage import people
from shared.contracts import erasure, notifications
from shared.erasure.holding import Holding, PersonErased
from shared.erasure.storage import Person, was_answered
from shared.persistence.database import Connection


async def erase(tx: Connection, person: Person, now: datetime) -> PersonErased:
    """The tombstone on the contacts topic does part of it, before or after: whichever comes first."""
    await people.forget_contact(tx, person.member_id, alliance_id=person.alliance_id, told_at=now)
    homes = await people.forget_member(tx, person.member_id)
    once = int(not await was_answered(tx, person.erasure_id))
    counted = {"contact": once, "wishes": once, "occupancies": homes}
    return PersonErased(
        erasure.erased(counted),
        (erasure.Kept(what="notices_without_name", ground="proof_of_service"),),
    )


HOLDING = Holding(service="notifications", erase=erase, done=notifications.PersonErased)
