"""deploy/kafka/topics.yaml says what the contracts say."""

from __future__ import annotations

from shared.contracts import topics as names
from shared.messaging import topics

DAY_MS = 86_400_000


def test_the_file_is_in_step_with_the_contracts() -> None:
    assert topics.main(["--check"]) == 0, "run `python -m shared.messaging.topics`"


def test_a_compacted_topic_is_kept_for_ever() -> None:
    assert "cleanup.policy: compact\n    retention.ms: '-1'" in topics.document()


def test_an_overtaken_word_about_a_person_may_be_cleaned_away_after_a_day_however_little_was_overtaken() -> (
    None
):
    [contacts] = [topic for topic in names.TOPICS if topic.compacted]
    told = topics.settings(contacts)
    assert contacts.name == names.CONTACTS
    assert told["cleanup.policy"] == "compact"
    assert int(told["max.compaction.lag.ms"]) <= DAY_MS
    assert int(told["segment.ms"]) <= DAY_MS
    assert float(told["min.cleanable.dirty.ratio"]) <= 0.01


def test_no_writer_says_when_a_record_came() -> None:
    assert {topics.settings(topic)["message.timestamp.type"] for topic in names.TOPICS} == {"LogAppendTime"}


def test_what_names_nobody_is_not_compacted() -> None:
    for topic in names.TOPICS:
        if topic.name != names.CONTACTS:
            assert topics.settings(topic).keys() == {
                "cleanup.policy",
                "retention.ms",
                "message.timestamp.type",
            }
