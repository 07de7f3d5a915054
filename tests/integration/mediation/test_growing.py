"""What PostgreSQL must know of mediations to find few among many."""

from __future__ import annotations

from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.support.statistics import uncounted_expressions


async def test_given_an_index_of_few_rows_then_what_its_expression_holds_is_counted_for_all(
    hill: Neighbourhood,
):
    assert await uncounted_expressions(hill.client.kit.database) == set()
