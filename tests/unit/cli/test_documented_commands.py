"""Every command and option that the documents name exists."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from cyclopts import App

from cli.main import app
from deploy.local.settings import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "cli" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"shangju((?: [a-z][a-z-]*)+)([^\n`|&]*)")


def spoken(document: Path) -> list[tuple[str, str]]:
    """(words, rest of the line) wherever a document calls the command line."""
    text = document.read_text()
    code = re.findall(r"`(shangju (?!is ready)[^`\n]+)`", text) + re.findall(
        r"(?:\$ |bin/)(shangju [^\n]+)", text
    )
    return [found.groups() for line in code for found in COMMAND.finditer(line.split("#")[0])]


@cache
def command(words: tuple[str, ...]) -> App:
    """The command that so many of the words as possible lead to."""
    found: App = app
    for word in words:
        if word not in found:
            break
        found = found[word]
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_named_command_exists(document: Path) -> None:
    for words, rest in spoken(document):
        found = command(tuple(words.split()))
        assert found is not app, words
        assert found.default_command is not None, f"{words} is only the first word of a command"
        options = {name for argument in found.assemble_argument_collection() for name in argument.names}
        assert set(re.findall(r"--[a-z][a-z-]*", rest)) <= options, (words, rest)


def test_the_guide_names_commands_at_all() -> None:
    assert len(spoken(ROOT / "docs" / "operators.md")) > 20


def test_every_kafka_tool_in_the_guide_is_one_of_ours() -> None:
    tools = (ROOT / "deploy" / "local" / "kafka-tools").read_text()
    named = set(re.findall(r"kafka-tools (kafka-[a-z-]+)", (ROOT / "docs" / "operators.md").read_text()))
    assert named
    assert {name for name in named if f"[{name}]=" not in tools} == set()
