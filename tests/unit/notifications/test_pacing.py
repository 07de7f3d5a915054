"""So many a minute, counted over the minute that has just passed."""

from __future__ import annotations

from services.notifications.pacing import Minute


def test_a_full_minute_has_room_when_its_first_is_a_minute_old():
    minute = Minute(2)
    for moment in (0.0, 10.0):
        assert minute.has_room(moment)
        minute.take(moment)
    assert [minute.has_room(moment) for moment in (10.0, 59.9, 60.0)] == [False, False, True]
    minute.take(60.0)
    assert [minute.has_room(moment) for moment in (60.0, 69.9, 70.0)] == [False, False, True]


def test_nought_is_no_limit():
    minute = Minute(0)
    for _ in range(1000):
        assert minute.has_room(0.0)
        minute.take(0.0)
