"""The calendar file, read back by a parser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from shared.calendar.ics import invitation

START = datetime(2026, 3, 24, 6, tzinfo=UTC)
STAMP = datetime(2026, 3, 20, 4, tzinfo=UTC)


def a_file(**more: Any) -> bytes:
    usual: dict[str, Any] = {
        "sequence": 0,
        "starts_at": START,
        "ends_at": START + timedelta(minutes=90),
        "room": "R1",
        "summary": "会谈 SJ-TEST-0001-A",
        "method": "PUBLISH",
        "stamp": STAMP,
    }
    return invitation("A1B2", **(usual | more))


def test_it_says_when_and_where_in_shanghai_time():
    calendar = Calendar.from_ical(a_file())
    [event] = calendar.events
    assert event.start.isoformat() == "2026-03-24T14:00:00+08:00"
    assert event.end - event.start == timedelta(minutes=90)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Asia/Shanghai"]
    assert (str(event["LOCATION"]), str(event["SUMMARY"])) == ("R1", "会谈 SJ-TEST-0001-A")
    assert event["DTSTAMP"].dt == STAMP


def test_the_uid_stays_and_the_sequence_is_the_callers():
    files = [Calendar.from_ical(a_file(sequence=number)) for number in range(3)]
    assert {str(file.events[0]["UID"]) for file in files} == {"A1B2"}
    assert [int(file.events[0]["SEQUENCE"]) for file in files] == [0, 1, 2]


@pytest.mark.parametrize(
    ("method", "status"), [("PUBLISH", "CONFIRMED"), ("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")]
)
def test_the_method_is_said_and_a_cancellation_is_cancelled(method: str, status: str):
    calendar = Calendar.from_ical(a_file(method=method))
    assert (str(calendar["METHOD"]), str(calendar.events[0]["STATUS"])) == (method, status)


def test_a_download_names_nobody_and_a_mail_its_reader_alone():
    assert "ATTENDEE" not in Calendar.from_ical(a_file()).events[0]
    mailed = Calendar.from_ical(a_file(method="REQUEST", attendee_email="lin@shanbei.example"))
    assert str(mailed.events[0]["ATTENDEE"]) == "mailto:lin@shanbei.example"
    assert str(mailed.events[0]["ORGANIZER"]).startswith("mailto:")


def test_the_same_session_makes_the_same_bytes():
    assert a_file() == a_file()


def test_lines_are_as_rfc_5545_wants_them():
    lines = a_file(summary="会谈" * 60).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
