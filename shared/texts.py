"""Sentences people read, in their language, from the .po catalogues beside the code that says them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from babel import negotiate_locale
from babel.messages.pofile import read_po

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")


def negotiate(accept_language: str | None) -> Language:
    """The language to answer in; Chinese where nothing else is asked for."""
    preferred = [
        part.partition(";")[0].strip().replace("-", "_") for part in (accept_language or "").split(",")
    ]
    chosen = negotiate_locale(preferred, ["zh_CN", "en"], sep="_", aliases={"zh": "zh_CN"})
    return "en" if chosen == "en" else "zh-CN"


@cache
def catalogue(package: str, language: Language) -> Mapping[str, str]:
    """Code → sentence of `<package>/locale/<language>.po`; read once."""
    path = resources.files(package) / "locale" / f"{language}.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


class Texts:
    """The sentences of a service, its own catalogue before the shared one."""

    def __init__(self, *packages: str) -> None:
        self._packages = (*packages, "shared")

    def __call__(self, code: str, language: Language, **data: Any) -> str:
        """The sentence for `code`, with `data` in its places. Raises KeyError for a code without one."""
        for package in self._packages:
            sentence = catalogue(package, language).get(code)
            if sentence:
                return sentence.format_map(data)
        raise KeyError(code)
