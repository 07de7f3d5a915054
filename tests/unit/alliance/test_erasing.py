"""Nobody is erased before everybody said that nothing stands against it, and nobody is half erased unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from itertools import permutations
from uuid import UUID

import pytest

from services.alliance.decisions.erasing import (
    HOLDING,
    WEIGHING,
    AskErasure,
    Command,
    Completed,
    Erasing,
    ErasureAsked,
    ErasureCompleted,
    ErasureGranted,
    ErasureRefused,
    ErasureWeighed,
    NoteErased,
    NoteWeighed,
    Part,
    PartErased,
    RefusedSoFar,
    State,
    Unasked,
    Weighing,
    decide,
    evolve,
)
from shared.contracts.erasure import Erased, Kept, Obligation
from shared.errors import Refused

LIN = UUID("aaaaaaaa-0000-7000-8000-000000000001")
NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)
TODAY, LATER = date(2026, 3, 20), date(2029, 3, 21)
RUNS = Obligation(ground="open_case", reference="SJ-7K3M-9QX4-C")


def after(*commands: Command, state: State | None = None) -> State:
    for command in commands:
        state = reduce(evolve, decide(state or Unasked(), command, NOON), state or Unasked())
    assert state is not None
    return state


ASKED = AskErasure(LIN, frozenset({"resident"}))
FREE = [NoteWeighed(service, ()) for service in sorted(WEIGHING)]


def part(service: str) -> Part:
    return Part(service, TODAY, (Erased(what="words", count=1),))


def test_whoever_holds_an_office_gives_it_back_first():
    with pytest.raises(Refused, match="holds_office"):
        decide(Unasked(), AskErasure(LIN, frozenset({"resident", "mediator"})), NOON)
    assert decide(Unasked(), ASKED, NOON) == [ErasureAsked(LIN)]


def test_the_last_word_grants_it_where_nothing_stands_against_it():
    waiting = after(ASKED, FREE[0])
    assert waiting == Weighing(LIN, ((FREE[0].service, ()),))
    assert decide(waiting, FREE[1], NOON) == [ErasureWeighed(FREE[1].service, ()), ErasureGranted(TODAY)]


@pytest.mark.parametrize("order", list(permutations(sorted(WEIGHING))))
def test_one_obligation_anywhere_refuses_it_and_all_are_named(order: tuple[str, ...]):
    first, last = order
    waiting = after(ASKED, NoteWeighed(first, (RUNS,)))
    assert decide(waiting, NoteWeighed(last, ()), NOON)[-1] == ErasureRefused(TODAY, (RUNS,))
    assert after(NoteWeighed(last, ()), state=waiting) == RefusedSoFar(LIN, TODAY, (RUNS,))


def test_what_comes_twice_or_too_late_changes_nothing():
    waiting = after(ASKED, FREE[0])
    assert decide(waiting, FREE[0], NOON) == []
    assert decide(waiting, NoteErased(part("complaints")), NOON) == []
    refused = after(ASKED, NoteWeighed("complaints", (RUNS,)), NoteWeighed("mediation", ()))
    for late in (ASKED, *FREE, NoteErased(part("complaints"))):
        assert decide(refused, late, NOON) == []


def test_it_is_done_when_every_holder_has_said_so():
    erasing = after(ASKED, *FREE, *(NoteErased(part(one)) for one in sorted(HOLDING - {"notifications"})))
    assert isinstance(erasing, Erasing)
    assert erasing.waits_for == {"notifications"}
    last = NoteErased(part("notifications"))
    assert decide(erasing, last, NOON) == [PartErased(last.part), ErasureCompleted(TODAY)]


def test_what_went_earlier_stays_on_the_receipt_and_what_stays_is_as_it_was_said_last():
    file = Kept(what="mediation_file", ground="mediation_archive")
    first = replace(part("mediation"), kept=(file,))
    others = [NoteErased(part(one)) for one in sorted(HOLDING - {"mediation"})]
    done = after(ASKED, *FREE, *others, NoteErased(first))
    still, later = Part("mediation", LATER, (), (file,)), replace(part("mediation"), on=LATER)

    said = after(NoteErased(still), NoteErased(later), state=done)

    assert isinstance(said, Completed)
    own = [one for one in said.parts if one.service == "mediation"]
    assert own == [replace(first, kept=()), later]
    assert decide(said, NoteErased(later), NOON) == []
