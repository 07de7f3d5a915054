"""The HTTP door: one's own inbox and preferences, and deliveries without anybody's address."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.notifications.main import SERVICE
from shared.access.links import link_token
from shared.contracts import alliance
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from tests.support.http import Client, client_of
from tests.support.tokens import ALLIANCE, an_actor
from tests.unit.notifications.news import LIN, MA, SUN, ZHOU

from .conftest import ADDRESSES, World, the_case


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked


EVERYTHING = {
    "language": "zh-CN",
    "mail": True,
    "mails": {"my_turn": "at_once", "progress": "at_once", "messages": "at_once", "desk": "at_once"},
    "large_type": False,
    "pushes": {"my_turn": "at_once", "progress": "at_once", "messages": "at_once", "desk": "at_once"},
}
"""How somebody is told who chose nothing."""


def a_member(member_id: UUID, *roles: str, alliance_id: UUID = ALLIANCE):
    return an_actor(*roles, member_id=member_id, alliance_id=alliance_id)


async def the_only_notice(client: Client) -> dict:
    [item] = (await client.get("/v1/inbox")).json()["items"]
    return item


class TestInbox:
    async def test_holds_ones_own_notices_in_the_language_asked_for(self, world: World, client: Client):
        await world.people_arrive()
        case = the_case(c.CaseAccepted)
        await world.hear(case)

        found = (await client.as_(a_member(MA)).get("/v1/inbox", headers={"Accept-Language": "en"})).json()
        [item] = found["items"]
        assert found["unread"] == 1
        assert found["next_cursor"] is None
        assert item["kind"] == "case_accepted"
        assert item["title"] == "A matter concerns you"
        assert item["body"].endswith("The time for mediation runs until Thu 5 March.")
        assert item["link"] == f"https://shangju.example/cases/{case.case_id}"
        assert (item["case_id"], item["reference"], item["read_at"]) == (
            str(case.case_id),
            case.reference,
            None,
        )
        assert item["created_at"] == "2026-03-05T02:00:00Z"
        assert (
            (await client.as_(a_member(MA)).get("/v1/inbox")).json()["items"][0]["title"].startswith("有一件")
        )

    async def test_of_somebody_never_told_is_empty(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.CaseAccepted))
        found = await client.as_(an_actor()).get("/v1/inbox")
        assert found.json() == {"items": [], "unread": 0, "next_cursor": None}

    async def test_goes_page_by_page_newest_first(self, world: World, client: Client):
        for _ in range(5):
            await world.hear(the_case(c.MessageSent, to=(LIN,)))
        lin = client.as_(a_member(LIN))
        seen, cursor, pages = [], None, 0
        while pages == 0 or cursor:
            page = (
                await lin.get("/v1/inbox", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
            ).json()
            seen += [item["id"] for item in page["items"]]
            cursor, pages = page["next_cursor"], pages + 1

        rows = await world.rows("SELECT id FROM notices ORDER BY id DESC")
        assert seen == [str(row["id"]) for row in rows]
        assert pages == 3

    @pytest.mark.parametrize("cursor", ["x", "AAAA", "\u6797", "A" * 22 + "=", "!" * 22])
    async def test_refuses_a_cursor_that_is_not_ours(self, client: Client, cursor: str):
        answer = await client.as_(a_member(LIN)).get("/v1/inbox", params={"cursor": cursor})
        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert (error["pointer"], error["code"]) == ("query/cursor", "bad_cursor")

    async def test_needs_a_sign_in(self, client: Client):
        assert (await client.get("/v1/inbox")).status_code == 401


class TestReading:
    async def test_is_told_once_however_often_it_is_opened(self, world: World, client: Client):
        await world.hear(the_case(c.MessageSent, to=(LIN,)))
        lin = client.as_(a_member(LIN))
        path = f"/v1/inbox/{(await the_only_notice(lin))['id']}/read"
        first = await lin.post(path)
        world.clock.advance(timedelta(seconds=60))
        second = await lin.post(path)

        assert first.status_code == 200
        assert first.json()["read_at"] == "2026-03-05T02:00:00Z"
        assert second.json() == first.json()
        assert (await lin.get("/v1/inbox")).json()["unread"] == 0
        assert (await lin.get("/v1/inbox", params={"unread": True})).json()["items"] == []
        told = await world.rows("SELECT type, topic, convert_from(payload, 'UTF8') AS event FROM outbox")
        assert [(row["type"], row["topic"]) for row in told] == [
            ("cn.shangju.notifications.notice_read.v1", "shangju.notifications.v1")
        ]
        assert f'"recipient_id":"{LIN}"' in told[0]["event"]
        [entry] = await world.rows("SELECT version, type, actor_id FROM journal")
        assert entry == {"version": 1, "type": "NoticeRead", "actor_id": LIN}

    async def test_of_somebody_elses_notice_is_like_one_that_is_not_there(self, world: World, client: Client):
        await world.hear(the_case(c.MessageSent, to=(LIN,)))
        notice_id = (await the_only_notice(client.as_(a_member(LIN))))["id"]
        sun, coordinator = client.as_(a_member(SUN)), client.as_(a_member(ZHOU, "coordinator"))
        answers = [
            await sun.post(f"/v1/inbox/{notice_id}/read"),
            await coordinator.post(f"/v1/inbox/{notice_id}/read"),
            await sun.post(f"/v1/inbox/{uuid4()}/read"),
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1
        assert await world.rows("SELECT FROM outbox") == []

    async def test_needs_an_idempotency_key(self, world: World, client: Client):
        answer = await client.as_(a_member(LIN)).post(f"/v1/inbox/{uuid4()}/read", key=None)
        assert answer.status_code == 400


class TestPreferences:
    async def test_are_those_the_alliance_knows_until_the_member_chooses(self, world: World, client: Client):
        await world.contact_arrives(MA, language="en")
        merchant = client.as_(a_member(MA, "merchant"))
        assert (await merchant.get("/v1/preferences")).json() == EVERYTHING | {"language": "en"}
        chosen = await merchant.put("/v1/preferences", json={"language": "zh-CN", "mail": False})
        assert (chosen.json()["language"], chosen.json()["mail"]) == ("zh-CN", False)
        assert (await merchant.get("/v1/preferences")).json() == EVERYTHING | {"mail": False}
        assert (await client.as_(a_member(LIN)).get("/v1/preferences")).json() == EVERYTHING

    async def test_are_chosen_for_each_kind_of_mail(self, client: Client):
        merchant = client.as_(a_member(MA, "merchant"))
        form = {"language": "en", "mail": True, "mails": {"messages": "never"}, "large_type": True}
        form |= {"pushes": {"progress": "never"}}
        assert (await merchant.put("/v1/preferences", json=form)).status_code == 200
        assert (await merchant.get("/v1/preferences")).json() == {
            **form,
            "mails": EVERYTHING["mails"] | {"messages": "never"},
            "pushes": EVERYTHING["pushes"] | {"progress": "never"},
        }

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"language": "fr", "mail": True},
            {"language": "en", "mail": True, "sms": True},
            {"language": "en", "mail": True, "mails": {"required": "never"}},
            {"language": "en", "mail": True, "mails": {"messages": "monthly"}},
        ],
    )
    async def test_are_refused_when_they_cannot_be(self, client: Client, form: dict):
        answer = await client.as_(a_member(MA)).put("/v1/preferences", json=form)
        assert answer.status_code == 422


class TestTheLinkInAMail:
    async def test_stops_its_like_and_leaves_the_rest(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.MessageSent, to=(MA,)))
        path = f"/v1/unsubscribe/{await self.token(world)}"
        assert (await client.get(path)).json() == {"group": "messages"}
        assert (await client.as_(a_member(MA)).get("/v1/preferences")).json() == EVERYTHING

        for _ in range(2):
            answer = await client.post(path, key=None, content="List-Unsubscribe=One-Click")
            assert (answer.status_code, answer.json()) == (200, {"group": "messages"})
        await world.hear(the_case(c.MessageSent, to=(MA,)))
        await world.hear(the_case(m.AgreementDrafted, form="written"))

        mailed = await world.rows(MAILED, MA)
        assert [row["kind"] for row in mailed] == ["message_waiting", "agreement_to_sign"]
        chosen = (await client.as_(a_member(MA)).get("/v1/preferences")).json()
        assert chosen == EVERYTHING | {"mails": EVERYTHING["mails"] | {"messages": "never"}}

    async def test_of_a_required_notice_changes_nothing(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.PartyServed, to=(MA,)))
        answer = await client.post(f"/v1/unsubscribe/{await self.token(world)}", key=None)
        assert answer.json() == {"group": None}
        assert await world.rows("SELECT FROM preferences") == []

    @pytest.mark.parametrize("purpose", ["survey", "unsubscribe"])
    async def test_that_we_did_not_make_is_no_link(self, world: World, client: Client, purpose: str):
        await world.hear(the_case(c.MessageSent, to=(MA,)))
        [row] = await world.rows("SELECT id FROM notices")
        subject = row["id"] if purpose == "survey" else uuid4()
        token = link_token(world.settings.link_secret.get_secret_value(), purpose, subject)
        assert (await client.get(f"/v1/unsubscribe/{token}")).status_code == 404
        assert (await client.post(f"/v1/unsubscribe/{token}", key=None)).status_code == 404

    async def token(self, world: World) -> str:
        [row] = await world.rows("SELECT id FROM notices")
        return link_token(world.settings.link_secret.get_secret_value(), "unsubscribe", row["id"])


MAILED = """
    SELECT kind FROM deliveries JOIN notices ON notices.id = notice_id
    WHERE deliveries.recipient_id = $1 AND channel = 'mail' ORDER BY notices.id
