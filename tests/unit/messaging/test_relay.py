"""How rows are packed before they are sent."""

from __future__ import annotations

from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.messaging.relay import LARGEST_BYTES, Row, _packed

PARTITIONS = {"topic": [0, 1]}
ROOM = 400
"""For three of these rows in a batch."""
A, B, C = (
    next(key for key in map(str.encode, keys) if DefaultPartitioner()(key, [0, 1], []) == partition)
    for keys, partition in (("abcdefgh", 0), ("ABCDEFGH", 1), ("abcdefgh"[::-1], 0))
)


def row(position: int, aggregate: bytes, *, topic: str = "topic", size: int = 100) -> Row:
    return Row(position, topic, aggregate, [], b" " * size)


def packed(*rows: Row) -> tuple[dict[int, list[list[int]]], Exception | None]:
    """The positions in each parcel, by partition."""
    parcels, failure = _packed(rows, PARTITIONS, lambda: BatchBuilder(ROOM, 0))
    return {
        partition.partition: [[row.position for row in parcel.rows] for parcel in of_partition]
        for partition, of_partition in parcels.items()
    }, failure


def test_given_rows_of_several_aggregates_when_packed_then_each_partition_has_its_own_in_order() -> None:
    rows = [row(1, A), row(2, B), row(3, C), row(4, A), row(5, B), row(6, A)]
    assert packed(*rows) == ({0: [[1, 3, 4], [6]], 1: [[2, 5]]}, None)


def test_given_a_row_too_large_when_packed_then_its_aggregate_waits_and_others_do_not() -> None:
    positions, failure = packed(row(1, A), row(2, A, size=LARGEST_BYTES + 1), row(3, A), row(4, C))
    assert positions == {0: [[1, 4]]}
    assert isinstance(failure, MessageSizeTooLargeError)


def test_given_a_topic_nobody_knows_when_packed_then_its_rows_stay() -> None:
    assert packed(row(1, A, topic="gone"), row(2, A)) == ({0: [[2]]}, None)
