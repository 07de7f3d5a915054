"""What was offered from the service list: shown to whom it was offered, and to the coordinator."""

from __future__ import annotations

from collections.abc import Sequence

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from services.complaints.sentences import word
from services.complaints.terms import Side
from shared.texts import Language


def services(
    offered: Sequence[e.ServiceOffered], by: Standing, file: CaseFile, language: Language
) -> list[answers.OfferedServiceView]:
    """In the order in which they were offered; nobody else learns that anything was.

    With whoever spoke for a group and is of it no more goes what they were offered.
    """
    seen = [(one, file.side_ever(one.party_id)) for one in offered if policy.sees_step(by, one)]
    return [_service(one, side, by, file, language) for one, side in seen if side is not None]


def _service(
    offered: e.ServiceOffered, side: Side, by: Standing, file: CaseFile, language: Language
) -> answers.OfferedServiceView:
    stands = file.service(offered.offer_id)
    assert stands is not None  # noqa: S101
    return answers.OfferedServiceView(
        id=offered.offer_id,
        yours=offered.party_id == by.party_id,
        side=side,
        service=offered.service,
        what=word(offered.service, language),
        note=offered.note,
        offered_on=offered.on,
        taken=stands.taken,
    )