"""


class TestDeliveries:
    async def test_show_a_coordinator_who_was_reached_but_no_complainant_and_no_address(
        self, world: World, client: Client
    ):
        await world.people_arrive()
        case = the_case(c.CaseAccepted)
        await world.hear(case)
        await world.hear(the_case(m.MediatorTook))
        answer = await client.as_(a_member(ZHOU, "coordinator")).get(
            "/v1/deliveries", params={"case_id": str(case.case_id)}
        )

        shown = {
            (one["recipient"], one["recipient_id"], one["channel"], one["state"])
            for one in answer.json()["items"]
        }
        assert shown == {
            ("complainant", None, "inbox", "accepted"),
            ("complainant", None, "mail", "pending"),
            ("respondent", str(MA), "inbox", "accepted"),
            ("respondent", str(MA), "mail", "pending"),
        }
        assert len(answer.json()["items"]) == 6
        assert not any(secret in answer.text for secret in (str(LIN), str(SUN), *ADDRESSES.values()))

    async def test_asked_by_recipient_find_nobody_who_may_be_hidden(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.CaseAccepted))
        coordinator = client.as_(a_member(ZHOU, "coordinator"))
        assert (await found_of(coordinator, MA)) == 2
        assert (await found_of(coordinator, LIN)) == 0

    async def test_can_be_asked_by_state(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.CaseAccepted))
        operator = client.as_(an_actor("operator"))
        for state, expected in (("pending", 3), ("accepted", 3), ("unknown", 0)):
            items = (await operator.get("/v1/deliveries", params={"state": state})).json()["items"]
            assert len(items) == expected

    @pytest.mark.parametrize(
        "role", ["resident", "merchant", "mediator", "building_captain", "court_liaison"]
    )
    async def test_are_not_for(self, client: Client, role: str):
        assert (await client.as_(an_actor(role)).get("/v1/deliveries")).status_code == 403

    async def test_are_those_of_ones_own_alliance(self, world: World, client: Client):
        await world.people_arrive()
        await world.hear(the_case(c.CaseAccepted))
        stranger = client.as_(an_actor("coordinator", alliance_id=uuid4()))
        assert (await stranger.get("/v1/deliveries")).json() == {"items": [], "next_cursor": None}


async def found_of(client: Client, member_id: UUID) -> int:
    answer = await client.get("/v1/deliveries", params={"recipient_id": str(member_id)})
    return len(answer.json()["items"])


async def test_a_copy_of_ones_own_data_tells_how_one_is_reached_and_was_told(world: World, client: Client):
    await world.people_arrive()
    await world.hear(the_case(c.CaseAccepted))

    held = (await client.as_(a_member(MA)).get("/v1/me/data")).json()

    assert held["contact"]["email"] == ADDRESSES[MA]
    assert [(one["kind"], sorted(one["ways"])) for one in held["notices"]] == [
        ("case_accepted", ["inbox", "mail"])
    ]
    assert ADDRESSES[LIN] not in str(held)


async def test_whoever_is_erased_is_reached_nowhere_and_it_is_said(world: World, client: Client):
    await world.people_arrive()
    await world.hear(the_case(c.CaseAccepted))
    granted = alliance.ErasureGranted(member_id=MA, alliance_id=ALLIANCE, erasure_id=uuid4())
    await world.hear(granted)
    await world.hear(granted)

    held = (await client.as_(a_member(MA)).get("/v1/me/data")).json()
    assert held["contact"] is None
    assert len(held["notices"]) == 1
    async with client.kit.database.reading() as connection:
        rows = await connection.fetch(
            "SELECT payload FROM outbox WHERE aggregateid = $1 ORDER BY position", MA
        )
    first, again = (json.loads(row["payload"]) for row in rows)
    assert first["kept"] == [{"what": "notices_without_name", "ground": "proof_of_service"}]
    assert {"what": "contact", "count": 1} in first["erased"]
    assert (again["kept"], again.get("erased", [])) == (first["kept"], [])
