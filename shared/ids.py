"""Identity is made at the doors and handed inwards, so that any run can be replayed."""

from __future__ import annotations

import secrets
from uuid import UUID

import uuid_utils

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misheard or misread on the phone."""


def new_id() -> UUID:
    """A UUIDv7: ids made later sort later, so the indexes on them grow at one end."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def new_reference() -> str:
    """A case number to read aloud: `SJ-7K3M-9QX4-C`, not sequential, the last character a check digit.

    Sequential numbers would tell neighbours how many cases were filed between two of them.
    """
    body = "".join(secrets.choice(DIGITS) for _ in range(8))
    return f"SJ-{body[:4]}-{body[4:]}-{check_digit(body)}"


def check_digit(body: str) -> str:
    """The Luhn mod N digit over base 32 (ISO/IEC 7812-1, Annex B, widened to N = 32).

    Finds every single wrong character and nearly every swap of two neighbours.
    """
    total = 0
    for index, character in enumerate(reversed(body)):
        value = DIGITS.index(character) * (2 if index % 2 == 0 else 1)
        total += value // 32 + value % 32
    return DIGITS[-total % 32]


def is_reference(text: str) -> bool:
    """Whether `text` is a case number whose check digit is right."""
    match text.split("-"):
        case ["SJ", left, right, digit] if len(left) == len(right) == 4 and set(left + right) <= set(DIGITS):
            return digit == check_digit(left + right)
    return False
