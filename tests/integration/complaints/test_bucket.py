"""Evidence in an S3 bucket: signed as the protocol asks, whole or not there, and a store that is away is said to be."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import pytest

from services.complaints import use_cases
from services.complaints.commands import StoredObject
from services.complaints.objects import Objects
from services.complaints.settings import Settings
from shared.access.problem import Unavailable
from tests.integration.complaints.evidence.bringing import a_form, bring, content, listed
from tests.integration.complaints.town import Town, a_town, done
from tests.support.http import settings_for
from tests.support.s3 import Asked, Bucket, Fault, a_bucket, signed_with

CASE = UUID(int=1)
SMALL, LARGE = b"a photo", bytes(12 * 1024 * 1024)
"""What goes in one request, and what goes in parts."""

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture
async def bucket() -> AsyncIterator[Bucket]:
    async with a_bucket() as bucket:
        yield bucket


def objects_in(bucket: Bucket, **more: Any) -> Objects:
    told = {**bucket.settings, "evidence_s3_silence_seconds": 0.5, **more}
    return Objects(settings_for(Settings, NOWHERE, **told))


async def put(objects: Objects, body: bytes = SMALL) -> StoredObject:
    return await objects.put(CASE, io.BytesIO(body), "image/jpeg")


async def read(objects: Objects, stored: StoredObject) -> bytes:
    return b"".join([piece async for piece in await objects.read(stored)])


def at(method: str, fault: Fault, times: int | None = None) -> Callable[[Asked], Fault | None]:
    """Fails so many times, or for ever."""
    left = [fault] * times if times is not None else None

    def fails(asked: Asked) -> Fault | None:
        if asked.method != method:
            return None
        return (left.pop() if left else None) if left is not None else fault

    return fails


def test_the_signature_is_that_of_the_published_example() -> None:
    """AWS, Signature Calculations for the Authorization Header: the GET of the first ten bytes of an object."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    asked = Asked(
        "GET",
        "/test.txt",
        (),
        {
            "host": "examplebucket.s3.amazonaws.com",
            "range": "bytes=0-9",
            "x-amz-content-sha256": empty,
            "x-amz-date": "20130524T000000Z",
            "authorization": "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        },
    )
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    assert signed_with(asked, secret)
    assert not signed_with(asked, secret.lower())
    assert not signed_with(replace(asked, body=b"other bytes"), secret)
    assert not signed_with(replace(asked, path="/other.txt"), secret)


@pytest.mark.parametrize("body", [SMALL, LARGE], ids=["small", "large"])
async def test_what_is_kept_is_read_listed_and_removed(bucket: Bucket, body: bytes) -> None:
    objects = objects_in(bucket)

    stored = await put(objects, body)
    assert await read(objects, stored) == body
    later = datetime.now(UTC) + timedelta(hours=1)
    assert [key async for keys in objects.older_than(later) for key in keys] == [stored.object_key]
    await objects.remove([stored.object_key])

    assert bucket.objects == {}
    assert bucket.parts == {}


async def test_without_the_right_key_nothing_is_kept_or_read(bucket: Bucket) -> None:
    stored = await put(objects_in(bucket))
    stranger = objects_in(bucket, evidence_s3_secret_key="guessed")

    for attempt in (put(stranger), read(stranger, stored)):
        with pytest.raises(Unavailable):
            await attempt

    assert [*bucket.objects] == [stored.object_key]


@pytest.mark.parametrize("fault", get_args(Fault))
@pytest.mark.parametrize("body", [SMALL, LARGE], ids=["small", "large"])
async def test_what_cannot_be_kept_whole_is_not_kept_at_all(
    bucket: Bucket, fault: Fault, body: bytes
) -> None:
    bucket.fails = at("PUT", fault)

    with pytest.raises(Unavailable):
        await put(objects_in(bucket), body)

    assert bucket.objects == {}
    assert bucket.parts == {}


async def test_a_store_that_fails_once_is_asked_again(bucket: Bucket) -> None:
    bucket.fails = at("PUT", "error", times=1)
    stored = await put(objects_in(bucket))
    assert bucket.objects[stored.object_key][0] == SMALL


async def test_bytes_that_are_cut_off_are_read_on_from_there(bucket: Bucket) -> None:
    objects = objects_in(bucket)
    stored = await put(objects, LARGE)
    bucket.fails = at("GET", "cut", times=1)

    assert await read(objects, stored) == LARGE

    whole, rest = bucket.times("GET")
    assert "range" not in whole.headers
    assert rest.headers["range"].startswith("bytes=")


class TestOfACase:
    @pytest.fixture
    async def town(self, complaints_database: str, bucket: Bucket) -> AsyncIterator[Town]:
        told = {**bucket.settings, "evidence_s3_silence_seconds": 0.5}
        async with a_town(complaints_database, **told) as town:
            yield town

    async def test_a_file_that_could_not_be_kept_is_said_and_sent_again_under_the_same_key(
        self, town: Town, bucket: Bucket
    ) -> None:
        case_id = await town.answered()
        path = f"/v1/cases/{case_id}/evidence"
        bucket.fails = at("PUT", "error")

        refused = await town.lin.post(path, key="once", **a_form())

        assert done(refused, 503)["type"].endswith("/unavailable")
        assert await listed(town.lin, case_id) == []
        assert bucket.objects == {}
        bucket.fails = at("PUT", "error", times=1)
        kept = done(await town.lin.post(path, key="once", **a_form()), 201)["evidence_id"]
        [(body, _)] = bucket.objects.values()
        assert (await content(town.lin, case_id, kept)).content == body
        bucket.fails = at("GET", "error")
        done(await content(town.lin, case_id, kept), 503)

    async def test_a_refusal_stays_one_where_its_bytes_cannot_be_removed_and_they_are_swept(
        self, town: Town, bucket: Bucket
    ) -> None:
        case_id = await town.answered()
        evidence_id = await bring(town, case_id)
        bucket.fails = at("POST", "error")
        late = a_form(taken_at="2036-01-01T00:00:00Z")

        refused = await town.lin.post(f"/v1/cases/{case_id}/evidence", **late)

        assert done(refused, 422)["errors"][0]["pointer"] == "/taken_at"
        assert len(bucket.objects) == 2
        bucket.fails = lambda _: None
        later = datetime.now(UTC) + timedelta(days=1)
        assert await use_cases.sweep_once(town.http.kit, later) == 1
        assert [one["id"] for one in await listed(town.lin, case_id)] == [evidence_id]
        assert len(bucket.objects) == 1
