from __future__ import annotations

import asyncio
from datetime import timedelta

import asyncpg

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import granted


async def test_when_the_code_is_right_the_browser_is_signed_in_and_goes_where_it_wanted(
    portal: Portal,
) -> None:
    answer = await portal.sign_in("resident", back="/inbox")

    assert answer.goes_to == "/inbox"
    assert (await portal.browser.open("/inbox")).status == 200
    assert portal.services.times("POST /alliance/v1/sign-in/tokens")[0].json["code"] == "123456"


async def test_when_the_code_is_wrong_the_sentence_stands_beside_it(portal: Portal) -> None:
    portal.services.refuses("POST /alliance/v1/sign-in/tokens", 401, "wrong_code", "That code is not right.")
    page = await portal.browser.send(await portal.browser.open("/sign-in"), "/sign-in", contact="a@b.example")
    page = await portal.browser.follow(page)

    answer = await portal.browser.send(page, "/sign-in/code", code="000000")

    assert answer.status == 401
    assert "That code is not right." in answer.text
    [field] = [found for tag, found in answer.tags if tag == "input" and found.get("name") == "code"]
    assert field["aria-invalid"] == "true"
    assert field["value"] == "000000"
    assert field["autocomplete"] == "one-time-code"


async def test_when_signing_in_the_ticket_known_before_opens_nothing(portal: Portal) -> None:
    await portal.browser.open("/sign-in")
    before = dict(portal.client.http.cookies)
    await portal.sign_in("resident")
    after = dict(portal.client.http.cookies)

    portal.client.http.cookies.clear()
    portal.client.http.cookies.update(before)

    assert before != after
    assert (await portal.browser.open("/cases")).goes_to.startswith("/sign-in")


async def test_the_cookie_is_for_our_eyes_only(portal: Portal) -> None:
    answer = await portal.sign_in("resident")

    [cookie] = answer.answer.headers.get_list("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_the_database_holds_nothing_readable(portal: Portal, portal_database: str) -> None:
    await portal.sign_in("resident")
    [(_, secret)] = portal.client.http.cookies.items()

    connection = await asyncpg.connect(portal_database)
    rows = [
        bytes(row["id"]) + bytes(row["sealed"]) for row in await connection.fetch("SELECT * FROM sessions")
    ]
    await connection.close()

    assert rows
    for readable in ("lin@shanbei", "林佩珍", "refresh-", "eyJhbGciOi", secret):
        assert not any(readable.encode() in row for row in rows)


async def test_when_the_token_is_about_to_end_two_tabs_refresh_it_once(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.clock.advance(timedelta(minutes=10))
    fresh = granted("resident", now=portal.clock.now())
    portal.services.says("POST /alliance/v1/sign-in/refresh", fresh)

    pages = await asyncio.gather(portal.browser.open("/cases"), portal.browser.open("/inbox"))

    assert [page.status for page in pages] == [200, 200]
    assert len(portal.services.times("POST /alliance/v1/sign-in/refresh")) == 1
    assert portal.services.asked[-1].token == fresh["access_token"]


async def test_when_the_session_is_over_the_page_asks_to_sign_in_again(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.clock.advance(timedelta(minutes=10))
    portal.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")

    assert (await portal.browser.open("/cases")).goes_to == "/sign-in?back=%2Fcases"


async def test_when_signing_out_nothing_is_left(portal: Portal) -> None:
    await portal.sign_in("resident")

    answer = await portal.browser.send(await portal.browser.open("/me"), "/sign-out")

    assert portal.services.times("POST /alliance/v1/sign-out")
    assert (await portal.browser.open("/me")).goes_to.startswith("/sign-in")
    assert not portal.client.http.cookies
    assert answer.answer.headers["clear-site-data"] == '"cache", "storage"'


async def test_when_the_register_is_away_the_address_typed_is_kept(portal: Portal) -> None:
    portal.services.is_away("alliance")

    answer = await portal.browser.send(
        await portal.browser.open("/sign-in"), "/sign-in", contact="a@b.example"
    )

    assert answer.status == 503
    assert answer.form("/sign-in").fields["contact"] == ["a@b.example"]
    assert "cannot be reached" in answer.text
