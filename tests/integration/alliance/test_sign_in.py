"""Signing in by one-time code: by mail, within limits, and alike for those who do not exist."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import structlog
from joserfc.jwk import KeySet
from pydantic import SecretStr

from services.alliance.commands import ChangeContact, GrantRole
from services.alliance.main import SERVICE
from services.alliance.settings import Settings
from services.alliance.storage.sign_in import forget_old
from services.alliance.use_cases.register import handle
from shared.access.actor import SYSTEM, Grant
from shared.access.tokens import BadToken, TokenVerifier
from shared.persistence.database import Database
from tests.integration.alliance.conftest import CodeFor, MailsTo, Register
from tests.integration.notifications.post_office import GuardedPost
from tests.support.certificate import certify
from tests.support.http import Client, SetClock, client_of, settings_for

MINUTE = timedelta(minutes=1)


def stranger() -> str:
    return f"{uuid4().hex[:12]}@nobody.example"


async def ask(client: Client, contact: str) -> httpx.Response:
    return await client.post("/v1/sign-in/codes", json={"contact": contact}, key=None)


async def give(client: Client, contact: str, code: str) -> httpx.Response:
    return await client.post("/v1/sign-in/tokens", json={"contact": contact, "code": code}, key=None)


async def refresh(client: Client, token: str) -> httpx.Response:
    return await client.post("/v1/sign-in/refresh", json={"refresh_token": token}, key=None)


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


WRONG = (401, "/problems/wrong_code")
OVER = (401, "/problems/session_over")


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def verifier_of(client: Client) -> TokenVerifier:
    """Another service's verifier, which knows nothing but our public keys."""

    async def keys() -> KeySet:
        return KeySet.import_key_set((await client.get("/.well-known/jwks.json")).json())

    return TokenVerifier(keys)


