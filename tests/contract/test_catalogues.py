"""No catalogue says a sentence twice: of two the later one would win unseen. Whoever is asked for has one name."""

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


def test_the_coordinator_has_one_name_in_chinese() -> None:
    other = re.compile("协调员|秘书处|联盟办公室")
    assert [str(path) for path in CATALOGUES if path.stem == "zh-CN" and other.search(path.read_text())] == []
