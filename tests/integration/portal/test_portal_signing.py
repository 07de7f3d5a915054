"""Signing in two plain steps: a code for just the words shown, then the code with the signature; nothing twice."""

from __future__ import annotations

import pytest

from services.portal import gateway
from services.portal.pictures import code_of
from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import AGREEMENT, CASE, MEDIATION, a_case, a_mediation, an_agreement

PAGE = f"/cases/{CASE}"
SIGN, CODE = f"{PAGE}/steps/sign", f"{PAGE}/steps/sign/code"
CODES, PROOFS = "POST /alliance/v1/me/signing-codes", "POST /alliance/v1/me/signing-proofs"
SIGNING = f"POST /mediation/v1/agreements/{AGREEMENT}/sign"
WORDS = "ab" * 32


@pytest.fixture
async def shown(portal: Portal) -> Shown:
    """The page on which the agreement waits for the signature."""
    await portal.sign_in("resident")
    portal.services.says(
        f"GET /complaints/v1/cases/{CASE}", a_case(mediation={"id": str(MEDIATION), "status": "signing"})
    )
    portal.services.says(
        f"GET /mediation/v1/mediations/{MEDIATION}",
        a_mediation("sign", status="signing", agreement=an_agreement()),
    )
    portal.services.says(SIGNING, {"next": "Signed."})
    return await portal.browser.open(PAGE)


def key_of(page: Shown) -> list[str]:
    return page.form(SIGN).fields["key"]


async def signs(portal: Portal, page: Shown, code: str = "123456") -> Shown:
    return await portal.browser.send(page, SIGN, read="yes", code=code)


async def test_the_code_is_sent_for_the_words_shown_and_the_page_says_where_to_look(
    portal: Portal, shown: Shown
) -> None:
    assert WORDS in shown.text

    led = await portal.browser.send(shown, CODE)

    assert [one.json for one in portal.services.times(CODES)] == [{"content_hash": WORDS}]
    assert led.goes_to == f"{PAGE}?code=true#step-sign"
    page = await portal.browser.follow(led)
    assert "A code was sent to the mail address in the register" in page.text
    assert WORDS in page.text
    assert page.form(SIGN).names >= {"content_hash", "code", "read", "key"}
    assert not portal.services.times(SIGNING)


async def test_whoever_asks_again_too_soon_keeps_the_code_they_have(portal: Portal, shown: Shown) -> None:
    portal.services.refuses(CODES, 429, "too_many_requests", "Too many requests.", retry_after=59)

    page = await portal.browser.send(shown, CODE)

    assert page.status == 429
    assert "use the latest one in your mail. Another can be sent in 1 min." in page.text
    await signs(portal, page)
    assert len(portal.services.times(SIGNING)) == 1


async def test_with_all_codes_of_a_day_used_up_it_is_said_when_and_whom_to_ask(
    portal: Portal, shown: Shown
) -> None:
    said = (
        "The next one can be sent from 2026-03-13 09:00 on. If that is too late, please ask the coordinator."
    )
    portal.services.refuses(CODES, 429, "codes_used_up", said, retry_after=7 * 3600)
    page = await portal.browser.send(shown, CODE)
    assert page.status == 429
    assert said in page.text


async def test_without_an_address_for_mails_it_is_said_whom_to_ask(portal: Portal, shown: Shown) -> None:
    portal.services.refuses(CODES, 409, "no_mail_for_code", "Please ask the coordinator.")
    page = await portal.browser.send(shown, CODE)
    assert (page.status, "Please ask the coordinator." in page.text) == (409, True)


async def test_a_wrong_code_is_named_at_its_field_and_the_next_try_is_another_request(
    portal: Portal, shown: Shown
) -> None:
    wrong = {"pointer": "/code", "code": "wrong_code", "detail": "That code is not right."}
    portal.services.refuses(PROOFS, 422, "wrong_code", "That code is not right.", errors=[wrong])

    page = await signs(portal, shown)

    assert page.status == 422
    [field] = [found for tag, found in page.tags if tag == "input" and found.get("name") == "code"]
    assert (field["aria-invalid"], field["value"]) == ("true", "123456")
    assert key_of(page) != key_of(shown)
    assert not portal.services.times(SIGNING)


async def test_without_a_code_nothing_is_asked(portal: Portal, shown: Shown) -> None:
    page = await signs(portal, shown, code=" ")
    assert page.status == 422
    assert not portal.services.times(PROOFS)


