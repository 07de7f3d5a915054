"""Who is concerned by a case, under labels where the reader may not know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from services.complaints import answers, policy, sentences
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from services.complaints.people import People
from services.complaints.terms import Side
from services.complaints.views import leaving
from services.complaints.views.words import Words
from shared.texts import Language

_SIDES: tuple[Side, ...] = ("complainant", "respondent")


def concerned(
    by: Standing, file: CaseFile, words: Words, people: People, *, reader_id: UUID | None, language: Language
) -> Iterator[answers.PartyView]:
    """An anonymous complainant is a label without anybody behind it; so is whom nobody saw."""
    unseen = (None,) if file.doer != "known" else ()
    parties: dict[Side, tuple[UUID | None, ...]] = {
        "complainant": file.complainants or (None,),
        "respondent": file.respondents or unseen,
    }
    for side in _SIDES:
        concealed = side == "complainant" and file.party_identity != "named"
        for index, party in enumerate(parties[side]):
            shown = policy.sees_member(by, reader_id, side, file, party)
            yield answers.PartyView(
                side=side,
                label=_label(side, index, language, concealed=concealed, unseen=party is None),
                member_id=people.members.get(party) if party and shown else None,
                **_known_to_coordinator(by, party),
                **_added(by, file, words, party),
            )


def _label(side: Side, index: int, language: Language, *, concealed: bool, unseen: bool) -> str:
    if unseen and side == "respondent":
        return sentences.TEXTS("label_unseen", language)
    return sentences.party_label(side, index, language, concealed=concealed)


def _known_to_coordinator(by: Standing, party_id: UUID | None) -> dict[str, Any]:
    """The id within the case, by which a notice is served and a leaving entered."""
    return {"party_id": party_id} if by.role == "coordinator" else {}


def _added(by: Standing, file: CaseFile, words: Words, party_id: UUID | None) -> dict[str, Any]:
    """What is said of a party who was added; who came after somebody has answered the invitation."""
    came = words.parties_added.get(party_id) if party_id else None
    if came is None:
        return {}
    how = {
        "capacity": came.capacity,
        "basis": came.basis,
        "fact": came.fact if by.role == "coordinator" else None,
    }
    party = file.added_party(party_id)
    if party is None:
        return how
    said = words.party_answers.get(party.party_id) if policy.sees(by, "answer", file) else None
    return {
        **how,
        "served": party.is_served if party.side == "respondent" else None,
        "answer": answers.AnswerView(kind=said.kind, text=said.text) if said else None,
        "said": leaving.said(by, words.invited.get(party.party_id), party.party_id, file),
    }
