"""However somebody writes their contact, it is the same contact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alliance.contact import Contact, digits, parse


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("lin@shanbei.example", "lin@shanbei.example"),
        ("  LIN@Shanbei.Example ", "lin@shanbei.example"),
        ("lin＠shanbei．example", "lin@shanbei.example"),
        ("lin.pei-zhen+1@a.b.example", "lin.pei-zhen+1@a.b.example"),
    ],
)
def test_e_mail_addresses(written: str, value: str) -> None:
    assert parse(written) == Contact("email", value)


@pytest.mark.parametrize(
    "written",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "+8613812345678",
        "(+86)138-1234-5678",
        "008613812345678",
        "8613812345678",
        "１３８１２３４５６７８",
        "＋８６　１３８１２３４５６７８",
    ],
)
def test_mobile_numbers(written: str) -> None:
    assert parse(written) == Contact("phone", "13812345678")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "lin",
        "lin@",
        "@shanbei.example",
        "lin@shanbei",
        "lin@shan bei@example",
        "a@b@c.example",
        "林@shanbei.example",
        "lin@山北.example",
        "lin@shanbei.example\r\nBcc",
        "lin<x>@shanbei.example",
        "12812345678",
        "1381234567",
        "138123456789",
        "021-62345678",
        "+1 138 1234 5678",
        "x" * 250 + "@shanbei.example",
        "a@" + "b" * 64 + ".example",
    ],
)
def test_what_is_no_contact(written: str) -> None:
    assert parse(written) is None


@given(st.text(max_size=300))
def test_a_contact_read_again_is_the_same(text: str) -> None:
    contact = parse(text)
    if contact is not None:
        assert parse(contact.value) == contact
        assert contact.value.isascii()
        assert contact.value.isprintable()


@pytest.mark.parametrize("typed", ["123456", " 123456 ", "123 456", "123-456", "１２３４５６"])
def test_a_code_typed_on_any_keyboard(typed: str) -> None:
    assert digits(typed) == "123456"
