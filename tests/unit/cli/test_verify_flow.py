"""From the outbox over the topic to the effects: what is lost is told from what is on its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from aiokafka import TopicPartition

from cli.verify.flow import Bus, Handled, Sent, compare_inbox, compare_outbox, owner
from shared.contracts import alliance, complaints
from shared.contracts.envelope import Envelope
from shared.contracts.topics import ALLIANCE, COMPLAINTS, TOPICS, Topic
from shared.ids import new_id
from shared.messaging.subscription import Subscription

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EARLIER, LONG_AGO, LATER = NOW - timedelta(minutes=5), NOW - timedelta(days=60), NOW + timedelta(seconds=1)
PLAIN = Topic("shangju.tests.v1")
COMPACTED = Topic("shangju.tests.v1", compacted=True, retention_ms=None)
KEPT = Topic("shangju.tests.v1", retention_ms=None)


def a_row(
    *, created: datetime = EARLIER, published: datetime | None = EARLIER, superseded: bool = False
) -> Sent:
    return Sent(new_id(), created, published, superseded)


def outbox(*rows: Sent, there: set[UUID] | None = None, topic: Topic = PLAIN) -> tuple[bool, int]:
    """Whether the outbox agrees with what is on the topic, and how much is on its way."""
    seen = Bus(NOW, {}, {}, {PLAIN.name: dict.fromkeys(there or (), EARLIER)}, frozenset())
    finding = compare_outbox("tests", topic, rows, seen)
    return finding.holds, finding.waiting


def test_given_published_rows_when_all_are_on_the_topic_then_it_holds() -> None:
    row = a_row()
    assert outbox(row, there={row.id}) == (True, 0)


def test_given_a_published_row_when_it_is_not_on_the_topic_then_it_is_lost() -> None:
    assert outbox(a_row()) == (False, 0)


@pytest.mark.parametrize(
    "row",
    [
        a_row(created=NOW - timedelta(seconds=2), published=None),
        a_row(created=LATER, published=LATER),
        a_row(created=EARLIER, published=LATER),
    ],
)
def test_given_a_row_from_just_now_when_it_is_not_on_the_topic_then_it_is_on_its_way(row: Sent) -> None:
    assert outbox(row) == (True, 1)


def test_given_a_row_unpublished_for_minutes_when_looked_at_then_it_is_stuck() -> None:
    assert outbox(a_row(published=None)) == (False, 0)


def test_given_an_event_of_no_outbox_when_it_is_on_the_topic_then_it_is_a_stranger() -> None:
    assert outbox(there={new_id()}) == (False, 0)


@pytest.mark.parametrize(
    ("row", "topic", "holds"),
    [
        (a_row(created=LONG_AGO, published=LONG_AGO), PLAIN, True),
        (a_row(created=LONG_AGO, published=LONG_AGO), KEPT, False),
        (a_row(superseded=True), COMPACTED, True),
        (a_row(), COMPACTED, False),
    ],
    ids=["beyond retention", "kept for ever", "compacted away", "latest of its key"],
)
def test_given_what_the_broker_may_forget_when_it_is_gone_then_only_that_is_excused(
    row: Sent, topic: Topic, holds: bool
) -> None:
    assert outbox(row, topic=topic) == (holds, 0)


def told(days_ago: float) -> UUID:
    """The id of an event of then."""
    milliseconds = int((NOW - timedelta(days=days_ago)).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62)


@pytest.mark.parametrize(
    ("days", "topic", "holds"),
    [(44, COMPLAINTS, False), (46, COMPLAINTS, True), (46, PLAIN.name, False), (900, ALLIANCE, False)],
    ids=["its row must be there", "its row was let go of", "no topic of ours", "kept for ever"],
)
def test_given_an_event_of_no_outbox_when_it_is_old_then_only_a_row_whose_time_is_over_is_excused(
    days: float, topic: str, holds: bool
) -> None:
    seen = Bus(NOW, {}, {}, {topic: {told(days): NOW - timedelta(days=days)}}, frozenset())
    finding = compare_outbox("tests", Topic(topic), [], seen)
    assert (finding.holds, finding.before) == (holds, int(holds))


def test_given_an_event_of_no_outbox_when_only_its_id_is_old_then_it_is_a_stranger() -> None:
    seen = Bus(NOW, {}, {}, {COMPLAINTS: {told(900): EARLIER}}, frozenset())
    assert not compare_outbox("tests", Topic(COMPLAINTS), [], seen).holds


@pytest.mark.parametrize(
    ("days", "topic", "holds"), [(44, COMPLAINTS, False), (46, COMPLAINTS, True), (46, ALLIANCE, False)]
)
def test_given_an_effect_when_its_topic_was_filled_anew_without_it_then_only_an_old_one_is_excused(
    days: float, topic: str, holds: bool
) -> None:
    both = (COMPLAINTS, ALLIANCE)
    seen = Bus(NOW, {}, dict.fromkeys(both, ()), {name: {} for name in both}, frozenset())
    done = {told(days): Handled(EARLIER, topic)}
    finding = compare_inbox("tests", Subscription("reader", both, {}), seen, done=done, dead=set(), since={})
    assert finding.holds is holds


@pytest.mark.parametrize(("days", "came", "holds"), [(119, 119, False), (121, 46, True), (121, 44, False)])
def test_given_an_event_without_effect_when_its_trace_may_be_let_go_of_then_it_is_excused(
    days: float, came: float, holds: bool
) -> None:
    happened = complaints.OccurrenceLogged(
        case_id=uuid4(),
        alliance_id=uuid4(),
        reference="SJ-1",
        category="noise",
        subcategory="music",
        stage="hear",
        status="open",
    )
    envelope = Envelope(told(days), "/services/tests", NOW, happened.alliance_id, 1, happened)
    record = SimpleNamespace(
        topic=COMPLAINTS,
        partition=0,
        offset=3,
        value=envelope.value(),
        timestamp=int((NOW - timedelta(days=came)).timestamp() * 1000),
        headers=[(name, text.encode()) for name, text in envelope.headers().items()],
    )
    reader = Subscription("reader", (COMPLAINTS,), {happened.TYPE: _handle})
    offsets = {"reader": {TopicPartition(COMPLAINTS, 0): 10}}
    seen = Bus(NOW, offsets, {COMPLAINTS: [record]}, {}, frozenset({COMPLAINTS}))  # type: ignore[list-item]
    finding = compare_inbox("tests", reader, seen, done={}, dead=set(), since={})
    assert (finding.holds, finding.before) == (holds, int(holds))


@dataclass(frozen=True)
class Record:
    """A Kafka record, as far as a consumer reads it."""

    offset: int
    event_id: UUID = field(default_factory=new_id)
    value: bytes | None = None
    topic: str = alliance.PlaceRegistered.TOPIC
    partition: int = 0
    key: bytes = b"key"
    timestamp: int = int(EARLIER.timestamp() * 1000)

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        place = alliance.PlaceRegistered(place_id=uuid4(), alliance_id=uuid4(), kind="shop")
        envelope = Envelope(self.event_id, "/services/alliance", NOW, place.alliance_id, 1, place)
        return [(name, text.encode()) for name, text in envelope.headers().items()]


def a_record(offset: int, *, broken: bool = False) -> Record:
    place = alliance.PlaceRegistered(place_id=uuid4(), alliance_id=uuid4(), kind="shop")
    return Record(offset, value=b"{" if broken else place.model_dump_json().encode())


async def _handle(*_: object) -> None:
    """Never called: only what a consumer would handle is asked."""


READER = Subscription("reader", (alliance.PlaceRegistered.TOPIC,), {alliance.PlaceRegistered.TYPE: _handle})


def inbox(
    *records: Record,
    committed: int = 10,
    done: dict[UUID, datetime] | None = None,
    dead: set[tuple[str, int, int]] | None = None,
    reader: Subscription = READER,
    since: datetime = LONG_AGO,
) -> tuple[bool, int, int, int]:
    topic = alliance.PlaceRegistered.TOPIC
    ids = {record.event_id: EARLIER for record in records}
    offsets = {"reader": {TopicPartition(topic, 0): committed}}
    seen = Bus(NOW, offsets, {topic: records}, {topic: ids}, frozenset())  # type: ignore[dict-item]
    handled = {alliance.PlaceRegistered.TYPE: since}
    effects = {event_id: Handled(at, topic) for event_id, at in (done or {}).items()}
    finding = compare_inbox("tests", reader, seen, done=effects, dead=dead or set(), since=handled)
    return finding.holds, finding.counted, finding.waiting, finding.before


def test_given_a_passed_event_when_it_took_effect_then_it_holds() -> None:
    record = a_record(3)
    assert inbox(record, done={record.event_id: EARLIER}) == (True, 1, 0, 0)


def test_given_a_passed_event_when_it_took_no_effect_then_it_is_lost() -> None:
    assert inbox(a_record(3)) == (False, 0, 0, 0)


def test_given_an_event_older_than_its_handler_when_it_took_no_effect_then_it_was_passed_over_rightly() -> (
    None
):
    old = a_record(3)
    assert inbox(old, since=NOW) == (True, 0, 0, 1)
    assert inbox(old, since=NOW, done={old.event_id: EARLIER}) == (True, 1, 0, 0)
    assert inbox(old, since=EARLIER) == (False, 0, 0, 0)


def test_given_a_broken_record_older_than_its_handler_when_passed_then_nobody_had_to_read_it() -> None:
    assert inbox(a_record(3, broken=True), since=NOW) == (True, 0, 0, 1)


def test_given_an_event_not_reached_yet_when_looked_at_then_it_is_on_its_way() -> None:
    assert inbox(a_record(10)) == (True, 0, 1, 0)


def test_given_a_broken_record_when_it_is_a_dead_letter_then_it_is_accounted_for() -> None:
    record = a_record(3, broken=True)
    assert inbox(record, dead={(record.topic, 0, 3)}) == (True, 1, 0, 0)
    assert inbox(record) == (False, 0, 0, 0)


def test_given_an_effect_when_there_was_no_event_then_it_came_from_nowhere_unless_it_came_just_now() -> None:
    assert inbox(done={new_id(): EARLIER}) == (False, 0, 0, 0)
    assert inbox(done={new_id(): LATER}) == (True, 0, 0, 0)


def test_given_an_event_of_a_type_the_consumer_does_not_handle_when_passed_then_it_needs_no_effect() -> None:
    nothing = Subscription("reader", (alliance.PlaceRegistered.TOPIC,), {})
    assert inbox(a_record(3), reader=nothing) == (True, 0, 0, 0)


def test_given_the_topics_when_asked_then_each_has_one_owner() -> None:
    assert {topic.name: owner(topic) for topic in TOPICS} == {
        "shangju.alliance.v1": "alliance",
        "shangju.contacts.v1": "alliance",
        "shangju.complaints.v1": "complaints",
        "shangju.mediation.v1": "mediation",
        "shangju.notifications.v1": "notifications",
    }
