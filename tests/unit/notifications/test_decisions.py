"""What may become of a mail: every state against every command, and the waits between attempts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest

from services.notifications.commands import (
    Claim,
    EndLease,
    GiveUp,
    HandOver,
    MarkByHand,
    No,
    NotYet,
    NoWord,
    ReadNotice,
    Report,
    Spare,
    Yes,
)
from services.notifications.decisions import (
    CLAIM,
    GIVEN_UP_AFTER,
    RETRY_AFTER,
    Overtaken,
    Pending,
    Sending,
    Settled,
    decide,
    evolve,
    next_channel,
    read,
    require_day,
)
from services.notifications.events import (
    LetterBrought,
    MailClaimed,
    MailHandedOver,
    MailPutOff,
    MailSettled,
    MailSpared,
    NoticeRead,
)
from shared.errors import Invalid

DAY = date(2026, 3, 5)
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(seconds=1), NOON - timedelta(seconds=1)
LEASE = timedelta(seconds=180)

STATES = {
    "pending": Pending(2, NOON, NOON),
    "pending, held or put off": Pending(2, NOON, LATER),
    "sending": Sending(2, NOON, LATER),
    "sending, lease over": Sending(2, NOON, NOON),
    "accepted": Settled(2, NOON, "accepted", ""),
    "failed": Settled(2, NOON, "failed", "smtp_550"),
    "unknown": Settled(2, NOON, "unknown", "lease_over"),
    "not needed": Settled(2, NOON, "not_needed", ""),
}
COMMANDS = {
    "claim": Claim(),
    "hand over": HandOver(2, LEASE),
    "hand over of an older attempt": HandOver(1, LEASE),
    "yes": Report(2, Yes()),
    "not yet": Report(2, NotYet("smtp_451")),
    "no": Report(2, No("smtp_550")),
    "no word": Report(2, NoWord("no_answer")),
    "yes of an older attempt": Report(1, Yes()),
    "not yet of an older attempt": Report(1, NotYet("smtp_451")),
    "no of an older attempt": Report(1, No("smtp_550")),
    "no word of an older attempt": Report(1, NoWord("no_answer")),
    "end lease": EndLease(),
    "give up": GiveUp("no_contact"),
    "spare": Spare(),
    "mark as handed": MarkByHand(DAY, "handed"),
    "mark as missed": MarkByHand(DAY, "not_at_home"),
}
CLAIMED = [MailClaimed(NOON + CLAIM)]
HANDED_OVER = [MailHandedOver(NOON + LEASE)]
ACCEPTED = [MailSettled("accepted", "", 2)]
REFUSED = [MailSettled("failed", "smtp_550", 2)]
PUT_OFF = [MailPutOff(NOON + RETRY_AFTER[1], "smtp_451")]
NOBODY_KNOWS = [MailSettled("unknown", "no_answer", 2)]
CUT_OFF = [MailSettled("unknown", "lease_over", 2)]
UNREACHABLE = [MailSettled("failed", "no_contact", 2)]

HANDED = [LetterBrought(DAY, "handed", 2)]
MISSED = [LetterBrought(DAY, "not_at_home", 2)]

ALLOWED = {
    ("pending", "claim"): CLAIMED,
    ("pending", "hand over"): HANDED_OVER,
    ("pending", "not yet"): PUT_OFF,
    ("pending", "no"): REFUSED,
    ("pending", "give up"): UNREACHABLE,
    ("pending", "spare"): [MailSpared(2)],
    ("pending, held or put off", "spare"): [MailSpared(2)],
    ("pending", "mark as handed"): HANDED,
    ("pending", "mark as missed"): MISSED,
    ("pending, held or put off", "mark as handed"): HANDED,
    ("pending, held or put off", "mark as missed"): MISSED,
    ("pending, held or put off", "hand over"): HANDED_OVER,
    ("pending, held or put off", "not yet"): PUT_OFF,
    ("pending, held or put off", "no"): REFUSED,
    ("pending, held or put off", "give up"): UNREACHABLE,
    ("sending", "yes"): ACCEPTED,
    ("sending", "not yet"): PUT_OFF,
    ("sending", "no"): REFUSED,
    ("sending", "no word"): NOBODY_KNOWS,
    ("sending, lease over", "yes"): ACCEPTED,
    ("sending, lease over", "not yet"): PUT_OFF,
    ("sending, lease over", "no"): REFUSED,
    ("sending, lease over", "no word"): NOBODY_KNOWS,
    ("sending, lease over", "end lease"): CUT_OFF,
    ("unknown", "yes"): ACCEPTED,
    ("unknown", "not yet"): PUT_OFF,
    ("unknown", "no"): REFUSED,
}
"""Every other pair is refused: nobody sends a mail again of which it is not known that it was not taken."""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", STATES)
def test_each_command_in_each_state(state, command):
    expected = ALLOWED.get((state, command))
    if expected is None:
        with pytest.raises(Overtaken):
            decide(STATES[state], COMMANDS[command], NOON)
    else:
        assert decide(STATES[state], COMMANDS[command], NOON) == expected


@pytest.mark.parametrize(
    ("before", "events", "after"),
    [
        (Pending(0, NOON, NOON), CLAIMED, Pending(1, NOON, NOON + CLAIM)),
        (Pending(1, NOON, LATER), HANDED_OVER, Sending(1, NOON, NOON + LEASE)),
        (Sending(2, NOON, LATER), PUT_OFF, Pending(2, NOON, NOON + RETRY_AFTER[1], "smtp_451")),
        (Sending(2, NOON, LATER), ACCEPTED, Settled(2, NOON, "accepted", "")),
        (Pending(2, NOON, LATER), [MailSpared(2)], Settled(2, NOON, "not_needed", "")),
        (Settled(2, NOON, "unknown", "lease_over"), ACCEPTED, Settled(2, NOON, "accepted", "")),
    ],
)
def test_what_it_becomes(before, events, after):
    assert reduce(evolve, events, before) == after


@pytest.mark.parametrize(("attempt", "wait"), [(1, 0), (2, 1), (5, 4), (6, 4), (99, 4)])
def test_the_waits_grow_and_then_repeat(attempt, wait):
    [put_off] = decide(Sending(attempt, NOON, LATER), Report(attempt, NotYet("smtp_451")), NOON)
    assert put_off.due_at == NOON + RETRY_AFTER[wait]


def test_after_days_of_not_yet_it_has_failed_and_says_so():
    queued_at = NOON - GIVEN_UP_AFTER
    assert decide(Sending(9, queued_at, LATER), Report(9, NotYet("smtp_451")), NOON) == [
        MailSettled("failed", "gave_up", 9)
    ]


@pytest.mark.parametrize(
    ("channel", "kind", "can_text", "goes_on"),
    [
        ("mail", "message_waiting", True, "sms"),
        ("mail", "message_waiting", False, None),
        ("mail", "case_accepted", True, "sms"),
        ("mail", "case_accepted", False, "paper"),
        ("mail", "slots_to_answer", False, "paper"),
        ("sms", "case_accepted", True, "paper"),
        ("sms", "message_waiting", True, None),
        ("paper", "case_accepted", True, None),
    ],
)
def test_what_reached_nobody_goes_on_by_the_next_way(channel, kind, can_text, goes_on):
    failed = Settled(1, NOON, "failed", "gave_up")
    assert next_channel(channel, failed, kind, can_text=can_text) == goes_on


@pytest.mark.parametrize(
    "mail",
    [
        Pending(1, NOON, NOON),
        Sending(1, NOON, NOON),
        *(Settled(1, NOON, r, "") for r in ("accepted", "unknown")),
    ],
)
def test_what_may_have_reached_somebody_goes_no_other_way(mail):
    assert next_channel("mail", mail, "case_accepted", can_text=True) is None


def test_a_notice_is_read_once():
    assert read(None, ReadNotice(None), NOON) == [NoticeRead(NOON)]
    assert read(EARLIER, ReadNotice(None), NOON) == []


@pytest.mark.parametrize(
    ("result", "left"),
    [
        ("signed", Settled(2, NOON, "accepted", "")),
        ("handed", Settled(2, NOON, "accepted", "")),
        ("not_at_home", Settled(2, NOON, "failed", "not_at_home")),
        ("refused", Settled(2, NOON, "failed", "refused")),
        ("moved_away", Settled(2, NOON, "failed", "moved_away")),
    ],
)
def test_what_was_brought_is_there_signed_or_not(result, left):
    given = Pending(2, NOON, NOON)
    [event] = decide(given, MarkByHand(DAY, result), NOON)
    assert evolve(given, event) == left


def test_nothing_is_brought_before_it_was_written_nor_tomorrow():
    require_day(DAY, told_on=DAY, today=DAY)
    for on, code in (
        (DAY + timedelta(days=1), "in_the_future"),
        (DAY - timedelta(days=1), "before_the_notice"),
    ):
        with pytest.raises(Invalid) as refused:
            require_day(on, told_on=DAY, today=DAY)
        assert (refused.value.field, refused.value.code) == ("/on", code)
