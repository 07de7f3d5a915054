"""The personal link by which a promise is released: no sign-in, nobody's name, one yes."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel

from services.mediation import forms, use_cases
from services.mediation.state import Commitment, Opened, Release
from services.mediation.storage import mediations as stored
from shared.access.door import Kit, TheKit
from shared.access.links import subject_of
from shared.errors import NotFound

router = APIRouter(prefix="/v1/releases/{link_token}")

LinkToken = Annotated[str, Path(max_length=100)]

RELEASE = "release"
"""The purpose of the links."""


class ReleaseView(BaseModel):
    """What was promised, and whether the holder of the link has released it."""

    reference: str
    what: str
    measure: str
    due_on: date
    released: bool


@router.get("")
async def show_release(link_token: LinkToken, kit: TheKit) -> ReleaseView:
    """What is asked."""
    release_id = _release_of(link_token, kit)
    async with kit.database.reading() as connection:
        mediation_id = await stored.mediation_of_release(connection, release_id)
        state = await stored.read_mediation(connection, mediation_id)
    return _view(state, *use_cases.released(state, release_id))


@router.post("")
async def release(link_token: LinkToken, _: forms.NothingForm, kit: TheKit) -> ReleaseView:
    """Release it."""
    release_id = _release_of(link_token, kit)
    async with kit.database.transaction() as tx:
        state = await use_cases.release_by_link(tx, release_id, kit.clock.now())
    return _view(state, *use_cases.released(state, release_id))


def _release_of(link_token: str, kit: Kit) -> UUID:
    release_id = subject_of(kit.settings.link_secret.get_secret_value(), RELEASE, link_token)
    if release_id is None:
        raise NotFound
    return release_id


def _view(state: Opened, commitment: Commitment, release: Release) -> ReleaseView:
    promise = commitment.promise
    return ReleaseView(
        reference=state.matter.reference,
        what=promise.what,
        measure=promise.measure,
        due_on=promise.due_on,
        released=release.party in commitment.waived_by or commitment.is_settled,
    )
