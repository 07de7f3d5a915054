"""One's own data: the copy everybody may ask for at any time (PIPL art. 45)."""

from __future__ import annotations

from fastapi import APIRouter

from services.complaints import answers, policy, storage, views
from services.complaints.words import Self
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()


@router.get("/v1/me/data")
async def show_own_data(actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> answers.OwnData:
    """What is held here of whoever asks. Of an anonymous matter nothing is held of anybody."""
    if actor.member_id is None:
        raise NotAllowed
    async with kit.database.reading() as connection:
        cases = await storage.cases_of_member(connection, actor.member_id)
        asked = await storage.inquiries_for(connection, actor.member_id)
        filters = await storage.kept_filters(connection, actor.member_id)
        matters = [
            one for case in cases if (one := await _matter(connection, case, actor, language)) is not None
        ]
    return answers.OwnData(
        matters=matters,
        asked=views.asked_of(asked, actor.member_id),
        filters=[answers.KeptFilter(name=name, filter=chosen) for name, chosen in filters],
    )


async def _matter(
    connection: Connection, stored: storage.Stored, actor: Actor, language: Language
) -> answers.OwnMatter | None:
    """None where they may not know of it: it was not accepted yet."""
    by = policy.standing(actor, stored.aggregate.alliance_id, stored.case, stored.people)
    if by is None or by.party_id is None:
        return None
    who = Self.of(stored.people.parties_of(actor.member_id), stored.case.file)
    steps = await storage.steps_of(connection, stored.aggregate.id)
    return views.own_matter(stored.case, by, who, steps, language)
