"""Topics and users of the bus, from the lists of which `shangju topics` makes them elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from cli.topics import Rights
from deploy.kubernetes.parts import BUS, Manifest, manifest
from shared.contracts.topics import TOPICS, Topic
from shared.messaging.topics import settings

API = "kafka.strimzi.io/v1"
REPLICAS = 3
MIN_IN_SYNC = 2
"""An acknowledged event is on two disks, and one broker may be away."""

SCALER = "scaler"
OPERATOR = "operator"

Acl = dict[str, object]


def topics() -> list[Manifest]:
    """One `KafkaTopic` each."""
    return [_topic(topic) for topic in TOPICS]


def _topic(topic: Topic) -> Manifest:
    config = {**settings(topic), "min.insync.replicas": str(MIN_IN_SYNC)}
    spec = {"partitions": topic.partitions, "replicas": REPLICAS, "config": config}
    return manifest(API, "KafkaTopic", topic.name, spec, labels=_ours())


def users(rights: list[Rights]) -> list[Manifest]:
    """A user for each service, one that may only see how far the groups are, and the operator's own."""
    services = [_user(one.user, _acls(one)) for one in rights]
    return [
        *services,
        _user(SCALER, _seeing(rights)),
        manifest(API, "KafkaUser", OPERATOR, _proof(), labels=_ours()),
    ]


def _user(name: str, acls: list[Acl]) -> Manifest:
    spec = {**_proof(), "authorization": {"type": "simple", "acls": acls}}
    return manifest(API, "KafkaUser", name, spec, labels=_ours())


def _proof() -> dict[str, object]:
    return {"authentication": {"type": "scram-sha-512"}}


def _acls(rights: Rights) -> list[Acl]:
    """What Kafka's own tool calls a producer and a consumer, without the right to create topics."""
    return [
        *(_acl("topic", name, "Write", "Describe") for name in rights.writes),
        *(_acl("topic", name, "Read", "Describe") for name in rights.reads),
        *(_acl("group", name, "Read") for name in rights.groups),
    ]


def _seeing(rights: Iterable[Rights]) -> list[Acl]:
    """What the scaler asks: where a topic ends and how far a group has come, and never a record."""
    read = {name for one in rights for name in one.reads}
    groups = {name for one in rights for name in one.groups}
    return [
        *(_acl("topic", name, "Describe") for name in sorted(read)),
        *(_acl("group", name, "Describe") for name in sorted(groups)),
    ]


def _acl(kind: str, name: str, *operations: str) -> Acl:
    return {
        "resource": {"type": kind, "name": name, "patternType": "literal"},
        "operations": list(operations),
    }


def _ours() -> dict[str, str]:
    return {"strimzi.io/cluster": BUS}
