"""Not yours and not there answer alike: every role that has no business with a mediation, at every door of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.support.strangers import about, ask, slow_to_refuse, strangers
from tests.support.tokens import proof_for

DIGEST = "0" * 64
WORDS = {"kind": "pdf", "content_hash": DIGEST, "sha256": DIGEST}
"""And a proof that is good, of whoever's intent: a bad one is refused before anybody is asked for."""
EITHER_OR = {"POST /v1/mediations/{id}/reschedule"}
"""Its two ways are told apart in words no schema has, so it is refused before anybody is asked for."""


@pytest.mark.parametrize(("what", "at_least"), [("mediations", 30), ("agreements", 8), ("commitments", 6)])
async def test_given_a_mediation_when_strangers_ask_at_every_door_of_it_then_it_might_as_well_not_be_there(
    hill: Neighbourhood, what: str, at_least: int
):
    case = await (await hill.opened()).in_effect()
    seen = await case.view(hill.zhou)
    here = {
        "mediations": seen["id"],
        "agreements": seen["agreement"]["id"],
        "commitments": seen["agreement"]["commitments"][0]["id"],
    }
    proof = proof_for(hill.lin, DIGEST, now=hill.clock.now())
    doors = about(hill.client, f"/v1/{what}/{{id}}", **WORDS, proof=proof)
    everybody = strangers(hill.alliance_id)

    asked = await ask(hill.client, doors, UUID(here[what]), everybody)

    assert asked.told_apart == []
    assert {door for door, times in asked.shut.items() if times < len(everybody)} <= EITHER_OR
    assert len(doors) >= at_least
    assert await slow_to_refuse(hill.client, doors, UUID(here[what]), everybody, asked) == []
