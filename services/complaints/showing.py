"""Which evidence exists for whom, and whose bytes they get: the policy of what lies before a case. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from services.complaints.commands.evidence import StoredObject
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.state import CaseFile, Referral, Standing
from services.complaints.terms import Role

_PARTIES: frozenset[Role] = frozenset({"complainant", "respondent"})
_STAFF: frozenset[Role] = frozenset({"coordinator", "mediator"})


def is_own_or_staff(by: Standing, party_id: UUID | None) -> bool:
    """Whether somebody brought it, or looks after the case: the other side learns of it by its release."""
    return by.role in _STAFF or (by.party_id is not None and by.party_id == party_id)


def sees_exhibit(by: Standing, exhibit: Exhibit) -> bool:
    """Whether a piece of evidence exists for the reader. Of sealed ones only its bringer and the staff know."""
    if is_own_or_staff(by, exhibit.party_id):
        return True
    return by.role in _PARTIES and not by.came_after and exhibit.shown == "released"


def known_to(by: Standing, evidence_ids: Iterable[UUID], file: CaseFile) -> list[UUID]:
    """Of the evidence that was named, what exists for the reader."""
    known = {one.evidence_id for one in file.exhibits if sees_exhibit(by, one)}
    return [one for one in evidence_ids if one in known]


def content_for(by: Standing, reader_id: UUID | None, exhibit: Exhibit) -> StoredObject | None:
    """The bytes the reader may have, if any.

    The other side gets the masked copy where there is one. What shows a child opens to a coordinator who gave
    a reason, and to nobody else.
    """
    if exhibit.shown == "sealed":
        return exhibit.content if by.role == "coordinator" and reader_id in exhibit.opened_by else None
    if is_own_or_staff(by, exhibit.party_id):
        return exhibit.content
    return (exhibit.masked or exhibit.content) if sees_exhibit(by, exhibit) else None


def handed_content(referral: Referral, exhibit: Exhibit | None) -> StoredObject | None:
    """The bytes whoever has the referral may look at meanwhile: masked where there is such a copy.

    What was sealed since is theirs no more.
    """
    if exhibit is None or exhibit.evidence_id not in referral.evidence_ids:
        return None
    return (exhibit.masked or exhibit.content) if referral.is_open and exhibit.may_go_along else None


def sees_origin(by: Standing, party_id: UUID | None, file: CaseFile) -> bool:
    """Whether hour, place and words of a piece of evidence are shown: of a concealed side they would betray it."""
    return is_own_or_staff(by, party_id) or not file.is_concealed
