"""What of the mails may be switched off, by whom, and what never."""

from __future__ import annotations

from collections import Counter

import pytest

from services.notifications.quiet import EVEN_AT_NIGHT
from services.notifications.rules import KINDS
from services.notifications.wishes import GROUPS, OPTIONAL, Wishes, is_pushed, optional_group, rhythm_of


def test_each_kind_of_notice_is_in_one_group():
    assert Counter(kind for kinds in GROUPS.values() for kind in kinds) == Counter(KINDS)


def test_whoever_chose_nothing_gets_every_mail():
    assert {rhythm_of(kind, Wishes()) for kind in KINDS} == {"at_once"}


@pytest.mark.parametrize("wishes", [Wishes(mail=False), Wishes(mails=dict.fromkeys(OPTIONAL, "never"))])
def test_whoever_wants_none_still_gets_what_is_required(wishes):
    assert {kind for kind in KINDS if rhythm_of(kind, wishes) != "never"} == set(GROUPS["required"])


def test_each_group_has_its_own_rhythm():
    wishes = Wishes(mails={"messages": "never", "progress": "daily"})
    assert rhythm_of("message_waiting", wishes) == "never"
    assert rhythm_of("case_taken_on", wishes) == "daily"
    assert rhythm_of("slots_to_answer", wishes) == "at_once"


def test_what_is_required_waits_for_no_evening():
    wishes = Wishes(mails=dict.fromkeys(OPTIONAL, "daily"))
    assert {kind for kind in KINDS if rhythm_of(kind, wishes) == "at_once"} == set(GROUPS["required"])


@pytest.mark.parametrize(
    "kind",
    [
        "case_accepted",
        "answer_awaited",
        "session_moved",
        "agreement_to_sign",
        "court_decided",
        *EVEN_AT_NIGHT,
    ],
)
def test_served_notices_meetings_agreements_courts_and_danger_cannot_be_switched_off(kind):
    assert optional_group(kind) is None


@pytest.mark.parametrize(
    ("kind", "wishes", "pushed"),
    [
        ("message_waiting", Wishes(), False),
        ("message_waiting", Wishes(has_device=True), True),
        ("message_waiting", Wishes(has_device=True, pushes={"messages": "never"}), False),
        ("message_waiting", Wishes(has_device=True, mails={"messages": "never"}), True),
        ("agreement_to_sign", Wishes(has_device=True, pushes=dict.fromkeys(OPTIONAL, "never")), True),
    ],
)
def test_a_telephone_that_asked_hears_of_what_was_not_switched_off(kind, wishes, pushed):
    assert is_pushed(kind, wishes) is pushed
