"""One's own data: the copy everybody may ask for at any time (PIPL art. 45)."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from pydantic import BaseModel

from services.mediation import forms, policy
from services.mediation.state import Opened
from services.mediation.storage import calendars, profiles
from services.mediation.storage import mediations as stored
from services.mediation.storage.charters import CHARTERS
from services.mediation.views import rooms
from services.mediation.views.invitation import invitation_view
from services.mediation.views.mediation import mediation_view
from services.mediation.views.models import InvitationView, MediationView
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, Kit, TheKit
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()


class OwnData(BaseModel):
    """Sessions, agreements, promises and signatures one has a part in; what one said of oneself as a mediator.

    A paper of both sides is shown to each of them as always; whoever mediates takes no copy of others' matters.
    """

    mediations: list[MediationView | InvitationView]
    profile: forms.ProfileForm | None
    hours: forms.AvailabilityForm | None


@router.get("/v1/me/data")
async def show_own_data(actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> OwnData:
    """What is held here of whoever asks."""
    member_id = policy.member(actor)
    async with kit.database.reading() as connection:
        states = await stored.mediations_about(connection, policy.alliance(actor), member_id)
        known = await rooms.names(connection, policy.alliance(actor))
        shown = [
            rooms.named(await _shown(connection, actor, state, kit, language, names=known), known)
            for state in states
        ]
        said = await profiles.profiles(connection, [member_id])
        hours = await calendars.mediator_availability(connection, [member_id])
    mediates = actor.has("mediator")
    return OwnData(
        mediations=shown,
        profile=forms.ProfileForm.of(said[member_id]) if mediates else None,
        hours=forms.AvailabilityForm.of(hours[member_id]) if mediates else None,
    )


async def _shown(
    connection: Connection,
    actor: Actor,
    state: Opened,
    kit: Kit,
    language: Language,
    *,
    names: Mapping[str, str],
) -> MediationView | InvitationView:
    if policy.is_only_guest(actor, state):
        return invitation_view(actor, state, kit.clock.now(), language, rooms=names)
    charter = await CHARTERS.current(connection, state.matter.alliance_id)
    now = kit.clock.now()
    return mediation_view(actor, state, now, language, calendar=charter.calendar, rooms=names)
