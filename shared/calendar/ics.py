"""Calendar files for sessions (RFC 5545, 5546), the same for a download and for a mail.

`uid` never changes and `sequence` grows with every change, so that calendars move or strike out the entry
they already hold instead of adding another.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from icalendar import STATUS, Calendar, Event, vCalAddress

from shared.clock import SHANGHAI, local_day

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

ORGANIZER = "mediation@shangju.example"
"""Stands for the alliance's mediation desk where an installation names no address of its own."""


def invitation(
    uid: str,
    *,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    summary: str,
    method: Method,
    stamp: datetime,
    attendee_email: str | None = None,
    organizer: str = ORGANIZER,
) -> bytes:
    """The .ics file of one session in Shanghai time.

    `stamp` is when this file is made (DTSTAMP). REQUEST and CANCEL go to one `attendee_email` each, so that
    nobody reads the others' addresses; PUBLISH, a download, names none.
    """
    event = Event.new(
        uid=uid,
        sequence=sequence,
        stamp=stamp,
        start=starts_at.astimezone(SHANGHAI),
        end=ends_at.astimezone(SHANGHAI),
        location=room,
        summary=summary,
        status=STATUS.CANCELLED if method == "CANCEL" else STATUS.CONFIRMED,
        organizer=vCalAddress.new(organizer),
        attendees=[_attendee(attendee_email)] if attendee_email else None,
    )
    calendar = Calendar.new(uid=uid, prodid="-//Shangju//Sessions//ZH", method=method, subcomponents=[event])
    calendar.add_missing_timezones(**_years_around(starts_at))
    file: bytes = calendar.to_ical()
    return file


def _attendee(email: str) -> vCalAddress:
    return vCalAddress.new(email, partstat="NEEDS-ACTION", rsvp=False)


def _years_around(moment: datetime) -> dict[str, date]:
    """A VTIMEZONE of these days alone: Shanghai has had no summer time since 1991, and shorter is safer."""
    day = local_day(moment)
    return {"first_date": day - timedelta(days=366), "last_date": day + timedelta(days=366)}
