"""Evidence as the doors handle it: who may bring it, what of it may be read, and what no case knows of."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from obstore.exceptions import BaseError
from prometheus_client import Counter

from services.complaints import policy, storage
from services.complaints.commands import (
    AddEvidence,
    EnterSurvey,
    HearChild,
    LogOccurrence,
    NoteCommitment,
    ReleaseEvidence,
)
from services.complaints.objects import Objects
from services.complaints.settings import Settings
from services.complaints.use_cases.changing import standing_for
from shared.access.actor import SYSTEM, Actor
from shared.access.door import Kit
from shared.clock import SystemClock
from shared.persistence.database import UNAVAILABLE, Connection

log = structlog.get_logger()
_OURS = re.compile(r"([0-9a-f-]{36})/[0-9a-f]{32}")
SWEPT = Counter("shangju_evidence_swept_total", "Objects removed that no case knows of")


async def may_bring(
    connection: Connection,
    case_id: UUID,
    kind: type[AddEvidence | ReleaseEvidence | HearChild | EnterSurvey | LogOccurrence],
    actor: Actor,
) -> None:
    """Asked before a byte is read. Raises NotFound, NotAllowed."""
    stored = await storage.read_case(connection, case_id, by=actor)
    policy.require_may(standing_for(kind, actor, stored), kind)


async def shown_by(tx: Connection, command: NoteCommitment, owner_id: UUID) -> NoteCommitment:
    """The command with the parties whose promise was shown to be kept: they name what is their own."""
    stored = await storage.lock_case(tx, command.case_id, by=SYSTEM)
    return replace(command, shown_by=tuple(stored.people.parties_of(owner_id)))


async def sweep(kit: Kit) -> None:
    """Removes for ever what no case knows of: uploads cut off before their case heard of them, erased evidence."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    while True:
        with suppress(*UNAVAILABLE, BaseError):
            await sweep_once(kit, SystemClock().now())
        await asyncio.sleep(kit.settings.evidence_sweep_seconds)


async def sweep_once(kit: Kit, now: datetime) -> int:
    """How many objects were removed. `now` is the machine's time, by which the store dates its objects."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    objects = Objects(kit.settings)
    oldest = now - timedelta(hours=kit.settings.evidence_orphan_hours)
    removed = await objects.remove_unfinished(oldest)
    async for keys in objects.older_than(oldest):
        orphans = await _orphans(kit, keys)
        await objects.remove(orphans)
        removed += len(orphans)
    SWEPT.inc(removed)
    if removed:
        log.info("evidence_swept", objects=removed)
    return removed


async def _orphans(kit: Kit, keys: list[str]) -> list[str]:
    """Only of keys made by us: a bucket may hold other things."""
    ours = {key: UUID(found[1]) for key in keys if (found := _OURS.fullmatch(key))}
    async with kit.database.reading() as connection:
        known = await storage.objects_of(connection, list({*ours.values()}))
    return [key for key in ours if key not in known]
