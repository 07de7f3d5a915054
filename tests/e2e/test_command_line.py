"""The commands operators type, run as they would run them."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from cli.checkpoints import kept_of, outside_of
from cli.demo.telling import Told
from cli.running import Running
from tests.support.command_line import printed, shangju


def test_given_a_case_when_traced_then_its_events_are_printed(told: Told, where: Running) -> None:
    by_reference = printed(where, "trace", told.story.case["reference"])
    by_id = printed(where, "trace", told.story.case["id"])
    assert by_reference == by_id
    assert by_reference[0]["event"] == "complaints.case_filed"
    assert "case_closed" in shangju(where, "trace", told.story.case["id"])


def test_given_no_such_case_when_traced_then_it_says_so(told: Told, where: Running) -> None:
    assert "no topic holds anything of case SJ-0000-0000-0" in shangju(
        where, "trace", "SJ-0000-0000-0", code=1
    )


def test_given_a_running_system_when_asked_for_its_relays_then_all_are_at_work(where: Running) -> None:
    relays = printed(where, "relay", "status")
    assert {state["relayed"] for state in relays.values()} == {True}


def test_given_no_dead_letters_when_listed_then_it_says_so(where: Running) -> None:
    assert shangju(where, "dlq", "list").strip() == "no dead letters"


def test_given_a_contact_when_a_token_is_asked_for_then_it_speaks_for_that_person(where: Running) -> None:
    token = shangju(where, "token", "--as", "lin@shanbei.example").strip()
    headers = {"Authorization": f"Bearer {token}"}
    me = httpx.get(f"{where.api('alliance')}/v1/me", headers=headers).json()
    assert me["display_name"] == "林佩珍"


def test_given_keys_rotated_when_asking_then_old_and_new_tokens_are_good(where: Running) -> None:
    old = shangju(where, "token", "--as", "lin@shanbei.example").strip()
    shangju(where, "keys", "rotate")
    new = shangju(where, "token", "--as", "lin@shanbei.example").strip()
    for token in (old, new):
        answer = httpx.get(
            f"{where.api('complaints')}/v1/cases", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 200


@pytest.mark.parametrize("command", [("migrate",), ("topics", "apply"), ("seed",)])
def test_given_a_system_that_is_up_to_date_when_prepared_again_then_nothing_fails(
    where: Running, command: tuple[str, ...]
) -> None:
    shangju(where, *command)


def test_given_published_events_when_republished_then_nobody_is_told_twice(
    told: Told, where: Running
) -> None:
    words = shangju(
        where, "relay", "republish", "complaints", "--since", "2020-01-01", "--until", "2100-01-01"
    )
    assert int(words.split()[0]) > 0
    findings = printed(where, "verify")
    assert [finding["breaks"] for finding in findings] == [[]] * len(findings)


async def test_given_a_receipt_when_its_line_of_proof_is_verified_then_its_act_stands_in_the_history(
    told: Told, where: Running
) -> None:
    await first_seal(where)
    proof = told.story.case["proof"]
    [found, sealed, kept] = printed(where, "verify", "--receipt", proof)
    assert (found["breaks"], sealed["breaks"], kept["breaks"]) == ([], [], [])
    assert kept["counted"] > 0
    assert "the history does not hold" in shangju(where, "verify", "--receipt", proof[:-4] + "0000", code=1)
    assert "no line of proof" in shangju(where, "verify", "--receipt", "SJ-7K3M-9QX4-C", code=1)


async def first_seal(where: Running) -> None:
    """A system that has just begun seals nothing for its first minute."""
    async with asyncio.timeout(90):
        while not (await kept_of("complaints", outside_of(where))).size:  # noqa: ASYNC110
            await asyncio.sleep(1)


def test_given_the_wrong_command_when_typed_then_it_fails_in_words(where: Running) -> None:
    assert "no duration" in shangju(where, "clock", "advance", "soon", code=1)
    assert "not_found" in shangju(
        where, "dlq", "show", "complaints", "00000000-0000-0000-0000-000000000000", code=1
    )
