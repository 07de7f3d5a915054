"""What a service refuses of a covenant's clauses stands beside the field it was typed in."""

from __future__ import annotations

import pytest

from services.portal.forms import Form, Mistakes, by_field
from services.portal.gateway import FieldError, Problem
from services.portal.pages.covenants import ACTS, beside_its_clause

TYPED = Form(
    {
        "number": ["1", "3", "4"],
        "clause": ["轻拿轻放。", "", "违者罚款。"],
        "next_number": ["5"],
        "new": ["门口贴电话。"],
    }
)


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/clauses/0/text", "clause_1"),
        ("/clauses/1/text", "clause_4"),
        ("/clauses/2/text", "clauses"),
        ("/clauses", "clauses"),
        ("/title", "title"),
    ],
)
def test_given_a_clause_emptied_when_another_is_refused_then_it_is_named_by_its_own_number(
    pointer: str, field: str
) -> None:
    refused = Problem(422, "invalid", "No.", (FieldError(pointer, "Nobody may fine anybody."),))

    placed = beside_its_clause(refused, TYPED)

    assert by_field(placed.errors) == {field: "Nobody may fine anybody."}
    assert (placed.status, placed.code, placed.detail) == (422, "invalid", "No.")


@pytest.mark.parametrize("typed", ["0000000" + "9" * 4300, "100001", "-1", "１", ""])
def test_a_count_that_is_none_is_said_at_its_field(typed: str) -> None:
    with pytest.raises(Mistakes) as wrong:
        ACTS["filing"].body(Form({"on": ["2026-03-10"], "follows": [typed]}))
    assert wrong.value.codes == {"follows": "field_wrong"}
