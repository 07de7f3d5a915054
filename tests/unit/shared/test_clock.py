from datetime import UTC, date, datetime, timedelta

import pytest

from shared.clock import DevelopmentClock, SystemClock, end_of_day, local_day


def test_a_clock_without_a_file_tells_the_real_time(tmp_path):
    clock = DevelopmentClock(tmp_path / "clock")
    assert abs(clock.now() - SystemClock().now()) < timedelta(seconds=1)


def test_moving_one_clock_moves_every_clock_on_the_same_file(tmp_path):
    mine, other = DevelopmentClock(tmp_path / "clock"), DevelopmentClock(tmp_path / "clock")
    mine.advance(timedelta(days=8))
    mine.advance(timedelta(hours=1))
    moved = other.now() - SystemClock().now()
    assert abs(moved - timedelta(days=8, hours=1)) < timedelta(seconds=1)


def test_a_clock_never_moves_back(tmp_path):
    with pytest.raises(ValueError, match="forward"):
        DevelopmentClock(tmp_path / "clock").advance(timedelta(seconds=-1))


def test_days_are_those_of_shanghai():
    late_in_greenwich = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
    assert local_day(late_in_greenwich) == date(2026, 3, 13)


def test_a_clock_ends_at_midnight_after_its_last_day():
    assert end_of_day(date(2026, 3, 16)) == datetime(2026, 3, 16, 16, tzinfo=UTC)
