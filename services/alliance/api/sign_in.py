"""Signing in, staying in, signing out, and the public keys. None of it needs a token or an Idempotency-Key."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response
from pydantic import BaseModel

from services.alliance import contact as contacts
from services.alliance.api.forms import CodeForm, RefreshForm, TokenForm
from services.alliance.api.wiring import TheSettings
from services.alliance.contact import Contact
from services.alliance.decisions import codes
from services.alliance.mail import send_code
from services.alliance.use_cases import keys, sign_in
from services.alliance.use_cases.sign_in import Tokens
from shared.access.door import TheKit
from shared.access.problem import NotSignedIn
from shared.errors import Invalid, Refused

router = APIRouter(tags=["sign-in"])


class WrongCode(NotSignedIn):
    """Wrong, old, used up or tried too often: which of them is nobody's business."""

    def __init__(self) -> None:
        Refused.__init__(self, "wrong_code")


class SessionOver(NotSignedIn):
    """The refresh token is not good any more."""

    def __init__(self) -> None:
        Refused.__init__(self, "session_over")


class CodeSent(BaseModel):
    expires_in_seconds: int


@router.post("/v1/sign-in/codes", status_code=202)
async def ask_for_code(
    body: CodeForm, request: Request, kit: TheKit, settings: TheSettings, after_answer: BackgroundTasks
) -> CodeSent:
    contact, now = _contact(body.contact), kit.clock.now()
    address = request.client.host if request.client else ""
    async with kit.database.transaction() as tx:
        code = await sign_in.ask_for_code(tx, contact, address=address, settings=settings, now=now)
    after_answer.add_task(send_code, kit.database, settings, contact, code, now)
    return CodeSent(expires_in_seconds=int(codes.LIFE.total_seconds()))


@router.post("/v1/sign-in/tokens")
async def use_code(body: TokenForm, kit: TheKit, settings: TheSettings) -> Tokens:
    contact, now = _contact(body.contact), kit.clock.now()
    async with kit.database.transaction() as tx:
        tokens = await sign_in.use_code(tx, contact, body.code, settings=settings, now=now)
    if tokens is None:
        raise WrongCode
    return tokens


@router.post("/v1/sign-in/refresh")
async def refresh(body: RefreshForm, kit: TheKit, settings: TheSettings) -> Tokens:
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        tokens = await sign_in.refresh(tx, body.refresh_token, settings=settings, now=now)
    if tokens is None:
        raise SessionOver
    return tokens


@router.post("/v1/sign-out", status_code=204)
async def sign_out(body: RefreshForm, kit: TheKit) -> Response:
    async with kit.database.transaction() as tx:
        await sign_in.sign_out(tx, body.refresh_token, kit.clock.now())
    return Response(status_code=204)


@router.get("/.well-known/jwks.json")
async def jwks(kit: TheKit, settings: TheSettings) -> dict[str, list[dict[str, Any]]]:
    secret = settings.key_secret.get_secret_value()
    async with kit.database.transaction() as tx:
        return {"keys": await keys.published(tx, secret, kit.clock.now())}


def _contact(text: str) -> Contact:
    contact = contacts.parse(text)
    if contact is None:
        raise Invalid("/contact", "not_a_contact")
    return contact
