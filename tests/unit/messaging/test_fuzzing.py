"""Whatever bytes lie on a topic, they are an effect, passed over or set aside: no record ends its reader."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiokafka import ConsumerRecord
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts import topics
from shared.contracts.envelope import REGISTRY, decode
from shared.messaging.subscription import Effect, Item, Poison, Subscription, read
from shared.persistence.database import Connection
from tests.unit.messaging.test_subscription import EVENT

TOPICS = tuple(one.name for one in topics.TOPICS)
CANARY = "林佩珍"


async def ignore(tx: Connection, event: Any) -> None:
    """A handler that is not called here."""


EVERYTHING = Subscription("group", TOPICS, dict.fromkeys(REGISTRY, ignore), dict.fromkeys(TOPICS, ignore))
HEADERS = {name: value.encode() for name, value in EVENT.headers().items()}

odd = st.sampled_from([b"", b"\0", b"\xff", b"1", b"-1", b"9" * 5000, "噪音".encode(), b"2026-01-01", b"NaN"])
words = st.sampled_from(
    [
        *(None, True, 1, -1, 1.5, 10**30, float("nan"), float("inf"), [], {}, [[]], {"a": 1}, ["noise"]),
        *("", "noise", "SJ-1", "2026-03-12", "2026-02-30", "2026-03-12T12:00:00Z", str(EVENT.id), "0" * 64),
        *(CANARY, "\ud800", "\0", "9" * 400, "noise\n"),
    ]
)


@st.composite
def cut_and_pasted(draw: st.DrawFn) -> bytes:
    """A good record in which bytes are missing, doubled or foreign."""
    value = EVENT.value() or b""
    start = draw(st.integers(0, len(value)))
    end = draw(st.integers(start, len(value)))
    return value[:start] + draw(st.binary(max_size=20) | st.just(value[start:end] * 2)) + value[end:]


@st.composite
def of_right_names(draw: st.DrawFn) -> tuple[str, bytes]:
    """An event of some contract in whose fields stands anything."""
    type_ = draw(st.sampled_from(sorted(REGISTRY)))
    names = sorted(REGISTRY[type_].model_fields)
    return type_, json.dumps(draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, words)))).encode()


headers = st.dictionaries(st.sampled_from([*HEADERS, "other"]), st.none() | odd | st.binary(max_size=40))


def read_as(value: bytes | None, topic: str = topics.COMPLAINTS, **changed: bytes | None) -> Item:
    """What it is to somebody who listens to everything; whatever is set aside, nothing of it is quoted."""
    told = ConsumerRecord(topic, 0, 7, 0, 0, b"key", value, None, -1, -1, list((HEADERS | changed).items()))
    item = read(told, EVERYTHING)
    if isinstance(item, Poison):
        assert CANARY not in item.error
    return item


@settings(deadline=None)
@given(st.binary(max_size=300) | cut_and_pasted())
def test_any_bytes_under_good_headers_are_read_or_set_aside(value: bytes) -> None:
    read_as(value)


@settings(deadline=None, max_examples=200)
@given(of_right_names())
def test_any_words_in_the_fields_of_a_contract_are_read_or_set_aside(told: tuple[str, bytes]) -> None:
    type_, value = told
    item = read_as(value, ce_type=type_.encode())
    assert isinstance(item, Effect | Poison)
    if isinstance(item, Effect):
        event = decode(item.record.headers, value)
        assert decode(item.record.headers, event.value()) == event


@settings(deadline=None)
@given(headers, st.sampled_from([EVENT.value(), None]), st.sampled_from(TOPICS))
def test_any_headers_are_read_or_set_aside(
    changed: dict[str, bytes | None], value: bytes | None, topic: str
) -> None:
    read_as(value, topic, **changed)


@pytest.mark.parametrize("value", [EVENT.value(), None], ids=["event", "tombstone"])
def test_a_moment_without_its_offset_from_utc_is_no_moment(value: bytes | None) -> None:
    assert isinstance(read_as(value), Effect)
    assert isinstance(read_as(value, ce_time=b"2026-03-12T12:00:00"), Poison)
