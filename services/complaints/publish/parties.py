"""Who is added, leaves, is asked to come after, and answers for themselves."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _party_added(telling: Telling, event: e.PartyAdded) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    succeeds = telling.case.file.came_after(event.party_id)
    return [contracts.PartyAdded(**telling.common, side=event.side, to=to, succeeds=succeeds)]


def _party_left(telling: Telling, event: e.PartyLeft) -> list[Contract]:
    """They are asked what they wish of it, those who complained and live; nothing is sent to one who died."""
    left = telling.people.behind([event.party_id])
    former = telling.case.file.former_party(event.party_id)
    to = left if former is not None and former.is_asked else ()
    return [
        contracts.PartyLeft(**telling.common, side=event.side, left_id=one, why=event.why, to=to)
        for one in left
    ]


def _leaving_spoken(telling: Telling, event: e.LeavingSpoken) -> list[Contract]:
    by = telling.people.behind([event.party_id])
    return [contracts.LeavingSpoken(**telling.common, wish=event.wish, by=by)]


def _party_invited(telling: Telling, event: e.PartyInvited) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    return [contracts.PartyInvited(**telling.common, side=event.side, to=to)]


def _invitation_answered(telling: Telling, event: e.InvitationAnswered) -> list[Contract]:
    by = telling.people.behind([event.party_id])
    return [contracts.InvitationAnswered(**telling.common, side=event.side, affected=event.affected, by=by)]


def _party_served(telling: Telling, event: e.PartyServed) -> list[Contract]:
    to = telling.people.behind([event.party_id])
    return [contracts.PartyServed(**telling.common, answer_until=event.answer.until, to=to)]


def _party_answered(telling: Telling, event: e.PartyAnswered) -> list[Contract]:
    settled = telling.settled("answer", telling.people.behind([event.party_id]))
    return [contracts.PartyAnswered(**telling.common, kind=event.kind), *settled]


TRANSLATIONS: Translations = {
    e.PartyAdded: _party_added,
    e.PartyLeft: _party_left,
    e.LeavingSpoken: _leaving_spoken,
    e.PartyInvited: _party_invited,
    e.InvitationAnswered: _invitation_answered,
    e.PartyServed: _party_served,
    e.PartyAnswered: _party_answered,
}
