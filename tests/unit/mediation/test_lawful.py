"""What nobody can agree on: words of an agreement that allow what the law forbids are sent back with the law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.complaints.categories import catalogue
from services.mediation.decisions.lawful import table
from shared.errors import Invalid
from tests.unit.mediation.stories import PROMISES, a_draft, a_mediation, an_amendment

ALLOWS = {
    "煤气瓶可以继续放在厨房,不追究": "gas_cylinder_indoor",
    "钢瓶保留两个备用": "gas_cylinder_indoor",
    "双方同意后门夜里上锁": "exit_blocked",
    "同意把货堆在楼道里": "exit_blocked",
    "允许电瓶车停在门洞充电": "ebike_charging_corridor",
    "飞线充电照旧": "fly_wire",
    "店里阁楼可以住人": "mixed_living_in_shop",
    "The gas cylinders may stay until June": "gas_cylinder_indoor",
    "The emergency exit may be locked at night": "exit_blocked",
}
PUTS_RIGHT = (
    "煤气瓶三日内搬走,双方同意不再追究此前的担心",
    "后门有人时不上锁,装推杠",
    "后门22:00至次日08:00关闭",
    "不得在楼道停放电瓶车,同意停到室外充电点",
    "可以约两个半天让师傅进门",
    "双方同意下列事项。",
    "The rear door is kept unlocked whenever anybody is inside",
)


@pytest.mark.parametrize(("words", "subcategory"), ALLOWS.items())
def test_whoever_agrees_to_it_it_is_not_theirs_to_allow(words: str, subcategory: str):
    held = a_mediation().held()
    for draft, field in (
        (a_draft(terms=words), "/terms"),
        (a_draft(promises=(PROMISES[1], replace(PROMISES[0], what=words))), "/commitments/1/what"),
    ):
        with pytest.raises(Invalid, match="allows_unlawful") as refused:
            held.do(draft)
        assert refused.value.field == field
        assert refused.value.data["matter"] == subcategory
        assert refused.value.data["rule"]


@pytest.mark.parametrize("words", PUTS_RIGHT)
def test_putting_it_right_is_agreed_on_like_anything_else(words: str):
    held = a_mediation().held()
    assert held.do(a_draft(terms=words, promises=(replace(PROMISES[0], what=words),))).last


def test_a_change_of_what_was_agreed_allows_no_more():
    promise = replace(PROMISES[0], what="煤气瓶可以留到五月")
    with pytest.raises(Invalid, match="allows_unlawful"):
        a_mediation().in_effect().do(an_amendment(promises=(promise,)))


def test_each_row_speaks_of_a_matter_people_can_complain_of_and_of_its_law():
    for row in table().rows:
        of = catalogue().find(row.subcategory)
        assert of is not None
        stands = "".join(law.text for law in of.law)
        assert row.law.split("、")[0].split(";")[0] in stands
