"""Calendar files for sessions (RFC 5545, 5546), the same for a download and for a mail.

`uid` never changes and `sequence` grows with every change, so that calendars move or strike out the entry
they already hold instead of adding another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from icalendar import STATUS, Calendar, Event, vCalAddress

from shared.clock import SHANGHAI, local_day

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

ORGANIZER = "mediation@shangju.example"
"""Stands for the alliance's mediation desk where an installation names no address of its own."""


_PRODUCT = "-//Shangju//Sessions//ZH"


@dataclass(frozen=True)
class Entry:
    """One session of a calendar."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room: str
    summary: str


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
    entry = Entry(uid, sequence, starts_at, ends_at, room, summary)
    status = STATUS.CANCELLED if method == "CANCEL" else STATUS.CONFIRMED
    event = _event(entry, stamp, status=status, organizer=organizer, attendee_email=attendee_email)
    calendar = Calendar.new(uid=uid, prodid=_PRODUCT, method=method, subcomponents=[event])
    return _written(calendar, starts_at, starts_at)


def feed(entries: Sequence[Entry], *, name: str, stamp: datetime) -> bytes:
    """A calendar to subscribe to (RFC 7986): what is no longer in it is gone from the subscriber's."""
    events = [_event(entry, stamp) for entry in entries]
    calendar = Calendar.new(
        prodid=_PRODUCT,
        method="PUBLISH",
        name=name,
        refresh_interval=timedelta(hours=1),
        subcomponents=events,
    )
    days = [stamp, *(entry.starts_at for entry in entries)]
    return _written(calendar, min(days), max(days))


def _event(
    entry: Entry,
    stamp: datetime,
    *,
    status: STATUS = STATUS.CONFIRMED,
    organizer: str = ORGANIZER,
    attendee_email: str | None = None,
) -> Event:
    return Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=stamp,
        start=entry.starts_at.astimezone(SHANGHAI),
        end=entry.ends_at.astimezone(SHANGHAI),
        location=entry.room,
        summary=entry.summary,
        status=status,
        organizer=vCalAddress.new(organizer),
        attendees=[_attendee(attendee_email)] if attendee_email else None,
    )


def _written(calendar: Calendar, first: datetime, last: datetime) -> bytes:
    calendar.add_missing_timezones(**_years_around(first, last))
    file: bytes = calendar.to_ical()
    return file


def _attendee(email: str) -> vCalAddress:
    return vCalAddress.new(email, partstat="NEEDS-ACTION", rsvp=False)


def _years_around(first: datetime, last: datetime) -> dict[str, date]:
    """A VTIMEZONE of these days alone: Shanghai has had no summer time since 1991, and shorter is safer."""
    year = timedelta(days=366)
    return {"first_date": local_day(first) - year, "last_date": local_day(last) + year}
