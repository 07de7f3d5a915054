"""Having oneself erased, the receipt that needs no account, and what administrators see of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, StringConstraints

from services.alliance import policy
from services.alliance.api.forms import Form
from services.alliance.api.wiring import TheSettings
from services.alliance.decisions import codes
from services.alliance.decisions.erasing import Completed, Consent, Erasing, Part, RefusedSoFar, Weighing
from services.alliance.mail import send_code
from services.alliance.settings import Settings
from services.alliance.storage import erasures as rows
from services.alliance.storage.erasures import Known
from services.alliance.use_cases import erasing, one_time_codes
from shared.access.actor import Actor
from shared.access.door import CurrentActor, TheKit
from shared.clock import local_day
from shared.contracts.erasure import Obligation
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1", tags=["erasure"])

Status = Literal["weighing", "refused", "erasing", "completed"]


class CodeSent(BaseModel):
    expires_in_seconds: int


class ErasureForm(Form):
    """The code that was mailed, so that nobody who finds a telephone unlocked erases its owner."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class DeskForm(Form):
    """How they said it."""

    consent: Consent


class NumberForm(Form):
    """The number that was given when it was asked for."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Receipt(BaseModel):
    """How far it is: why not, or what is gone where and what stays on which ground until when."""

    status: Status
    asked_on: date
    settled_on: date | None
    waits_for: list[str]
    obligations: list[Obligation]
    parts: list[Part]


class AskedReceipt(Receipt):
    """The same with the number to keep: it shows the receipt to whoever has it, without an account."""

    number: str


class UnderWay(BaseModel):
    """An erasure as administrators see it: whom it is about, nobody is told."""

    status: Status
    asked_at: datetime
    settled_on: date | None
    waits_for: list[str]
    late: bool


class ErasureList(BaseModel):
    items: list[UnderWay]


@router.post("/me/erasure/codes", status_code=202)
async def ask_for_code(
    actor: CurrentActor, kit: TheKit, settings: TheSettings, after_answer: BackgroundTasks
) -> CodeSent:
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        contact, code = await erasing.ask_for_code(tx, actor, settings=settings, now=now)
    after_answer.add_task(send_code, kit.database, settings, contact, code, now, letter="erasure_mail")
    return CodeSent(expires_in_seconds=int(codes.LIFE.total_seconds()))


@router.post("/me/erasure", status_code=202)
async def ask(body: ErasureForm, actor: CurrentActor, kit: TheKit, settings: TheSettings) -> AskedReceipt:
    """Without an Idempotency-Key: a code is good once, and asking while one is under way finds that one."""
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        right = await erasing.is_confirmed(tx, actor, body.code, settings=settings, now=now)
    one_time_codes.require_code(right=right)
    async with kit.database.transaction() as tx:
        return await _begun(tx, policy.member(actor), actor, settings, now)


@router.post("/members/{id}/erasure", status_code=202)
async def ask_for(
    id: UUID, body: DeskForm, actor: CurrentActor, kit: TheKit, settings: TheSettings
) -> AskedReceipt:
    """For whoever has no mail address for a code and told it at the desk; the number is handed to them.

    Without an Idempotency-Key: no saved answer is to hold the number, and asking again finds the one under way.
    """
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        return await _begun(tx, id, actor, settings, now, consent=body.consent)


async def _begun(
    tx: Connection,
    member_id: UUID,
    actor: Actor,
    settings: Settings,
    now: datetime,
    **consent: Consent,
) -> AskedReceipt:
    erasure_id = await erasing.ask(tx, member_id, actor, settings=settings, now=now, **consent)
    number = erasing.number_of(settings, erasure_id)
    return _asked(await rows.erasure_by_number(tx, erasing.hashed_number(number)), settings)


@router.get("/me/erasure")
async def show_own(actor: CurrentActor, kit: TheKit, settings: TheSettings) -> AskedReceipt | None:
    """The one under way, if there is one."""
    async with kit.database.reading() as connection:
        known = await rows.under_way_for(connection, policy.member(actor))
    return _asked(known, settings) if known else None


@router.post("/erasures/lookups")
async def look_up(body: NumberForm, kit: TheKit) -> Receipt:
    """For everybody who holds the number. It has sixty bits, and wrong and absent are answered alike."""
    async with kit.database.reading() as connection:
        known = await rows.erasure_by_number(connection, erasing.hashed_number(body.number))
    return Receipt(**_how_far(known))


@router.get("/erasures")
async def show_all(actor: CurrentActor, kit: TheKit, settings: TheSettings) -> ErasureList:
    """What is under way in the alliance, for which service it waits, and for how long."""
    policy.require_watching_erasures(actor)
    async with kit.database.reading() as connection:
        found = await rows.erasures_of(connection, actor.alliance_id)
    late = kit.clock.now() - timedelta(hours=settings.erasure_late_hours)
    return ErasureList(items=[_under_way(one, late) for one in found])


def _under_way(known: Known, late: datetime) -> UnderWay:
    said = _how_far(known)
    return UnderWay(
        status=said["status"],
        asked_at=known.asked_at,
        settled_on=said["settled_on"],
        waits_for=said["waits_for"],
        late=bool(said["waits_for"]) and known.asked_at < late,
    )


def _asked(known: Known, settings: Settings) -> AskedReceipt:
    return AskedReceipt(**_how_far(known), number=erasing.number_of(settings, known.id))


def _how_far(known: Known) -> dict[str, Any]:
    said: dict[str, Any] = {"settled_on": None, "waits_for": [], "obligations": [], "parts": []}
    match known.state:
        case Weighing():
            said |= {"status": "weighing", "waits_for": sorted(known.state.waits_for)}
        case RefusedSoFar(_, on, obligations):
            said |= {"status": "refused", "settled_on": on, "obligations": list(obligations)}
        case Erasing(_, _, parts):
            said |= {"status": "erasing", "waits_for": sorted(known.state.waits_for), "parts": list(parts)}
        case Completed(_, on, parts):
            said |= {"status": "completed", "settled_on": on, "parts": list(parts)}
    return said | {"asked_on": local_day(known.asked_at)}
