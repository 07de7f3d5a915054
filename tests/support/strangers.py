"""Everybody whose business an object is not, asking for it at every door: role × operation × object."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, get_args
from uuid import UUID, uuid4

from shared.access.actor import PUBLIC, Actor
from shared.contracts.alliance import Role
from tests.support.http import Client
from tests.support.openapi import Operation, operations
from tests.support.tokens import an_actor

ALIKE_TOGETHER = 1.08
"""What is still noise over all doors. Loading a case before refusing it took 1.2 times as long."""
ALIKE = 1.25
"""The same at one door."""
MANY_DOORS = 10
"""So many together tell of less than one alone."""
ASKED_AGAIN, ANSWERS = 8, 12
Answer = tuple[int, Any]
Seconds = tuple[float, float]


def strangers(alliance_id: UUID, *, let_in: Iterable[str] = ("coordinator",)) -> dict[str, Actor]:
    """One of each role whose business it is not. Those in `let_in` would be at home, and come from elsewhere."""
    return {
        role: an_actor(role, alliance_id=uuid4() if role in let_in else alliance_id, place_id=uuid4())
        for role in get_args(Role)
    } | {"public": PUBLIC}


def about(client: Client, pattern: str, **words: Any) -> list[Operation]:
    """The operations on one object, whose paths begin with `pattern`.

    `words` are what a schema cannot say of a field or of a part of a path.
    """
    found = [one for one in operations(client.app) if one.path.startswith(pattern)]
    return [replace(one, path=_with(one.path, words), body=_filled(one.body, words)) for one in found]


def _with(path: str, words: Mapping[str, Any]) -> str:
    for name, word in words.items():
        path = path.replace(f"{{{name}}}", str(word))
    return path


def _filled(body: Any, words: Mapping[str, Any]) -> Any:
    return {**body, **{name: words[name] for name in body.keys() & words.keys()}} if body else body


@dataclass
class Asked:
    """What strangers were told at all the doors."""

    told_apart: list[str] = field(default_factory=list)
    """Where the answer about an object that is there is not the answer about one that is not."""
    shut: Counter[str] = field(default_factory=Counter)
    """How often each door was shut in their face, and not because of what they sent."""
    seconds: defaultdict[str, list[Seconds]] = field(default_factory=lambda: defaultdict(list))
    """How long each door took to answer about what is there and, right beside it, about what is not."""

    def suspects(self, doors: Sequence[Operation]) -> Sequence[Operation]:
        """Those that seem to look at what is there before they refuse: all, where together they do."""
        times = [slowness(self.seconds[str(door)]) for door in doors]
        if len(doors) >= MANY_DOORS and median(times) > ALIKE_TOGETHER:
            return doors
        return [door for door, slow in zip(doors, times, strict=True) if slow > ALIKE]


def slowness(taken: Sequence[Seconds]) -> float:
    """How many times as long the answer takes where there is something, by the fastest of each: nothing else on the
    machine held it up.
    """
    there, nowhere = (min(each) for each in zip(*taken, strict=True))
    return there / nowhere


async def ask(client: Client, doors: Iterable[Operation], here: UUID, who: Mapping[str, Actor]) -> Asked:
    """Everybody at every door, about what is there and about what is not."""
    found = Asked()
    for turn, (name, actor) in enumerate(who.items()):
        for number, door in enumerate(doors):
            is_first = (turn + number) % 2 == 0
            there, nowhere, seconds = await _both(client.as_(actor), door, here, there_first=is_first)
            if there != nowhere:
                found.told_apart.append(f"{name}, {door}: {there} but {nowhere}")
            found.shut[str(door)] += there[0] in {401, 403, 404}
            found.seconds[str(door)].append(seconds)
    return found


async def slow_to_refuse(
    client: Client, doors: Sequence[Operation], here: UUID, who: Mapping[str, Actor], asked: Asked
) -> list[str]:
    """The doors whose answer takes longer where there is something, each time they are asked: it is a ratio within one
    run, and what a busy machine did once it does not do again.
    """
    suspects = asked.suspects(doors)
    turns = range(-(-ANSWERS // len(who)))
    everybody = {f"{name}, turn {turn}": actor for turn in turns for name, actor in who.items()}
    for _ in range(ASKED_AGAIN):
        if suspects:
            asked = await ask(client, suspects, here, everybody)
            suspects = asked.suspects(suspects)
    return [f"{door}: {slowness(asked.seconds[str(door)]):.2f}" for door in suspects]


async def _both(
    client: Client, door: Operation, here: UUID, *, there_first: bool
) -> tuple[Answer, Answer, Seconds]:
    """In turn the one first and the other: who comes second finds everything warm."""
    answers, seconds = {}, {}
    for is_there in (there_first, not there_first):
        began = time.perf_counter()
        answers[is_there] = await _answer(client, door, here if is_there else uuid4())
        seconds[is_there] = time.perf_counter() - began
    return answers[True], answers[False], (seconds[True], seconds[False])


async def _answer(client: Client, one: Operation, about_id: UUID) -> Answer:
    path = one.path.replace("{id}", str(about_id), 1)
    while "{" in path:
        path = f"{path[: path.index('{')]}{UUID(int=7)}{path[path.index('}') + 1 :]}"
    asked: dict[str, Any] = {"params": one.query}
    if one.takes_file:
        asked["files"] = {"file": ("a.txt", b"a", "text/plain")}
    elif one.body is not None:
        asked["json"] = one.body
    answer = await {"GET": client.get, "POST": client.post, "PUT": client.put}[one.method](path, **asked)
    said = answer.text.replace(str(about_id), "…")
    return answer.status_code, said
