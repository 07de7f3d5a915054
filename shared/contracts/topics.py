"""Every topic of the bus: `shangju topics apply`, compose and the manifests are made from this list."""

from __future__ import annotations

from dataclasses import dataclass

DAY_MS = 24 * 60 * 60 * 1000
ERASED_WITHIN_MS = DAY_MS
"""How long an overtaken word about a person may stay before the broker must let its cleaner at it."""


@dataclass(frozen=True)
class Topic:
    """A topic and what the broker must keep of it. `retention_ms` None keeps for ever."""

    name: str
    partitions: int = 12
    compacted: bool = False
    retention_ms: int | None = 30 * DAY_MS


ALLIANCE = "shangju.alliance.v1"
CONTACTS = "shangju.contacts.v1"
COMPLAINTS = "shangju.complaints.v1"
MEDIATION = "shangju.mediation.v1"
NOTIFICATIONS = "shangju.notifications.v1"

TOPICS = (
    Topic(ALLIANCE, retention_ms=None),
    Topic(CONTACTS, compacted=True, retention_ms=None),
    Topic(COMPLAINTS),
    Topic(MEDIATION),
    Topic(NOTIFICATIONS),
)
