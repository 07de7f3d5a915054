"""What of the mails may be switched off, by whom, and what never."""

from __future__ import annotations

from collections import Counter

import pytest

from services.notifications.quiet import EVEN_AT_NIGHT
from services.notifications.rules import KINDS
from services.notifications.wishes import GROUPS, OPTIONAL, Wishes, is_mailed, optional_group


def test_each_kind_of_notice_is_in_one_group():
    assert Counter(kind for kinds in GROUPS.values() for kind in kinds) == Counter(KINDS)


def test_whoever_chose_nothing_gets_every_mail():
    assert all(is_mailed(kind, Wishes()) for kind in KINDS)


@pytest.mark.parametrize("wishes", [Wishes(mail=False), Wishes(mails=dict.fromkeys(OPTIONAL, "never"))])
def test_whoever_wants_none_still_gets_what_is_required(wishes):
    assert {kind for kind in KINDS if is_mailed(kind, wishes)} == set(GROUPS["required"])


def test_one_kind_can_be_switched_off_and_the_others_stay():
    wishes = Wishes(mails={"messages": "never", "progress": "at_once"})
    assert not is_mailed("message_waiting", wishes)
    assert is_mailed("case_taken_on", wishes)
    assert is_mailed("slots_to_answer", wishes)


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
