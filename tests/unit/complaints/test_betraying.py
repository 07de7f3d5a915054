"""Words of a summary by which a hidden complainant would be known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.betraying import QUOTED, asks_for_an_order, betraying_words, health_words

WORDS = (
    "楼下酒吧后门天天开到一两点,低音炮咚咚咚的,床都在抖。客人还站在后天井抽烟骂人。我一个老太婆住三楼,"
    "心脏不好,求你们管管。千万别说是我讲的,上趟有人讲了,第二天门口就被倒了一摊垃圾。"
)


def test_a_neutral_summary_betrays_nobody():
    assert betraying_words("116号后门夜间低频音乐及人员聚集,影响周边住户休息", WORDS) == []


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ("三楼住户反映夜间低频音乐", ["三楼"]),
        ("一位老太婆反映夜间音乐,心脏不适", ["老太婆", "心脏"]),
        ("301室反映后门噪声", ["301室"]),
        ("反映人担心报复", ["报复"]),
        ("72岁居民反映", ["72岁"]),
        ("后门天天开到一两点", ["后门天天开到一两点"]),
        ("A retired neighbour on the 3rd floor cannot sleep", ["3rd floor", "retired"]),
    ],
)
def test_what_tells_of_home_person_health_or_past_is_named(summary: str, words: list[str]):
    assert betraying_words(summary, WORDS) == words


def test_seven_characters_alike_are_no_quotation_and_eight_are():
    own = "门口的音箱从早响到晚"
    assert betraying_words(own[: QUOTED - 1], own) == []
    assert betraying_words(own[:QUOTED], own) == [own[:QUOTED]]


def test_signs_and_spaces_do_not_hide_a_quotation():
    assert betraying_words("低音炮 咚咚咚的、床都在抖", WORDS) != []


@given(st.text("夜间低频音乐影响休息", max_size=7))
def test_few_plain_words_are_never_a_quotation(summary: str):
    assert betraying_words(summary, WORDS) == []


def test_words_of_health_are_named_once_each():
    assert health_words("吵得我高血压都要发作,心脏也不好,血压又高") == ["血压", "心脏"]
    assert health_words("门口音响太吵") == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("清明放假人更多,你们能不能先让他停两天?", True),
        ("天天吵,直接关门!不关我就拉横幅。", True),
        ("应该罚款,吊销执照。", True),
        ("Please shut it down and fine them.", True),
        ("我们十一点关门,收泔脚的车十点走了。", False),
        ("喇叭能不能关掉?后门十点以后关上。", False),
        ("楼下饭店的车停在门口。", False),
    ],
)
def test_who_asks_for_what_nobody_here_may_order(text: str, asks: bool):
    assert asks_for_an_order(text) == asks
