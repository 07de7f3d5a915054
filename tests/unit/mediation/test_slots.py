"""Times that are found hold to every calendar, buffer, notice and quiet hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.mediation.decisions import apart
from services.mediation.decisions.shop_hours import BusyHours, OpenHours, ShopHours
from services.mediation.decisions.slots import (
    Attendee,
    Availability,
    Calendars,
    DayException,
    Hours,
    Opening,
    Room,
    fits,
    is_open,
    openings,
)
from services.mediation.state import Span
from shared.calendar.working_days import WorkingCalendar
from shared.clock import SHANGHAI, local_day
from tests.unit.mediation.stories import NOON, ROOM, RULES, an_id

ALWAYS = Availability(tuple(Hours(day, time.min, time.max) for day in range(7)))
AFTERNOONS = Availability(tuple(Hours(day, time(13), time(18)) for day in range(5)))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def april(day: int) -> datetime:
    """The beginning of a day in April 2026."""
    return datetime(2026, 4, day, tzinfo=SHANGHAI)


def calendars(**parts: object) -> Calendars:
    plain = Calendars(
        AFTERNOONS, (), (Room(ROOM, "R1", ALWAYS),), (Attendee("complainant"), Attendee("respondent")), False
    )
    return replace(plain, **parts)


def found(where: Calendars, *, count: int = 6, now: datetime = NOON) -> list[datetime]:
    return [one.span.starts_at for one in openings(where, now, count=count, rules=RULES)]


def test_the_first_times_are_spread_over_the_days():
    assert found(calendars(), count=3) == [local(23, 13), local(24, 13), local(25, 13)]


def test_where_days_are_few_the_later_hours_fill_up():
    monday = Attendee("complainant", (Span(local(23, 0), local(24, 0)),))
    assert found(calendars(attendees=(monday,))) == [
        local(23, 13),
        local(23, 15),
    ]


def test_windows_of_all_parties_are_met():
    one, other = (
        Attendee("complainant", (Span(local(23, 9), local(23, 16)), Span(local(26, 9), local(26, 18)))),
        Attendee("respondent", (Span(local(23, 15), local(23, 18)), Span(local(26, 14, 30), local(26, 18)))),
    )
    assert found(calendars(attendees=(one, other))) == [local(26, 14, 30), local(26, 16, 30)]


def test_nothing_before_the_notice_is_over():
    first = found(calendars(mediator=ALWAYS), count=1, now=local(22, 14, 10))[0]
    assert first == local(23, 14, 30)


def test_quiet_hours_stay_quiet():
    late = Attendee("complainant", (Span(local(23, 20), local(24, 9, 30)),))
    assert found(calendars(mediator=ALWAYS, attendees=(late,))) == [local(23, 20), local(24, 8)]


def test_a_day_off_is_off_and_an_extra_day_is_on():
    off = DayException(date(2026, 3, 23), available=False)
    extra = DayException(date(2026, 3, 22), available=True, from_=time(10), to=time(12))
    mediator = replace(AFTERNOONS, exceptions=(off, extra))
    assert found(calendars(mediator=mediator), count=2) == [local(22, 10), local(24, 13)]


def test_no_time_is_offered_on_a_holiday_though_the_week_says_so():
    """Saturday 4 to Monday 6 April 2026 is 清明; the Saturday after is a plain one, and people meet on it."""

    def first_within(since: int, until: int) -> list[datetime]:
        attendee = Attendee("complainant", (Span(april(since), april(until)),))
        return found(calendars(mediator=ALWAYS, attendees=(attendee,)), count=1)

    assert first_within(4, 7) == []
    assert first_within(11, 12) == [april(11) + timedelta(hours=8)]


def test_a_mediator_may_name_hours_on_a_holiday():
    extra = DayException(date(2026, 4, 6), available=True, from_=time(10), to=time(12))
    week = Attendee("complainant", (Span(april(4), april(7)),))
    mediator = replace(ALWAYS, exceptions=(extra,))
    assert found(calendars(mediator=mediator, attendees=(week,))) == [april(6) + timedelta(hours=10)]


def test_a_make_up_day_is_as_the_week_says():
    """Saturday 9 May 2026 is worked for the Labour Day week: who works on Saturdays is asked, others are not."""
    now = datetime(2026, 5, 7, 12, tzinfo=SHANGHAI)
    saturday = Span(datetime(2026, 5, 9, tzinfo=SHANGHAI), datetime(2026, 5, 10, tzinfo=SHANGHAI))
    where = calendars(attendees=(Attendee("complainant", (saturday,)),))
    assert found(replace(where, mediator=ALWAYS), now=now)
    assert found(where, now=now) == []


NOODLES = ShopHours(
    tuple(OpenHours(day, time(10), time(16)) for day in range(1, 7)), (BusyHours(time(11), time(14)),)
)
"""Closed on Mondays; nobody can be spared at noon."""


def with_shop(shop: ShopHours = NOODLES, **more: object) -> Calendars:
    keeper = replace(Attendee("respondent", shops=(shop,)), **more)
    return calendars(attendees=(Attendee("complainant"), keeper))


def test_times_outside_a_shops_hours_come_first_the_busiest_last():
    """A free Monday, every day from four on, then the quieter hours; what is left over is noon."""
    assert found(with_shop(), count=2) == [local(23, 13), local(24, 16)]
    tuesday = Attendee("complainant", (Span(local(24, 10), local(24, 18)),))
    where = replace(calendars(mediator=ALWAYS), attendees=(tuesday, with_shop().attendees[1]))
    assert found(where, count=1) == [local(24, 16)]
    assert found(where, count=2) == [local(24, 14), local(24, 16)]
    assert found(where, count=3) == [local(24, 10), local(24, 14), local(24, 16)]


def test_if_need_be_the_busiest_hours_are_offered_too():
    noon = Attendee("complainant", (Span(local(24, 11), local(24, 14)),))
    where = replace(calendars(mediator=ALWAYS), attendees=(noon, with_shop().attendees[1]))
    assert found(where) == [local(24, 11)]


def test_whoever_named_times_is_taken_at_their_word_whatever_the_shop_says():
    tuesday = (Span(local(24, 13), local(24, 18)),)
    assert found(with_shop(windows=tuesday), count=1) == [local(24, 13)]


def test_how_much_of_a_shops_hours_is_avoided_is_the_alliances_rule():
    on_tuesday = Attendee("complainant", (Span(local(24, 13), local(24, 18)),))
    where = replace(with_shop(), attendees=(on_tuesday, with_shop().attendees[1]))
    firsts = [
        openings(where, NOON, count=1, rules=replace(RULES, shop_hours_avoided=avoided))[0].span.starts_at
        for avoided in (0, 1, 2)
    ]
    assert firsts == [local(24, 13), local(24, 14), local(24, 16)]


def test_where_talks_are_apart_a_shopkeeper_is_spared_for_their_own_part_alone():
    """The respondent's hour comes first: from nine to ten the shop is still closed."""
    morning = Attendee("complainant", (Span(local(24, 8), local(24, 14)),))
    where = replace(calendars(mediator=ALWAYS), attendees=(morning, with_shop().attendees[1]), separate=True)
    assert found(where, count=1) == [local(24, 8)]
    later = replace(
        where, attendees=(replace(morning, windows=(Span(local(24, 10), local(24, 14)),)), where.attendees[1])
    )
    assert found(later, count=1) == [local(24, 8, 30)]


