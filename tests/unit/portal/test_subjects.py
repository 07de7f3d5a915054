"""What an administrator types of a kind of matter and of its questions, and what is sent of it."""

from __future__ import annotations

from datetime import date

import pytest

from services.portal import subjects
from services.portal.answers import (
    Bilingual,
    Choice,
    Choices,
    LawRow,
    SubcategoryEntry,
    SubcategoryQuestion,
)
from services.portal.forms import Form, Mistakes
from services.portal.subjects import Preview

DAYS = SubcategoryQuestion(
    code="days",
    zh="星期几",
    en="Which days",
    type="choice",
    multiple=True,
    options=(Bilingual(code="friday", zh="星期五", en="Friday"),),
)
LEVEL = SubcategoryQuestion(
    code="level", zh="多响", en="How loud", type="number", least=0, most=120.5, unit="dB"
)
BAR = SubcategoryEntry(
    code="bar_music",
    category="noise",
    zh="酒吧音乐",
    en="Bar music",
    path="mediation",
    then="topic",
    certainty="M",
    authorities=("police",),
    emergency="always",
    call="110",
    doer="unsure",
    law=(LawRow(text="噪声污染防治法", until=date(2026, 8, 14)),),
    questions=(DAYS, LEVEL),
    evidence=("audio",),
    version=2,
)


def test_a_form_sent_as_it_was_shown_changes_nothing() -> None:
    assert subjects.read(subjects.stored(BAR), BAR) == BAR
    for one in (DAYS, LEVEL):
        shown = subjects.stored_question(BAR, one.code)
        assert subjects.read_question(shown, BAR, one.code) == one
        assert subjects.with_question(BAR, one, after=shown["after"]) == BAR


def test_what_is_sent_of_it_names_both_languages_and_the_days_of_the_law() -> None:
    sent = subjects.body(BAR)
    assert sent["names"] == {"zh-CN": "酒吧音乐", "en": "Bar music"}
    assert sent["law"] == [{"text": "噪声污染防治法", "from": None, "to": "2026-08-14"}]
    assert sent["questions"][0]["options"] == [{"code": "friday", "zh-CN": "星期五", "en": "Friday"}]
    assert not sent.keys() & {"code", "category", "version"}


def test_a_new_question_gets_a_code_of_its_own_and_stands_where_it_is_asked() -> None:
    form = Form({"zh": ["多响"], "en": ["Level"], "type": ["bool"], "after": ["days"]})
    new = subjects.read_question(form, BAR, "new")
    assert new.code == "level_2"
    asked = subjects.with_question(BAR, new, after=form["after"]).questions
    assert [one.code for one in asked] == ["days", "level_2", "level"]
    assert subjects.with_question(BAR, new, after="").questions[0] == new


def test_no_question_stands_where_a_new_one_is_written() -> None:
    form = Form({"zh": ["新的"], "en": ["New"], "type": ["bool"]})
    assert subjects.read_question(form, BAR, "new").code == "new_2"


def test_a_question_asked_already_stays_of_its_kind() -> None:
    typed = Form(
        {"zh": ["哪天"], "en": ["When"], "type": ["text"], "option_zh": ["六"], "option_en": ["Sat"]}
    )
    written = subjects.read_question(typed, BAR, "days")
    assert (written.code, written.type, written.multiple) == ("days", "choice", True)
    assert [option.code for option in written.options] == ["sat"]


def test_answers_keep_their_codes_and_an_emptied_one_goes() -> None:
    options = {
        "option_code": ["friday", "", ""],
        "option_zh": ["五", "", "五晚"],
        "option_en": ["Fri", "", "Friday"],
    }
    written = subjects.read_question(Form({"zh": ["日"], "en": ["Day"], **options}), BAR, "days")
    assert [(one.code, one.en) for one in written.options] == [("friday", "Fri"), ("friday_2", "Friday")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"en": ["A"], "type": ["text"]}, "zh"),
        ({"zh": ["甲"], "en": ["甲"], "type": ["text"]}, "en"),
        ({"zh": ["甲"], "en": ["A"]}, "type"),
        ({"zh": ["甲"], "en": ["A"], "type": ["choice"]}, "options"),
        ({"zh": ["甲"], "en": ["A"], "type": ["choice"], "option_zh": ["乙"]}, "options"),
        ({"zh": ["甲"], "en": ["A"], "type": ["number"], "least": ["low"]}, "least"),
    ],
)
def test_what_cannot_be_a_question_is_named(typed: dict[str, list[str]], field: str) -> None:
    with pytest.raises(Mistakes) as mistakes:
        subjects.read_question(Form(typed), BAR, "new")
    assert mistakes.value.codes.keys() == {field}


def test_a_day_that_is_none_is_named() -> None:
    form = {"zh": ["甲"], "en": ["A"], "path": ["direct"], "emergency": ["never"], "certainty": ["H"]}
    law = {"doer": ["known"], "law_text": ["某法"], "law_from": ["soon"]}
    with pytest.raises(Mistakes) as mistakes:
        subjects.read(Form(form | law), BAR)
    assert mistakes.value.codes == {"law": "field_wrong"}


def test_days_of_a_law_that_is_not_named_are_asked_about_and_an_emptied_row_goes() -> None:
    form = {"zh": ["酒吧"], "en": ["Bar"], "path": ["direct"], "emergency": ["never"], "certainty": ["L"]}
    law = {
        "doer": ["known"],
        "law_text": ["某法", "", ""],
        "law_from": ["", "", "2026-01-01"],
        "law_to": [""],
    }
    with pytest.raises(Mistakes) as mistakes:
        subjects.read(Form(form | law), BAR)
    assert mistakes.value.codes == {"law": "subject_law_without_text"}
    emptied = law | {"law_from": ["", "", ""]}
    assert [one.text for one in subjects.read(Form(form | emptied), BAR).law] == ["某法"]


def test_a_new_kind_begins_as_another_one_but_its_remit_is_looked_up_anew() -> None:
    code, sent = subjects.like(BAR, Form({"zh": ["卡拉OK"], "en": ["Bar music"]}), {"bar_music"})
    assert code == "bar_music_2"
    assert (sent["category"], sent["certainty"], sent["law"]) == ("noise", "L", [])
    assert sent["authorities"] == ["police"]


def test_whoever_files_sees_whom_to_call_first_what_is_asked_and_what_helps() -> None:
    seen = Preview.of(BAR, Choices(categories=(), evidence=(Choice(code="audio", label="Recording"),)), "en")
    assert seen.calls == ("110", "119", "120")
    assert seen.is_seldom_seen
    assert [one.label for one in seen.questions] == ["Which days", "How loud"]
    assert seen.evidence == ("Recording",)
    never = BAR.model_copy(update={"emergency": "happening_now", "doer": "known"})
    calm = Preview.of(never, Choices(categories=()), "zh-CN")
    assert (calm.label, calm.calls, calm.is_seldom_seen) == ("酒吧音乐", (), False)
