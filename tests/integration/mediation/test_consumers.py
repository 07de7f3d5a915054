"""What cases tell us: opened once, whatever repeats; ended when withdrawn; and a history that verifies."""

from __future__ import annotations

from uuid import uuid4

import pytest

from shared.contracts import complaints
from shared.errors import Refused
from shared.persistence import journal
from tests.integration.mediation.neighbourhood import Neighbourhood


async def mediations_of(hill: Neighbourhood, case_id: object) -> list[dict[str, object]]:
    answer = await hill.get(hill.zhou, "/v1/mediations", params={"case_id": str(case_id)})
    return list(answer.json()["items"])


async def test_a_case_has_one_open_mediation(hill: Neighbourhood):
    event = hill.routed()
    for _ in range(3):
        await hill.tell(event)
    assert len(await mediations_of(hill, event.case_id)) == 1


async def test_a_case_routed_again_after_the_end_gets_a_new_one(hill: Neighbourhood):
    case = await hill.opened()
    await case.do(hill.ma, "refuse")
    await hill.tell(hill.routed(case.case_id))
    statuses = [one["status"] for one in await mediations_of(hill, case.case_id)]
    assert statuses == ["awaiting_consent", "ended"]


@pytest.mark.parametrize("path", ["direct", "topic"])
async def test_other_paths_are_not_ours(hill: Neighbourhood, path: str):
    event = hill.routed(path=path)
    await hill.tell(event)
    assert await mediations_of(hill, event.case_id) == []


async def test_a_case_with_one_side_is_refused_for_the_dead_letters(hill: Neighbourhood):
    lone = (complaints.Party(member_id=hill.ma.member_id, side="respondent"),)
    with pytest.raises(Refused, match="one_sided"):
        await hill.tell(hill.routed(parties=lone, identity="anonymous"))


async def test_a_withdrawn_case_ends_its_mediation_and_calls_off_the_session(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    withdrawn = complaints.CaseWithdrawn(**hill.case(case.case_id, stage="closed", status="withdrawn"))
    for _ in range(2):
        await hill.tell(withdrawn)
    view = await case.view(hill.ma)
    assert (view["status"], view["outcome"], view["session"]["status"]) == ("ended", "withdrawn", "cancelled")
    assert (await case.types_told())[-1] == "session_cancelled"
    assert await hill.rows("SELECT FROM bookings WHERE mediation_id = $1", case.id) == []


async def test_a_withdrawn_case_without_mediation_is_nothing_to_us(hill: Neighbourhood):
    await hill.tell(complaints.CaseWithdrawn(**hill.case(uuid4(), stage="closed", status="withdrawn")))


async def test_the_history_of_a_mediation_verifies_and_every_event_carries_its_version(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    [row] = await hill.rows("SELECT version, head FROM mediations WHERE id = $1", case.id)
    entries = [
        journal.from_row(entry)
        for entry in await hill.rows(
            "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", case.id
        )
    ]
    assert journal.verify(entries, expected_version=row["version"], expected_head=row["head"]) is None
    versions = [int(one["headers"]["aggregate_version"]) for one in await case.told()]
    assert versions == sorted(versions)
    assert set(versions) <= {entry.version for entry in entries}
    assert {one["headers"]["ce_subject"] for one in await case.told()} == {str(case.case_id)}
