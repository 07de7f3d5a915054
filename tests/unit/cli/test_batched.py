"""A consumer's batches, told from what was heard on its connection."""

from __future__ import annotations

import pytest

from cli.bench.batched import Batch, batches
from cli.bench.pgbench import Sent
from deploy.local.problems import StepFailed

ROLE, BEGIN, COMMIT = Sent("SELECT set_config(…)", ("none", "")), Sent("BEGIN;", ()), Sent("COMMIT;", ())


def claim(*events: str) -> Sent:
    return Sent("INSERT INTO inbox (consumer, event_id) …", ("notifications", list(events)))


def notice(event: str) -> Sent:
    return Sent("INSERT INTO notices …", (event,))


def word(event: str) -> Sent:
    return Sent("INSERT INTO words …", (event,))


def test_given_two_messages_when_heard_then_each_has_its_own_statements() -> None:
    heard = [ROLE, BEGIN, claim("a", "b"), notice("a"), word("a"), notice("b"), word("b"), COMMIT]
    expected = Batch(ROLE, claim("a", "b"), [[notice("a"), word("a")], [notice("b"), word("b")]])
    assert list(batches(heard)) == [expected]


def test_given_a_transaction_without_claim_when_heard_then_it_is_no_batch() -> None:
    heard = [
        ROLE,
        BEGIN,
        Sent("INSERT INTO handlers …", ()),
        COMMIT,
        ROLE,
        BEGIN,
        claim("a"),
        notice("a"),
        COMMIT,
    ]
    assert list(batches(heard)) == [Batch(ROLE, claim("a"), [[notice("a")]])]


def test_given_messages_told_with_different_statements_when_heard_then_no_ceiling_is_made_of_them() -> None:
    heard = [ROLE, BEGIN, claim("a", "b"), notice("a"), word("b"), COMMIT]
    with pytest.raises(StepFailed):
        list(batches(heard))
