"""The operators' guide as its reader follows it: the commands of a section, run on a system of the tests."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest

from cli.running import Running
from deploy.local.settings import ROOT

GUIDE = (ROOT / "docs" / "operators.md").read_text()
BROKER = "127.0.0.1:9092"
"""Where the guide's reader has the broker."""


def commands(section: str) -> list[str]:
    """What is typed in that section, line by line, with what continues a line."""
    [text] = [part for part in GUIDE.split("\n## ") if part.startswith(f"{section}\n")]
    lines = text.replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def command(section: str, words: str) -> str:
    """The one command of that section which has these words, or the first of several that are the same."""
    [found] = {one for one in commands(section) if words in one}
    return found


def typed(where: Running, line: str) -> str:
    """What that line prints, typed where this system's broker is at hand."""
    if "kcat " in line and shutil.which("kcat") is None:
        pytest.skip("kcat is not installed")
    said = line.replace(BROKER, where.kafka_bootstrap)
    ended = subprocess.run(
        ["bash", "-c", said], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def words_of(line: str) -> list[str]:
    """The words after `shangju`."""
    first, *words = shlex.split(line)
    assert first == "shangju"
    return words
