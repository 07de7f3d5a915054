"""Signing in by code, staying in, and being told no in words."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from cli.people import Answered, Person, code_in
from cli.running import NotHere, Running

WHERE = Running({"SHANGJU_ALLIANCE_URL": "http://alliance", "SHANGJU_COMPLAINTS_URL": "http://complaints"})


class Alliance:
    """Accepts one code, and every access token once."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.tokens = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body: dict[str, Any] = json.loads(request.content or "{}")
        self.seen.append((request.method, request.url.path, dict(request.headers)))
        match request.url.path:
            case "/v1/sign-in/codes":
                return httpx.Response(202, json={"expires_in_seconds": 600})
            case "/v1/sign-in/tokens" if body["code"] == "123456":
                return self._tokens()
            case "/v1/sign-in/refresh" if body["refresh_token"] == f"refresh-{self.tokens}":
                return self._tokens()
            case "/v1/cases" if request.headers["authorization"] == f"Bearer access-{self.tokens}":
                return httpx.Response(200, json={"items": []})
        return httpx.Response(
            401, json={"type": "/problems/not_signed_in", "detail": "Please sign in first."}
        )

    def _tokens(self) -> httpx.Response:
        self.tokens += 1
        answer = {"access_token": f"access-{self.tokens}", "refresh_token": f"refresh-{self.tokens}"}
        return httpx.Response(200, json=answer | {"member_id": "m"})


async def signed_in(alliance: Alliance, code: str = "123456") -> Person:
    person = Person(
        "lin", "lin@x", where=WHERE, http=httpx.AsyncClient(transport=httpx.MockTransport(alliance))
    )

    async def read_code() -> str:
        return code

    await person.sign_in(read_code)
    return person


async def test_given_the_right_code_when_signing_in_then_requests_carry_the_token() -> None:
    person = await signed_in(Alliance())
    assert (person.id, await person.get("complaints", "/v1/cases")) == ("m", {"items": []})


async def test_given_the_wrong_code_when_signing_in_then_it_fails_in_words() -> None:
    with pytest.raises(
        Answered, match="lin: POST /v1/sign-in/tokens → 401 not_signed_in Please sign in first"
    ):
        await signed_in(Alliance(), code="000000")


async def test_given_a_token_that_ran_out_when_asking_then_it_is_renewed_once() -> None:
    alliance = Alliance()
    person = await signed_in(alliance)
    alliance.tokens = 1
    person._access = "old"
    assert await person.get("complaints", "/v1/cases") == {"items": []}
    assert alliance.tokens == 2


async def test_given_a_token_had_otherwise_when_it_runs_out_then_it_is_asked_for_again() -> None:
    alliance = Alliance()
    tokens = iter(("access-0", "access-1"))

    async def mint() -> str:
        alliance.tokens = 1
        return next(tokens)

    person = Person(
        "zhou", "zhou@x", where=WHERE, http=httpx.AsyncClient(transport=httpx.MockTransport(alliance))
    )
    await person.carry(mint)
    assert await person.get("complaints", "/v1/cases") == {"items": []}


async def test_given_a_session_that_ended_when_asking_then_it_fails_in_words() -> None:
    alliance = Alliance()
    person = await signed_in(alliance)
    alliance.tokens = 9
    with pytest.raises(Answered, match="not_signed_in"):
        await person.get("complaints", "/v1/cases")


async def test_given_a_write_when_sent_then_it_has_a_key_and_the_same_one_only_if_asked() -> None:
    alliance = Alliance()
    person = await signed_in(alliance)
    for key in (None, None, "mine"):
        await person.post("complaints", "/v1/cases", {}, key=key)
    keys = [headers["idempotency-key"] for _, path, headers in alliance.seen if path == "/v1/cases"]
    assert len(set(keys)) == 3
    assert keys[2] == "mine"


async def test_given_a_refused_field_when_asking_then_the_field_is_named() -> None:
    problem = {
        "type": "/problems/invalid_request",
        "detail": "See the fields.",
        "errors": [{"pointer": "/place_id", "code": "unknown_place", "detail": "No such place."}],
    }
    transport = httpx.MockTransport(lambda _: httpx.Response(422, json=problem))
    person = Person("lin", "lin@x", where=WHERE, http=httpx.AsyncClient(transport=transport))
    with pytest.raises(Answered) as no:
        await person.post("complaints", "/v1/cases", {})
    assert no.value.code == "invalid_request"
    assert "/place_id unknown_place: No such place." in str(no.value)


def test_given_no_address_when_asking_then_it_says_what_is_missing() -> None:
    with pytest.raises(NotHere, match="SHANGJU_MEDIATION_URL is not known"):
        WHERE.api("mediation")


@pytest.mark.parametrize(
    ("text", "code"),
    [("您的验证码是 042137,十分钟内有效。", "042137"), ("Case 1234567", None), ("", None)],
)
def test_given_a_mail_when_read_then_only_a_code_is_taken_for_one(text: str, code: str | None) -> None:
    assert code_in(text) == code
