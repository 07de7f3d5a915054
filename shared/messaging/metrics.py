"""What operators watch of the bus. No label ever holds anything of a record."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

OUTBOX_UNPUBLISHED = Gauge("shangju_outbox_unpublished", "Outbox rows the broker has not acknowledged")
OUTBOX_AGE = Gauge(
    "shangju_outbox_oldest_seconds", "Age of the oldest such row; rises while the broker is away"
)
RELAY_ACTIVE = Gauge("shangju_relay_active", "1 while this process is the one relay of its database")
PUBLISHED = Counter("shangju_relay_published_total", "Outbox rows acknowledged and marked", ["topic"])

LET_GO = Counter("shangju_let_go_total", "Rows of events long delivered that were let go of", ["table"])

HANDLED = Counter(
    "shangju_consumer_handled_total",
    "Records whose outcome is committed, by result: handled, skipped, dead_letter",
    ["group", "type", "result"],
)
RETRIES = Counter(
    "shangju_consumer_retries_total", "Times a partition was put off", ["group", "topic", "error"]
)
DEAD_LETTERS = Counter(
    "shangju_dead_letters_total", "Records no retry can mend", ["group", "topic", "reason"]
)
DEAD_LETTERS_OPEN = Gauge("shangju_dead_letters_open", "Dead letters nobody has settled", ["group"])

_PARTITION = ["group", "topic", "partition"]
LAG = Gauge("shangju_consumer_lag_records", "Records on the partition that are not handled", _PARTITION)
LAG_SECONDS = Gauge(
    "shangju_consumer_lag_seconds", "For how long the oldest of them may have waited", _PARTITION
)
