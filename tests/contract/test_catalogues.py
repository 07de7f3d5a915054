"""No catalogue says a sentence twice: where two branches meet the later one would win unseen."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(chain.from_iterable((ROOT / top).rglob("*.po") for top in ("services", "shared", "cli")))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_stands_once_and_has_its_sentence(path: Path) -> None:
    written = path.read_text()
    codes = re.findall(r'^msgid "(.+)"$', written, re.MULTILINE)

    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert re.findall(r'^msgid "(.+)"\nmsgstr "', written, re.MULTILINE) == codes
