"""What a service answered to a step, kept until the next page has shown it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.portal.answers import StepReceipt
from services.portal.page import Page
from services.portal.sessions import Receipt


async def keep(
    page: Page,
    about: UUID,
    answer: Any,
    *,
    signed: str | None = None,
    by_code: bool = False,
    by_hand: str = "",
) -> None:
    """Keeps what the service says is next, and lets go of the draft that led there.

    `signed` is the hash that was sent along: the service took it for that of its words, or would have refused;
    `by_code`, that the one-time code for just these words was given; `by_hand`, how somebody
    without an account signed what was entered for them.
    """
    said = StepReceipt.model_validate(answer or {})
    receipt = Receipt(
        about,
        said.next or page.say("step_done"),
        said.due,
        emergency=said.emergency,
        proof=said.proof,
        signed=signed,
        by_code=by_code,
        by_hand=by_hand,
    )
    await page.visitor.keep(receipt=receipt, draft=None)


async def shown_once(page: Page, about: UUID) -> Receipt | None:
    """What was said of this at the last step, if no page has shown it yet.

    A filing has its number, and a page of its own for what was said of it: days later it would be old news.
    """
    receipt = page.session.receipt
    if receipt is None or receipt.about != about or receipt.reference is not None:
        return None
    await page.visitor.keep(receipt=None)
    return receipt
