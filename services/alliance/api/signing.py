"""The code by which somebody shows that they mean to sign just these words, and the proof of it for where they sign."""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks, Response
from pydantic import BaseModel

from services.alliance.api.forms import ContentForm, IntentForm
from services.alliance.api.sign_in import CodeSent
from services.alliance.api.wiring import TheSettings
from services.alliance.credentials import PROOF_LIFE
from services.alliance.decisions import codes
from services.alliance.mail import send_code
from services.alliance.use_cases import one_time_codes, signing
from shared.access.door import CurrentActor, DoOnce, TheKit
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/me", tags=["signing"])

_NOTHING = b"null"


class Proof(BaseModel):
    """Sent along with the signature: it names who signs and the content's hash, and is good for nothing else."""

    proof: str
    expires_in_seconds: int


@router.post("/signing-codes", status_code=202)
async def ask_for_code(
    body: ContentForm, actor: CurrentActor, kit: TheKit, settings: TheSettings, after_answer: BackgroundTasks
) -> CodeSent:
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        contact, code = await signing.ask_for_code(tx, actor, body.content_hash, settings=settings, now=now)
    after_answer.add_task(
        send_code, kit.database, settings, contact, code, now, letter="signing_mail", about=body.content_hash
    )
    return CodeSent(expires_in_seconds=int(codes.LIFE.total_seconds()))


@router.post("/signing-proofs", response_model=Proof)
async def prove(
    body: IntentForm, actor: CurrentActor, kit: TheKit, settings: TheSettings, once: DoOnce
) -> Response:
    """The code is used up by it; sent again under its key, the same request is answered with the same proof.

    A wrong code is an answer kept like any other: its try counts once.
    """
    now = kit.clock.now()

    async def tried(tx: Connection) -> Proof | None:
        proof = await signing.proof(tx, actor, body.content_hash, body.code, settings=settings, now=now)
        return Proof(proof=proof, expires_in_seconds=int(PROOF_LIFE.total_seconds())) if proof else None

    answer = await once(tried)
    one_time_codes.require_code(right=answer.body != _NOTHING)
    return answer
