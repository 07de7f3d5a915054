"""What an alliance may say in its own words: plain words and the days of the table, written on what was looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.notifications import wording
from services.notifications.letters import compose
from services.notifications.notice import Facts, Words
from services.notifications.rules import DATES, KINDS
from services.notifications.storage import Addressed
from services.notifications.wordings import decisions
from services.notifications.wordings.decisions import Worded, Wording, WordsReplaced, WordsRestored
from services.notifications.wordings.samples import REFERENCE, sample
from shared.contracts import complaints as c
from shared.errors import Invalid, Refused
from shared.ids import is_reference
from shared.texts import LANGUAGES, Language

from .news import THURSDAY, an_event
from .test_letters import OFFICE, TRACE, a_notice, html, text

NOW = datetime(2026, 3, 5, 2, tzinfo=UTC)
KIND = "answer_awaited"
OURS = Words(title="邻里等您回话", body="请打开看看。", dates="请在{answer_until}之前回话。")
THIS = Worded(KIND, "zh-CN")
STANDARD, OWN = Wording(THIS), Wording(THIS, OURS)


def told(**changes: str) -> Words:
    return OURS.model_copy(update=changes)


class TestChanging:
    def test_given_the_standard_when_replaced_then_the_own_words_hold(self):
        [event] = decisions.replace(STANDARD, 0, OURS, follows=0)
        assert event == WordsReplaced(THIS, OURS)
        assert decisions.evolve(STANDARD, event) == OWN

    def test_given_own_words_when_restored_then_the_standard_holds(self):
        [event] = decisions.restore(OWN, 1, follows=1)
        assert event == WordsRestored(THIS)
        assert decisions.evolve(OWN, event) == STANDARD

    def test_given_the_standard_when_restored_then_nothing_happens(self):
        assert decisions.restore(STANDARD, 0, follows=0) == []

    @pytest.mark.parametrize("follows", [0, 2])
    def test_given_a_change_meanwhile_when_asked_then_nothing_is_overwritten(self, follows: int):
        with pytest.raises(Refused, match="changed_meanwhile"):
            decisions.replace(OWN, 1, OURS, follows=follows)
        with pytest.raises(Refused, match="changed_meanwhile"):
            decisions.restore(OWN, 1, follows=follows)

    def test_blanks_and_lines_around_the_words_are_not_kept(self):
        assert decisions.require_sound(told(title="  邻里等您回话\n"), THIS) == OURS


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": " \n "}, "/title", "words_needed"),
        ({"body": ""}, "/body", "words_needed"),
        ({"dates": ""}, "/dates", "words_needed"),
        ({"title": "话" * 101}, "/title", "words_too_long"),
        ({"body": "话" * 601}, "/body", "words_too_long"),
        ({"dates": "{answer_until}" + "话" * 300}, "/dates", "words_too_long"),
        ({"body": "请<b>马上</b>回话"}, "/body", "plain_words_only"),
        ({"body": "请&nbsp;回话"}, "/body", "plain_words_only"),
        ({"title": "回\u202e话"}, "/title", "plain_words_only"),
        ({"body": "见 https://pay.example/1"}, "/body", "no_links"),
        ({"body": "见 WWW.example"}, "/body", "no_links"),
        ({"body": "见example.com"}, "/body", "no_links"),
        ({"dates": "{answer_until}前写信到a@b"}, "/dates", "no_links"),
        ({"body": "关于SJ-7K3M-9QX4-C"}, "/body", "names_a_matter"),
        ({"title": "请在{answer_until}前"}, "/title", "placeholder_unknown"),
        ({"body": "{name}，您好"}, "/body", "placeholder_unknown"),
        ({"dates": "{answer_until}{due}"}, "/dates", "placeholder_unknown"),
        ({"dates": "{answer_until.year}"}, "/dates", "placeholder_unknown"),
        ({"dates": "{answer_until!r}"}, "/dates", "placeholder_unknown"),
        ({"dates": "{answer_until:>9}"}, "/dates", "placeholder_unknown"),
        ({"dates": "{}前"}, "/dates", "placeholder_unknown"),
        ({"dates": "请回话"}, "/dates", "placeholder_missing"),
        ({"dates": "{answer_until"}, "/dates", "braces_disagree"),
        ({"dates": "{answer_until}{{x}}"}, "/dates", "braces_disagree"),
        ({"body": "}"}, "/body", "braces_disagree"),
    ],
)
def test_what_may_not_be_said_is_named_with_its_field(changes: dict[str, str], field: str, code: str):
    with pytest.raises(Invalid) as refused:
        decisions.replace(STANDARD, 0, told(**changes), follows=0)
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.parametrize(
    "said",
    [
        "请登录evil.com缴费",
        "请看evil.com_ x",
        "请看pay.evil.com：缴费",
        "请看evil．com缴费",
        "请看evil․com缴费",
        "请看evil.中国缴费",
        "请看evil.在线",
        "请看商居.网址缴费",
        "请看evil.рф",
        "请看evil.xn--fiqs8s",
        "请到www.evil看",
        "请到ｗｗｗ．evil看",
        "请到1.2.3.4/x缴费",
        "请到１．２．３．４缴费",
        "写信到a＠b",
        "请看https：//evil",
    ],
)
def test_an_address_is_found_between_chinese_words_and_in_any_script_and_width(said: str):
    with pytest.raises(Invalid) as refused:
        decisions.require_sound(told(body=said), THIS)
    assert (refused.value.field, refused.value.code) == ("/body", "no_links")


@pytest.mark.parametrize("said", ["请看{answer_until}.com", "请看evil.{answer_until}"])
def test_what_is_filled_in_completes_no_address(said: str):
    with pytest.raises(Invalid) as refused:
        decisions.require_sound(told(dates=said), THIS)
    assert (refused.value.field, refused.value.code) == ("/dates", "no_links")


def test_two_sentences_that_are_said_without_a_blank_between_them_complete_no_address():
    words = told(body="请登录evil.", dates="com，{answer_until}之前。")
    with pytest.raises(Invalid) as refused:
        decisions.require_sound(words, THIS)
    assert (refused.value.field, refused.value.code) == ("/body", "no_links")
    assert decisions.require_sound(words, Worded(KIND, "en")) == words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Please open it. It takes a minute, at 9 a.m. or later."),
        ("en", "Read it...then answer, e.g. today."),
        ("zh-CN", "请打开看看。OK就好，不急…谢谢您……"),
        ("zh-CN", "截至2026.3.5，约需1.5小时。"),
        ("zh-CN", "物业＆业委会；请看＜说明＞。"),
    ],
)
def test_ordinary_sentences_are_no_addresses(language: Language, said: str):
    assert decisions.require_sound(told(body=said), Worded(KIND, language)).body == said


def test_a_kind_without_days_has_no_sentence_with_days():
    words, of = Words(title="请看看", body="对方回话了。"), Worded("case_answered", "zh-CN")
    assert decisions.require_sound(words, of) == words
    with pytest.raises(Invalid) as refused:
        decisions.require_sound(words.model_copy(update={"dates": "很快"}), of)
    assert (refused.value.field, refused.value.code) == ("/dates", "no_days_to_name")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_standard_may_be_kept_as_ones_own_and_reads_well_with_invented_days(kind, language):
    standard = wording.standard(kind, language)
    assert decisions.require_sound(standard, Worded(kind, language)) == standard
    said = wording.body(sample(kind, language, standard, NOW), language)
    assert "{" not in said
    assert (len(said) > len(standard.body)) is bool(DATES[kind])


def test_the_sample_is_of_no_case():
    assert not is_reference(REFERENCE)
    assert sample(KIND, "en", OURS, NOW).case_id == UUID(int=0)


def test_a_mail_says_the_alliances_words_and_its_subject_nothing_more():
    own = replace(a_notice(an_event(c.NoticeServed, answer_until=THURSDAY), KIND), own={"zh-CN": OURS})
    mail = compose(Addressed(own, "林佩珍", "lin@shanbei.example", "zh-CN"), office=OFFICE, traceparent=TRACE)
    for shown in (text(mail), html(mail)):
        assert "邻里等您回话" in shown
        assert "请打开看看。请在3月5日 周四之前回话。" in shown
    assert mail["Subject"] == "您有一条办理进展 SJ-7K3M-9QX4-C"


def test_in_a_language_without_own_words_the_standard_holds():
    own = replace(a_notice(an_event(c.NoticeServed), KIND), own={"zh-CN": OURS})
    assert wording.title(own, "en") == "Please answer"


def test_own_words_of_a_day_the_event_does_not_name_are_not_spoken():
    own = sample(KIND, "zh-CN", OURS, NOW)
    assert wording.body(replace(own, facts=Facts()), "zh-CN") == "请打开看看。"
    assert wording.body(replace(own, facts=Facts(due=date(2026, 3, 5))), "zh-CN") == "请打开看看。"
