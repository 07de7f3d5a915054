"""What is told of who is asked to lead, takes it, passes it on or is taken off."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.state import Opened, candidate_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_mediator(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediatorProposed(mediator):
            return told.MediatorProposed(**about, proposed_id=mediator)
        case happened.MediatorTook():
            return told.MediatorTook(**about)
        case (
            happened.MediatorPassed(mediator)
            | happened.MediatorDeclined(mediator)
            | happened.MediatorSteppedAside(mediator)
        ):
            return told.MediatorPassed(
                **about,
                passed_id=mediator,
                replaced=candidate_of(after) is not None,
                declined=isinstance(event, happened.MediatorDeclined),
            )
        case happened.MediatorRemoved(mediator):
            void = any(session.mediator == mediator for session in after.matter.void)
            return told.MediatorRemoved(**about, removed_id=mediator, session_void=void)
        case _:
            return None
