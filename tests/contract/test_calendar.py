"""The working calendar on the bus: what the alliance tells is what those who count days read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.alliance import publish
from services.alliance.events import CalendarDaySet, CalendarYearEntered
from services.complaints import consumers as complaints
from services.mediation import consumers as mediation
from shared.contracts import topics
from shared.contracts.envelope import Envelope, decode

ALLIANCE = UUID("01900000-0000-7000-8000-000000000002")
EVENTS = [CalendarDaySet(date(2027, 1, 4), "works", "国办发明电"), CalendarYearEntered(2027)]


@pytest.mark.parametrize("event", EVENTS)
def test_a_calendar_event_is_read_as_it_was_told_without_its_source(event):
    [told] = publish.of_calendar(ALLIANCE, event)
    envelope = Envelope(ALLIANCE, "/services/alliance", datetime(2026, 11, 1, tzinfo=UTC), ALLIANCE, 1, told)
    headers = [(name, value.encode()) for name, value in envelope.headers().items()]
    assert decode(headers, envelope.value()) == envelope
    assert (envelope.subject, told.TOPIC) == (str(ALLIANCE), topics.ALLIANCE)
    assert "国办" not in envelope.value().decode()


@pytest.mark.parametrize("service", [complaints, mediation])
@pytest.mark.parametrize("event", EVENTS)
def test_every_service_that_counts_days_listens(service, event):
    [told] = publish.of_calendar(ALLIANCE, event)
    [subscription] = service.subscriptions(None)
    assert told.TYPE in subscription.handlers
    assert told.TOPIC in subscription.topics