async def test_sent_twice_it_is_one_request_to_each_service_by_its_key(portal: Portal, shown: Shown) -> None:
    """A double click, or the back button: the services answer the second like the first."""
    for _ in range(2):
        assert (await signs(portal, shown)).goes_to == PAGE
    for what in (PROOFS, SIGNING):
        first, second = portal.services.times(what)
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == key_of(shown)[0]
        assert first.body == second.body


async def test_when_mediation_is_away_the_code_given_is_not_lost(portal: Portal, shown: Shown) -> None:
    portal.services.refuses(SIGNING, 503, "unavailable", "away")
    page = await signs(portal, shown)
    assert (page.status, key_of(page)) == (503, key_of(shown))
    assert page.form(SIGN).fields["code"] == ["123456"]


async def test_while_the_first_of_two_clicks_is_still_worked_on_its_key_is_kept(
    portal: Portal, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "IN_FLIGHT_PAUSES_SECONDS", ())
    portal.services.refuses(SIGNING, 409, "key_in_flight", "Still being worked on.")
    page = await signs(portal, shown)
    assert (page.status, key_of(page)) == (409, key_of(shown))


async def test_when_the_words_have_changed_the_next_code_is_another_request(
    portal: Portal, shown: Shown
) -> None:
    changed = {"pointer": "/content_hash", "code": "content_changed", "detail": "Please read it again."}
    portal.services.refuses(SIGNING, 422, "content_changed", "Please read it again.", errors=[changed])
    page = await signs(portal, shown)
    assert (page.status, "Please read it again." in page.text) == (422, True)
    assert key_of(page) != key_of(shown)


async def test_no_other_step_has_a_code(portal: Portal, shown: Shown) -> None:
    csrf = shown.form(SIGN).fields["csrf"]
    for name in ("mark", "no_such_step"):
        answer = await portal.browser.post(f"{PAGE}/steps/{name}/code", {"csrf": csrf})
        assert answer.status == 404
    assert not portal.services.times(CODES)


class TestOnTheSpot:
    HERE = f"{PAGE}/sign"

    async def test_the_code_held_out_leads_to_the_words_and_holds_no_secret(self, portal: Portal) -> None:
        await portal.sign_in("mediator")
        in_signing = a_case(mediation={"id": str(MEDIATION), "status": "signing"}, role_in_case="mediator")
        portal.services.says(f"GET /complaints/v1/cases/{CASE}", in_signing)
        mediation = a_mediation(status="signing", agreement=an_agreement())
        portal.services.says(f"GET /mediation/v1/mediations/{MEDIATION}", mediation)

        page = await portal.browser.open(PAGE)
        held_out = await portal.browser.open(f"{PAGE}/on-the-spot")

        assert f'href="{PAGE}/on-the-spot"' in page.answer.text
        assert code_of(f"http://127.0.0.1:8000{self.HERE}") in held_out.answer.text
        assert f"http://127.0.0.1:8000{self.HERE}" in held_out.text

    async def test_a_party_is_held_out_nothing(self, portal: Portal, shown: Shown) -> None:
        assert "/on-the-spot" not in shown.answer.text
        assert (await portal.browser.open(f"{PAGE}/on-the-spot")).status == 404

    async def test_whoever_scans_it_signs_in_first_and_comes_back(self, portal: Portal) -> None:
        scanned = await portal.browser.open(self.HERE)
        assert scanned.goes_to == f"/sign-in?back={self.HERE.replace('/', '%2F')}"

    async def test_a_party_asks_for_the_code_and_signs_without_leaving_the_page(
        self, portal: Portal, shown: Shown
    ) -> None:
        page = await portal.browser.open(self.HERE)
        assert WORDS in page.text
        led = await portal.browser.send(page, CODE)
        assert led.goes_to == f"{self.HERE}?code=true#step-sign"
        page = await portal.browser.follow(led)
        assert "A code was sent" in page.text
        again = await signs(portal, page, code=" ")
        assert (again.status, again.form(SIGN).fields["here"]) == (422, ["sign"])
        assert (await signs(portal, again)).goes_to == PAGE
        assert len(portal.services.times(SIGNING)) == 1

    async def test_where_nothing_is_to_be_signed_the_page_says_so(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        page = await portal.browser.open(self.HERE)
        assert "Nothing here waits for your signature" in page.text
        assert not page.has_form(SIGN)
