"""Records no retry can mend (fault test 11): each is set aside once with its bytes, and the partition goes on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from shared.contracts.complaints import OccurrenceLogged
from shared.contracts.contacts import ContactChanged
from shared.contracts.envelope import REGISTRY, Envelope
from shared.errors import Refused
from shared.messaging import dead_letters
from shared.messaging.subscription import Subscription, Tombstone
from shared.persistence.database import Connection
from tests.integration.messaging.conftest import ALLIANCE, Bus, an_event, log_effect, running, until

Headers = list[tuple[str, bytes | None]]


def headers_of(event: Envelope, **changed: bytes | None) -> Headers:
    headers: dict[str, bytes | None] = {name: value.encode() for name, value in event.headers().items()}
    return list((headers | changed).items())


def without(name: str) -> Headers:
    return [header for header in headers_of(an_event()) if header[0] != name]


def a_contact(display_name: str) -> tuple[bytes, Headers]:
    """The name is put into the JSON as it stands."""
    contact = ContactChanged(member_id=uuid4(), alliance_id=ALLIANCE, display_name="$")
    event = an_event(data=contact)
    return event.value().replace(b"$", display_name.encode()), headers_of(event)


def with_extra(extra: bytes) -> bytes:
    """A good event with one more field, which growing contracts would ignore."""
    return an_event().value()[:-1] + b',"extra":' + extra + b"}"


GOOD = an_event().value()

POISON: dict[str, Callable[[], tuple[bytes | None, Headers, str]]] = {
    "broken JSON": lambda: (b'{"case_id":', headers_of(an_event()), "wrong_schema"),
    "invalid UTF-8": lambda: (b'{"x":"\xff\xfe"}', headers_of(an_event()), "wrong_schema"),
    "wrong schema": lambda: (b'{"case_id":"no"}', headers_of(an_event()), "wrong_schema"),
    "no object": lambda: (b"[1]", headers_of(an_event()), "wrong_schema"),
    "no headers": lambda: (GOOD, [], "missing_header"),
    "no id": lambda: (GOOD, without("ce_id"), "missing_header"),
    "id is no UUID": lambda: (GOOD, headers_of(an_event(), ce_id=b"one"), "bad_header"),
    "header is not UTF-8": lambda: (GOOD, headers_of(an_event(), ce_source=b"\xff"), "bad_header"),
    "header is null": lambda: (GOOD, headers_of(an_event(), ce_id=None), "missing_header"),
    "unknown type": lambda: (GOOD, headers_of(an_event(), ce_type=b"cn.shangju.nobody.v1"), "unknown_type"),
    "unknown version": lambda: (
        GOOD,
        headers_of(an_event(), ce_type=OccurrenceLogged.TYPE.replace(".v1", ".v2").encode()),
        "unknown_type",
    ),
    "type is not ASCII": lambda: (GOOD, headers_of(an_event(), ce_type="噪音".encode()), "undecodable"),
    "nearly a megabyte": lambda: (b"[" + b" " * 1_000_000, headers_of(an_event()), "wrong_schema"),
    "null value": lambda: (None, headers_of(an_event()), "no_value"),
    "empty value": lambda: (b"", headers_of(an_event()), "wrong_schema"),
    "doubled name": lambda: (b'{"case_id":1,' + GOOD[1:], headers_of(an_event()), "ambiguous_json"),
    "NaN": lambda: (with_extra(b"NaN"), headers_of(an_event()), "ambiguous_json"),
    "1e999": lambda: (with_extra(b"1e999"), headers_of(an_event()), "ambiguous_json"),
    "depth 10,000": lambda: (
        with_extra(b"[" * 10_000 + b"]" * 10_000),
        headers_of(an_event()),
        "wrong_schema",
    ),
    "lone surrogate": lambda: (*a_contact("\\ud800"), "wrong_schema"),
    "NUL character": lambda: (*a_contact("\\u0000"), "value_refused"),
    "a refusal of ours": lambda: (*a_contact("refused"), "not_now"),
}


async def keep_name(tx: Connection, event: Envelope) -> None:
    assert isinstance(event.data, ContactChanged)
    if event.data.display_name == "refused":
        raise Refused("not_now")
    await tx.fetchval("SELECT $1::text", event.data.display_name)


async def test_poison_is_set_aside_once_with_its_bytes_and_what_follows_is_handled(bus: Bus) -> None:
    poison = [(name, *make()) for name, make in POISON.items()]
    good = [an_event() for _ in range(len(poison) + 1)]
    await bus.send(good[0])
    for (_, value, headers, _), after in zip(poison, good[1:], strict=True):
        await bus.send_raw(value, headers)
        await bus.send(after)
    subscription = bus.subscription(
        handlers={OccurrenceLogged.TYPE: log_effect, ContactChanged.TYPE: keep_name}
    )

    for _ in range(2):
        async with running(bus.consumer(subscription)):
            await bus.has_effects(len(good))
            await until(lambda: is_committed(bus, len(good) + len(poison)))
        await bus.rewind_group()

    assert await bus.effects() == [event.id for event in good]
    async with bus.database.reading() as connection:
        letters = await dead_letters.unsettled(connection)
    assert [(letter.record.offset, letter.reason) for letter in letters] == [
        (number * 2 + 1, reason) for number, (_, _, _, reason) in enumerate(poison)
    ]
    assert [(letter.record.key, letter.record.value, letter.record.headers) for letter in letters] == [
        (b"key", value, headers) for _, value, headers, _ in poison
    ]


async def test_a_replayed_letter_has_its_effect_once(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    next_version = OccurrenceLogged.TYPE.replace(".v1", ".v2")
    for _ in range(2):
        await bus.send_raw(event.value(), headers_of(event, ce_type=next_version.encode()))
    async with running(bus.consumer()):
        await bus.send(an_event())
        await bus.has_effects(1)
    first, second = [letter["id"] for letter in await bus.letters()]
    names = {"by": "officer", "why": "v2 is known now"}

    with pytest.raises(dead_letters.StillUnreadable):
        await dead_letters.replay(bus.database, bus.subscription(), first, **names)
    monkeypatch.setitem(REGISTRY, next_version, OccurrenceLogged)
    mended = Subscription(bus.group, (bus.topic,), {next_version: log_effect})

    assert await dead_letters.replay(bus.database, mended, first, **names) is True
    with pytest.raises(dead_letters.AlreadySettled):
        await dead_letters.replay(bus.database, mended, first, **names)
    assert await dead_letters.replay(bus.database, mended, second, **names) is False

    assert (await bus.effects()).count(event.id) == 1
    async with bus.database.reading() as connection:
        assert await dead_letters.unsettled(connection) == []
        letter = await dead_letters.show(connection, first)
    assert (letter.settled_as, letter.settled_by, letter.settled_why) == ("replayed", *names.values())


async def test_a_replay_that_fails_leaves_the_letter_open(bus: Bus) -> None:
    async def refuse(tx: Connection, event: Envelope) -> None:
        await log_effect(tx, event)
        raise Refused("not_now")

    await bus.send(an_event())
    async with running(bus.consumer(refuse)):
        await wait_for_letters(bus, 1)
    [letter] = await bus.letters()

    with pytest.raises(Refused, match="not_now"):
        await dead_letters.replay(bus.database, bus.subscription(refuse), letter["id"], by="a", why="b")
    assert await bus.effects() == []
    assert await bus.fetch("SELECT FROM inbox") == []

    await dead_letters.discard(bus.database, letter["id"], by="officer", why="the case is gone")
    [letter] = await bus.letters()
    assert (letter["settled_as"], letter["settled_by"]) == ("discarded", "officer")


async def test_all_letters_of_a_reason_are_replayed_and_none_overtakes_its_own_matter(bus: Bus) -> None:
    case, other = uuid4(), uuid4()
    events = [an_event(case), an_event(case, version=2), an_event(other), an_event(other, version=2)]
    mended = {other}

    async def refuse(tx: Connection, event: Envelope) -> None:
        if event.data.key not in mended:
            raise Refused("not_now")
        await log_effect(tx, event)

    async def refuse_all(tx: Connection, event: Envelope) -> None:
        raise Refused("not_now")

    await bus.send(*events)
    async with running(bus.consumer(refuse_all)):
        await wait_for_letters(bus, 4)

    subscriptions, who = [bus.subscription(refuse)], {"by": "officer", "why": "mended"}
    nothing = await dead_letters.replay_all(bus.database, subscriptions, reason="wrong_schema", **who)
    assert (nothing.applied, nothing.open) == (0, {})
    half = await dead_letters.replay_all(bus.database, subscriptions, reason="not_now", **who)
    first, second, *_ = [letter["id"] for letter in await bus.letters()]
    assert half.applied == 2
    assert list(half.open) == [first, second]
    assert half.open[second] == "waits for the one before it"

    mended.add(case)
    whole = await dead_letters.replay_all(bus.database, subscriptions, reason="not_now", **who)
    assert (whole.applied, whole.had_before, whole.open) == (2, 0, {})
    assert await bus.effects() == [event.id for event in (*events[2:], *events[:2])]
    async with bus.database.reading() as connection:
        assert await dead_letters.unsettled(connection) == []
        settled = await dead_letters.settled(connection)
    assert [(letter.settled_by, letter.settled_why) for letter in settled] == [("officer", "mended")] * 4


async def test_a_tombstone_reaches_who_asked_for_it(bus: Bus) -> None:
    forgotten: list[UUID] = []

    async def forget(tx: Connection, tombstone: Tombstone) -> None:
        forgotten.append(tombstone.key)

    event = an_event()
    await bus.send_raw(None, headers_of(event))
    async with running(bus.consumer(bus.subscription(tombstones={bus.topic: forget}))):
        await bus.send(an_event())
        await bus.has_effects(1)

    assert forgotten == [event.data.key]
    assert await bus.letters() == []


async def is_committed(bus: Bus, offset: int) -> bool:
    return await bus.committed() == offset


async def wait_for_letters(bus: Bus, number: int) -> None:
    async def enough() -> bool:
        return len(await bus.letters()) >= number

    await until(enough)
