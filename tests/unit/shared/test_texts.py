import pytest

from shared.texts import LANGUAGES, Texts, catalogue, negotiate


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-TW,zh;q=0.9,en;q=0.5", "zh-CN"),
        ("en-GB,en;q=0.9", "en"),
        ("en", "en"),
        ("fr", "zh-CN"),
        (";;;,,", "zh-CN"),
    ],
)
def test_the_language_is_the_callers_or_chinese(asked, answered):
    assert negotiate(asked) == answered


def test_both_languages_say_the_same_things():
    chinese, english = (catalogue("shared", language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()


def test_a_code_without_a_sentence_is_a_mistake_not_an_empty_line():
    with pytest.raises(KeyError):
        Texts()("never_written", "en")
