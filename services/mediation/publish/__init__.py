"""What of a private event may leave the service, and in which contract. No words of a person, no refuser.

Minutes, caucus notes, wishes, answers, explanations and marks have no case here: they stay. Which party
declined a mediator or a guest, and what tie a mediator declared, stay too; and so does who a guest is, but to
themselves.
"""

from __future__ import annotations

from services.mediation import events as happened
from services.mediation.decisions import absent, attending
from services.mediation.publish.absences import of_absence
from services.mediation.publish.agreement import of_agreement
from services.mediation.publish.amending import of_amendment, of_change
from services.mediation.publish.commitments import of_commitment
from services.mediation.publish.consent import of_consent
from services.mediation.publish.court import of_court
from services.mediation.publish.departing import of_departure
from services.mediation.publish.doors import named
from services.mediation.publish.guests import of_guest, to_guests
from services.mediation.publish.mediator import of_mediator
from services.mediation.publish.on_paper import to_signer
from services.mediation.publish.oral import of_oral
from services.mediation.publish.reminding import awaited, settled
from services.mediation.publish.session import of_session
from services.mediation.publish.telling import common
from services.mediation.state import Opened
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract

__all__ = ["contracts", "named", "settled"]


def contracts(after: Opened, event: happened.Event) -> list[Contract]:
    """What other services are told of `event`, `after` being the state its command led to."""
    about = common(after)
    if isinstance(event, absent.Missed):
        return of_absence(about, after, event)
    if isinstance(event, attending.OfGuest):
        return of_guest(about, after, event)
    if isinstance(event, happened.SpeakersInvited):
        to = tuple(party.member_id for party in after.matter.parties)
        return [told.GuestProposed(**about, role="neighbour", to=to)]
    if isinstance(event, happened.WordAwaited):
        return [awaited(about, event)]
    contract = (
        of_consent(about, after, event)
        or of_mediator(about, after, event)
        or of_session(about, after, event)
        or of_agreement(about, after, event)
        or of_oral(about, event)
        or of_court(about, after, event)
        or of_commitment(about, after, event)
        or of_amendment(about, after, event)
        or of_change(about, after, event)
        or of_departure(about, after, event)
    )
    first = [contract] if contract else []
    return [*first, *to_signer(about, event), *to_guests(about, after, event)]
