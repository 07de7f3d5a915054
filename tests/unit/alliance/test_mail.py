"""The letter with the code, and that every sentence exists in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import services.alliance
from services.alliance.mail import TEXTS, code_letter
from shared.texts import LANGUAGES, Language, catalogue

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
SENDER = "商居联盟 <no-reply@shangju.example>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_stands_in_the_text_alone(language: Language) -> None:
    letter = code_letter(SENDER, "lin@shanbei.example", language, "012345", NOW)
    text = letter.get_content()

    assert re.findall(r"(?<!\d)\d{6}(?!\d)", text) == ["012345"]
    assert "{" not in text
    assert not any("012345" in str(value) for value in letter.values())
    assert letter["Message-ID"].endswith("@shangju.example>")
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_to_sign_says_what_for_and_shows_the_beginning_of_the_hash(language: Language) -> None:
    letter = code_letter(
        SENDER,
        "lin@shanbei.example",
        language,
        "012345",
        NOW,
        letter="signing_mail",
        about="3f9ac51d" + "0" * 56,
    )
    text = letter.get_content()

    assert re.findall(r"(?<!\d)\d{6}(?!\d)", text) == ["012345"]
    assert "3f9ac51d" in text
    assert "3f9ac51d0" not in text
    assert {"zh-CN": "请不要告诉任何人", "en": "Tell it to nobody"}[language] in text
    assert {"zh-CN": "签署", "en": "sign"}[language] in letter["Subject"]


def test_the_letter_survives_the_wire() -> None:
    letter = code_letter(SENDER, "lin@shanbei.example", "zh-CN", "012345", NOW)
    assert letter.as_bytes().isascii()
    assert b"\n012345\n" in letter.as_bytes()


def test_both_catalogues_say_the_same_things() -> None:
    chinese, english = (catalogue("services.alliance", language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for code, sentence in chinese.items():
        assert re.findall(r"\{\w+\}", sentence) == re.findall(r"\{\w+\}", english[code])


def test_every_refusal_has_a_sentence() -> None:
    folder = Path(services.alliance.__file__).parent
    source = "\n".join(path.read_text() for path in folder.rglob("*.py"))
    codes = {
        *re.findall(r'(?:Refused|Refused\.__init__)\((?:self, )?"(\w+)"', source),
        *re.findall(r'Invalid\([^,]+, "(\w+)"', source),
        "contact_taken",
    }
    assert len(codes) > 15
    data = {"until_day": "2026-06-20", "from_day": "2026-03-01", "roles": "mediator", "word": "罚款"}
    for code in codes:
        for language in LANGUAGES:
            assert TEXTS(code, language, **data)
