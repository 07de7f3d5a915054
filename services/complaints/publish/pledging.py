"""自愿承诺 and 服务项目: what is promised and offered without an agreement."""

from __future__ import annotations

from typing import Any

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _pledge_offered(telling: Telling, event: e.PledgeOffered) -> list[Contract]:
    return [contracts.PledgeOffered(**telling.common, pledge_id=event.pledge_id, due_on=event.due_on)]


def _pledge_answered(telling: Telling, event: e.PledgeAnswered) -> list[Contract]:
    pledge = telling.case.file.pledge(event.pledge_id)
    assert pledge is not None  # noqa: S101
    answered = contracts.PledgeAnswered(
        **telling.common,
        pledge_id=event.pledge_id,
        wanted=event.pledge is not None,
        due_on=pledge.due_on,
        to=telling.pledger(event.pledge_id),
        to_be_brought=pledge.party_id is None,
    )
    return [answered]


def _pledge_proven(telling: Telling, event: e.PledgeProven) -> list[Contract]:
    until = event.confirm.until
    return [contracts.PledgeProven(**telling.common, **_promise(event), confirm_until=until)]


def _pledge_confirmed(telling: Telling, event: e.PledgeConfirmed) -> list[Contract]:
    to = telling.pledger(event.pledge_id)
    settled = telling.settled("confirmation", telling.promised_to(event.pledge_id))
    return [
        contracts.PledgeConfirmed(**telling.common, **_promise(event), to=to),
        *settled,
    ]


def _pledge_disputed(telling: Telling, event: e.PledgeDisputed) -> list[Contract]:
    to = telling.pledger(event.pledge_id)
    settled = telling.settled("confirmation", telling.promised_to(event.pledge_id))
    return [
        contracts.PledgeDisputed(**telling.common, **_promise(event), to=to),
        *settled,
    ]


def _pledge_missed(telling: Telling, event: e.PledgeMissed) -> list[Contract]:
    pledge = telling.case.file.pledge(event.pledge_id)
    assert pledge is not None  # noqa: S101
    to = telling.pledger(event.pledge_id)
    return [contracts.PledgeMissed(**telling.common, **_promise(event), due_on=pledge.due_on, to=to)]


def _promise(event: e.PledgeProven | e.PledgeConfirmed | e.PledgeDisputed | e.PledgeMissed) -> dict[str, Any]:
    """Which it is, and whose where both sides settled it."""
    return {"pledge_id": event.pledge_id, "settlement_of": event.owed_by or "neither"}


def _service_offered(telling: Telling, event: e.ServiceOffered) -> list[Contract]:
    """What it is stays here: it could tell of somebody's hardship."""
    to = telling.people.behind([event.party_id])
    return [contracts.ServiceOffered(**telling.common, offer_id=event.offer_id, to=to)]


def _service_answered(telling: Telling, event: e.ServiceAnswered) -> list[Contract]:
    """Of who leaves it nothing is told."""
    return [contracts.ServiceTaken(**telling.common, offer_id=event.offer_id)] if event.taken else []


TRANSLATIONS: Translations = {
    e.PledgeOffered: _pledge_offered,
    e.PledgeAnswered: _pledge_answered,
    e.PledgeProven: _pledge_proven,
    e.PledgeConfirmed: _pledge_confirmed,
    e.PledgeDisputed: _pledge_disputed,
    e.PledgeMissed: _pledge_missed,
    e.ServiceOffered: _service_offered,
    e.ServiceAnswered: _service_answered,
}
