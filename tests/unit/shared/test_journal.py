"""A history that was edited, cut, reordered or restamped is told from a true one."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.persistence import journal
from shared.persistence.journal import Broken, Written

CASE = UUID(int=1)
ALLIANCE = UUID(int=2)
NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)


def a_history(count: int = 4) -> list[journal.Entry]:
    written = [Written(UUID(int=100 + n), "CaseFiled", f"word {n}".encode()) for n in range(count)]
    return journal.chain(
        written,
        aggregate_id=CASE,
        alliance_id=ALLIANCE,
        version=0,
        head=journal.GENESIS,
        actor_id=None,
        actor_role="system",
        at=NOON,
    )


def verdict(entries, of=None):
    true = of or a_history_true
    return journal.verify(entries, expected_version=len(true), expected_head=true[-1].hash)


a_history_true = a_history()


def test_a_true_history_verifies():
    assert verdict(a_history_true) is None


def test_a_history_written_in_two_goes_is_one_chain():
    first = a_history_true[:2]
    rest = journal.chain(
        [Written(UUID(int=7), "CaseAccepted", b"x")],
        aggregate_id=CASE,
        alliance_id=ALLIANCE,
        version=2,
        head=first[-1].hash,
        actor_id=None,
        actor_role="coordinator",
        at=NOON,
    )
    assert verdict([*first, *rest], of=[*first, *rest]) is None


def test_an_empty_history_verifies_as_nothing():
    assert journal.verify([], expected_version=0, expected_head=journal.GENESIS) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"payload": b"other words"},
        {"type": "CaseDeclined"},
        {"actor_role": "mediator"},
        {"actor_id": UUID(int=9)},
        {"occurred_at": datetime(2026, 3, 13, tzinfo=UTC)},
        {"event_id": UUID(int=9)},
        {"leaf": bytes(32)},
    ],
)
def test_an_edited_row_is_found(changed):
    edited = [*a_history_true]
    edited[1] = replace(edited[1], **changed)
    assert verdict(edited).version == 2


def test_a_removed_row_is_found():
    assert verdict([*a_history_true[:1], *a_history_true[2:]]) == Broken(2, "version missing")


def test_swapped_rows_are_found():
    one, two, *rest = a_history_true
    assert verdict([replace(two, version=1), replace(one, version=2), *rest]).version == 1


def test_a_cut_tail_is_found_by_the_aggregates_own_version():
    assert verdict(a_history_true[:3]) == Broken(4, "tail missing")


def test_a_restamped_chain_is_found_by_the_aggregates_own_head():
    forged = journal.chain(
        [Written(entry.event_id, entry.type, b"forged") for entry in a_history_true],
        aggregate_id=CASE,
        alliance_id=ALLIANCE,
        version=0,
        head=journal.GENESIS,
        actor_id=None,
        actor_role="system",
        at=NOON,
    )
    assert verdict(forged) == Broken(4, "restamped")


def test_erased_words_leave_a_chain_that_verifies():
    erased = [replace(entry, payload=None, salt=None) for entry in a_history_true]
    assert verdict(erased) is None
