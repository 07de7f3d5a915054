"""Being signed in is not signing: whoever binds themselves gave the one-time code mailed to them for just these words.

The mediator's signature and the committee's seal (art. 29) are made in office and need none; what is said by mouth is
entered by whoever heard it, and says so; whoever has no account signs by hand.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.mediation.commands import EnterSignature, SignAgreement
from services.mediation.decisions import on_paper
from services.mediation.state import Matter, Sheet
from shared.access import intents
from shared.access.actor import Intent


def proven(intent: Intent | None, *, by: UUID, content_hash: str) -> datetime:
    """When they proved it. Raises Invalid for nobody's proof, another's, or one of other words."""
    return intents.proven(intent and intents.own(intent, by), content_hash)


def meant(
    matter: Matter, command: SignAgreement | EnterSignature, *, since: date, today: date
) -> tuple[datetime | None, Sheet | None]:
    """When they proved it, or the sheet they signed by hand between these days. Raises NotFound, Refused, Invalid."""
    if isinstance(command, SignAgreement):
        return proven(command.intent, by=command.party, content_hash=command.content_hash), None
    on_paper.require_no_account(matter, command)
    on_paper.require_day(command.sheet, today, since=since)
    return None, command.sheet
