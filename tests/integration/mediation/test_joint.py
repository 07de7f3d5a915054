"""Two matters of the same people in one session, each agreed to by itself and each told in its own words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts import complaints
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def both(hill: Neighbourhood, **more: Any) -> tuple[Case, Case]:
    """Lin's complaint of Ma, and the counter-claim that answers it."""
    first_id = uuid4()
    first = await hill.opened(first_id, conflict_id=first_id)
    swapped = (
        complaints.Party(member_id=hill.ma.member_id, side="complainant"),
        complaints.Party(member_id=hill.lin.member_id, side="respondent"),
    )
    second = await hill.opened(conflict_id=first_id, **{"parties": swapped} | more)
    return first, second


async def agreed(first: Case, second: Case) -> None:
    for case in (first, second):
        await case.led()
        for party in (case.hill.lin, case.hill.ma):
            await case.do(party, "joint-session", {"agreed": True})


async def fixed(case: Case) -> None:
    """The first session's time, answered by all."""
    hill = case.hill
    await case.do(hill.gu, "slots")
    slots = (await case.view(hill.gu))["slots"]
    said = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]
    for party in (hill.lin, hill.ma):
        await case.do(party, "answers", {"answers": said})
    await case.do(hill.gu, "schedule", {"slot_id": slots[0]["slot_id"]})


async def test_one_session_for_two_matters(hill: Neighbourhood):
    first, second = await both(hill)
    for case, other in ((first, second), (second, first)):
        shown = (await case.view(hill.lin))["joint"]
        assert [one["case_id"] for one in shown["beside"]] == [str(other.case_id)]
        assert (shown["agreed"], shown["complete"]) == (None, False)
    await agreed(first, second)
    await fixed(first)
    receipt = await second.do(hill.gu, "schedule-together", {"with_mediation_id": str(first.id)})
    assert receipt["status"] == "scheduled"
    one, two = [(await case.view(hill.lin))["session"] for case in (first, second)]
    assert (one["starts_at"], one["room"]) == (two["starts_at"], two["room"])
    assert one["uid"] != two["uid"]
    assert (await second.view(hill.lin))["joint"]["with_mediation_id"] == str(first.id)
    [invitation] = [event["data"] for event in await second.told() if event["type"] == "session_scheduled"]
    assert invitation["moved"] is False


async def test_a_no_in_one_is_no_in_the_other(hill: Neighbourhood):
    first, second = await both(hill)
    await agreed(first, second)
    await second.do(hill.lin, "joint-session", {"agreed": False})
    await fixed(first)
    refused = await second.ask(hill.gu, "schedule-together", {"with_mediation_id": str(first.id)})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/joint_not_agreed")
    assert (await first.view(hill.lin))["joint"]["complete"]
    assert not (await second.view(hill.lin))["joint"]["complete"]


async def test_it_moves_with_the_other_and_outlives_it(hill: Neighbourhood):
    first, second = await both(hill)
    await agreed(first, second)
    await fixed(first)
    await second.do(hill.gu, "schedule-together", {"with_mediation_id": str(first.id)})
    starts_at = datetime.fromisoformat((await first.view(hill.gu))["session"]["starts_at"])
    later = (starts_at + timedelta(days=7)).isoformat()
    await first.do(hill.gu, "reschedule", {"starts_at": later, "room": "R1", "reason": "另约"})
    moved = (await second.view(hill.lin))["session"]
    assert datetime.fromisoformat(moved["starts_at"]) == starts_at + timedelta(days=7)
    assert moved["sequence"] == 1
    # when the first ends, the second keeps its time, and the people stay booked for it
    await first.do(hill.ma, "refuse")
    kept = await second.view(hill.lin)
    assert (kept["status"], kept["session"]["starts_at"]) == ("scheduled", moved["starts_at"])
    assert kept["joint"]["with_mediation_id"] is None
    booked = await hill.rows("SELECT resource FROM bookings WHERE mediation_id = $1", second.id)
    assert {row["resource"] for row in booked} >= {hill.lin.member_id, hill.ma.member_id, hill.gu.member_id}


@pytest.mark.parametrize("change", [{"identity": "hidden"}, {"parties": None}])
async def test_nobody_learns_of_a_matter_that_is_not_theirs(hill: Neighbourhood, change: dict[str, Any]):
    if change.get("parties", ()) is None:
        other = hill.somebody("resident")
        await hill.tell(hill.registered(other))
        change = {
            "parties": (
                complaints.Party(member_id=hill.ma.member_id, side="complainant"),
                complaints.Party(member_id=other.member_id, side="respondent"),
            )
        }
    first, second = await both(hill, **change)
    assert (await first.view(hill.ma))["joint"] is None
    assert (await second.view(hill.ma))["joint"] is None


async def test_nobody_else_is_there_where_two_matters_meet(hill: Neighbourhood):
    first, second = await both(hill)
    await agreed(first, second)
    await fixed(first)
    guest = {"member_id": str(hill.zhou.member_id), "role": "interpreter", "name": "周敏"}
    gone = {"guest_id": str(hill.zhou.member_id)}
    together = {"with_mediation_id": str(first.id)}
    for case in (first, second):
        await case.do(hill.gu, "invite", guest)
        refused = await second.ask(hill.gu, "schedule-together", together)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/guests_apart")
        await case.do(hill.lin, "invite/decline", gone)
    await second.do(hill.gu, "schedule-together", together)
    for case in (first, second):
        refused = await case.ask(hill.gu, "invite", guest)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/guests_apart")
