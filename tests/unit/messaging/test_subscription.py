"""What a record is to a subscription."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from aiokafka import ConsumerRecord

from shared.contracts import topics
from shared.contracts.complaints import CaseWithdrawn, OccurrenceLogged
from shared.contracts.envelope import Envelope
from shared.messaging.subscription import Effect, Poison, Projection, Skipped, Subscription, read
from shared.persistence.database import Connection

CASE = OccurrenceLogged(
    case_id=uuid4(),
    alliance_id=uuid4(),
    reference="SJ-1",
    category="noise",
    subcategory="music",
    stage="hear",
    status="open",
)
EVENT = Envelope(uuid4(), "/services/test", datetime.now(UTC), CASE.alliance_id, 3, CASE, "00-ab-cd-01")


async def ignore(tx: Connection, event: Envelope) -> None:
    """A handler that is not called here."""


SUBSCRIPTION = Subscription("group", (topics.COMPLAINTS,), {OccurrenceLogged.TYPE: ignore})


def a_record(
    topic: str = topics.COMPLAINTS, *, value: bytes | None = EVENT.value(), **changed: str
) -> ConsumerRecord:
    headers = [(name, text.encode()) for name, text in (EVENT.headers() | changed).items()]
    return ConsumerRecord(topic, 0, 7, 0, 0, b"key", value, None, -1, -1, headers)


def test_an_event_with_a_handler_is_an_effect() -> None:
    effect = read(a_record(), SUBSCRIPTION)
    assert isinstance(effect, Effect)
    assert (effect.event_id, effect.type, effect.traceparent) == (EVENT.id, EVENT.type, EVENT.traceparent)


def test_a_known_type_without_a_handler_is_not_even_read() -> None:
    assert isinstance(read(a_record(value=b"{", ce_type=CaseWithdrawn.TYPE), SUBSCRIPTION), Skipped)


def test_a_type_outside_the_language_is_poison() -> None:
    poison = read(a_record(ce_type="cn.shangju.complaints.occurrence_logged.v2"), SUBSCRIPTION)
    assert isinstance(poison, Poison)
    assert poison.reason == "unknown_type"


def test_a_null_is_poison_on_a_topic_that_keeps_events_and_nothing_new_on_one_that_keeps_states() -> None:
    assert isinstance(read(a_record(value=None), SUBSCRIPTION), Poison)
    assert isinstance(read(a_record(topics.CONTACTS, value=None), SUBSCRIPTION), Skipped)


def test_a_field_not_known_yet_is_no_reason_to_refuse_an_event() -> None:
    grown = EVENT.value()[:-1] + b',"later":{"a":1.5,"b":[true,null]}}'
    assert isinstance(read(a_record(value=grown), SUBSCRIPTION), Effect)


def test_a_handler_for_a_type_that_cannot_come_is_a_mistake_found_at_the_start() -> None:
    with pytest.raises(ValueError, match=r"case_filde"):
        Subscription("group", (topics.COMPLAINTS,), {"cn.shangju.complaints.case_filde.v1": ignore})


def test_a_projection_of_a_type_nobody_handles_is_refused() -> None:
    projection = Projection("cases", topics.COMPLAINTS, frozenset({CaseWithdrawn.TYPE}), ("cases",))
    with pytest.raises(ValueError, match="projects types it does not handle"):
        Subscription(
            "group",
            (topics.COMPLAINTS,),
            {OccurrenceLogged.TYPE: ignore},
            projections=(projection,),
        )
