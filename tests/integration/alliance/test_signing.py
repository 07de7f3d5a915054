"""A code to sign just these words by, and what it is given back for: a proof that names them, once."""

from __future__ import annotations

import httpx
import pytest
from joserfc.jwk import KeySet

from services.alliance.decisions.codes import DAY, LIFE, PAUSE, SIGNING_PER_DAY
from shared.access.actor import Intent
from shared.access.tokens import BadToken, TokenVerifier
from shared.clock import SHANGHAI
from shared.persistence.database import Database
from tests.integration.alliance.conftest import CodeFor, MailsTo, Register, Somebody
from tests.support.http import Client, SetClock
from tests.support.tokens import an_actor

WORDS, OTHER_WORDS = "3f" * 32, "4e" * 32


async def asked(client: Client, who: Somebody, mails_to: MailsTo, words: str = WORDS) -> str:
    """The code in the mail to sign those words by."""
    answer = await client.as_(who.actor).post("/v1/me/signing-codes", json={"content_hash": words}, key=None)
    assert answer.status_code == 202, answer.text
    return code_in((await mails_to(who.contact))[0]["text"])


def code_in(mail: str) -> str:
    [code] = [line for line in mail.splitlines() if line.isdecimal()]
    return code


async def give(
    client: Client, who: Somebody, code: str, words: str = WORDS, *, key: str | None = "a-key"
) -> httpx.Response:
    body = {"content_hash": words, "code": code}
    return await client.as_(who.actor).post("/v1/me/signing-proofs", json=body, key=key)


async def published(client: Client) -> TokenVerifier:
    keys = (await client.get("/.well-known/jwks.json")).json()

    async def fetch() -> KeySet:
        return KeySet.import_key_set(keys)

    return TokenVerifier(fetch)


def refused(answer: httpx.Response) -> tuple[int, str, str]:
    [error] = answer.json()["errors"]
    return answer.status_code, error["pointer"], error["code"]


WRONG = (422, "/code", "wrong_code")


async def test_the_code_is_given_back_for_a_proof_that_any_service_can_read(
    client: Client, register: Register, mails_to: MailsTo, clock: SetClock
) -> None:
    lin = await register()
    code = await asked(client, lin, mails_to)
    mail = (await mails_to(lin.contact))[0]
    assert WORDS[:8] in mail["text"]
    assert WORDS not in mail["text"]

    answer = await give(client, lin, f"{code[:3]} {code[3:]}")

    assert answer.status_code == 200, answer.text
    verifier, now = await published(client), clock.now()
    assert await verifier.intent(answer.json()["proof"], now) == Intent(lin.id, WORDS, now)
    with pytest.raises(BadToken):
        await verifier.actor(answer.json()["proof"], now)


async def test_the_same_request_sent_twice_is_answered_with_the_same_proof_and_the_code_signs_once(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    lin = await register()
    code = await asked(client, lin, mails_to)

    once, twice = await give(client, lin, code), await give(client, lin, code)

    assert (once.status_code, twice.json()) == (200, once.json())
    assert refused(await give(client, lin, code, key="another-key")) == WRONG


async def test_a_code_is_for_one_person_one_content_and_a_few_minutes(
    client: Client, register: Register, mails_to: MailsTo, clock: SetClock, code_for: CodeFor
) -> None:
    lin, sun = await register(), await register()
    code = await asked(client, lin, mails_to)

    assert refused(await give(client, lin, code, OTHER_WORDS, key="1")) == WRONG
    assert refused(await give(client, sun, code, key="2")) == WRONG
    assert refused(await give(client, lin, await code_for(lin.contact), key="3")) == WRONG
    clock.advance(LIFE)
    assert refused(await give(client, lin, code, key="4")) == WRONG


async def test_a_code_for_other_words_ends_the_one_before_and_all_are_counted_together(
    client: Client, register: Register, mails_to: MailsTo, clock: SetClock
) -> None:
    lin = await register()
    first = await asked(client, lin, mails_to)
    body = {"content_hash": OTHER_WORDS}
    soon = await client.as_(lin.actor).post("/v1/me/signing-codes", json=body, key=None)
    assert (soon.status_code, soon.headers["Retry-After"]) == (429, "60")
    clock.advance(PAUSE)

    second = await asked(client, lin, mails_to, OTHER_WORDS)

    assert refused(await give(client, lin, first, key="1")) == WRONG
    assert (await give(client, lin, second, OTHER_WORDS, key="2")).status_code == 200


async def test_past_the_days_number_it_is_said_from_when_there_is_another_and_whom_to_ask(
    client: Client, register: Register, clock: SetClock
) -> None:
    lin = await register()
    first_at = clock.now()
    path, body = "/v1/me/signing-codes", {"content_hash": WORDS}
    for _ in range(SIGNING_PER_DAY):
        assert (await client.as_(lin.actor).post(path, json=body, key=None)).status_code == 202
        clock.advance(PAUSE)
    for language, office in (("zh-CN", "联络员"), ("en", "the coordinator")):
        headers = {"Accept-Language": language}
        answer = await client.as_(lin.actor).post(path, json=body, key=None, headers=headers)
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (429, "/problems/codes_used_up")
        again_at = (first_at + DAY).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        assert again_at in problem["detail"]
        assert office in problem["detail"]
        assert int(answer.headers["Retry-After"]) == problem["retry_after"]


@pytest.mark.parametrize(("keys", "status"), [("11234", 200), ("12345", 422)])
async def test_the_fifth_wrong_try_ends_the_code_and_one_key_tries_once(
    client: Client, register: Register, mails_to: MailsTo, *, keys: str, status: int
) -> None:
    lin = await register()
    code = await asked(client, lin, mails_to)
    for key in keys:
        assert refused(await give(client, lin, code[::-1] if code[::-1] != code else "x", key=key)) == WRONG
    assert (await give(client, lin, code, key="right")).status_code == status


async def test_whoever_has_no_mail_address_is_told_whom_to_ask(client: Client, register: Register) -> None:
    lin = await register()
    entry = {"display_name": "林佩珍", "phone": f"139{lin.id.int % 10**8:08}", "language": "zh-CN"}
    staff = client.as_(an_actor("coordinator"))
    assert (await staff.post(f"/v1/members/{lin.id}/contact", json=entry)).status_code == 200
    answer = await client.as_(lin.actor).post("/v1/me/signing-codes", json={"content_hash": WORDS}, key=None)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no_mail_for_code")


async def test_the_database_holds_no_code(
    client: Client, register: Register, mails_to: MailsTo, database: Database
) -> None:
    lin = await register()
    code = await asked(client, lin, mails_to)
    async with database.reading() as connection:
        rows = await connection.fetch("SELECT * FROM sign_in_codes")
    assert code not in str([tuple(row.values()) for row in rows])
