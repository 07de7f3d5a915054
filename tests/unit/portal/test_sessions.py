from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.portal.answers import Emergency
from services.portal.sessions import Draft, Person, Receipt, Session, Ticket, Tokens
from tests.support.tokens import ALLIANCE, an_actor, token_for

NOW = datetime(2026, 3, 12, tzinfo=UTC)


def a_session() -> Session:
    token = token_for(an_actor("coordinator", "resident"), now=NOW)
    return Session(
        Tokens(token, "refresh", NOW),
        Person(uuid4(), "周敏"),
        contact="zhou@shanbei.example",
        draft=Draft("/file", {"description": ["夜里很吵"], "window_day": ["", "2026-03-05"]}),
        receipt=Receipt(uuid4(), "Next.", NOW.date(), "SJ-7K3M-9QX4-C", emergency=Emergency(call=("119",))),
    )


def test_a_session_comes_back_as_it_was() -> None:
    ticket, session = Ticket.new(), a_session()

    assert ticket.unseal(ticket.seal(session)) == session


def test_a_session_knows_whose_words_to_show() -> None:
    tokens = a_session().tokens
    assert tokens is not None
    assert (tokens.alliance, tokens.roles) == (str(ALLIANCE), {"coordinator", "resident"})


def test_another_ticket_reads_nothing() -> None:
    assert Ticket.new().unseal(Ticket.new().seal(a_session())) == Session()


def test_what_was_changed_in_the_database_is_not_believed() -> None:
    ticket = Ticket.new()
    sealed = bytearray(ticket.seal(a_session()))
    sealed[-1] ^= 1

    assert ticket.unseal(bytes(sealed)) == Session()


def test_the_cookie_is_the_ticket() -> None:
    ticket = Ticket.new()

    assert Ticket.read(ticket.cookie) == ticket


@pytest.mark.parametrize("cookie", [None, "", "short", "ä" * 43, "!" * 43, "A" * 44])
def test_any_other_cookie_is_none(cookie: str | None) -> None:
    assert Ticket.read(cookie) is None


def test_id_and_csrf_do_not_tell_the_secret() -> None:
    ticket = Ticket.new()

    assert ticket.secret not in ticket.id
    assert ticket.csrf not in ticket.cookie


def test_the_roles_are_those_of_the_token() -> None:
    assert a_session().roles == {"coordinator", "resident"}
    assert Session().roles == frozenset()
