"""What every service's HTTP door promises, shown on a small service of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, FastAPI, Response
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from pydantic import BaseModel, ConfigDict, StringConstraints

from shared.access.actor import Actor, Grant
from shared.access.door import CurrentActor, DoOnce, Kit, create_app
from shared.access.tokens import ALGORITHM, TokenVerifier, claims_of
from shared.clock import SystemClock
from shared.errors import Invalid, NotAllowed, NotFound, NotNow
from shared.persistence.database import open_database
from shared.persistence.migrate import SHARED, apply
from shared.settings import ServiceSettings
from shared.texts import Texts

KEY = OKPKey.generate_key("Ed25519", {"kid": "1"})
LIN = Actor(UUID(int=1), UUID(int=9), frozenset({Grant("resident")}), "resident")
MA = Actor(UUID(int=2), UUID(int=9), frozenset({Grant("merchant")}), "merchant")
router = APIRouter()
done: list[str] = []


class Knock(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: Annotated[str, StringConstraints(min_length=1, max_length=5)]
    times: int = 1


class Opened(BaseModel):
    word: str
    count: int


@router.post("/v1/knocks", status_code=201)
async def knock(body: Knock, actor: CurrentActor, once: DoOnce) -> Response:
    async def work(_) -> Opened:
        done.append(body.word)
        await asyncio.sleep(0.02)
        return Opened(word=body.word, count=len(done))

    return await once(work, status=201)


@router.get("/v1/refusals/{kind}")
async def refuse(kind: str) -> None:
    raise {
        "not_found": NotFound(),
        "not_allowed": NotAllowed(),
        "not_now": NotNow("hear", ["accept"]),
        "invalid": Invalid("/word", "field_wrong"),
        "broken": RuntimeError("林佩珍 13800138000"),
        "away": ConnectionRefusedError(),
        "no_room": asyncpg.DiskFullError("could not extend file"),
    }[kind]


@pytest.fixture(scope="module")
async def app(postgres) -> AsyncIterator[FastAPI]:
    url = await postgres.create_database("door")
    await apply(url, {"shared": SHARED})
    settings = ServiceSettings(
        database_url=url, kafka_bootstrap="", http_port=0, alliance_url="", link_secret="x"
    )

    async def keys() -> KeySet:
        return KeySet([OKPKey.import_key(KEY.as_dict(private=False))])

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_database(url) as database:
            app.state.kit = Kit(database, SystemClock(), TokenVerifier(keys), settings)
            yield

    app = create_app("door", texts=Texts(), lifespan=lifespan, routers=(router,))
    async with lifespan(app):
        yield app


def call(app: FastAPI, actor: Actor | None = None, **headers: str) -> httpx.AsyncClient:
    if actor is not None:
        claims = claims_of(actor, now=datetime.now(UTC), lifetime_seconds=60)
        header = {"alg": ALGORITHM, "kid": "1", "typ": "at+jwt"}
        headers["authorization"] = f"Bearer {jwt.encode(header, claims, KEY, algorithms=[ALGORITHM])}"
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://door", headers=headers)


async def post(
    app: FastAPI, body=None, *, actor: Actor = LIN, key: str | None = "", **more
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid4())} if key is not None else {}
    async with call(app, actor, **headers) as client:
        return await client.post("/v1/knocks", **({"json": body} if body is not None else more))


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("not_found", 404),
        ("not_allowed", 403),
        ("not_now", 409),
        ("invalid", 422),
        ("broken", 500),
        ("away", 503),
        ("no_room", 503),
    ],
)
async def test_every_refusal_is_a_problem_in_the_callers_language(app, kind, status):
    async with call(app) as client:
        chinese = await client.get(f"/v1/refusals/{kind}")
        english = await client.get(f"/v1/refusals/{kind}", headers={"Accept-Language": "en"})
    for answer in (chinese, english):
        assert answer.status_code == answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"].startswith("/problems/")
    assert chinese.json()["detail"] != english.json()["detail"]
    assert "13800138000" not in chinese.text


async def test_a_refusal_for_the_moment_says_what_is_possible(app):
    async with call(app) as client:
        problem = (await client.get("/v1/refusals/not_now")).json()
    assert (problem["stage"], problem["possible"]) == ("hear", ["accept"])


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/word", "field_missing"),
        ({"word": ""}, "/word", "field_too_short"),
        ({"word": "toolong"}, "/word", "field_too_long"),
        ({"word": 7}, "/word", "field_wrong"),
        ({"word": "a", "times": "x"}, "/times", "field_wrong"),
        ({"word": "a", "colour": "red"}, "/colour", "field_unknown"),
    ],
)
async def test_a_bad_field_is_named(app, body, pointer, code):
    answer = await post(app, body)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code)
    assert error["detail"]


async def test_json_that_is_none_is_told_from_json_that_is_wrong(app):
    for content in [b"{", b"\xff", b'{"word": "\xff"}', b"[" * 100_000]:
        answer = await post(app, content=content, headers={"content-type": "application/json"})
        assert answer.status_code in {400, 422}, content[:10]
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("announced", [True, False])
async def test_too_much_is_refused_whether_announced_or_not(app, announced):
    async def endless():
        for _ in range(2000):
            yield b" " * 1024

    content = b" " * 2_000_000 if announced else endless()
    answer = await post(app, content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


async def test_unknown_addresses_and_methods_are_problems_too(app):
    async with call(app) as client:
        missing, wrong = await client.get("/v1/nowhere"), await client.delete("/v1/knocks")
    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert {answer.headers["content-type"] for answer in (missing, wrong)} == {"application/problem+json"}


@pytest.mark.parametrize("header", [{}, {"authorization": "Basic x"}, {"authorization": "Bearer x.y.z"}])
async def test_nobody_is_asked_to_sign_in(app, header):
    async with call(app, **header) as client:
        answer = await client.post("/v1/knocks", json={"word": "a"}, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_an_expired_token_is_none(app):
    claims = claims_of(LIN, now=datetime.now(UTC) - timedelta(hours=1), lifetime_seconds=60)
    token = jwt.encode({"alg": ALGORITHM, "kid": "1", "typ": "at+jwt"}, claims, KEY, algorithms=[ALGORITHM])
    async with call(app, authorization=f"Bearer {token}") as client:
        assert (await client.post("/v1/knocks", json={"word": "a"})).status_code == 401


@pytest.mark.parametrize("key", [None, "x" * 256, "键"])
async def test_a_write_needs_a_usable_key(app, key):
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    async with call(app, LIN) as client:
        answer = await client.post("/v1/knocks", json={"word": "a"}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/key_missing")


async def test_fifty_posts_under_one_key_do_it_once_and_answer_alike(app):
    key, before = str(uuid4()), len(done)
    answers = await asyncio.gather(*(post(app, {"word": "once", "times": 1}, key=key) for _ in range(50)))
    late = await post(app, {"times": 1, "word": "once"}, key=key)
    assert len(done) == before + 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.content for answer in answers if answer.status_code == 201} == {late.content}
    assert late.headers["idempotent-replayed"] == "true"


async def test_a_key_is_not_for_two_requests_and_not_for_two_people(app):
    key = str(uuid4())
    mine = await post(app, {"word": "mine"}, key=key)
    other_body = await post(app, {"word": "else"}, key=key)
    theirs = await post(app, {"word": "mine"}, key=key, actor=MA)
    assert (mine.status_code, other_body.status_code, theirs.status_code) == (201, 422, 201)
    assert mine.json()["count"] != theirs.json()["count"]


async def test_answers_are_private_and_traceable(app):
    answer = await post(app, {"word": "a"})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.headers["x-trace-id"]) == 32