def test_a_room_is_closed_on_a_day_of_its_own_or_open_at_other_hours():
    closed = DayException(date(2026, 3, 23), available=False)
    morning = DayException(date(2026, 3, 24), available=True, from_=time(8), to=time(10))
    room = replace(ALWAYS, exceptions=(closed, morning))
    assert found(calendars(rooms=(Room(ROOM, "R1", room),)), count=1) == [local(25, 13)]
    assert not is_open(room, Span(local(23, 13), local(23, 14, 30)))
    assert is_open(room, Span(local(24, 8), local(24, 9, 30)))
    assert not is_open(room, Span(local(24, 9), local(24, 10, 30)))
    assert is_open(room, Span(local(25, 13), local(25, 14, 30)))


def test_a_day_the_alliance_entered_as_a_holiday_is_one():
    official = WorkingCalendar({date(2026, 3, 23): False})
    assert found(calendars(official=official), count=1) == [local(24, 13)]


def test_half_an_hour_lies_between_two_sessions_of_a_mediator():
    """What is booked comes with the half hour after it; the one before is kept here."""
    busy = (Span(local(23, 14, 30), local(23, 16, 30)),)
    monday = Attendee("complainant", (Span(local(23, 0), local(24, 0)),))
    assert found(calendars(mediator_busy=busy, attendees=(monday,))) == [local(23, 16, 30)]
    later = (Span(local(23, 15), local(23, 17)),)
    assert found(calendars(mediator_busy=later, attendees=(monday,))) == [local(23, 13)]


