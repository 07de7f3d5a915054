"""deploy/kafka/topics.yaml says what the contracts say."""

from __future__ import annotations

from shared.messaging import topics


def test_the_file_is_in_step_with_the_contracts() -> None:
    assert topics.main(["--check"]) == 0, "run `python -m shared.messaging.topics`"


def test_a_compacted_topic_is_kept_for_ever() -> None:
    assert "cleanup.policy: compact\n    retention.ms: '-1'" in topics.document()
