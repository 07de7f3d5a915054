"""Bad input, wrong moments, strangers and repeated requests at the HTTP door."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.support.tokens import an_actor


async def test_a_stranger_gets_the_same_answer_as_for_nothing(hill: Neighbourhood):
    case = await (await hill.opened()).drafted()
    agreement = (await case.view(hill.gu))["agreement"]
    strangers = [hill.somebody("resident"), hill.shen, an_actor("coordinator"), an_actor("operator")]
    for stranger in strangers:
        for path in (f"/v1/mediations/{case.id}", f"/v1/mediations/{case.id}/calendar.ics"):
            seen, missing = (
                await hill.get(stranger, path),
                await hill.get(stranger, path.replace(str(case.id), str(uuid4()))),
            )
            assert (seen.status_code, seen.text) == (404, missing.text)
        for path, body in [
            (f"/v1/mediations/{case.id}/consent", {}),
            (f"/v1/mediations/{case.id}/minutes", {"text": "x"}),
            (f"/v1/agreements/{agreement['id']}/sign", hill.meant(stranger, agreement["content_hash"])),
            (f"/v1/agreements/{agreement['id']}/mark", {}),
            (f"/v1/commitments/{agreement['commitments'][0]['id']}/confirm", {}),
        ]:
            answer = await hill.post(stranger, path, body)
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not_found")
        listed = await hill.get(stranger, f"/v1/mediations?case_id={case.case_id}")
        assert listed.json() == {"items": [], "next_cursor": None}


async def test_another_roles_step_is_not_allowed(hill: Neighbourhood):
    case = await (await hill.opened()).led()
    for actor, command, body in [
        (hill.lin, "slots", {}),
        (hill.zhou, "consent", {}),
        (hill.ma, "minutes", {"text": "x"}),
        (hill.zhou, "caucus-notes", {"side": "respondent", "text": "x"}),
        (hill.lin, "fail", {"reason": "no_agreement"}),
        (hill.gu, "refuse", {}),
    ]:
        answer = await case.ask(actor, command, body)
        assert (answer.status_code, command) == (403, command)


async def test_a_command_at_the_wrong_time_names_the_stage_and_what_is_possible(hill: Neighbourhood):
    case = await (await hill.opened()).consented()
    answer = await case.ask(hill.lin, "consent")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/not_now")
    assert problem["stage"] == "choosing_mediator"
    assert problem["possible"] == [
        "accept-mediator",
        "answers",
        "answers/by-mouth",
        "decline-mediator",
        "fail",
        "joint-session",
        "nominate",
        "openness",
        "pass-on",
        "refuse",
        "refuse/on-paper",
        "take",
    ]
    assert "选定调解员" in problem["detail"]


async def test_other_words_than_were_signed_are_refused(hill: Neighbourhood):
    case = await (await hill.opened()).drafted()
    read = (await case.view(hill.lin))["agreement"]
    redrafted = await case.do(hill.gu, "agreement", case.draft() | {"terms": "九点后关门"})
    assert redrafted["content_hash"] != read["content_hash"]
    stale = await hill.post(
        hill.lin, f"/v1/agreements/{read['id']}/sign", hill.meant(hill.lin, read["content_hash"])
    )
    assert stale.status_code == 404  # that draft is no more
    changed = await case.on_agreement(hill.lin, "sign", hill.meant(hill.lin, read["content_hash"]))
    assert changed.status_code == 422
    assert changed.json()["errors"][0]["pointer"] == "/content_hash"
    assert (await case.view(hill.gu))["agreement"]["signatures"] == []


async def test_a_repeated_request_is_done_once_and_answered_alike(hill: Neighbourhood):
    case = await hill.opened()
    first = await case.ask(hill.lin, "consent", {"separate": True}, key="k1")
    again = await case.ask(hill.lin, "consent", {"separate": True}, key="k1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    other = await case.ask(hill.lin, "consent", {"separate": False}, key="k1")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key_reused")
    assert await case.types_told() == ["mediation_opened", "party_consented"]
    without = await case.ask(hill.ma, "consent", key=None)
    assert (without.status_code, without.json()["type"]) == (400, "/problems/key_missing")


async def test_consents_that_come_together_all_count(hill: Neighbourhood):
    neighbours = [hill.somebody("resident") for _ in range(12)]
    sides = [*((one, "complainant") for one in neighbours), (hill.ma, "respondent")]
    parties = [{"member_id": actor.member_id, "side": side} for actor, side in sides]
    case = await hill.opened(parties=parties)
    answers = await asyncio.gather(*(case.ask(actor, "consent") for actor, _ in sides))
    assert {answer.status_code for answer in answers} == {200}
    told = await case.types_told()
    assert (told.count("party_consented"), told.count("consent_completed")) == (13, 1)
    assert (await case.view(hill.ma))["status"] == "choosing_mediator"


def _span(starts_at: str, ends_at: str) -> dict[str, str]:
    return {"starts_at": starts_at, "ends_at": ends_at}


_BAD_SIDE = {"owner_side": "me", "what": "x", "due_on": "2026-04-01"}


@pytest.mark.parametrize(
    ("command", "body", "pointer"),
    [
        ("consent", {"seperate": True}, "/seperate"),
        (
            "consent",
            {"available": [_span("2026-03-24T13:00:00", "2026-03-24T18:00:00Z")]},
            "/available/0/starts_at",
        ),
        ("consent", {"available": [_span("2026-03-24T19:00:00Z", "2026-03-24T18:00:00Z")]}, "/available/0"),
        ("minutes", {"text": "   "}, "/text"),
        ("minutes", {"text": "a\u0000b"}, "/text"),
        ("minutes", {"text": "x" * 4001}, "/text"),
        ("slots", {"count": 0}, "/count"),
        ("fail", {"reason": "because"}, "/reason"),
        ("reschedule", {"reason": "x"}, "/"),
        ("agreement", {"form": "written", "facts": "x"}, "/terms"),
        (
            "agreement",
            {"form": "written", "terms": "x", "commitments": [_BAD_SIDE]},
            "/commitments/0/owner_side",
        ),
    ],
)
async def test_what_cannot_be_read_names_its_field(
    hill: Neighbourhood, command: str, body: dict[str, Any], pointer: str
):
    case = await hill.opened()
    answer = await case.ask(hill.gu, command, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_half_a_character_is_refused_like_any_bad_text(hill: Neighbourhood):
    case = await (await hill.opened()).led()
    answer = await hill.client.as_(hill.gu).post(
        f"/v1/mediations/{case.id}/caucus-notes",
        content=rb'{"side": "respondent", "text": "\ud800"}',
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/text")


async def test_lists_are_paged_and_a_bad_cursor_is_named(hill: Neighbourhood):
    ids = [str((await hill.opened()).id) for _ in range(3)]
    first = (await hill.get(hill.lin, "/v1/mediations?limit=2")).json()
    rest = (await hill.get(hill.lin, f"/v1/mediations?limit=2&cursor={first['next_cursor']}")).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next_cursor"] is None
    assert first["items"][0]["roles"] == ["party"]
    bad = await hill.get(hill.lin, "/v1/mediations?cursor=zzz")
    assert bad.json()["errors"][0] | {"detail": ""} == {
        "pointer": "query/cursor",
        "code": "bad_cursor",
        "detail": "",
    }


async def test_what_needs_me_is_listed_with_what_is_asked_and_nothing_else_is(hill: Neighbourhood):
    asked, given = await hill.opened(), await hill.opened()
    ended = await hill.opened()
    await given.do(hill.lin, "consent")
    await ended.do(hill.ma, "refuse")

    async def waiting(actor: Actor) -> dict[str, list[str]]:
        listed = (await hill.get(actor, "/v1/mediations?needs_me=true")).json()
        return {one["id"]: one["waits"] for one in listed["items"]}

    assert await waiting(hill.lin) == {str(asked.id): ["consent"]}
    assert await waiting(hill.ma) == {str(asked.id): ["consent"], str(given.id): ["consent"]}
    assert await waiting(hill.zhou) == {}
    every = (await hill.get(hill.lin, "/v1/mediations")).json()["items"]
    assert {one["id"]: one["waits"] for one in every} == {
        str(asked.id): ["consent"],
        str(given.id): [],
        str(ended.id): [],
    }


async def test_of_those_that_need_me_a_page_is_shorter_and_none_is_left_out(hill: Neighbourhood):
    asked = await hill.opened()
    await (await hill.opened()).do(hill.lin, "consent")
    first = (await hill.get(hill.lin, "/v1/mediations?needs_me=true&limit=1")).json()
    rest = (
        await hill.get(hill.lin, f"/v1/mediations?needs_me=true&limit=1&cursor={first['next_cursor']}")
    ).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [str(asked.id)]
    assert rest["next_cursor"] is None


async def test_a_coordinator_sees_all_and_mine_none(hill: Neighbourhood):
    await hill.opened()
    assert len((await hill.get(hill.zhou, "/v1/mediations")).json()["items"]) == 1
    assert (await hill.get(hill.zhou, "/v1/mediations?mine=true")).json()["items"] == []


async def test_refusals_are_said_in_the_readers_language(hill: Neighbourhood):
    case = await hill.opened()
    await case.do(hill.lin, "consent")
    english = await case.ask(hill.lin, "consent", headers={"Accept-Language": "en"})
    assert english.json()["detail"] == "You have consented already."
    view = await hill.get(hill.lin, f"/v1/mediations/{case.id}", headers={"Accept-Language": "en"})
    assert [party["label"] for party in view.json()["parties"]] == ["Resident A", "Shop A"]
    assert len(view.json()["rights"]) == 4
    assert len(view.json()["other_routes"]) == 3


async def test_hours_and_rooms_are_named_by_who_may(hill: Neighbourhood):
    hours = {"weekly": [{"weekday": 1, "from": "13:00", "to": "18:00"}]}
    off = {"exceptions": [{"day": "2026-03-24", "available": False}]}
    assert (await hill.put(hill.lin, "/v1/mediators/me/availability", hours)).status_code == 403
    assert (await hill.put(hill.gu, "/v1/rooms/R1", {"name": "x", **hours})).status_code == 403
    assert (await hill.put(hill.zhou, "/v1/rooms/r 1", {"name": "x", **hours})).status_code == 422
    kept = await hill.put(hill.gu, "/v1/mediators/me/availability", hours | off)
    assert kept.json()["weekly"] == [{"weekday": 1, "from": "13:00:00", "to": "18:00:00"}]
    backwards = {"weekly": [{"weekday": 1, "from": "18:00", "to": "13:00"}]}
    assert (await hill.put(hill.gu, "/v1/mediators/me/availability", backwards)).status_code == 422

    case = await (await hill.opened()).led()
    await case.do(hill.gu, "slots")
    slots = (await case.view(hill.gu))["slots"]
    assert [slot["starts_at"][:10] for slot in slots[:1]] == ["2026-03-31"]  # the next Tuesday but one

    listed = (await hill.get(hill.lin, "/v1/mediators")).json()["items"]
    assert {one["id"] for one in listed} == {str(one.member_id) for one in (hill.gu, hill.han, hill.shen)}
    assert {one["availability"] for one in listed} == {None}
    [room] = (await hill.get(hill.lin, "/v1/rooms")).json()["items"]
    assert (room["code"], len(room["weekly"])) == ("R1", 7)


async def test_nobody_signed_in_is_asked_to(hill: Neighbourhood):
    answer = await hill.client.get("/v1/mediations")
    assert answer.status_code == 401
