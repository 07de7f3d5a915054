"""What of an event is somebody's own: the copy they get, and what goes where they are erased."""

from __future__ import annotations

import typing
from dataclasses import fields, replace
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin

import pytest

from services.complaints import events as e
from services.complaints.decisions.state import AwaitingAnswer
from services.complaints.words import WORDS, Self, is_own, said_in
from tests.unit.complaints.cases import HOME, SHOP, a

COMPLAINANT = Self(frozenset({HOME}))
RESPONDENT = Self(frozenset({SHOP}), answers=True)

OF_THE_COMMITTEE = {
    ("CaseFiled", "category"),
    ("CaseFiled", "subcategory"),
    ("CaseFiled", "reference"),
    ("CaseAccepted", "shared_summary"),
    ("CaseAccepted", "words_kept"),
    ("CaseAccepted", "respondent_fact"),
    ("CategoryCorrected", "before"),
    ("CategoryCorrected", "category"),
    ("CategoryCorrected", "subcategory"),
    ("CaseDeclined", "next_address"),
    ("CaseDeclined", "note"),
    ("CaseConcluded", "note"),
    ("CaseReferred", "authority"),
    ("CaseReferred", "note"),
    ("CaseReferred", "documents"),
    ("CaseReturned", "authority"),
    ("CaseReturned", "note"),
    ("CaseReturned", "document_no"),
    ("CaseReturned", "public_note"),
    ("EvidenceErased", "sha256"),
    ("EmergencyLifted", "reason"),
    ("GroupPosted", "held_for"),
    ("IdentityRevealed", "reason"),
    ("MatterSplit", "reference"),
    ("MatterSplit", "split_reference"),
    ("MediationNoted", "step"),
    ("PartyAdded", "fact"),
    ("PartyInvited", "facts"),
    ("ReturnVisited", "note"),
    ("SealedEvidenceOpened", "reason"),
    ("ServiceAttempted", "note"),
    ("ServiceOffered", "service"),
    ("ServiceOffered", "note"),
    ("SiteVisited", "present"),
    ("SiteVisited", "found"),
    ("SiteVisited", "done"),
    ("SiteVisited", "public_note"),
    ("SpeakersDrawn", "lot"),
    ("SettlementSaid", "words_hash"),
    ("WorkRecorded", "note"),
    ("WorkRecorded", "said"),
}
"""Text that is no party's: what the committee, an authority or the system wrote, and words of ours."""


def is_text(kind: Any) -> bool:
    if get_origin(kind) in (typing.Union, UnionType, tuple):
        return any(is_text(one) for one in get_args(kind))
    return kind is str


def test_every_text_of_every_event_is_a_partys_or_known_to_be_nobodys():
    written = {
        (event.__name__, field.name)
        for event in get_args(e.Event)
        for field in fields(event)
        if is_text(typing.get_type_hints(event)[field.name])
    }
    words = {(event.__name__, name) for event, names in WORDS.items() for name in names}
    assert written - words == OF_THE_COMMITTEE & written
    assert OF_THE_COMMITTEE - written == set()


@pytest.mark.parametrize("event", WORDS)
def test_the_fields_are_the_events(event: type[Any]):
    assert {*WORDS[event]} <= {field.name for field in fields(event)}


def test_a_party_is_named_in_the_journal_by_its_id_in_the_case():
    said = e.OccurrenceLogged("又响了")
    assert is_own(COMPLAINANT, HOME, said)
    assert not is_own(RESPONDENT, HOME, said)
    assert said_in(said) == {"note": "又响了"}


def test_what_a_paper_told_for_somebody_is_theirs():
    told = e.PartyAnswered(date(2026, 3, 20), SHOP, "agree", "好")
    assert is_own(RESPONDENT, None, told)
    assert not is_own(COMPLAINANT, None, told)


def test_the_answer_is_of_whom_it_was_filed_against_first():
    answered = e.CaseAnswered(date(2026, 3, 20), "agree", "好")
    file = a(AwaitingAnswer).file
    assert is_own(Self.of([SHOP], file), None, answered)
    assert not is_own(Self.of([HOME], file), None, answered)
    assert not is_own(Self.of([SHOP], replace(file, respondents=())), None, answered)


def test_what_was_pledged_at_the_counter_is_whose_account_it_is_now():
    day = date(2026, 3, 20)
    pledged = e.PledgeOffered(day, SHOP, None, "夜里不响", day)
    assert is_own(RESPONDENT, None, pledged)
    assert not is_own(Self(frozenset({HOME})), None, pledged)


def test_a_step_without_words_says_nothing():
    assert said_in(e.LeadsNominated(HOME, (SHOP,))) == {}