async def test_somebody_signs_in_and_every_service_knows_them(
    client: Client, register: Register, code_for: CodeFor, clock: SetClock
) -> None:
    shen = await register("mediator", "resident")

    answer = await give(client, shen.contact, await code_for(shen.contact))

    assert answer.status_code == 200
    tokens = answer.json()
    assert tokens.keys() == {"access_token", "refresh_token", "token_type", "expires_in", "member_id"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert tokens["member_id"] == str(shen.id)
    assert answer.headers["cache-control"] == "no-store"
    verifier = verifier_of(client)
    assert await verifier.actor(tokens["access_token"], clock.now()) == shen.actor
    with pytest.raises(BadToken):
        await verifier.actor(tokens["access_token"], clock.now() + timedelta(minutes=10))


async def test_the_mail_is_in_the_members_language_and_betrays_nothing_on_a_locked_screen(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    guli = await register("merchant", language="en")
    await ask(client, guli.contact)

    [mail] = await mails_to(guli.contact)

    assert mail["subject"] == "Shangju: your sign-in code"
    assert "good for 5 minutes" in mail["text"]


async def test_a_stranger_is_answered_like_a_member(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    member, nobody = (await register()).contact, stranger()

    first = [await ask(client, contact) for contact in (member, nobody)]
    second = [await ask(client, contact) for contact in (member, nobody)]
    wrong = [await give(client, contact, "000000") for contact in (member, nobody)]

    for known, unknown in (first, second, wrong):
        assert known.status_code == unknown.status_code
        assert known.content == unknown.content
        assert known.headers.keys() == unknown.headers.keys()
    assert [answer.status_code for answer in (first[0], second[0], wrong[0])] == [202, 429, 401]
    assert first[0].json() == {"expires_in_seconds": 300}
    assert len(await mails_to(member)) == 1
    assert await mails_to(nobody) == []


async def test_a_phone_number_is_taken_but_no_message_can_be_sent_yet(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    member = await register(phone="13900000001")

    answer = await ask(client, "+86 139-0000-0001")
    again = await ask(client, "１３９０００００００１")

    assert (answer.status_code, answer.json()) == (202, {"expires_in_seconds": 300})
    assert problem_of(again) == (429, "/problems/too_many_requests")
    assert await mails_to(member.contact) == []


async def test_the_mail_leaves_after_the_answer(alliance_url: str, register: Register) -> None:
    """With a mail server that never says a word, the answer is complete while the mail still waits."""
    member = await register()
    connected, silence = asyncio.Event(), asyncio.Event()

    async def says_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await silence.wait()
        writer.close()

    server = await asyncio.start_server(says_nothing, "127.0.0.1", 0)
    settings = settings_for(
        Settings,
        alliance_url,
        key_secret="tests-key-secret",
        smtp_host="127.0.0.1",
        smtp_port=server.sockets[0].getsockname()[1],
    )
    async with server, client_of(SERVICE, settings) as client:
        answered = asyncio.Event()
        request = asyncio.create_task(post_raw(client, {"contact": member.contact}, answered))
        async with asyncio.timeout(60):
            await answered.wait()
            await connected.wait()
        assert not request.done()
        silence.set()
        await request


async def post_raw(client: Client, body: dict[str, str], answered: asyncio.Event) -> None:
    """One ASGI request that tells when the answer's last byte is out; httpx waits for what follows too."""
    message = httpx.Request("POST", "http://service.test/v1/sign-in/codes", json=body)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/sign-in/codes",
        "raw_path": b"/v1/sign-in/codes",
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in message.headers.raw],
        "client": ("2001:db8:ffff::1", 1),
        "server": ("service.test", 80),
        "scheme": "http",
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": message.content, "more_body": False}

    async def send(part: Any) -> None:
        if part["type"] == "http.response.body" and not part.get("more_body"):
            answered.set()

    await client.app(scope, receive, send)


async def test_a_mail_server_that_is_down_is_nobodys_business(alliance_url: str, register: Register) -> None:
    settings = settings_for(Settings, alliance_url, key_secret="s", smtp_host="127.0.0.1", smtp_port=1)
    async with client_of(SERVICE, settings, address="2001:db8:fffe::1") as client:
        member = await register()
        with structlog.testing.capture_logs() as logs:
            answer = await ask(client, member.contact)
    assert answer.status_code == 202
    [failed] = [line for line in logs if line["event"] == "code_mail_failed"]
    assert failed == {
        "event": "code_mail_failed",
        "log_level": "warning",
        "error": "SMTPConnectError",
    }


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_the_code_goes_encrypted_to_a_mail_server_that_knows_us(
    alliance_url: str, register: Register, tmp_path: Path, security: str
) -> None:
    guarded = GuardedPost(certified=certify(tmp_path), security=security, password="p")
    async with guarded.open() as post:
        settings = settings_for(Settings, alliance_url, key_secret="s", **post.settings)
        wrong = settings.model_copy(update={"smtp_password": SecretStr("guessed")})
        known, refused = await register(), await register()
        async with client_of(SERVICE, settings, address="2001:db8:fffd::1") as client:
            assert (await ask(client, known.contact)).status_code == 202
        with structlog.testing.capture_logs() as logs:
            async with client_of(SERVICE, wrong, address="2001:db8:fffc::1") as client:
                assert (await ask(client, refused.contact)).status_code == 202

    assert [to for to, _ in post.taken] == [known.contact]
    assert [line["error"] for line in logs if line["event"] == "code_mail_failed"] == [
        "SMTPAuthenticationError"
    ]
    assert refused.contact not in repr(logs)
    assert "guessed" not in repr(logs)


async def test_a_contact_may_be_written_in_any_way(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    member = await register()
    written = member.contact.upper().replace("@", "＠")
    await ask(client, f" {written} ")
    [mail] = await mails_to(member.contact)
    [code] = [line for line in mail["text"].splitlines() if line.isdecimal()]
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert (
        await give(client, member.contact.title(), f" {full_width[:3]} {full_width[3:]}")
    ).status_code == 200


async def test_a_code_signs_in_once(client: Client, register: Register, code_for: CodeFor) -> None:
    member = await register()
    code = await code_for(member.contact)
    answers = await asyncio.gather(*(give(client, member.contact, code) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


async def test_a_code_of_somebody_else_is_wrong(
    client: Client, register: Register, code_for: CodeFor
) -> None:
    lin, sun = await register(), await register()
    code = await code_for(lin.contact)
    await ask(client, sun.contact)
    assert problem_of(await give(client, sun.contact, code)) == WRONG


async def test_an_old_code_is_wrong(
    client: Client, register: Register, code_for: CodeFor, clock: SetClock
) -> None:
    member = await register()
    code = await code_for(member.contact)
    clock.advance(5 * MINUTE)
    assert problem_of(await give(client, member.contact, code)) == WRONG


async def test_five_wrong_tries_kill_the_code_however_fast_they_come(
    client: Client, register: Register, code_for: CodeFor
) -> None:
    member = await register()
    code = await code_for(member.contact)
    tries = await asyncio.gather(*(give(client, member.contact, other_than(code)) for _ in range(5)))

    assert {problem_of(answer) for answer in tries} == {WRONG}
    assert problem_of(await give(client, member.contact, code)) == WRONG


async def test_four_wrong_tries_do_not(client: Client, register: Register, code_for: CodeFor) -> None:
    member = await register()
    code = await code_for(member.contact)
    for _ in range(4):
        await give(client, member.contact, other_than(code))
    assert (await give(client, member.contact, code)).status_code == 200


@pytest.mark.parametrize("known", [True, False])
async def test_one_code_a_minute_and_eight_a_day(
    client: Client, register: Register, clock: SetClock, known: bool
) -> None:
    contact = (await register()).contact if known else stranger()

    for _ in range(7):
        assert (await ask(client, contact)).status_code == 202
        again = await ask(client, contact)
        assert problem_of(again) == (429, "/problems/too_many_requests")
        assert again.headers["retry-after"] == "60"
        clock.advance(MINUTE)
    assert (await ask(client, contact)).status_code == 202

    ninth = await ask(client, contact)
    assert ninth.status_code == 429
    assert int(ninth.headers["retry-after"]) == (24 * 60 - 7) * 60
    clock.advance(timedelta(seconds=int(ninth.headers["retry-after"])))
    assert (await ask(client, contact)).status_code == 202


async def test_of_codes_asked_for_at_once_one_is_sent(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    member = await register()
    answers = await asyncio.gather(*(ask(client, member.contact) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [202] + [429] * 5
    assert len(await mails_to(member.contact)) == 1


async def test_a_network_has_a_budget_of_its_own(settings: Settings, clock: SetClock) -> None:
    small = settings.model_copy(update={"codes_per_hour": 3})
    async with client_of(SERVICE, small, clock=clock, address="198.51.100.1") as here:
        for _ in range(3):
            assert (await ask(here, stranger())).status_code == 202
        refused = await ask(here, stranger())
        assert problem_of(refused) == (429, "/problems/too_many_requests")
        assert int(refused.headers["retry-after"]) == 3601
    async with client_of(SERVICE, small, clock=clock, address="198.51.100.2") as elsewhere:
        assert (await ask(elsewhere, stranger())).status_code == 202
    clock.advance(timedelta(hours=1))
    async with client_of(SERVICE, small, clock=clock, address="198.51.100.1") as here:
        assert (await ask(here, stranger())).status_code == 202


async def test_neither_code_nor_contact_is_kept_or_logged(
    client: Client,
    register: Register,
    code_for: CodeFor,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    member, nobody = await register(), stranger()
    with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
        code = await code_for(member.contact)
        await ask(client, nobody)
        await give(client, member.contact, other_than(code))
        tokens = (await give(client, member.contact, code)).json()
    ours = [line for line in caplog.messages if "mailbox" not in line and "httpcore" not in line]
    said = repr(logs) + "\n".join(record for record in ours if "api/messages" not in record)
    async with database.reading() as connection:
        kept = repr(
            [
                await connection.fetch(f"SELECT * FROM {table}")
                for table in ("sign_in_codes", "sign_in_budgets", "sessions", "refresh_tokens")
            ]
        )
    for secret in (code, member.contact, nobody, tokens["refresh_token"], tokens["access_token"]):
        assert secret not in said
        assert secret not in kept


async def signed_in(client: Client, contact: str, code_for: CodeFor) -> dict[str, Any]:
    answer = await give(client, contact, await code_for(contact))
    assert answer.status_code == 200
    tokens: dict[str, Any] = answer.json()
    return tokens


async def test_a_session_goes_on_with_new_tokens(
    client: Client, register: Register, code_for: CodeFor, clock: SetClock
) -> None:
    member = await register()
    tokens = await signed_in(client, member.contact, code_for)

    for _ in range(3):
        clock.advance(timedelta(days=20))
        answer = await refresh(client, tokens["refresh_token"])
        assert answer.status_code == 200
        assert answer.json().keys() == tokens.keys()
        assert answer.json()["refresh_token"] != tokens["refresh_token"]
        tokens = answer.json()
        assert await verifier_of(client).actor(tokens["access_token"], clock.now()) == member.actor


async def test_a_session_left_alone_for_thirty_days_is_over(
    client: Client, register: Register, code_for: CodeFor, clock: SetClock
) -> None:
    tokens = await signed_in(client, (await register()).contact, code_for)
    clock.advance(timedelta(days=30))
    assert problem_of(await refresh(client, tokens["refresh_token"])) == OVER


async def test_a_copied_token_ends_the_session_of_both(
    client: Client, register: Register, code_for: CodeFor
) -> None:
    first = await signed_in(client, (await register()).contact, code_for)
    second = (await refresh(client, first["refresh_token"])).json()

    assert problem_of(await refresh(client, first["refresh_token"])) == OVER
    assert problem_of(await refresh(client, second["refresh_token"])) == OVER


async def test_of_two_who_show_a_token_at_once_one_is_refused_and_the_session_ends(
    client: Client, register: Register, code_for: CodeFor
) -> None:
    tokens = await signed_in(client, (await register()).contact, code_for)
    answers = await asyncio.gather(*(refresh(client, tokens["refresh_token"]) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [200, 401]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    assert problem_of(await refresh(client, won["refresh_token"])) == OVER


async def test_signing_out_ends_the_session_and_is_never_refused(
    client: Client, register: Register, code_for: CodeFor
) -> None:
    tokens = await signed_in(client, (await register()).contact, code_for)
    for token in (tokens["refresh_token"], tokens["refresh_token"], "never seen"):
        answer = await client.post("/v1/sign-out", json={"refresh_token": token}, key=None)
        assert (answer.status_code, answer.content) == (204, b"")
    assert problem_of(await refresh(client, tokens["refresh_token"])) == OVER


async def test_other_sessions_of_the_member_stay(
    client: Client, register: Register, code_for: CodeFor, clock: SetClock
) -> None:
    member = await register()
    phone = await signed_in(client, member.contact, code_for)
    clock.advance(MINUTE)
    desk = await signed_in(client, member.contact, code_for)
    await client.post("/v1/sign-out", json={"refresh_token": phone["refresh_token"]}, key=None)
    assert (await refresh(client, desk["refresh_token"])).status_code == 200


async def test_a_new_role_counts_from_the_next_refresh(
    client: Client, register: Register, code_for: CodeFor, database: Database, clock: SetClock
) -> None:
    member = await register()
    tokens = await signed_in(client, member.contact, code_for)
    async with database.transaction() as tx:
        await handle(tx, GrantRole(member.id, Grant("mediator")), SYSTEM, clock.now())

    renewed = (await refresh(client, tokens["refresh_token"])).json()

    actor = await verifier_of(client).actor(renewed["access_token"], clock.now())
    assert actor.roles == {"resident", "mediator"}


async def test_a_changed_contact_ends_what_the_old_one_opened(
    client: Client, register: Register, code_for: CodeFor, database: Database, clock: SetClock
) -> None:
    member = await register()
    tokens = await signed_in(client, member.contact, code_for)
    clock.advance(MINUTE)
    code = await code_for(member.contact)
    new_contact = f"new-{member.contact}"
    async with database.transaction() as tx:
        change = ChangeContact(member.id, "林佩珍", new_contact, None, "zh-CN")
        await handle(tx, change, SYSTEM, clock.now())

    assert problem_of(await refresh(client, tokens["refresh_token"])) == OVER
    assert problem_of(await give(client, member.contact, code)) == WRONG
    assert await signed_in(client, new_contact, code_for)


@pytest.mark.parametrize(
    ("path", "body", "pointer", "code"),
    [
        ("codes", {}, "/contact", "field_missing"),
        ("codes", {"contact": ""}, "/contact", "field_too_short"),
        ("codes", {"contact": "x" * 255}, "/contact", "field_too_long"),
        ("codes", {"contact": "林佩珍"}, "/contact", "not_a_contact"),
        ("codes", {"contact": "a\0@shanbei.example"}, "/contact", "not_a_contact"),
        ("codes", {"contact": 13900000000}, "/contact", "field_wrong"),
        ("codes", {"contact": "a@shanbei.example", "name": "x"}, "/name", "field_unknown"),
        ("tokens", {"contact": "a@shanbei.example"}, "/code", "field_missing"),
        ("tokens", {"contact": "a@shanbei.example", "code": "1" * 33}, "/code", "field_too_long"),
        ("refresh", {"refresh_token": ["x"]}, "/refresh_token", "field_wrong"),
    ],
)
async def test_bad_input_is_named(client: Client, path: str, body: dict, pointer: str, code: str) -> None:
    answer = await client.post(f"/v1/sign-in/{path}", json=body, key=None)
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("code", ["", "abc", "12345", "1234567", "-12345", "\0", "６\u200b"])
async def test_what_cannot_be_a_code_is_a_wrong_code(client: Client, code: str) -> None:
    answer = await give(client, stranger(), code)
    assert answer.status_code in {401, 422}


@pytest.mark.parametrize("token", ["x", "\0", "林", "x" * 128])
async def test_what_cannot_be_a_refresh_token_is_refused(client: Client, token: str) -> None:
    assert problem_of(await refresh(client, token)) == OVER


@pytest.mark.parametrize("body", [b"{", b'{"contact": "\\ud800"}', b"\xff"])
async def test_broken_json_is_the_callers_fault(client: Client, body: bytes) -> None:
    answer = await client.post(
        "/v1/sign-in/codes", content=body, key=None, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_tidying_takes_what_is_over_and_leaves_what_may_still_count(
    client: Client, register: Register, code_for: CodeFor, database: Database, clock: SetClock
) -> None:
    async def remembered() -> list[int]:
        tables = ("sign_in_codes", "sign_in_budgets", "sessions", "refresh_tokens")
        async with database.transaction() as tx:
            await forget_old(tx, clock.now())
            return [await tx.fetchval(f"SELECT count(*) FROM {table}") for table in tables]

    clock.advance(timedelta(days=365))
    assert await remembered() == [0, 0, 0, 0]
    tokens = await signed_in(client, (await register()).contact, code_for)
    clock.advance(timedelta(hours=23))
    assert await remembered() == [1, 1, 1, 1]
    clock.advance(timedelta(hours=2))
    assert await remembered() == [0, 0, 1, 1]
    assert (await refresh(client, tokens["refresh_token"])).status_code == 200
    clock.advance(timedelta(days=32))
    assert await remembered() == [0, 0, 0, 0]
