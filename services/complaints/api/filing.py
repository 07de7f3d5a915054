"""Filing: the one write that makes a case, and the one whose caller may want to stay unknown."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Header, Request, Response

from services.complaints import storage, use_cases, views
from services.complaints.answers import Emergency, Receipt
from services.complaints.api.forms import FilingForm
from services.complaints.api.lookups import lookup_secret
from services.complaints.api.strangers import STRANGERS
from services.complaints.betraying import asks_for_an_order
from services.complaints.commands import Filing
from services.complaints.commands.hearing import Consent
from services.complaints.sentences import TEXTS, next_step
from services.complaints.storage import ReferenceTaken
from services.complaints.use_cases import Done
from shared.access.actor import PUBLIC, Actor
from shared.access.door import CurrentLanguage, Kit, Once, TheKit, actor_or_public, once_for
from shared.access.problem import NotSignedIn
from shared.errors import Invalid
from shared.ids import new_reference
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()

_REFERENCES_TRIED = 3
_NOT_OF_THE_FILING = ("source_key", "affected_under_14", "joins")

new_case_id = uuid4
"""Random: the respondent sees it, and an id made of the time would tell when the case was filed."""


@router.post("/v1/cases", status_code=201, response_model=Receipt)
async def file_case(
    form: FilingForm,
    request: Request,
    *,
    caller: Annotated[Actor, Depends(actor_or_public)],
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Response:
    """File a complaint; the receipt comes at once. Anonymously also without sign-in, for a registered place."""
    if caller is PUBLIC and not form.may_come_from_a_stranger:
        raise NotSignedIn
    once = await _once(request, form, caller, idempotency_key)

    async def work(tx: Connection) -> Receipt:
        actor = caller if caller is not PUBLIC else await _stranger(tx, form, request, kit)
        case_id = await _case_id(tx, form, actor)
        told = {name: value for name, value in form if name not in _NOT_OF_THE_FILING}
        told["consent"] = Consent(**dict(form.consent)) if form.consent else None
        filing = Filing(case_id, new_reference(), **told)
        if form.affected_under_14:
            return await _minor(tx, filing, actor, kit.clock.now(), language)
        done = await _filed(tx, filing, form.joins, actor, kit.clock.now())
        emergency = await _emergency(tx, filing, actor, language) if done.case.file.emergency else None
        secret = lookup_secret(kit, case_id) if form.identity == "anonymous" else None
        return views.receipt(
            done,
            language,
            next_step=_and_what_nobody_orders(done, form.description, language),
            emergency=emergency,
            lookup_secret=secret,
        )

    return await with_a_free_reference(lambda: once(work, status=201))


async def _filed(tx: Connection, filing: Filing, joins: UUID | None, actor: Actor, now: datetime) -> Done:
    if joins is None:
        return await use_cases.file_case(tx, filing, actor, now)
    return await use_cases.file_joining(tx, filing, joins, actor, now)


def _and_what_nobody_orders(done: Done, description: str, language: Language) -> str:
    """What comes next; to whoever asks that somebody be closed or fined also what can be done in its place."""
    following = next_step(done.case, done.at, language)
    return f"{following} {TEXTS('no_orders', language)}" if asks_for_an_order(description) else following


async def _stranger(tx: Connection, form: FilingForm, request: Request, kit: Kit) -> Actor:
    """Somebody without an account, in the alliance of the place they speak of. Raises Invalid, TooManyRequests."""
    address = request.client.host if request.client else ""
    STRANGERS.spend(address, kit.clock.now())
    alliance_id = await storage.alliance_of_place(tx, form.place_id) if form.place_id else None
    if alliance_id is None:
        raise Invalid("/place_id", "unknown_place")
    return Actor(None, alliance_id)


async def _case_id(tx: Connection, form: FilingForm, actor: Actor) -> UUID:
    """A fresh one; of a row of a ledger always the same. Raises AlreadyFiled."""
    if form.source_key is None:
        return new_case_id()
    return await use_cases.case_of_source(tx, form.source_key, actor)


async def _once(request: Request, form: FilingForm, actor: Actor, key: str | None) -> Once:
    """Of an anonymous filing, and of a child's, no member id is kept, in the saved answers neither.

    The key is the caller's secret: hashed together with the member it finds the same caller's answer again,
    and tells nobody who it was.
    """
    if not (form.identity == "anonymous" or form.affected_under_14) or not key:
        return await once_for(request, str(actor.member_id), key)
    disguised = hashlib.sha256(f"{actor.member_id}\n{key}".encode()).hexdigest()
    return await once_for(request, "anonymous", disguised)


async def with_a_free_reference(attempt: Callable[[], Awaitable[Response]]) -> Response:
    """A reference that is taken already is nobody's mistake: another is drawn, in a new transaction."""
    for _ in range(_REFERENCES_TRIED - 1):
        with suppress(ReferenceTaken):
            return await attempt()
    return await attempt()


async def _minor(tx: Connection, filing: Filing, actor: Actor, now: datetime, language: Language) -> Receipt:
    noticed = await use_cases.keep_minor_notice(tx, filing, actor, now)
    emergency = await _emergency(tx, filing, actor, language) if noticed.emergency else None
    return views.minor_receipt(filing, language, emergency)


async def _emergency(tx: Connection, filing: Filing, actor: Actor, language: Language) -> Emergency:
    offered = await storage.CATALOGUES.current(tx, use_cases.alliance_of(actor))
    subcategory = offered.find(filing.subcategory)
    assert subcategory is not None  # noqa: S101
    return Emergency(call=subcategory.numbers, text=TEXTS("emergency", language))