def test_a_party_needs_no_buffer():
    monday = Span(local(23, 0), local(24, 0))
    busy = Attendee("complainant", (monday,), (Span(local(23, 14, 30), local(23, 16)),))
    assert found(calendars(attendees=(busy,))) == [local(23, 13), local(23, 16)]


def test_talks_held_apart_take_longer():
    times = openings(calendars(separate=True), NOON, count=2, rules=RULES)
    assert [one.span for one in times] == [Span(local(day, 13), local(day, 15, 30)) for day in (23, 24)]


def test_each_side_of_talks_held_apart_needs_to_be_free_for_its_own_part_alone():
    """The respondent comes at two, the complainant at half past three; neither could stay for the other."""
    shop = Attendee("respondent", (Span(local(23, 14), local(23, 15)),))
    home = Attendee("complainant", (Span(local(23, 15, 30), local(23, 16, 30)),))
    assert found(calendars(attendees=(home, shop), separate=True)) == [local(23, 14)]
    assert found(calendars(attendees=(home, shop))) == []
    taken = replace(home, busy=(Span(local(23, 16), local(23, 17)),))
    assert found(calendars(attendees=(taken, shop), separate=True)) == []


def test_another_room_is_taken_when_the_first_is_full():
    full = Room(ROOM, "R1", ALWAYS, (Span(local(23, 0), local(24, 0)),))
    where = calendars(rooms=(full, Room(an_id(46), "R2", ALWAYS)))
    first = openings(where, NOON, count=1, rules=RULES)[0]
    assert (first.room.code, first.span.starts_at) == ("R2", local(23, 13))


def test_without_a_mediators_hours_or_a_room_there_is_no_time():
    assert found(calendars(mediator=Availability())) == []
    assert found(calendars(rooms=())) == []


def test_a_time_of_ones_own_fits_only_where_everybody_is_free():
    def do(start: datetime, room: object = ROOM) -> bool:
        return fits(calendars(), NOON, Span(start, start + RULES.session), room, rules=RULES)

    assert do(local(23, 13, 10))
    assert do(local(23, 16, 30))
    assert not do(local(23, 16, 31))
    assert not do(local(23, 12, 59))
    assert not do(local(22, 14))
    assert not do(local(23, 14), an_id(99))


