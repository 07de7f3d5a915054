"""Row-level security: with every filter of the code gone, nobody is shown a word of another alliance."""

from __future__ import annotations

import pytest

from shared.contracts import alliance
from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.integration.mediation.test_documents import missed
from tests.support.locks import check_lock, locked_tables

LOCKED = (
    "mediations",
    "mediation_links",
    "journal",
    "caucus_notes",
    "handovers",
    "mediator_entries",
    "known_members",
    "known_occupancies",
    "known_kin",
    "mediator_profiles",
    "mediator_availability",
    "calendar_feeds",
    "rooms",
)


async def test_the_lock_is_on_these_tables_and_on_no_other(hill: Neighbourhood):
    assert await locked_tables(hill.client.kit.database) == set(LOCKED)


@pytest.mark.parametrize("table", LOCKED)
async def test_a_query_without_a_filter_finds_rows_of_ones_own_alliance_alone(
    hill: Neighbourhood, table: str
):
    await with_a_row(hill, table)
    await check_lock(hill.client.kit.database, table, hill.alliance_id)


async def with_a_row(hill: Neighbourhood, table: str) -> None:
    """Something of this alliance to hide, written through the door that writes it."""
    if table == "handovers":
        case = await missed(hill)
        preview = (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).json()
        await case.do(hill.lin, "handover", {"sha256": preview["sha256"]})
        return
    if table == "known_kin":
        kin = {"member_id": hill.lin.member_id, "relative_id": hill.shen.member_id}
        await hill.tell(alliance.KinshipDeclared(alliance_id=hill.alliance_id, **kin))
    if table == "mediator_profiles":
        await hill.put(hill.gu, "/v1/mediators/me/profile", {"topics": ["noise"]})
    if table == "calendar_feeds":
        await hill.post(hill.gu, "/v1/mediators/me/calendar-link")
    case = await (await hill.opened()).led()
    if table == "caucus_notes":
        await case.do(hill.gu, "caucus-notes", {"side": "respondent", "text": "密谈"})
    if table == "mediator_entries":
        await case.do(hill.zhou, "stop", {"note": "会上发现是亲戚"})
