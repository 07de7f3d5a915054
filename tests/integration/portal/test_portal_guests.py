"""Others at the session: invited and agreed to on the case's page, answering where their sessions are listed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from services.portal.numbers import number_of
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, LIN, MEDIATION, REFERENCE, a_case, a_mediation

PAGE = f"/cases/{CASE}"
GUEST, GU, QIAN = str(uuid4()), str(uuid4()), str(uuid4())
ONE = f"/mediation/v1/mediations/{MEDIATION}"


def told(portal: Portal, *possible: str, **more: Any) -> None:
    mark = {"id": str(MEDIATION), "status": "scheduling"}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", a_case(mediation=mark))
    portal.services.says(f"GET {ONE}", a_mediation(*possible, status="scheduling", **more))
    named = [{"id": GU, "display_name": "顾国强"}, {"id": QIAN, "display_name": "钱法官"}]
    portal.services.says("GET /alliance/v1/members", {"items": named, "next_cursor": None})
    for name in ("invite", "invite/agree", "invite/decline"):
        portal.services.says(f"POST {ONE}/{name}", {"next": "Noted."})


def a_guest(**more: Any) -> dict[str, Any]:
    guest = {"guest_id": GUEST, "role": "interpreter", "name": "冯翻译", "required": True}
    return guest | {"agreed": False, "own": False, "comes": None} | more


async def test_a_party_invites_somebody_by_the_number_they_were_given(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "invite")

    shown = await portal.browser.open(PAGE)
    typed = {"role": "interpreter", "member_id_number": GUEST.upper(), "name": "冯翻译", "required": "yes"}
    done = await portal.browser.send(shown, f"{PAGE}/steps/invite", **typed)

    [sent] = portal.services.times(f"POST {ONE}/invite")
    assert sent.json == {"role": "interpreter", "member_id": GUEST, "name": "冯翻译", "required": True}
    assert "Noted." in (await portal.browser.follow(done)).text


async def test_a_number_is_short_enough_to_be_read_out(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "invite")
    number = GUEST.rpartition("-")[2]
    portal.services.says(f"GET /alliance/v1/members/numbers/{number}", {"id": GUEST})
    portal.services.refuses("GET /alliance/v1/members/numbers/000000000000", 404, "not_found", "Not found.")
    portal.services.refuses(
        "GET /alliance/v1/members/numbers/111111111111", 429, "too_many_requests", "Not so fast."
    )
    typed = {"role": "neighbour", "name": "楼上王阿姨"}
    shown = await portal.browser.open(PAGE)
    path = f"{PAGE}/steps/invite"

    wrong = await portal.browser.send(shown, path, **typed, member_id_number="0000-0000-0000")
    assert (wrong.status, "This is no number" in wrong.text) == (422, True)
    assert wrong.form(path).fields["member_id_number"] == ["0000-0000-0000"]
    unknown = await portal.browser.send(shown, path, **typed, member_id_number="1111-1111-1111")
    assert (unknown.status, "This is no number" in unknown.text) == (429, False)
    assert "Not so fast." in unknown.text
    read_out = f"{number[:4]}-{number[4:8]} {number[8:]}".upper()
    await portal.browser.send(wrong, path, **typed, member_id_number=read_out)

    [sent] = portal.services.times(f"POST {ONE}/invite")
    assert sent.json["member_id"] == GUEST
    own = await portal.browser.open("/me")
    assert str(LIN) not in own.text
    assert number_of(LIN) in own.text


async def test_or_from_the_list_of_those_everybody_may_know(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "invite")

    shown = await portal.browser.open(PAGE)
    assert "钱法官 · Court liaison" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/invite", role="judge", member_id=QIAN)

    [sent] = portal.services.times(f"POST {ONE}/invite")
    assert sent.json == {"role": "judge", "member_id": QIAN}


async def test_what_is_no_number_is_said_beside_the_field_and_what_was_typed_stays(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "invite")

    shown = await portal.browser.open(PAGE)
    typed = {"role": "neighbour", "member_id_number": "302", "name": "楼上王阿姨"}
    again = await portal.browser.send(shown, f"{PAGE}/steps/invite", **typed)

    assert again.status == 422
    assert "This is no number" in again.text
    fields = again.form(f"{PAGE}/steps/invite").fields
    assert (fields["member_id_number"], fields["name"]) == (["302"], ["楼上王阿姨"])
    assert not portal.services.times(f"POST {ONE}/invite")


async def test_whoever_is_asked_says_yes_or_no_and_sees_who_it_is(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, "invite/agree", "invite/decline", guests=[a_guest()])

    shown = await portal.browser.open(PAGE)
    assert "冯翻译 · Interpreter" in shown.text
    assert "Not agreed yet" in shown.text
    for name in ("invite_agree", "invite_decline"):
        await portal.browser.send(shown, f"{PAGE}/steps/{name}", guest_id=GUEST)
        [sent] = portal.services.times(f"POST {ONE}/{name.replace('_', '/')}")
        assert sent.json == {"guest_id": GUEST}


async def test_a_mediator_who_comes_too_is_named_without_being_typed(portal: Portal) -> None:
    await portal.sign_in("resident")
    told(portal, guests=[a_guest(guest_id=GU, role="second_mediator", name="", agreed=True, comes=True)])

    shown = await portal.browser.open(PAGE)

    assert "Second mediator 顾国强 Needed Comes" in shown.text


def invited(portal: Portal, *possible: str, **more: Any) -> None:
    line = {
        "id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "status": "scheduling",
        "roles": ["guest"],
    }
    portal.services.says("GET /mediation/v1/mediations", {"items": [line], "next_cursor": None})
    slot = {
        "slot_id": str(LIN),
        "starts_at": "2026-03-24T06:00:00Z",
        "ends_at": "2026-03-24T07:30:00Z",
        "room": "R1",
        "room_name": "调解一室",
        "answer": "no",
    }
    seen = {
        "id": str(MEDIATION),
        "reference": REFERENCE,
        "role": "interpreter",
        "required": True,
        "comes": None,
        "sides": ["住户甲", "商户甲"],
        "slots": [slot],
        "session": None,
        "next": "Please say whether you come.",
        "possible": list(possible),
    }
    portal.services.says(f"GET {ONE}", seen | more)
    for name in ("invite/answer", "answers"):
        portal.services.says(f"POST {ONE}/{name}", {"next": "Thank you."})


async def test_whoever_invited_takes_it_back_and_is_offered_no_others(portal: Portal) -> None:
    await portal.sign_in("resident")
    own = a_guest(invited_by_you=True)
    told(portal, "invite/withdraw", guests=[own, a_guest(guest_id=GU, name="楼上王阿姨")])
    portal.services.says(f"POST {ONE}/invite/withdraw", {"next": "Taken back."})

    shown = await portal.browser.open(PAGE)
    assert "冯翻译 · Interpreter" in shown.text
    assert "楼上王阿姨 · Interpreter" not in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/invite_withdraw", guest_id=GUEST)

    [sent] = portal.services.times(f"POST {ONE}/invite/withdraw")
    assert sent.json == {"guest_id": GUEST}


async def test_a_second_mediator_says_what_they_are_to_the_parties(portal: Portal) -> None:
    await portal.sign_in("mediator")
    invited(portal, "invite/answer", role="second_mediator")
    shown = await portal.browser.open("/mediations")
    assert "which tie is for the committee alone" in shown.text
    steps = f"/mediations/{MEDIATION}/steps/invite_answer"
    await portal.browser.send(shown, steps, comes="yes", relation="none")
    assert portal.services.times(f"POST {ONE}/invite/answer")[0].json == {"comes": True, "relation": "none"}

    missing = {"errors": [{"pointer": "/relation", "detail": "Please declare it."}], "detail": "Not yet."}
    portal.services.refuses(f"POST {ONE}/invite/answer", 422, "invalid", **missing)
    again = await portal.browser.send(await portal.browser.open("/mediations"), steps, comes="yes")
    assert "Please declare it." in again.text


async def test_a_guest_finds_their_session_says_they_come_and_answers_times(portal: Portal) -> None:
    await portal.sign_in("resident")
    invited(portal, "invite/answer")
    me = await portal.browser.open("/me")
    assert number_of(LIN) in me.text
    assert any(found.get("href") == "/mediations" for _, found in me.tags)

    shown = await portal.browser.open("/mediations")
    assert "住户甲 · 商户甲" in shown.text
    assert "Please say whether you come." in shown.text
    assert "Your calendar" not in shown.text
    done = await portal.browser.send(shown, f"/mediations/{MEDIATION}/steps/invite_answer", comes="yes")
    assert portal.services.times(f"POST {ONE}/invite/answer")[0].json == {"comes": True}
    assert "Thank you." in (await portal.browser.follow(done)).text

    invited(portal, "invite/answer", "answers", comes=True)
    shown = await portal.browser.open("/mediations")
    form = f"/mediations/{MEDIATION}/steps/answers"
    assert shown.form(form).fields[f"slot_{LIN}"] == ["no"]
    await portal.browser.send(shown, form, **{f"slot_{LIN}": "yes"})
    assert portal.services.times(f"POST {ONE}/answers")[0].json == {
        "answers": [{"slot_id": str(LIN), "answer": "yes"}]
    }


async def test_a_refused_answer_is_said_on_the_same_page(portal: Portal) -> None:
    await portal.sign_in("resident")
    invited(portal, "invite/answer")
    portal.services.refuses(f"POST {ONE}/invite/answer", 409, "already_booked", "You are booked then.")
    shown = await portal.browser.open("/mediations")
    again = await portal.browser.send(shown, f"/mediations/{MEDIATION}/steps/invite_answer", comes="yes")
    assert (again.status, "You are booked then." in again.text) == (409, True)


async def test_whoever_is_asked_to_nothing_is_told_so(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /mediation/v1/mediations", {"items": [], "next_cursor": None})
    assert "None at the moment." in (await portal.browser.open("/mediations")).text
