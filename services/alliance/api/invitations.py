"""Invitations to a home or a shop: given out by those who are there, accepted by the link."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import BaseModel

from services.alliance import contact as contacts
from services.alliance import policy, views
from services.alliance.api.forms import Form, InvitationForm, StrangerForm
from services.alliance.api.wiring import TheSettings
from services.alliance.decisions.invitations import Invitation, require_open
from services.alliance.events import OccupancyKind
from services.alliance.mail import TEXTS
from services.alliance.settings import Settings
from services.alliance.storage import invitations as rows
from services.alliance.use_cases import invitations
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, TheKit, once_for
from shared.access.links import link_token, subject_of
from shared.clock import local_day
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1", tags=["invitations"])

PURPOSE = "invitation"
Token = Annotated[str, Path(max_length=100)]


class InvitationView(BaseModel):
    """One link, as those see it who may give it out."""

    id: UUID
    kind: OccupancyKind
    url: str
    expires_at: datetime


class Invitations(BaseModel):
    items: list[InvitationView]


class OpenedInvitation(BaseModel):
    """What the link opens: where to, and as what."""

    alliance: str
    place: str
    kind: OccupancyKind
    expires_at: datetime


class Accepted(BaseModel):
    next: str


async def _link_id(token: Token, settings: TheSettings) -> UUID:
    """Raises NotFound for a link that is none of ours."""
    found = subject_of(settings.link_secret.get_secret_value(), PURPOSE, token)
    if found is None:
        raise NotFound
    return found


LinkId = Annotated[UUID, Depends(_link_id)]


@router.get("/places/{id}/invitations")
async def show_invitations(id: UUID, actor: CurrentActor, kit: TheKit, settings: TheSettings) -> Invitations:
    """The open links to a place, for those who may give out such."""
    now = kit.clock.now()
    async with kit.database.reading() as connection:
        await views.place(connection, actor.alliance_id, id)
        own = await rows.kinds_of(connection, actor.member_id, id, local_day(now))
        found = await rows.open_invitations(connection, id, now)
    shown = [one for one in found if policy.may_invite(actor, one.kind, own)]
    return Invitations(items=[_view(one, settings) for one in shown])


@router.post("/places/{id}/invitations", status_code=201, response_model=InvitationView)
async def invite(
    id: UUID,
    body: InvitationForm,
    *,
    actor: CurrentActor,
    once: DoOnce,
    kit: TheKit,
    settings: TheSettings,
) -> Response:
    async def work(tx: Connection) -> InvitationView:
        days = settings.invitation_days
        made = await invitations.invite(tx, id, body.kind, actor, kit.clock.now(), days=days)
        return _view(made, settings)

    return await once(work, status=201)


@router.post("/invitations/{id}/withdraw", response_model=InvitationView)
async def withdraw(
    id: UUID, _: Form, actor: CurrentActor, once: DoOnce, kit: TheKit, settings: TheSettings
) -> Response:
    async def work(tx: Connection) -> InvitationView:
        return _view(await invitations.withdraw(tx, id, actor, kit.clock.now()), settings)

    return await once(work)


@router.get("/join/{token}")
async def open_invitation(id: LinkId, kit: TheKit) -> OpenedInvitation:
    """For everybody who holds the link."""
    async with kit.database.reading() as connection:
        invitation = await rows.read_invitation(connection, id)
        require_open(invitation, kit.clock.now())
        place = await views.place(connection, invitation.alliance_id, invitation.place_id)
        alliance = await views.alliance(connection, invitation.alliance_id)
    return OpenedInvitation(
        alliance=alliance.name, place=place.name, kind=invitation.kind, expires_at=invitation.expires_at
    )


@router.post("/join/{token}", response_model=Accepted)
async def accept(
    id: LinkId, _: Form, actor: CurrentActor, once: DoOnce, kit: TheKit, language: CurrentLanguage
) -> Response:
    """Whoever is signed in says yes."""

    async def work(tx: Connection) -> Accepted:
        await invitations.accept(tx, id, actor, kit.clock.now())
        return Accepted(next=TEXTS("invitation_accepted", language))

    return await once(work)


@router.post("/join/{token}/as-stranger", response_model=Accepted)
async def accept_as_stranger(
    id: LinkId,
    body: StrangerForm,
    *,
    request: Request,
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Response:
    """Whoever has no account gives a name and a contact; the answer is the same for a contact somebody has."""
    contact = contacts.parse(body.contact)
    if contact is None:
        raise Invalid("/contact", "not_a_contact")

    async def work(tx: Connection) -> Accepted:
        now = kit.clock.now()
        await invitations.accept_as_stranger(
            tx, id, name=body.display_name, contact=contact, language=language, now=now
        )
        return Accepted(next=TEXTS("invitation_sign_in", language))

    once = await once_for(request, f"{PURPOSE}:{id}", idempotency_key)
    return await once(work)


def _view(invitation: Invitation, settings: Settings) -> InvitationView:
    token = link_token(settings.link_secret.get_secret_value(), PURPOSE, invitation.id)
    return InvitationView(
        id=invitation.id,
        kind=invitation.kind,
        url=f"{settings.public_url}/join/{token}",
        expires_at=invitation.expires_at,
    )
