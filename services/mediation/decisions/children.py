"""Where a child is concerned the papers speak of 住户方子女 and of nothing that tells which child it is. Pure."""

from __future__ import annotations

import re

from services.mediation.state import Matter
from shared.errors import Invalid

_TELLING = re.compile(
    r"(?<![\d十])[\d十]+\s*岁|周岁"
    r"|小学|中学|初中|高中|幼儿园|学校|班级|年级|红领巾|years? old|school|pupil|kindergarten",
    re.IGNORECASE,
)


def telling_words(text: str) -> list[str]:
    """Words about a child's age or school."""
    return list(dict.fromkeys(found[0].strip() for found in _TELLING.finditer(text)))


def require_nameless(matter: Matter, field: str, *texts: str) -> None:
    """Raises Invalid with the words that would tell which child it is; other matters say what they like."""
    words = [word for text in texts for word in telling_words(text)] if matter.minor else []
    if words:
        raise Invalid(field, "tells_of_a_child", words=words, said="、".join(words))
