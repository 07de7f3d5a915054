"""One form for each way of reaching a person, however they wrote it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LONGEST = 254


@dataclass(frozen=True)
class Contact:
    """An e-mail address or a Chinese mobile number (11 digits, without +86)."""

    kind: Literal["email", "phone"]
    value: str


def parse(text: str) -> Contact | None:
    """The contact `text` stands for, or None. Full-width characters, case, spaces and dashes are forgiven."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    if len(plain) <= _LONGEST and _EMAIL.fullmatch(plain):
        return Contact("email", plain)
    if mobile := _MOBILE.fullmatch(re.sub(r"[-()]", "", plain)):
        return Contact("phone", mobile[1])
    return None


def digits(text: str) -> str:
    """A code as typed on any keyboard: full-width digits and spaces are forgiven."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
