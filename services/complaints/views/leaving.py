"""Who left and who was asked to come after them: for the staff, and for each their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.complaints import answers, policy, sentences
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from shared.texts import Language


def left(
    by: Standing, file: CaseFile, spoken: Sequence[e.LeavingSpoken], language: Language
) -> list[answers.LeavingView]:
    """Nobody else learns that somebody has moved away, or where to."""
    return [
        answers.LeavingView(
            party_id=one.party_id if by.role == "coordinator" else None,
            side=one.side,
            label=_label(file, one.side, index, language),
            left_on=one.left_on,
            why=one.why,
            wish=one.wish,
            said=[said.text for said in spoken if said.party_id == one.party_id and said.text],
        )
        for index, one in enumerate(file.former)
        if policy.sees(by, "leavings", file) or one.party_id == by.party_id
    ]


def invited(
    by: Standing, file: CaseFile, invitations: Mapping[UUID, e.PartyInvited], language: Language
) -> list[answers.InvitationView]:
    """The facts are all that whoever is asked learns of the case."""
    return [
        answers.InvitationView(
            party_id=one.party_id if by.role == "coordinator" else None,
            side=one.side,
            label=_label(file, one.side, index, language),
            capacity=one.capacity,
            facts=invitations[one.party_id].facts,
        )
        for index, one in enumerate(file.invited)
        if policy.sees(by, "leavings", file) or one.party_id == by.party_id
    ]


def said(by: Standing, answered: e.InvitationAnswered | None, party_id: UUID, file: CaseFile) -> str | None:
    """What somebody said when they joined: to the staff, and their own."""
    shown = policy.sees(by, "leavings", file) or by.party_id == party_id
    return answered.text if answered and shown else None


def _label(file: CaseFile, side: str, index: int, language: Language) -> str:
    concealed = side == "complainant" and file.is_concealed
    return sentences.party_label(side, index, language, concealed=concealed)
