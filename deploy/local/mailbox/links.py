"""Web addresses in a plain text become links; everything else stays text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

ADDRESS = re.compile(r"https?://[^\s<>\"'）】，。]+")


def linked(text: str) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = escape(match.group())
        pieces += [escape(text[end : match.start()]), Markup('<a href="{0}">{0}</a>').format(address)]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])
