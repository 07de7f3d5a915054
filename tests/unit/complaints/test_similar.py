"""Which complaints are the same matter, on labelled pairs."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from services.complaints.decisions.state import AwaitingTriage
from services.complaints.rules import rule_table
from services.complaints.similar import (
    Complaint,
    Known,
    about,
    likeness,
    normalised,
    other_matters,
    suggestions,
    tokens,
)
from tests.unit.complaints.cases import NIGHT, a

AT_LEAST = rule_table().in_force("similar_at_least", NIGHT.date()).value

JIANG = '新开的奶茶店两只喇叭"第二杯半价"循环播,从早到晚,我在家上网课根本讲不了话。'
YE = "124号噪音,还有他们制冰机的水一直流到我家门口,地上滑,我婆婆差点摔跤。"
TANG = "天天吵,直接关门!不关我就拉横幅。"
FUMES = "118号烧烤的烟囱只接到二楼,油烟全部灌进我妈厨房"
SIGN = "对面便利店新换的LED招牌白得像白天,还会闪,窗帘都挡不住。"
DUMPLINGS = "锅贴店油烟机冲着我窗口,衣服晾出去全是油味。"
BAR = "后门天天开到一两点,低音炮咚咚咚的"

SAME = [
    ("3号楼夜间施工噪音扰民", "三号楼晚上施工噪声太大"),
    (JIANG, "124号奶茶店门口喇叭一直喊第二杯半价,从早到晚循环播"),
    (FUMES, "118号烧烤油烟灌进厨房,烟囱没有接到楼顶"),
    (SIGN, "便利店招牌晚上白得像白天,窗帘挡不住"),
    (DUMPLINGS, "锅贴店的油烟冲进窗口,晾的衣服都是烟味"),
    (BAR, "後門的低音炮天天開到一兩點,咚咚咚"),
]
OTHER = [
    ("3号楼夜间施工噪音扰民", "3号楼垃圾堆在门口没人收"),
    (JIANG, "奶茶店排队的人把人行道都堵住了"),
    (JIANG, YE),
    (JIANG, TANG),
    (FUMES, "118号烧烤店炭火半夜还在烤,火星乱飞"),
    (DUMPLINGS, "锅贴店后门泔水桶没盖,苍蝇到处飞"),
]


class TestLikeness:
    @pytest.mark.parametrize(("one", "other"), SAME)
    def test_the_same_matter_in_other_words(self, one, other):
        assert likeness(one, other) >= AT_LEAST
        assert likeness(one, other) == likeness(other, one)

    @pytest.mark.parametrize(("one", "other"), OTHER)
    def test_another_matter_in_like_words(self, one, other):
        assert likeness(one, other) < AT_LEAST

    def test_no_words_are_like_nothing(self):
        assert likeness("", JIANG) == likeness("的", "的") == 0

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("三号楼", "3号楼"),
            ("十二号楼", "12号楼"),
            ("一百二十四号", "124号"),
            ("二〇三室", "203室"),
            ("兩隻喇叭", "2只喇叭"),
            ("１２４號", "124号"),
            ("一直", "一直"),
        ],
    )
    def test_numbers_and_scripts_are_one(self, written, read):
        assert normalised(written) == read

    def test_words_of_one_meaning_are_one_word(self):
        assert tokens("夜间噪声") == tokens("晚上噪音")


HERE, THERE, HOUSE = UUID(int=41), UUID(int=42), UUID(int=34)


def complaint(words: str, place: UUID = HERE, subcategory: str = "promo_speaker") -> Complaint:
    return Complaint(place, HOUSE, "noise", subcategory, words)


def known(words: str, place: UUID = HERE, subcategory: str = "promo_speaker", **more: object) -> Known:
    file = a(AwaitingTriage, subcategory=subcategory, **more).file
    assert file.place is not None
    return Known(replace(file, place=replace(file.place, place_id=place, building_id=HOUSE)), words)


def reasons(of: Complaint, among: Known) -> list[tuple[str, ...]]:
    return [one.reasons for one in suggestions(of, [among], at_least=AT_LEAST, limit=5)]


class TestSuggestions:
    @pytest.mark.parametrize("words", [YE, TANG])
    def test_of_the_same_place_and_kind_no_like_words_are_needed(self, words):
        """Scenario 07: thirty people say it in thirty ways."""
        assert reasons(complaint(JIANG), known(words)) == [("same_place", "same_subcategory")]

    def test_in_the_same_house_the_words_must_be_alike(self):
        [(one, other)] = [SAME[1]]
        assert reasons(complaint(one), known(other, place=THERE)) == [
            ("same_building", "same_subcategory", "alike_words")
        ]
        assert reasons(complaint(JIANG), known(TANG, place=THERE)) == []

    def test_another_kind_at_the_same_place_is_another_matter(self):
        assert reasons(complaint(JIANG), known(TANG, subcategory="street_music")) == []
        other_category = replace(known(JIANG), file=replace(known(JIANG).file, category="sanitation"))
        assert reasons(complaint(JIANG), other_category) == []

    def test_an_anonymous_text_is_measured_for_nobody(self):
        anonymous = known(JIANG, place=THERE, identity="anonymous")
        assert reasons(complaint(JIANG), anonymous) == []

    def test_the_likest_come_first_and_only_so_many(self):
        among = [known(TANG), known(JIANG), known(YE)]
        found = suggestions(complaint(JIANG), among, at_least=AT_LEAST, limit=2)
        assert found[0].known.words == JIANG
        assert len(found) == 2


def test_a_second_matter_is_found_by_its_words():
    assert [matter.subcategory for matter in other_matters(YE, "noise")] == ["dirty_water"]
    assert other_matters(JIANG, "noise") == other_matters(TANG, "noise") == []


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (9, 5), (30, 30), (34, 30)])
def test_a_number_of_households_tells_of_none_of_them(count, told):
    assert about(count, 5) == told
