"""Who mediates."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, policy, use_cases
from services.mediation.api.desk import Listing, TheDesk
from services.mediation.views import queries
from services.mediation.views.models import MediatorView, Receipt
from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, Kit, Once, TheKit
from shared.persistence.database import Connection

router = APIRouter()


@router.get("/v1/mediators")
async def list_mediators(
    actor: CurrentActor, kit: TheKit, mediation_id: UUID | None = None
) -> Listing[MediatorView]:
    async with kit.database.reading() as connection:
        found = await queries.mediators(connection, actor, kit.clock.now(), mediation_id=mediation_id)
    return Listing(items=found)


@router.get("/v1/mediators/me/profile")
async def show_own_profile(actor: CurrentActor, kit: TheKit) -> forms.ProfileForm:
    return await _profile(actor, kit, policy.member(actor))


@router.get("/v1/mediators/{member_id}/profile")
async def show_profile(member_id: UUID, actor: CurrentActor, kit: TheKit) -> forms.ProfileForm:
    return await _profile(actor, kit, member_id)


@router.put("/v1/mediators/me/profile", response_model=forms.ProfileForm)
async def set_own_profile(form: forms.ProfileForm, actor: CurrentActor, once: DoOnce) -> Response:
    return await _set_profile(policy.member(actor), form, actor, once)


@router.put("/v1/mediators/{member_id}/profile", response_model=forms.ProfileForm)
async def set_profile(
    member_id: UUID, form: forms.ProfileForm, actor: CurrentActor, once: DoOnce
) -> Response:
    return await _set_profile(member_id, form, actor, once)


async def _profile(actor: Actor, kit: Kit, mediator_id: UUID) -> forms.ProfileForm:
    async with kit.database.reading() as connection:
        return forms.ProfileForm.of(await use_cases.profile_of(connection, mediator_id, actor))


async def _set_profile(mediator_id: UUID, form: forms.ProfileForm, actor: Actor, once: Once) -> Response:
    async def work(tx: Connection) -> forms.ProfileForm:
        await use_cases.set_profile(tx, mediator_id, form.profile(), actor)
        return form

    return await once(work)


@router.post("/v1/mediations/{id}/nominate", response_model=Receipt)
async def nominate(id: UUID, form: forms.NominateForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.nominate(tx, id, form.mediator_id, desk.actor, now))


@router.post("/v1/mediations/{id}/take", response_model=Receipt)
async def take(id: UUID, form: forms.TakeForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.take(tx, id, form.relation, actor=desk.actor, now=now))


@router.post("/v1/mediations/{id}/accept-mediator", response_model=Receipt)
async def accept_mediator(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AcceptMediator(id, desk.me))


@router.post("/v1/mediations/{id}/decline-mediator", response_model=Receipt)
async def decline_mediator(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.decline_mediator(tx, id, desk.actor, now))


@router.post("/v1/mediations/{id}/stop", response_model=Receipt)
async def stop(id: UUID, form: forms.StopForm, desk: TheDesk) -> Response:
    """A conflict of interest came to light."""
    return await desk.answer(lambda tx, now: use_cases.stop_for_conflict(tx, id, form.note, desk.actor, now))


@router.post("/v1/mediations/{id}/pass-on", response_model=Receipt)
async def pass_on(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.PassOn(id, desk.me))
