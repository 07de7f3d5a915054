"""Being signed in is not signing: it takes the proof that one's own code for just these words was given."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Case, Neighbourhood
from tests.support.tokens import proof_for, token_for


@pytest.fixture
async def case(hill: Neighbourhood) -> Case:
    return await (await hill.opened()).drafted()


async def named(case: Case) -> str:
    return str((await case.view(case.hill.lin))["agreement"]["content_hash"])


async def signs(case: Case, by: Actor, proof: str | None, **more: Any) -> httpx.Response:
    agreement = (await case.view(by))["agreement"]
    body = {"content_hash": agreement["content_hash"]} | ({} if proof is None else {"proof": proof})
    return await case.hill.post(by, f"/v1/agreements/{agreement['id']}/sign", body, **more)


def at_fault(answer: httpx.Response) -> tuple[int, str, str]:
    [error] = answer.json()["errors"]
    return answer.status_code, error["pointer"], error["code"]


async def test_no_other_proof_signs(case: Case, hill: Neighbourhood) -> None:
    now, words = hill.clock.now(), await named(case)
    for proof, code in (
        (None, "field_missing"),
        ("x", "proof_not_good"),
        (token_for(hill.lin, now=now), "proof_not_good"),
        (proof_for(hill.lin, words, now=now - timedelta(minutes=10)), "proof_not_good"),
        (proof_for(hill.ma, words, now=now), "proof_of_another"),
        (proof_for(hill.lin, "0" * 64, now=now), "proof_of_other_words"),
    ):
        assert at_fault(await signs(case, hill.lin, proof)) == (422, "/proof", code)
    assert (await case.view(hill.lin))["agreement"]["signatures"] == []


async def test_a_proof_signs_nobody_in(case: Case, hill: Neighbourhood) -> None:
    proof = proof_for(hill.lin, await named(case), now=hill.clock.now())
    answer = await hill.client.get("/v1/mediations", headers={"Authorization": f"Bearer {proof}"})
    assert answer.status_code == 401


async def test_the_history_keeps_that_and_when_it_was_proven_and_a_repeated_request_is_answered_alike(
    case: Case, hill: Neighbourhood
) -> None:
    given = hill.clock.now()
    proof = proof_for(hill.lin, await named(case), now=given)
    hill.clock.advance(timedelta(minutes=3))

    once = await signs(case, hill.lin, proof, key="k")
    hill.clock.advance(timedelta(minutes=30))
    twice = await signs(case, hill.lin, proof, key="k")

    assert (once.status_code, twice.content) == (200, once.content)
    [signed] = await hill.rows(
        "SELECT payload FROM journal WHERE aggregate_id = $1 AND type = 'AgreementSigned'", case.id
    )
    kept = json.loads(signed["payload"])
    assert datetime.fromisoformat(kept["proven_at"]) == given
    assert proof not in str(kept)
    [signature] = (await case.view(hill.ma))["agreement"]["signatures"]
    assert signature["by_code"] is True
