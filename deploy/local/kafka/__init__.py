"""Apache Kafka from its Maven jars: one KRaft node that is broker and controller."""

from deploy.local.kafka.broker import Kafka
from deploy.local.kafka.install import install

__all__ = ["Kafka", "install"]
