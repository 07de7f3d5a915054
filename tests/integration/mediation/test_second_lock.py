"""Row-level security: with every filter of the code gone, nobody is shown a word of another alliance."""

from __future__ import annotations

from uuid import uuid4

import pytest

from shared.persistence.database import work_for, working_for_everybody
from tests.integration.mediation.neighbourhood import Neighbourhood


@pytest.mark.parametrize("table", ["journal", "caucus_notes", "handovers", "mediator_entries"])
async def test_a_query_without_a_filter_finds_rows_of_ones_own_alliance_alone(
    hill: Neighbourhood, table: str
):
    await hill.opened()
    asked = f"SELECT alliance_id, count(*) FROM {table} GROUP BY alliance_id"
    everybody = {row["alliance_id"] for row in await hill.rows(asked)}
    with working_for_everybody():
        work_for(hill.alliance_id)
        own = {row["alliance_id"] for row in await hill.rows(asked)}
        work_for(uuid4())
        strangers = await hill.rows(asked)

    assert own == everybody & {hill.alliance_id}
    assert strangers == []
