"""Everybody whose business an object is not, asking for it at every door: role × operation × object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args
from uuid import UUID, uuid4

from shared.access.actor import PUBLIC, Actor
from shared.contracts.alliance import Role
from tests.support.http import Client
from tests.support.openapi import Operation, operations
from tests.support.tokens import an_actor


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


async def ask(client: Client, doors: Iterable[Operation], here: UUID, who: Mapping[str, Actor]) -> Asked:
    """Everybody at every door, about what is there and about what is not."""
    found = Asked()
    for name, actor in who.items():
        for door in doors:
            there = await _answer(client.as_(actor), door, here)
            nowhere = await _answer(client.as_(actor), door, uuid4())
            if there != nowhere:
                found.told_apart.append(f"{name}, {door}: {there} but {nowhere}")
            found.shut[str(door)] += there[0] in {401, 403, 404}
    return found


async def _answer(client: Client, one: Operation, about_id: UUID) -> tuple[int, Any]:
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
