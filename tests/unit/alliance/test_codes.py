"""When a one-time code may be sent, when it is right, when it is dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from services.alliance.decisions.codes import (
    SIGNING_PER_DAY,
    CodeRecord,
    LiveCode,
    are_used_up,
    seconds_to_wait,
    sent,
    tried,
)

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
RIGHT, WRONG = b"right", b"wrong"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def sent_at(*moments: datetime) -> CodeRecord:
    return reduce(lambda record, moment: sent(record, RIGHT, moment), moments, CodeRecord())


def test_the_first_code_may_be_sent_at_once() -> None:
    assert seconds_to_wait(CodeRecord(), NOON) == 0


@pytest.mark.parametrize(("later", "wait"), [(0, 60), (1, 59), (59.5, 1), (60, 0)])
def test_one_code_a_minute(later: float, wait: int) -> None:
    assert seconds_to_wait(sent_at(NOON), NOON + timedelta(seconds=later)) == wait


def test_whoever_signs_several_agreements_with_codes_sent_again_is_not_locked_out_for_a_day() -> None:
    minutes = [NOON + MINUTE * number for number in range(SIGNING_PER_DAY)]
    before, after = sent_at(*minutes[:-1]), sent_at(*minutes)

    assert seconds_to_wait(before, minutes[-1], SIGNING_PER_DAY) == 0
    assert not are_used_up(before, minutes[-1], SIGNING_PER_DAY)
    assert are_used_up(after, minutes[-1], SIGNING_PER_DAY)
    assert seconds_to_wait(after, NOON + timedelta(hours=1), SIGNING_PER_DAY) == 23 * 3600


def test_eight_codes_a_day() -> None:
    hours = [NOON + timedelta(hours=number) for number in range(8)]
    evening = NOON + timedelta(hours=9)

    assert seconds_to_wait(sent_at(*hours[:7]), evening) == 0
    assert seconds_to_wait(sent_at(*hours), evening) == 15 * 3600
    assert seconds_to_wait(sent_at(*hours), NOON + timedelta(days=1)) == 0


def test_only_the_last_day_is_remembered() -> None:
    assert sent_at(NOON, NOON + timedelta(days=2)).sent_at == (NOON + timedelta(days=2),)


def test_the_right_code_is_right_once() -> None:
    after, right = tried(sent_at(NOON), RIGHT, NOON + MINUTE)
    assert right
    assert tried(after, RIGHT, NOON + MINUTE) == (after, False)


def test_a_code_lives_five_minutes_and_no_longer() -> None:
    record = sent_at(NOON)
    assert tried(record, RIGHT, NOON + 5 * MINUTE - SECOND)[1]
    assert not tried(record, RIGHT, NOON + 5 * MINUTE)[1]


def test_a_new_code_kills_the_one_before() -> None:
    record = sent(sent(CodeRecord(), b"first", NOON), b"second", NOON + MINUTE)
    assert not tried(record, b"first", NOON + MINUTE)[1]
    assert tried(record, b"second", NOON + MINUTE)[1]


def test_the_fifth_wrong_try_kills_the_code() -> None:
    record = sent_at(NOON)
    for tries in range(1, 5):
        record, right = tried(record, WRONG, NOON + SECOND)
        assert not right
        assert record.live == LiveCode(RIGHT, NOON + 5 * MINUTE, tries)
    record, right = tried(record, WRONG, NOON + SECOND)

    assert (record.live, right) == (None, False)
    assert not tried(record, RIGHT, NOON + SECOND)[1]


def test_the_right_code_at_the_fifth_try_is_right() -> None:
    four_wrong = reduce(lambda record, _: tried(record, WRONG, NOON)[0], range(4), sent_at(NOON))
    assert tried(four_wrong, RIGHT, NOON)[1]


def test_trying_does_not_give_more_codes() -> None:
    record, _ = tried(sent_at(NOON), WRONG, NOON)
    assert seconds_to_wait(record, NOON) == 60


def test_nothing_is_right_where_nothing_was_sent() -> None:
    assert tried(CodeRecord(), RIGHT, NOON) == (CodeRecord(), False)