moments = st.integers(0, 24 * 22).map(lambda hours: NOON + timedelta(hours=hours))
spans = st.builds(
    lambda start, hours: Span(start, start + timedelta(hours=hours)), moments, st.integers(1, 30)
)
times = st.integers(0, 23).map(time)
hours = st.builds(lambda day, a, b: Hours(day, min(a, b), max(a, b)), st.integers(0, 6), times, times).filter(
    lambda one: one.from_ < one.to
)
availabilities = st.builds(
    Availability,
    st.lists(hours, max_size=8).map(tuple),
    st.lists(
        st.builds(
            DayException,
            st.integers(0, 22).map(lambda days: local_day(NOON) + timedelta(days=days)),
            st.booleans(),
        ),
        max_size=3,
        unique_by=lambda one: one.day,
    ).map(tuple),
)
busy_spans = st.lists(spans, max_size=4).map(tuple)
sides = st.sampled_from(("complainant", "respondent"))
attendees = st.builds(Attendee, sides, st.lists(spans, max_size=5).map(tuple), busy_spans)
rooms = st.builds(
    lambda number, hours_, busy: Room(an_id(200 + number), f"R{number}", hours_, busy),
    st.integers(0, 3),
    availabilities,
    busy_spans,
)
official_calendars = st.dictionaries(
    st.integers(0, 22).map(lambda days: local_day(NOON) + timedelta(days=days)), st.booleans(), max_size=6
).map(WorkingCalendar)
worlds = st.builds(
    Calendars,
    st.just(ALWAYS) | availabilities,
    busy_spans,
    st.lists(rooms | st.just(Room(ROOM, "R9", ALWAYS)), max_size=3, unique_by=lambda one: one.code).map(
        tuple
    ),
    st.lists(attendees, max_size=3).map(tuple),
    st.booleans(),
    official_calendars,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds, count=st.integers(1, 8), minutes=st.integers(0, 24 * 60))
def test_no_time_found_breaks_any_promise(world: Calendars, count: int, minutes: int):
    now = NOON + timedelta(minutes=minutes)
    chosen = openings(world, now, count=count, rules=RULES)
    assert len(chosen) <= count
    for opening in chosen:
        _holds(opening, world, now)
        assert fits(world, now, opening.span, opening.room.room_id, rules=RULES)
    for one, other in pairwise(chosen):
        assert one.span.ends_at <= other.span.starts_at


def _holds(opening: Opening, world: Calendars, now: datetime) -> None:
    span = opening.span
    start, end = span.starts_at.astimezone(SHANGHAI), span.ends_at.astimezone(SHANGHAI)
    assert end - start == apart.length(separate=world.separate, rules=RULES)
    assert start - now.astimezone(UTC) >= RULES.notice
    assert start.date() == end.date()
    assert RULES.quiet_until <= start.time()
    assert end.time() <= RULES.quiet_from
    assert start.minute % RULES.slot_grid_minutes == 0
    for availability in (world.mediator, opening.room.availability):
        assert _every_minute_is_free(availability, start, end)
    named = {one.day for one in world.mediator.exceptions if one.available}
    assert start.date() in named or not world.official.is_holiday(start.date())
    with_buffer = Span(start, end + RULES.buffer)
    for busy in (*world.mediator_busy, *opening.room.busy):
        assert not _overlap(with_buffer, busy)
    parts = apart.parts_of(span, separate=world.separate, rules=RULES)
    for attendee in world.attendees:
        there = apart.time_for(attendee.side, span, parts)
        begin, leave = there.starts_at.astimezone(SHANGHAI), there.ends_at.astimezone(SHANGHAI)
        assert not attendee.windows or _every_minute(begin, leave, attendee.windows)
        assert not any(_overlap(there, busy) for busy in attendee.busy)


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _minutes(start: datetime, end: datetime) -> list[datetime]:
    return [start + timedelta(minutes=n) for n in range(int((end - start) / timedelta(minutes=1)))]


def _every_minute(start: datetime, end: datetime, windows: tuple[Span, ...]) -> bool:
    return all(any(one.starts_at <= at < one.ends_at for one in windows) for at in _minutes(start, end))


def _every_minute_is_free(availability: Availability, start: datetime, end: datetime) -> bool:
    exception = next((one for one in availability.exceptions if one.day == start.date()), None)
    if exception:
        return exception.available
    weekly = [one for one in availability.weekly if one.weekday == start.weekday()]
    return all(any(one.from_ <= at.time() < one.to for one in weekly) for at in _minutes(start, end))
