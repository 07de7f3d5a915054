"""All who listen are looked for in one question a look, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from uuid import UUID, uuid4

import pytest

from services.notifications import live, views
from services.notifications.live import Watch
from services.notifications.views import Unread
from shared.access.problem import TooManyRequests

SOMEBODY = uuid4()


class Questions:
    """Stands for the database; remembers for whom it was asked."""

    def __init__(self) -> None:
        self.asked: list[set[UUID]] = []

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Questions]:
        yield self

    async def answer(self, members: Sequence[UUID]) -> dict[UUID, Unread]:
        self.asked.append({*members})
        await asyncio.sleep(0)
        return {}


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    async def unread_of(connection: Questions, members: Sequence[UUID]) -> dict[UUID, Unread]:
        return await connection.answer(members)

    monkeypatch.setattr(views, "unread_of", unread_of)
    return Questions()


async def test_a_hundred_listeners_are_one_question(questions: Questions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "LOOK_SECONDS", 3600)
    watch, members = Watch(questions), [uuid4() for _ in range(100)]
    with ExitStack() as seats:
        listeners = [seats.enter_context(watch.seat(member)) for member in members]
        told = await asyncio.gather(*(anext(changes(None)) for changes in listeners))
    assert [one.count for one in told] == [0] * 100
    assert questions.asked == [{*members}]


async def test_who_comes_between_two_looks_need_not_wait(
    questions: Questions, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(live, "LOOK_SECONDS", 3600)
    watch, late = Watch(questions), uuid4()
    with watch.seat(SOMEBODY) as first:
        await anext(first(None))
        with watch.seat(late) as second:
            await anext(second(None))
    assert questions.asked == [{SOMEBODY}, {SOMEBODY, late}]


def test_a_seat_that_was_left_is_free(questions: Questions):
    watch = Watch(questions)
    with ExitStack() as seats:
        for _ in range(live.MOST_LISTENERS):
            seats.enter_context(watch.seat(SOMEBODY))
        with pytest.raises(TooManyRequests), watch.seat(SOMEBODY):
            pass
    with watch.seat(SOMEBODY):
        pass
