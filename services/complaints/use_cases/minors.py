"""A child under 14 is party to nothing before a guardian consents (PIPL art. 31, 未成年人保护法 art. 72)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from services.complaints import policy, publish, storage
from services.complaints.commands import Filing
from services.complaints.events.minors import GuardianConsented, MinorEvent, MinorNoticed
from services.complaints.storage import MINOR_EVENTS, MinorNotice
from services.complaints.terms import Guardianship, RelationProof
from services.complaints.use_cases.changing import Done, alliance_of
from services.complaints.use_cases.filing import checked, file_case
from shared.access.actor import PUBLIC, Actor
from shared.errors import Invalid
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change


async def keep_minor_notice(tx: Connection, filing: Filing, actor: Actor, now: datetime) -> MinorNoticed:
    """Keeps it for the committee, and nothing of who filed. Raises Invalid for what is not known here."""
    _, matter = await checked(tx, filing, actor, now)
    emergency = matter.is_emergency(happening_now=filing.happening_now)
    noticed = MinorNoticed(filing.reference, filing.category, filing.subcategory, emergency)
    told = replace(
        filing,
        on_behalf_of=None,
        relation=None,
        consent=None,
        continues=None,
        carry_over=False,
        linked_to=None,
    )
    before = Aggregate(filing.case_id, alliance_of(actor), MinorNotice(told, now))
    await storage.save_minor_notice(tx, _change(before, before.state, noticed, PUBLIC, now))
    return noticed


async def consent_for_minor(
    tx: Connection,
    notice_id: UUID,
    guardian_id: UUID,
    *,
    relation: Guardianship,
    proof: RelationProof,
    purpose: str,
    actor: Actor,
    now: datetime,
) -> Done:
    """The guardian becomes the complainant, hidden from the other side; the reference stays."""
    policy.require_minor_notices(actor)
    notice = await storage.lock_minor_notice(tx, notice_id, alliance_of(actor))
    if not await storage.is_member(tx, guardian_id, notice.alliance_id):
        raise Invalid("/guardian_id", "unknown_member")
    filing = replace(
        notice.state.filing, case_id=uuid4(), identity="hidden", on_behalf_of=guardian_id, minor=True
    )
    if filing.respondent_id == guardian_id:
        raise Invalid("/guardian_id", "guardian_is_respondent")
    done = await file_case(tx, filing, actor, now)
    consented = GuardianConsented(filing.case_id, guardian_id, relation, proof, purpose)
    after = replace(notice.state, case_id=filing.case_id)
    await storage.save_minor_notice(tx, _change(notice, after, consented, actor, now))
    return done


def _change(
    before: Aggregate[MinorNotice], after: MinorNotice, event: MinorEvent, by: Actor, now: datetime
) -> Change[Any]:
    return saving.change(
        before,
        after,
        [event],
        actor=by,
        now=now,
        service="complaints",
        codec=MINOR_EVENTS,
        new_id=new_id,
        contracts=lambda one: publish.of_minor_notice(one, before.id, before.alliance_id),
    )
