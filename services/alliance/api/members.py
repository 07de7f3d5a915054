"""Members: everybody reads themselves and who mediates, staff keep the register."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from services.alliance import policy, views
from services.alliance.api.forms import (
    ContactForm,
    EndForm,
    GrantForm,
    KinForm,
    LeavingForm,
    MemberForm,
    MemberQuery,
    OccupancyForm,
)
from services.alliance.api.wiring import alliance_of
from services.alliance.commands import (
    ChangeContact,
    Command,
    DeclareKin,
    EndMembership,
    EndOccupancy,
    GrantRole,
    RegisterMember,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.use_cases.register import handle
from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, Kit, TheKit
from shared.access.problem import NotSignedIn
from shared.clock import local_day
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1", tags=["members"])

Number = Annotated[str, Path(pattern="^[0-9a-f]{12}$")]


@router.get("/me")
async def me(actor: CurrentActor, kit: TheKit) -> views.Me:
    async with kit.database.reading() as connection:
        found = await views.me(connection, actor.member_id, local_day(kit.clock.now()))
    if found is None:
        raise NotSignedIn
    return found


@router.get("/members")
async def members(
    actor: CurrentActor, kit: TheKit, asked: Annotated[MemberQuery, Query()]
) -> views.MemberPage | views.NamePage:
    sight = policy.sight_of_list(actor, asked.role, asked.building_id)
    wanted = views.MemberFilter(asked.role, asked.place_id, asked.q, asked.building_id, asked.former)
    today, page = local_day(kit.clock.now()), views.Page(asked.cursor, asked.limit)
    async with kit.database.reading() as connection:
        found = await views.members(connection, actor.alliance_id, wanted, today, page)
    return found if sight is policy.Sight.WHOLE else views.names_of(found)


@router.get("/members/numbers/{number}")
async def numbered(number: Number, actor: CurrentActor, kit: TheKit) -> views.MemberNumber:
    alliance_id = policy.require_numbers(actor)
    async with kit.database.reading() as connection:
        return await views.numbered(connection, alliance_id, number)


@router.get("/members/{id}")
async def member(id: UUID, actor: CurrentActor, kit: TheKit) -> views.MemberView:
    if policy.sight_of(actor, id) is None:
        raise NotFound
    async with kit.database.reading() as connection:
        return await views.member(connection, actor.alliance_id, id, local_day(kit.clock.now()))


@router.post("/members", status_code=201, response_model=views.MemberView)
async def register(body: MemberForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    def command() -> RegisterMember:
        today = local_day(kit.clock.now())
        return RegisterMember(
            new_id(),
            alliance_of(actor),
            body.display_name,
            body.email,
            body.phone,
            body.language,
            tuple(form.grant for form in body.grants),
            tuple(form.occupancy(today) for form in body.occupancies),
        )

    return await once(lambda tx: _changed(tx, command(), actor, kit), status=201)


@router.post("/members/{id}/contact", response_model=views.MemberView)
async def change_contact(
    id: UUID, body: ContactForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    command = ChangeContact(id, body.display_name, body.email, body.phone, body.language)
    return await once(lambda tx: _changed(tx, command, actor, kit))


@router.post("/members/{id}/grants", response_model=views.MemberView)
async def grant_role(id: UUID, body: GrantForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    return await once(lambda tx: _changed(tx, GrantRole(id, body.grant), actor, kit))


@router.post("/members/{id}/grants/withdraw", response_model=views.MemberView)
async def withdraw_role(
    id: UUID, body: GrantForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    return await once(lambda tx: _changed(tx, WithdrawRole(id, body.grant), actor, kit))


@router.post("/members/{id}/occupancies", response_model=views.MemberView)
async def start_occupancy(
    id: UUID, body: OccupancyForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    occupancy = body.occupancy(local_day(kit.clock.now()))
    return await once(lambda tx: _changed(tx, StartOccupancy(id, occupancy), actor, kit))


@router.post("/occupancies/{id}/end", response_model=views.MemberView)
async def end_occupancy(id: UUID, body: EndForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    command = EndOccupancy(id, body.until_day or local_day(kit.clock.now()))
    return await once(lambda tx: _changed(tx, command, actor, kit))


@router.post("/members/{id}/kin", response_model=views.MemberView)
async def declare_kin(id: UUID, body: KinForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    return await once(lambda tx: _changed(tx, DeclareKin(id, body.relative_id), actor, kit))


@router.post("/members/{id}/end", response_model=views.MemberView)
async def end_membership(
    id: UUID, body: LeavingForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    """Roles, occupancies and contact end together, and with them every session."""
    command = EndMembership(id, body.on or local_day(kit.clock.now()))
    return await once(lambda tx: _changed(tx, command, actor, kit))


async def _changed(tx: Connection, command: Command, actor: Actor, kit: Kit) -> views.MemberView:
    now = kit.clock.now()
    member_id = await handle(tx, command, actor, now)
    return await views.member(tx, actor.alliance_id, member_id, local_day(now))
