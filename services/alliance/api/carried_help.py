"""Who must be carried out in an emergency: marked by consent, read by the captain of the building, every look kept."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.alliance import views
from services.alliance.api.forms import Form
from services.alliance.use_cases.carried_help import look_at_carried_help, set_carried_help
from shared.access.door import CurrentActor, TheKit
from shared.clock import local_day

router = APIRouter(prefix="/v1", tags=["carried help"])


class MarkForm(Form):
    """`consent`: how whoever is to be carried agreed, where the captain marks it for them."""

    needed: bool
    consent: Literal["told_in_person", "phone", "written"] | None = None


class LookForm(Form):
    """For which case, where there is one."""

    case_id: UUID | None = None


@router.get("/me/carried-help")
async def own(actor: CurrentActor, kit: TheKit) -> views.OwnCarriedHelp:
    """The own homes, whether they are marked, and when somebody looked."""
    async with kit.database.reading() as connection:
        return await views.own_carried_help(connection, actor.member_id, local_day(kit.clock.now()))


@router.put("/places/{id}/carried-help", status_code=204)
async def mark(id: UUID, form: MarkForm, actor: CurrentActor, kit: TheKit) -> Response:
    """Said twice it is said once; no answer is kept beside the mark, which is gone when it is cleared."""
    async with kit.database.transaction() as tx:
        await set_carried_help(tx, id, form.consent, actor, kit.clock.now(), needed=form.needed)
    return Response(status_code=204)


@router.post("/places/{id}/carried-help/looks")
async def look(id: UUID, form: LookForm, actor: CurrentActor, kit: TheKit) -> views.CarriedHelp:
    """The marked homes of a building, at the price of a line in its record."""
    async with kit.database.transaction() as tx:
        return await look_at_carried_help(tx, id, form.case_id, actor, kit.clock.now())
