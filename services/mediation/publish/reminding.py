"""Who is asked for a word, and who is to be asked no more."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.decisions import reminding
from services.mediation.publish.telling import common
from services.mediation.state import Mediation, Opened, Reminder
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def awaited(about: dict[str, Any], event: happened.WordAwaited) -> Contract:
    owed = event.reminder
    if owed.word == "court" and owed.until is not None:
        return told.CourtAwaited(**about, agreement_id=owed.of, to=event.by, until=owed.until)
    return told.WordAwaited.model_validate({**about, **_said_to(owed), "to": event.by})


def settled(before: Mediation, after: Opened) -> list[Contract]:
    """Who is to be asked and reminded no more; it may still be on its way to them."""
    about = common(after)
    return [
        told.WordSettled.model_validate({**about, **_said_to(owed), "to": owed.by})
        for owed in reminding.settled(before, after)
    ]


def _said_to(owed: Reminder | reminding.Owed) -> dict[str, Any]:
    of = None if owed.word == "guest" else owed.of
    return {"word": owed.word, "until": owed.until, "of": of}
