"""服务项目: a neighbourhood's help, offered beside what is settled, and no condition of it.

It may be taken or left: neither changes anything in the case, and the other side hears of neither.
"""

from __future__ import annotations

from services.complaints.commands import AnswerService, OfferService
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import Event, ServiceAnswered, ServiceOffered
from shared.errors import Invalid, NotFound, Refused


def offer(case: Filed, command: OfferService, at: Circumstances) -> list[Event]:
    """To whoever is a party, each thing once: what somebody left is not pressed on them."""
    file = case.file
    if command.party_id not in (*file.complainants, *file.respondents):
        raise Invalid("/offered_to", "unknown_party")
    had = {(one.party_id, one.service) for one in file.services}
    if (command.party_id, command.service) in had:
        raise Refused("service_offered_already")
    return [
        ServiceOffered(
            at.today, command.offer_id, command.party_id, command.service, command.version, command.note
        )
    ]


def is_taken_on(case: Filed, _: Circumstances) -> bool:
    """Whether everybody who is a party knows of the case."""
    return case.file.accepted_on is not None


def answer(case: Filed, command: AnswerService, at: Circumstances) -> list[Event]:
    """By whom it was offered to; who left it may still take it later."""
    offered = case.file.service(command.offer_id)
    if offered is None or offered.party_id != at.by.party_id or offered.taken:
        raise NotFound
    if offered.taken is command.taken:
        return []
    return [ServiceAnswered(at.today, offered.offer_id, offered.party_id, command.taken)]


def is_offered(case: Filed, at: Circumstances) -> bool:
    """Whether there is something this party has not taken."""
    return any(one.party_id == at.by.party_id and not one.taken for one in case.file.services)
