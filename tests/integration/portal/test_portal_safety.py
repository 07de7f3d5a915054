from __future__ import annotations

import re

import asyncpg
import pytest

from services.portal.main import SERVICE
from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE
from tests.support.openapi import endpoints

PAGES = (
    "/",
    "/who-sees-what",
    "/events",
    "/sign-in",
    "/file",
    "/file?category=noise",
    "/problems/not_now",
    "/nowhere",
)
OWN_PAGES = ("/cases", f"/cases/{CASE}", "/inbox", "/me", "/preferences", "/queue")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_forbids_whatever_is_not_ours(portal: Portal, path: str) -> None:
    answer = (await portal.browser.open(path)).answer

    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
        "manifest-src 'self'; media-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] in {"no-store", "private, no-cache"}


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES])
async def test_no_page_holds_script_style_or_an_outside_address(portal: Portal, path: str) -> None:
    """Scripts are files of ours that pages name; none stands in a page."""
    await portal.sign_in("coordinator")

    html = (await portal.browser.open(path)).answer.text

    assert not re.search(r'<script(?! src="/static/[\w.-]+\?v=\w+" defer></script>)', html)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', html)


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES])
async def test_every_form_that_writes_carries_its_proof(portal: Portal, path: str) -> None:
    await portal.sign_in("coordinator")

    for form in (await portal.browser.open(path)).forms:
        assert form.method == "get" or form.fields["csrf"] != [""]


async def test_no_address_that_takes_a_form_does_anything_without_its_proof(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    routes = [route for router in SERVICE.routers for route in endpoints(router)]
    places = {route.path for route in routes if "POST" in route.methods}
    portal.services.asked.clear()

    for place in sorted(one for one in places if not one.startswith("/api/")):
        path = re.sub(r"\{[^}]+\}", str(CASE), place)
        await portal.browser.post(path, {"csrf": ["0" * 32], "contact": ["lin@shanbei.example"]})

    assert [one.what for one in portal.services.asked if not one.what.startswith("GET ")] == []
    assert len(places) > 40
    assert (await portal.browser.open("/me")).status == 200


async def test_a_form_without_its_proof_does_nothing(portal: Portal) -> None:
    await portal.sign_in("resident")

    answer = await portal.browser.post("/sign-out", {"csrf": ["0" * 32]})

    assert answer.goes_to == "/"
    assert not portal.services.times("POST /alliance/v1/sign-out")
    assert (await portal.browser.open("/me")).status == 200


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_a_form_of_another_site_is_refused_and_changes_no_cookie(
    portal: Portal, headers: dict[str, str]
) -> None:
    await portal.sign_in("resident")
    proof = (await portal.browser.open("/me")).form("/sign-out").fields

    answer = await portal.browser.post("/sign-out", proof, headers=headers)

    assert answer.status == 400
    assert "set-cookie" not in answer.answer.headers
    assert not portal.services.times("POST /alliance/v1/sign-out")


async def test_somebody_who_only_reads_gets_no_cookie(portal: Portal) -> None:
    assert "set-cookie" not in (await portal.browser.open("/")).answer.headers


@pytest.mark.parametrize("path", OWN_PAGES)
async def test_ones_own_pages_ask_to_sign_in_and_come_back(portal: Portal, path: str) -> None:
    assert (await portal.browser.open(path)).goes_to == "/sign-in?back=" + path.replace("/", "%2F")


async def test_signing_in_leads_to_no_other_site(portal: Portal) -> None:
    answer = await portal.sign_in("resident", back="//evil.example")

    assert answer.goes_to == "/"


async def test_what_is_too_large_is_refused(portal: Portal) -> None:
    answer = await portal.browser.post("/file", {"description": ["x" * 1_100_000]})

    assert answer.status == 413


TOO_MUCH_TEXT = {
    "many fields": {f"field{number}": "x" * 60_000 for number in range(96)},
    "one field": {"description": "x" * 500_000},
}


@pytest.mark.parametrize("fields", [*TOO_MUCH_TEXT.values()], ids=[*TOO_MUCH_TEXT])
@pytest.mark.parametrize("proven", [True, False], ids=["proven", "unproven"])
async def test_the_words_beside_files_are_no_more_than_a_form_without_any_may_hold(
    portal: Portal, portal_database: str, fields: dict[str, str], *, proven: bool
) -> None:
    form = (await portal.browser.open("/file?category=noise")).form("/file").fields
    said = {name: form[name][0] for name in ("csrf", "key", "category") if proven or name != "csrf"}
    before = await _bytes_of_sessions(portal_database)

    parts = {name: (None, value) for name, value in (said | fields).items()}
    shown = Shown(await portal.client.http.post("/file", files=parts))

    assert shown.status == 413
    assert await _bytes_of_sessions(portal_database) <= before + 10_000


async def _bytes_of_sessions(database: str) -> int:
    connection = await asyncpg.connect(database)
    found: int = await connection.fetchval("SELECT coalesce(sum(length(sessions::text)), 0) FROM sessions")
    await connection.close()
    return found


async def test_the_language_is_the_browsers_until_one_is_chosen(portal: Portal) -> None:
    assert 'lang="en"' in (await portal.browser.open("/")).answer.text

    chosen = await portal.browser.open("/language/zh-CN?back=/who-sees-what")

    assert chosen.goes_to == "/who-sees-what"
    assert 'lang="zh-CN"' in (await portal.browser.open("/")).answer.text


async def test_files_may_be_kept_because_their_address_names_their_content(portal: Portal) -> None:
    html = (await portal.browser.open("/")).answer.text
    [address] = re.findall(r'href="(/static/portal\.css\?v=[0-9a-f]+)"', html)

    answer = (await portal.browser.open(address)).answer

    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert (await portal.browser.open("/static/../settings.py")).status == 404


async def test_a_problem_is_explained_in_both_languages(portal: Portal) -> None:
    shown = await portal.browser.open("/problems/not_now")

    assert "The step exists but not at this stage" in shown.text
    assert "这一步存在" in shown.text


async def test_health_answers_before_any_page(portal: Portal) -> None:
    answer = (await portal.browser.open("/health/ready")).answer

    assert answer.json()["ready"] is True


async def test_who_sees_what_is_said_word_for_word_by_the_service_that_shows_it(portal: Portal) -> None:
    shown = (await portal.browser.open("/who-sees-what")).text
    assert "the respondent never learns your name" in shown
    assert "Does not see: your own words" in shown
