"""In what order rows are sent."""

from __future__ import annotations

from shared.messaging.relay import Row, _waves


def row(position: int, aggregate: bytes) -> Row:
    return Row(position, "topic", aggregate, [], b"")


def test_an_aggregates_events_go_one_after_the_other_and_aggregates_side_by_side() -> None:
    rows = [row(1, b"a"), row(2, b"b"), row(3, b"a"), row(4, b"a"), row(5, b"b"), row(6, b"c")]
    waves = [[row.position for row in wave] for wave in _waves(rows)]
    assert waves == [[1, 2, 6], [3, 5], [4]]
