"""What was agreed on the spot becomes a case and an agreement in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints import policy, storage
from services.complaints.commands import EnterOralAgreement, Filing, OralAgreement, Place
from services.complaints.decisions import UNFILED, Circumstances, Standing, State
from services.complaints.people import People
from services.complaints.use_cases.changing import Begun, Done, alliance_of, apply, new_party
from services.complaints.use_cases.filing import checked, numbered
from shared.access.actor import Actor
from shared.clock import local_day
from shared.errors import Invalid, NotAllowed
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate


async def enter_oral_agreement(
    tx: Connection, filing: Filing, told: OralAgreement, actor: Actor, now: datetime
) -> Done:
    """Enters it for somebody of the captain's own building. Raises Invalid, NotAllowed."""
    alliance_id = alliance_of(actor)
    catalogue = await storage.CATALOGUES.current(tx, alliance_id)
    filing = replace(filing, category=catalogue.category_of(filing.subcategory))
    known, matter = await checked(tx, filing, actor, now)
    policy.require_entering(actor, known.place)
    if matter.is_emergency(happening_now=False):
        raise Invalid("/subcategory", "emergency_is_filed")
    if not await storage.is_member(tx, told.mediator_id, alliance_id):
        raise Invalid("/mediator_id", "unknown_member")
    traders = [member for member in known.traders if member != filing.on_behalf_of]
    if not traders:
        raise Invalid("/place_id", "nobody_trades_there")
    assert filing.on_behalf_of is not None and known.place is not None  # noqa: S101, PT018
    await _require_people(tx, filing.on_behalf_of, told, known.place, now)
    complainants = {new_party(): filing.on_behalf_of}
    respondents = {new_party(): member for member in traders}
    command = EnterOralAgreement(
        numbered(filing, known, matter, complainants=tuple(complainants), respondents=tuple(respondents)),
        told,
    )
    people = People({**complainants, **respondents})
    at = Circumstances(Standing("building_captain"), now, known.timetable)
    unfiled = Aggregate[State](filing.case_id, alliance_id, UNFILED)
    return await apply(tx, command, Begun(unfiled, people, actor, at))


async def _require_people(
    tx: Connection, spoken_for: UUID, told: OralAgreement, place: Place, now: datetime
) -> None:
    """Whether the mediator is one, and free of ties, is looked at where the words are recorded."""
    building = place.building_id
    if spoken_for == told.captain_id:
        raise Invalid("/on_behalf_of", "not_for_oneself")
    if building is None or not await storage.lives_in(tx, spoken_for, building, local_day(now)):
        raise NotAllowed
