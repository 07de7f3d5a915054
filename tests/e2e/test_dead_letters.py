"""A record nobody can read holds up nothing, is shown, and is settled by a person who says why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli.demo.world import eventually
from cli.running import Running
from deploy.local.system import LocalSystem
from tests.support import guide
from tests.support.command_line import printed, shangju
from tests.support.leaks import leaks, logs_of, metrics_of

POISON = "A poison, as an exercise"
AS_IN_THE_GUIDE = "{broken"
CANARY = "竺望舒 13900000001"
BROKEN = f'{{"name": "{CANARY}"'
READERS = {"complaints", "mediation", "notifications"}


@pytest.fixture(scope="module")
async def letters(where: Running) -> list[dict[str, Any]]:
    """What became of a record that is no JSON, at each service that reads the topic; sent as the guide says."""
    guide.typed(where, guide.command(POISON, "kcat").replace(AS_IN_THE_GUIDE, BROKEN))

    async def listed() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = printed(where, "dlq", "list")
        return found

    return await eventually(listed, lambda found: len(found) >= 2, "every reader sets the record aside")


def test_given_a_broken_record_when_listed_then_each_reader_has_set_it_aside(
    letters: list[dict[str, Any]],
) -> None:
    assert {letter["service"] for letter in letters} <= READERS
    assert {letter["reason"] for letter in letters} == {"wrong_schema"}


def test_given_a_dead_letter_when_shown_then_its_bytes_and_headers_are_there(
    where: Running, letters: list[dict[str, Any]]
) -> None:
    shown = json.loads(shangju(where, "dlq", "show", letters[0]["service"], letters[0]["id"]))
    assert shown["value"] == BROKEN
    assert ["ce_type", "cn.shangju.alliance.place_registered.v1"] in shown["headers"]


def test_given_words_of_a_person_in_it_when_it_is_told_of_then_they_are_shown_to_who_opens_it_alone(
    system: LocalSystem, letters: list[dict[str, Any]]
) -> None:
    told = {"list": json.dumps(letters), **logs_of(system), **metrics_of(system)}
    assert any("wrong_schema" in text for text in logs_of(system).values())
    assert leaks(told, (CANARY, "13900000001")) == []


def test_given_a_dead_letter_when_replayed_unmended_then_it_stays_open(
    where: Running, letters: list[dict[str, Any]]
) -> None:
    place = (letters[0]["service"], letters[0]["id"])
    assert "still_unreadable" in shangju(where, "dlq", "replay", *place, "--why", "trying", code=1)


def test_given_letters_of_a_reason_when_all_are_replayed_unmended_then_they_stay_open(
    where: Running, letters: list[dict[str, Any]]
) -> None:
    place = (letters[0]["service"], "--reason", letters[0]["reason"])
    words = shangju(where, "dlq", "replay-all", *place, "--why", "trying", code=1)
    assert "0 took effect, 0 had taken effect before, 1 stay open" in words
    assert letters[0]["id"] in words


def test_given_dead_letters_when_discarded_then_none_is_left_and_everything_adds_up(
    where: Running, letters: list[dict[str, Any]]
) -> None:
    for letter in letters:
        why = ("--why", "a stranger's record", "--by", "周敏")
        shangju(where, "dlq", "discard", letter["service"], letter["id"], *why)
    assert printed(where, "dlq", "list") == []
    kept = {letter["id"]: letter for letter in printed(where, "dlq", "list", "--settled")}
    for letter in letters:
        told = kept[letter["id"]]
        assert (told["settled_as"], told["settled_by"]) == ("discarded", "周敏")
        assert told["settled_why"] == "a stranger's record"
        assert told["settled_at"] > told["failed_at"]
    assert [finding["breaks"] for finding in printed(where, "verify") if finding["breaks"]] == []
