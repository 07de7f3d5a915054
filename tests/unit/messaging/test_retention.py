"""How long traces stay follows from how an event may come again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shared.contracts.topics import ALLIANCE, CONTACTS, TOPICS, Topic
from shared.ids import new_id
from shared.messaging.retention import BACKUP, PASSING, SEGMENT, kept, told_at

PASSING_TOPICS = [topic for topic in TOPICS if topic.name in PASSING]


def days(number: float) -> timedelta:
    return timedelta(days=number)


def test_given_a_topic_of_thirty_days_then_outboxes_keep_forty_five_and_inboxes_a_hundred_and_twenty() -> (
    None
):
    figures = kept(Topic("topic"))
    assert figures is not None
    assert (figures.sent, figures.resent, figures.handled) == (days(45), days(75), days(120))


def test_given_the_topics_then_only_those_that_forget_are_let_go_of() -> None:
    assert {topic.name for topic in TOPICS} - set(PASSING) == {ALLIANCE, CONTACTS}


@pytest.mark.parametrize("topic", PASSING_TOPICS, ids=lambda topic: topic.name)
def test_given_an_event_sent_again_as_late_as_may_be_then_its_inbox_outlasts_its_record(topic: Topic) -> None:
    figures = PASSING[topic.name]
    assert topic.retention_ms is not None
    on_topic = timedelta(milliseconds=topic.retention_ms) + SEGMENT
    assert figures.sent > on_topic
    assert figures.resent >= figures.sent + BACKUP
    assert figures.handled > figures.resent + on_topic


def test_given_an_id_of_ours_then_it_tells_its_time_and_another_does_not() -> None:
    now = datetime.now(UTC)
    told = told_at(new_id())
    assert told is not None
    assert abs(told - now) < days(1)
    assert told_at(uuid4()) is None
    assert told_at(UUID(int=0)) is None
