"""Makes the topics the contracts name, and the file from which other tools make them.

`python -m shared.messaging.topics` writes deploy/kafka/topics.yaml; with `--check` it only compares.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import NoError, TopicAlreadyExistsError, for_code

from shared.contracts.topics import ERASED_WITHIN_MS, TOPICS, Topic
from shared.messaging.login import OPEN, Login

log = structlog.get_logger()

FILE = Path(__file__).parents[2] / "deploy" / "kafka" / "topics.yaml"


_STAMPED_BY_THE_BROKER = {"message.timestamp.type": "LogAppendTime"}
"""Whoever may write would choose it otherwise: an old one to be excused by, a future one to be kept for ever by."""
_SET_ON_THE_TOPIC = 1
"""Among the sources of a setting: not the broker's own, which is not to be made the topic's."""

_COMPACTED_SOON = {
    "max.compaction.lag.ms": str(ERASED_WITHIN_MS),
    "min.cleanable.dirty.ratio": "0.01",
    "segment.ms": str(ERASED_WITHIN_MS),
}
"""Who was erased is gone from the disk too. Left to the broker's own settings, a quiet topic's open segment is
not cleaned before a week, and then only once half of what is kept has been overtaken."""


def settings(topic: Topic) -> dict[str, str]:
    """The broker's settings for a topic."""
    kept = str(-1 if topic.retention_ms is None else topic.retention_ms)
    if not topic.compacted:
        return {"cleanup.policy": "delete", "retention.ms": kept, **_STAMPED_BY_THE_BROKER}
    return {"cleanup.policy": "compact", "retention.ms": kept, **_STAMPED_BY_THE_BROKER, **_COMPACTED_SOON}


async def apply(
    bootstrap: str,
    topics: Sequence[Topic] = TOPICS,
    *,
    replication: int = 1,
    login: Login = OPEN,
    alter: bool = False,
) -> list[str]:
    """Creates what is missing and returns its names. What exists is left as it is; `alter` brings its settings up.

    The number of partitions of a topic never changes: another number would send a case's next event to
    another partition, past those still waiting on the first. Raises KafkaError.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, **login.options)
    await admin.start()
    try:
        existing = await admin.list_topics()
        missing = [topic for topic in topics if topic.name not in existing]
        await _create(admin, missing, replication)
        there = [topic for topic in topics if topic.name in existing]
        await _warn_of_differences(admin, there)
        for topic in there:
            await _settle(admin, topic, alter=alter)
    finally:
        await admin.close()
    return [topic.name for topic in missing]


async def _create(admin: AIOKafkaAdminClient, topics: Sequence[Topic], replication: int) -> None:
    """aiokafka does not look at the broker's answer, so this does."""
    answer = await admin.create_topics(
        [
            NewTopic(topic.name, topic.partitions, replication, topic_configs=settings(topic))
            for topic in topics
        ]
    )
    for name, code, *_ in answer.topic_errors:
        error = for_code(code)
        if error not in (NoError, TopicAlreadyExistsError):
            raise error(name)


async def _warn_of_differences(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    described = await admin.describe_topics([topic.name for topic in topics]) if topics else []
    found = {description["topic"]: len(description["partitions"]) for description in described}
    for topic in topics:
        if found[topic.name] != topic.partitions:
            log.warning(
                "topic_differs", topic=topic.name, partitions=found[topic.name], declared=topic.partitions
            )


async def _settle(admin: AIOKafkaAdminClient, topic: Topic, *, alter: bool) -> None:
    """Warns of settings that are not as declared, or makes them so; what somebody set beside them stays."""
    asked = ConfigResource(ConfigResourceType.TOPIC, topic.name)
    [entries] = _granted(await admin.describe_configs([asked]))
    found = {name: value for name, value, _, source, *_ in entries if source == _SET_ON_THE_TOPIC}
    wanted = settings(topic)
    differing = sorted(wanted.items() - found.items())
    if not differing:
        return
    if not alter:
        log.warning("topic_settings_differ", topic=topic.name, declared=dict(differing))
        return
    brought_up = ConfigResource(ConfigResourceType.TOPIC, topic.name, found | wanted)
    _granted(await admin.alter_configs([brought_up]))


def _granted(answers: Sequence[Any]) -> tuple[Any, ...]:
    """What the broker says of the one topic it was asked about. Raises KafkaError when it refuses."""
    [answer] = answers
    [(code, message, _type, _name, *told)] = answer.resources
    if (error := for_code(code)) is not NoError:
        raise error(message)
    return tuple(told)


def document(topics: Sequence[Topic] = TOPICS) -> str:
    """The topics as deploy/kafka/topics.yaml has them."""
    listed: list[dict[str, Any]] = [
        {"name": topic.name, "partitions": topic.partitions, "config": settings(topic)} for topic in topics
    ]
    text: str = yaml.safe_dump({"topics": listed}, sort_keys=False)
    return "# Made by `python -m shared.messaging.topics` from shared/contracts/topics.py.\n" + text


def main(arguments: Sequence[str]) -> int:
    """Writes the file, or says whether it is in step."""
    if "--check" not in arguments:
        FILE.write_text(document())
        return 0
    return int(not FILE.exists() or FILE.read_text() != document())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
