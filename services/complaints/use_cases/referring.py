"""Handing a matter to an authority, and what its officer does with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.complaints import policy, storage
from services.complaints.commands import ReceiveReferral, ReferCase, ReturnCase
from services.complaints.use_cases.changing import Begun, Done, apply, begin
from shared.access.actor import Actor
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection


async def refer_case(tx: Connection, command: ReferCase, actor: Actor, now: datetime) -> Done:
    """Hands it over. Raises Invalid for somebody who is no officer here, or is concerned."""
    begun = await begin(tx, command, actor, now)
    if command.officer_id is not None:
        role = policy.office_of(command.authority)
        known = await storage.holds_office(tx, command.officer_id, begun.before.alliance_id, role)
        if not known or begun.people.parties_of(command.officer_id):
            raise Invalid("/officer_id", "unknown_officer")
    return await apply(tx, command, begun)


async def answer_referral(
    tx: Connection, command: ReceiveReferral | ReturnCase, actor: Actor, now: datetime
) -> Done:
    """Confirms or returns a referral; an officer only what lies in their own hands. Raises NotFound."""
    begun = await begin(tx, command, actor, now)
    if begun.at.by.role != "officer":
        return await apply(tx, command, begun)
    return await apply(tx, _in_hand(command, begun), begun)


def _in_hand(command: ReceiveReferral | ReturnCase, begun: Begun) -> ReceiveReferral | ReturnCase:
    file = begun.case.file
    own = [one.referral_id for one in file.referrals if policy.is_handed_to(begun.actor, one, file)]
    if command.referral_id is not None and command.referral_id not in own:
        raise NotFound
    is_open = [one.referral_id for one in file.open_referrals if one.referral_id in own]
    if command.referral_id is None and len(is_open) == 1:
        return replace(command, referral_id=is_open[0])
    return command
