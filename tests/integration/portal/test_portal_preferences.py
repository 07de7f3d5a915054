"""How one is told: chosen on a page without scripts, and switched off by the link in a mail."""

from __future__ import annotations

from typing import ClassVar

import pytest

from tests.integration.portal.conftest import Portal

CHOSEN = "PUT /notifications/v1/preferences"
LINK = "0123.abc-_"


async def test_a_resident_chooses_which_mails_come(portal: Portal) -> None:
    await portal.sign_in("resident")
    assert "/preferences" in (await portal.browser.open("/me")).answer.text
    shown = await portal.browser.open("/preferences")
    assert "What waits for you" in shown.text
    assert "Your work in the alliance" not in shown.text
    form = shown.form("/preferences").fields
    assert (form["language"], form["mails_messages"]) == (["zh-CN"], ["at_once"])

    portal.services.says(CHOSEN, {})
    sent = await portal.browser.send(shown, "/preferences", mails_messages="never", large_type="yes")

    assert sent.goes_to == "/preferences?saved=true"
    [asked] = portal.services.times(CHOSEN)
    assert asked.headers["idempotency-key"] == form["key"][0]
    assert asked.json == {
        "language": "zh-CN",
        "mail": True,
        "mails": {"my_turn": "at_once", "progress": "at_once", "messages": "never"},
        "large_type": True,
        "pushes": {},
    }
    assert "Saved" in (await portal.browser.follow(sent)).text


async def test_who_switched_off_all_mails_sees_each_kind_switched_off(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(
        "GET /notifications/v1/preferences",
        {
            "language": "en",
            "mail": False,
            "mails": {"my_turn": "at_once", "desk": "at_once"},
            "large_type": True,
        },
    )

    fields = (await portal.browser.open("/preferences")).form("/preferences").fields

    assert (fields["mails_my_turn"], fields["mails_desk"]) == (["never"], ["never"])
    assert fields["large_type"] == ["yes"]


async def test_a_refused_choice_is_shown_with_the_sentence_and_as_typed(portal: Portal) -> None:
    await portal.sign_in("resident")
    shown = await portal.browser.open("/preferences")
    portal.services.refuses(CHOSEN, 422, "invalid", "Not like this.")

    again = await portal.browser.send(shown, "/preferences", mails_progress="never")

    assert again.status == 422
    assert "Not like this." in again.text
    assert again.form("/preferences").fields["mails_progress"] == ["never"]


async def test_the_link_in_a_mail_asks_first_and_needs_nobody_signed_in(portal: Portal) -> None:
    stop = f"/notifications/v1/unsubscribe/{LINK}"
    portal.services.says(f"GET {stop}", {"group": "messages"})
    portal.services.says(f"POST {stop}", {"group": "messages"})

    shown = await portal.browser.open(f"/unsubscribe/{LINK}")
    assert "Messages and material" in shown.text
    assert portal.services.times(f"POST {stop}") == []
    done = await portal.browser.send(shown, f"/unsubscribe/{LINK}")

    assert "You get no more mails of this kind" in done.text
    assert len(portal.services.times(f"POST {stop}")) == 1


async def test_a_required_notice_has_no_button_to_stop_it(portal: Portal) -> None:
    portal.services.says(f"GET /notifications/v1/unsubscribe/{LINK}", {"group": None})

    shown = await portal.browser.open(f"/unsubscribe/{LINK}")

    assert "What is always mailed" in shown.text
    assert not shown.has_form(f"/unsubscribe/{LINK}")


async def test_a_link_that_is_none_is_not_found(portal: Portal) -> None:
    assert (await portal.browser.open("/unsubscribe/made-up")).status == 404


class TestThisTelephone:
    ASKED = "POST /notifications/v1/push"
    DEVICE = "00000000-0000-4000-8000-0000000000d1"
    TYPED: ClassVar[dict[str, str]] = {"endpoint": "https://push.example/1", "p256dh": "BPK", "auth": "c2U"}

    async def test_is_asked_by_a_button_that_only_the_script_shows(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        portal.services.says("GET /notifications/v1/push", {"key": "BKey", "devices": []})
        portal.services.says(self.ASKED, {"id": self.DEVICE, "created_at": "2026-03-12T02:00:00Z"}, 201)
        shown = await portal.browser.open("/preferences")
        [form] = [found for tag, found in shown.tags if tag == "form" and found.get("id") == "ask-for-push"]
        assert ("hidden" in form, form["data-key"]) == (True, "BKey")
        assert any("/static/push.js" in str(found.get("src")) for tag, found in shown.tags if tag == "script")

        sent = await portal.browser.send(shown, "/preferences/devices", **self.TYPED)

        assert sent.goes_to == "/preferences#devices"
        [asked] = portal.services.times(self.ASKED)
        assert asked.json == {"endpoint": "https://push.example/1", "keys": {"p256dh": "BPK", "auth": "c2U"}}

    async def test_hears_no_more_once_its_owner_has_signed_out(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        portal.services.says("GET /notifications/v1/push", {"key": "BKey", "devices": []})
        portal.services.says(self.ASKED, {"id": self.DEVICE, "created_at": "2026-03-12T02:00:00Z"}, 201)
        shown = await portal.browser.open("/preferences")
        await portal.browser.send(shown, "/preferences/devices", **self.TYPED)

        await portal.browser.send(await portal.browser.open("/me"), "/sign-out")

        [removed] = portal.services.times(f"{self.ASKED}/{self.DEVICE}/remove")
        assert removed.token
        assert (await portal.browser.open("/me")).goes_to.startswith("/sign-in")

    async def test_may_be_taken_back_and_chosen_by_kind(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        devices = [{"id": self.DEVICE, "created_at": "2026-03-12T02:00:00Z"}]
        portal.services.says("GET /notifications/v1/push", {"key": "BKey", "devices": devices})
        removed = f"{self.ASKED}/{self.DEVICE}/remove"
        portal.services.says(removed, devices[0])
        portal.services.says(CHOSEN, {})
        shown = await portal.browser.open("/preferences")

        await portal.browser.send(shown, "/preferences", pushes_messages="never")
        gone = await portal.browser.send(shown, f"/preferences/devices/{self.DEVICE}/remove")

        assert gone.goes_to == "/preferences#devices"
        assert len(portal.services.times(removed)) == 1
        assert portal.services.times(CHOSEN)[0].json["pushes"] == {"messages": "never"}

    async def test_is_not_offered_where_we_have_no_key(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        shown = await portal.browser.open("/preferences")
        assert not shown.has_form("/preferences/devices")
        assert "push.js" not in shown.answer.text

    async def test_has_a_worker_at_the_root(self, portal: Portal) -> None:
        worker = await portal.client.http.get("/push-worker.js")
        assert (worker.status_code, worker.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "商居"), ("en", "Shangju")])
async def test_the_portal_can_be_put_on_a_telephone(portal: Portal, language: str, name: str) -> None:
    home = await portal.browser.open("/", headers={"accept-language": language})
    [link] = [found["href"] for tag, found in home.tags if tag == "link" and found["rel"] == "manifest"]
    told = (await portal.client.http.get(str(link))).json()
    assert (told["short_name"], told["lang"], told["display"]) == (name, language, "standalone")
    for icon in told["icons"]:
        answer = await portal.client.http.get(icon["src"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, icon["type"])
