"""What of an event a person said or brought: they get a copy of it, and it goes where they are erased."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.complaints import events as e
from services.complaints.decisions.state import CaseFile

WORDS: Mapping[type[Any], tuple[str, ...]] = {
    e.CaseFiled: (
        "description",
        "place_text",
        "occurred_at",
        "details",
        "respondent_fact",
        "health_words",
        "earlier_words",
    ),
    e.CaseAnswered: ("text",),
    e.PartyAnswered: ("text",),
    e.MessageSent: ("text",),
    e.OccurrenceLogged: ("note",),
    e.EvidenceAdded: ("note", "taken_at"),
    e.ReadingRecorded: ("note",),
    e.PoliceReported: ("what", "reference"),
    e.ExtensionProposed: ("reason",),
    e.SettlementSaid: ("note", "promises"),
    e.PledgeOffered: ("what",),
    e.PledgeProven: ("text",),
    e.PledgeDisputed: ("reason",),
    e.LeavingSpoken: ("text",),
    e.InvitationAnswered: ("text",),
    e.LeadAccepted: ("words",),
    e.GroupPosted: ("text",),
    e.PostReleased: ("text",),
    e.SurveyAnswered: ("comment",),
    e.CaseWithdrawn: ("note",),
    e.CaseReopened: ("reason",),
}
"""The fields of each event that hold them. An event in no line holds a step and no word of a party."""


@dataclass(frozen=True)
class Self:
    """One person in one case: the parties they are in it, and whether its answer is theirs."""

    parties: frozenset[UUID]
    answers: bool = False

    @classmethod
    def of(cls, parties: Collection[UUID], file: CaseFile) -> Self:
        """Whom the case was filed against from the first answers it; whoever was added answers for themselves."""
        answering = {one for one in file.respondents if file.added_party(one) is None}
        return cls(frozenset(parties), bool(answering & {*parties}))


def is_own(who: Self, author: UUID | None, event: e.Event) -> bool:
    """Whether it was their step, or one that somebody entered for them.

    The journal names a party by its id within the case; what a helper, the coordinator or a paper told for
    somebody names that party in the event.
    """
    match event:
        case e.CaseFiled():
            return bool(who.parties & {*event.complainants})
        case e.CaseAnswered():
            return who.answers or author in who.parties
        case e.PledgeOffered(party_id=None):
            return who.answers
        case e.GroupPosted() | e.PostReleased():
            return event.by in who.parties
        case e.SurveyRequested() | e.PartyAdded() | e.PartyInvited() | e.PartyServed():
            return False
        case _:
            return author in who.parties or getattr(event, "party_id", None) in who.parties


def said_in(event: e.Event) -> dict[str, Any]:
    """What they said, by field; empty where it was a step without words."""
    fields = WORDS.get(type(event), ())
    return {name: value for name in fields if (value := getattr(event, name))}


def without_words(event: e.Event) -> e.Event:
    """The same step after whoever said it was erased."""
    silent = {name: SILENT[name] for name in said_in(event)}
    return replace(event, **silent)


SILENT: Mapping[str, Any] = {
    "description": "",
    "details": {},
    "health_words": (),
    "promises": (),
    "reason": "",
    "text": "",
    "what": "",
    "words": "",
    **dict.fromkeys(
        (
            *("place_text", "occurred_at", "respondent_fact", "earlier_words"),
            *("note", "taken_at", "reference", "comment"),
        )
    ),
}
"""What stands in place of each field that was erased."""


def plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON knows it."""
    found: dict[str, Any] = _PLAIN.dump_python(dict(said), mode="json")
    return found


_PLAIN = TypeAdapter(dict[str, Any])
