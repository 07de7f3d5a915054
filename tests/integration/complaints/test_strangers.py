"""Not yours and not there answer alike: every role that has no business with a case, at every door of it."""

from __future__ import annotations

from uuid import UUID

from tests.integration.complaints.town import Town
from tests.support.strangers import about, ask, slow_to_refuse, strangers

WORDS = {
    "authority": "urban_management",
    "next_address": "urban_management",
    "subcategory": "bar_music",
    "service": "legal_clinic",
}


async def test_given_a_case_when_strangers_ask_at_every_door_of_it_then_it_might_as_well_not_be_there(
    town: Town,
):
    case_id, _ = await town.in_mediation()
    doors = about(town.http, "/v1/cases/{id}", **WORDS)
    everybody = strangers(town.alliance_id)

    asked = await ask(town.http, doors, UUID(case_id), everybody)

    assert asked.told_apart == []
    assert {door for door, times in asked.shut.items() if times < len(everybody)} == set()
    assert len(doors) > 50
    assert await slow_to_refuse(town.http, doors, UUID(case_id), everybody, asked) == []


async def test_given_a_case_they_are_not_told_of_when_the_respondent_asks_then_it_might_as_well_not_be_there(
    town: Town,
):
    case_id = (await town.file(respondent_id=str(town.ma.actor.member_id)))["id"]
    doors = about(town.http, "/v1/cases/{id}", **WORDS)
    complained_of = {f"respondent, time {number}": town.ma.actor for number in range(4)}

    asked = await ask(town.http, doors, UUID(case_id), complained_of)

    assert asked.told_apart == []
    assert set(asked.shut.values()) == {len(complained_of)}
    assert await slow_to_refuse(town.http, doors, UUID(case_id), complained_of, asked) == []
