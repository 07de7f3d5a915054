"""Where a member of a group stands: for the lag gauges, and for the watchdog."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.messaging import metrics


class Progress:
    """Counts what is handled, and measures what is not."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._in_flight: dict[TopicPartition, int] = {}
        self._waiting_since: dict[TopicPartition, float] = {}
        self._handled = 0
        self._handled_at_last_look = 0

    @contextmanager
    def working_on(self, partition: TopicPartition, offset: int) -> Iterator[None]:
        """Within it, what was fetched from `offset` on still counts as not handled."""
        self._in_flight[partition] = offset
        try:
            yield
        finally:
            self._in_flight.pop(partition, None)

    def handled(self, partition: TopicPartition, *, records: int, sent_at_ms: int) -> None:
        """`records` more are done; the newest of them was sent at `sent_at_ms`."""
        self._handled += records
        self._waiting_since[partition] = sent_at_ms / 1000

    async def stands_still(self, kafka: AIOKafkaConsumer) -> bool:
        """Whether records wait and none was handled since the last look. Sets the gauges."""
        lags = await self._lags(kafka)
        before, self._handled_at_last_look = self._handled_at_last_look, self._handled
        return any(lags.values()) and self._handled == before

    async def _lags(self, kafka: AIOKafkaConsumer) -> dict[TopicPartition, int]:
        ends = await kafka.end_offsets(kafka.assignment())
        lags = {partition: await self._lag(kafka, partition, end) for partition, end in ends.items()}
        now = time.time()
        for partition in self._waiting_since.keys() - lags.keys():
            self._forget(partition)
        for partition, lag in lags.items():
            self._waiting_since[partition] = self._waiting_since.get(partition, now) if lag else now
            metrics.LAG.labels(*self._labels(partition)).set(lag)
            metrics.LAG_SECONDS.labels(*self._labels(partition)).set(now - self._waiting_since[partition])
        return lags

    def _forget(self, partition: TopicPartition) -> None:
        """Another member counts this partition now."""
        del self._waiting_since[partition]
        for gauge in (metrics.LAG, metrics.LAG_SECONDS):
            with suppress(KeyError):
                gauge.remove(*self._labels(partition))

    def _labels(self, partition: TopicPartition) -> tuple[str, str, str]:
        return self._group, partition.topic, str(partition.partition)

    async def _lag(self, kafka: AIOKafkaConsumer, partition: TopicPartition, end: int) -> int:
        try:
            async with asyncio.timeout(2):
                position = await kafka.position(partition)
        except TimeoutError:
            return 1  # the broker answers, the group's coordinator does not: that is a stall, too
        first_waiting: int = self._in_flight.get(partition, position)
        return max(0, end - first_waiting)
