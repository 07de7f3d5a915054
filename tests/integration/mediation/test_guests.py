"""Others at the session, through the doors: asked with every party's yes, booked once, and shown nearly nothing."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def somebody(hill: Neighbourhood, *roles: str) -> Actor:
    """A member the alliance service has told of."""
    member = hill.somebody(*(roles or ("resident",)))
    await hill.tell(hill.registered(member))
    return member


def inviting(guest: Actor, role: str = "interpreter", **more: Any) -> dict[str, Any]:
    return {"member_id": str(guest.member_id), "role": role, "name": "冯翻译"} | more


async def invited(case: Case, guest: Actor, role: str = "interpreter", **more: Any) -> None:
    """By the mediator, and every party agrees."""
    await case.do(case.hill.gu, "invite", inviting(guest, role, **more))
    for party in (case.hill.lin, case.hill.ma):
        await case.do(party, "invite/agree", {"guest_id": str(guest.member_id)})


async def comes(case: Case, guest: Actor, **more: Any) -> None:
    await invited(case, guest, **more)
    await case.do(guest, "invite/answer", {"comes": True})


async def fix(case: Case) -> Any:
    slots = (await case.view(case.hill.gu))["slots"]
    return await case.ask(case.hill.gu, "schedule", {"slot_id": slots[0]["slot_id"]})


async def test_a_required_judge_is_asked_and_the_time_waits_for_their_word(hill: Neighbourhood):
    judge = await somebody(hill, "court_liaison")
    case = await (await hill.opened()).answered()
    await invited(case, judge, "judge", required=True, name="")

    refused = await fix(case)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/guest_unanswered")
    seen = await case.view(judge)
    assert (seen["role"], seen["required"], seen["comes"]) == ("judge", True, None)
    assert seen["possible"] == ["invite/answer"]

    await case.do(judge, "invite/answer", {"comes": False})
    assert (await fix(case)).status_code == 200
    told = await case.told()
    [answered] = [one["data"] for one in told if one["type"] == "guest_answered"]
    assert (answered["comes"], answered["mediator_id"]) == (False, str(hill.gu.member_id))
    [scheduled] = [one["data"] for one in told if one["type"] == "session_scheduled"]
    assert scheduled["guests"] == []


async def test_until_every_party_agreed_the_guest_finds_nothing_and_nobody_tells_them(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).led()
    await case.do(hill.lin, "invite", inviting(guest))
    for path in ("", "/calendar.ics"):
        assert (await hill.get(guest, f"/v1/mediations/{case.id}{path}")).status_code == 404
    assert (await case.ask(guest, "invite/answer", {"comes": True})).status_code == 404
    assert (await hill.get(guest, "/v1/mediations")).json()["items"] == []

    await case.do(hill.ma, "invite/decline", {"guest_id": str(guest.member_id)})
    types = await case.types_told()
    assert types[-2:] == ["guest_proposed", "invitation_ended"]
    assert "guest_invited" not in types
    assert (await case.view(hill.lin))["guests"] == []


async def test_a_guest_sees_reference_time_room_and_labels_and_no_name_or_word(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).answered()
    await comes(case, guest)
    assert (await fix(case)).status_code == 200

    view = await case.view(guest)
    assert view["sides"] == ["住户甲", "商户甲"]
    assert (view["session"]["room"], view["session"]["room_name"]) == ("R1", "调解室")
    listed = (await hill.get(guest, "/v1/mediations")).json()["items"]
    assert [(one["id"], one["roles"]) for one in listed] == [(str(case.id), ["guest"])]
    calendar = (await hill.get(guest, f"/v1/mediations/{case.id}/calendar.ics")).text
    assert view["reference"] in calendar
    assert "LOCATION:调解室" in calendar
    assert "调解室" in view["next"]
    seen = json.dumps([view, listed]) + calendar
    assert not any(str(other.member_id) in seen for other in (hill.lin, hill.ma, hill.gu, hill.zhou))
    for path in (f"/v1/mediators?mediation_id={case.id}", f"/v1/mediations/{case.id}/caucus-notes"):
        assert (await hill.get(guest, path)).status_code == 404
    for command in ("slots", "refuse", "invite/agree"):
        assert (await case.ask(guest, command, {})).status_code in (403, 422)


async def test_after_the_session_the_guest_finds_nothing_any_more(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).answered()
    await comes(case, guest)
    await fix(case)
    starts_at = datetime.fromisoformat((await case.view(guest))["session"]["starts_at"])
    hill.clock.advance(starts_at - hill.clock.now())
    await case.do(hill.gu, "minutes", {"text": "双方谈了后门"})
    for path in ("", "/calendar.ics"):
        assert (await hill.get(guest, f"/v1/mediations/{case.id}{path}")).status_code == 404
    assert (await hill.get(guest, "/v1/mediations")).json()["items"] == []
    assert "guest_released" not in await case.types_told()


async def test_a_guest_who_is_busy_is_offered_no_such_time(hill: Neighbourhood):
    guest = await somebody(hill)
    first = await (await hill.opened()).answered()
    await comes(first, guest)
    await fix(first)
    taken = (await first.view(guest))["session"]["starts_at"]

    await hill.open_room("R2")
    hill.lin, hill.ma, hill.gu = hill.somebody("resident"), hill.somebody("merchant"), hill.han
    second = await (await hill.opened()).led()
    await second.do(hill.gu, "slots")
    assert taken in [slot["starts_at"] for slot in (await second.view(hill.gu))["slots"]]
    await comes(second, guest)
    await second.do(hill.gu, "slots")
    slots = (await second.view(guest))["slots"]
    assert slots
    assert taken not in [slot["starts_at"] for slot in slots]


async def two_at_one_time(hill: Neighbourhood) -> tuple[Case, Case]:
    """Fixed in one room, and on offer in another: other parties, other mediators."""
    await hill.open_room("R2")
    first = await (await hill.opened()).scheduled()
    second_hill = replace(hill)
    second_hill.lin, second_hill.ma = hill.somebody("resident"), hill.somebody("merchant")
    second_hill.gu, second_hill.zhou = hill.han, hill.zhou
    second = await (await second_hill.opened()).answered()
    session = (await first.view(first.hill.gu))["session"]
    slot = (await second.view(second.hill.gu))["slots"][0]
    assert slot["starts_at"] == session["starts_at"]
    assert slot["room"] != session["room"]
    return first, second


async def both(one: Any, other: Any) -> list[str]:
    """Asked at once: what each was answered."""
    answers = await asyncio.gather(one, other)
    return sorted(str(one.status_code if one.status_code == 200 else one.json()["type"]) for one in answers)


ONE_OF_TWO = ["/problems/already_booked", "200"]


async def test_a_guest_cannot_promise_two_sessions_at_one_time(hill: Neighbourhood):
    guest = await somebody(hill)
    cases = await two_at_one_time(hill)
    assert (await fix(cases[1])).status_code == 200
    for case in cases:
        await invited(case, guest)
    said = [case.ask(guest, "invite/answer", {"comes": True}) for case in cases]
    assert await both(*said) == ONE_OF_TWO
    assert len(await hill.rows("SELECT FROM bookings WHERE resource = $1", guest.member_id)) == 1


async def test_a_time_fixed_while_its_guest_promises_another_is_fixed_or_promised(hill: Neighbourhood):
    guest = await somebody(hill)
    first, second = await two_at_one_time(hill)
    await invited(first, guest)
    await comes(second, guest)
    assert await both(first.ask(guest, "invite/answer", {"comes": True}), fix(second)) == ONE_OF_TWO
    assert len(await hill.rows("SELECT FROM bookings WHERE resource = $1", guest.member_id)) == 1


async def test_the_guest_is_told_like_everybody_else_when_the_time_changes(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).scheduled()
    await comes(case, guest)
    slots = (await case.view(hill.gu))["slots"]
    await case.do(hill.gu, "reschedule", {"slot_id": slots[1]["slot_id"], "reason": "病了"})
    await case.do(hill.ma, "refuse")
    told = [(one["type"], one["data"].get("guests")) for one in await case.told()]
    me = [str(guest.member_id)]
    assert [one for one in told if one[1]] == [
        ("guest_invited", me),
        ("guest_answered", me),
        ("guest_booked", me),
        ("session_scheduled", me),
        ("session_cancelled", me),
    ]
    assert await hill.rows("SELECT FROM bookings WHERE resource = $1", guest.member_id) == []


async def test_a_second_mediator_in_conflict_is_refused_and_only_the_committee_hears_why(hill: Neighbourhood):
    case = await (await hill.opened()).led()
    second = inviting(hill.shen, "second_mediator")
    refused = [await case.ask(somebody, "invite", second) for somebody in (hill.lin, hill.ma, hill.gu)]
    assert {(one.status_code, one.text) for one in refused} == {(422, refused[0].text)}
    assert refused[0].json()["errors"][0]["pointer"] == "/member_id"
    assert "kinds" not in refused[0].text
    assert "lives_there" in (await case.ask(hill.zhou, "invite", second)).text
    await invited(case, hill.han, "second_mediator", name="")
    await hill.tell(hill.occupied(hill.han, uuid4(), hill.building_6, "lives"))
    near = await case.ask(hill.han, "invite/answer", {"comes": True, "relation": "none"})
    assert (near.status_code, "kinds" in near.text, "lives" in near.text) == (422, False, False)
    await case.do(hill.han, "invite/answer", {"comes": False})


async def test_a_second_mediator_declares_before_being_booked(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    await invited(case, hill.han, "second_mediator", name="")
    silent = await case.ask(hill.han, "invite/answer", {"comes": True})
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/relation")
    booked = "SELECT FROM bookings WHERE resource = $1"
    assert await hill.rows(booked, hill.han.member_id) == []
    await case.do(hill.han, "invite/answer", {"comes": True, "relation": "none"})
    assert len(await hill.rows(booked, hill.han.member_id)) == 1
    assert [one["no_ties"] for one in (await case.view(hill.lin))["guests"]] == [True]

    await case.do(hill.han, "invite/answer", {"comes": True, "relation": "business"})
    assert await hill.rows(booked, hill.han.member_id) == []
    assert (await case.view(hill.lin))["guests"] == []
    for somebody_else in (hill.lin, hill.gu):
        assert "business" not in json.dumps(await case.view(somebody_else))
    assert "business" in json.dumps((await case.view(hill.zhou))["mediators_asked"])
    assert (await hill.get(hill.han, f"/v1/mediations/{case.id}")).status_code == 404


async def test_whoever_invited_takes_it_back_before_all_agreed(hill: Neighbourhood):
    guest = await somebody(hill)
    case = await (await hill.opened()).led()
    await case.do(hill.lin, "invite", inviting(guest))
    which = {"guest_id": str(guest.member_id)}
    assert [one.get("invited_by_you") for one in (await case.view(hill.lin))["guests"]] == [True]
    for other in (hill.ma, hill.gu, hill.zhou):
        refused = await case.ask(other, "invite/withdraw", which)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/invitation_of_another")
    assert (await case.ask(guest, "invite/withdraw", which)).status_code == 404
    await case.do(hill.lin, "invite/withdraw", which)
    [ended] = [one["data"] for one in await case.told() if one["type"] == "invitation_ended"]
    assert ended["withdrawn"] is True
    assert (await case.view(hill.ma))["guests"] == []

    await invited(case, guest)
    late = await case.ask(hill.gu, "invite/withdraw", which)
    assert (late.status_code, late.json()["type"]) == (409, "/problems/invitation_agreed")


async def test_nobody_finds_out_who_is_hidden_by_inviting(hill: Neighbourhood):
    case = await (await hill.opened(identity="hidden")).led()
    answers = [
        await case.ask(hill.ma, "invite", inviting(one, role))
        for one, role in (
            (hill.lin, "interpreter"),
            (hill.han, "second_mediator"),
            (hill.shen, "second_mediator"),
            (hill.zhou, "neighbour"),
        )
    ]
    assert {(one.status_code, one.text) for one in answers} == {(409, answers[0].text)}
    assert (await case.ask(hill.gu, "invite", inviting(hill.zhou, "neighbour"))).status_code == 409
    assert (await case.ask(hill.gu, "invite", inviting(hill.zhou))).status_code == 200


async def test_an_unknown_number_is_named_with_its_field(hill: Neighbourhood):
    case = await (await hill.opened()).led()
    refused = await case.ask(hill.lin, "invite", inviting(hill.somebody("resident")))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/member_id")
    unnamed = await case.ask(hill.lin, "invite", inviting(hill.zhou, name=" "))
    assert unnamed.json()["errors"][0]["pointer"] == "/name"
