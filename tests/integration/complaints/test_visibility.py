"""What each reader is shown, as bytes on the wire."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from shared.contracts import mediation as m
from tests.integration.complaints.test_main_path import go_the_main_path
from tests.integration.complaints.town import Town, done, member_of

BETRAYING = "二楼301的林阿姨说床都在抖"


async def everything_shown_to(client, case_id: str) -> str:
    """All a reader can fetch of a case, as text."""
    paths = (
        f"/v1/cases/{case_id}",
        f"/v1/cases/{case_id}/history",
        f"/v1/cases/{case_id}/messages",
        "/v1/cases",
    )
    answers = [await client.get(path) for path in paths]
    return "\n".join(answer.text for answer in answers if answer.status_code == 200)


class TestNoCase:
    async def test_somebody_elses_case_answers_like_a_missing_one(self, town: Town):
        theirs, missing = (await town.file())["id"], str(uuid4())
        for path in ("", "/history", "/messages"):
            assert same(
                await town.sun.get(f"/v1/cases/{theirs}{path}"),
                await town.sun.get(f"/v1/cases/{missing}{path}"),
            )

    @pytest.mark.parametrize(
        ("command", "form"),
        [
            ("accept", {"shared_summary": "摘要"}),
            ("answer", {"kind": "agree", "text": "好"}),
            ("withdraw", {}),
            ("messages", {"to": "coordinator", "text": "在吗"}),
            ("survey", {"solved": True, "score": 5}),
            ("reveal", {"reason": "好奇"}),
        ],
    )
    async def test_and_so_does_every_command_on_it(self, town: Town, command: str, form: dict):
        theirs, missing = (await town.file())["id"], str(uuid4())
        assert same(
            await town.sun.post(f"/v1/cases/{theirs}/{command}", json=form),
            await town.sun.post(f"/v1/cases/{missing}/{command}", json=form),
        )

    async def test_the_respondent_knows_nothing_before_the_acceptance(self, town: Town):
        receipt = await town.file()
        assert (await town.ma.get(f"/v1/cases/{receipt['id']}")).status_code == 404
        assert done(await town.ma.get("/v1/cases"))["items"] == []
        assert (await town.ma.post(f"/v1/cases/{receipt['id']}/answer", json=AN_ANSWER)).status_code == 404

    async def test_a_command_of_another_role_is_not_allowed(self, town: Town):
        case_id = await town.accepted()
        assert (await town.ma.post(f"/v1/cases/{case_id}/withdraw", json={})).status_code == 403
        assert (await town.lin.post(f"/v1/cases/{case_id}/answer", json=AN_ANSWER)).status_code == 403


AN_ANSWER = {"kind": "agree", "text": "好"}


def same(one: httpx.Response, other: httpx.Response) -> bool:
    assert one.status_code == other.status_code == 404
    volatile = {"x-trace-id"}
    return one.content == other.content and {
        name: value for name, value in one.headers.items() if name not in volatile
    } == {name: value for name, value in other.headers.items() if name not in volatile}


class TestHidden:
    async def live_through(self, town: Town) -> str:
        case_id, mediation_id = await town.in_mediation(identity="hidden", description=BETRAYING)
        to_coordinator = {"to": "coordinator", "text": BETRAYING}
        done(await town.lin.post(f"/v1/cases/{case_id}/messages", json=to_coordinator))
        to_shop = {"to": "respondent", "text": "请关后门"}
        done(await town.lin.post(f"/v1/cases/{case_id}/messages", json=to_shop))
        [*_, held] = done(await town.zhou.get(f"/v1/cases/{case_id}/messages"))["items"]
        await town.later(hours=30)
        release = f"/v1/cases/{case_id}/messages/{held['id']}/release"
        done(await town.zhou.post(release, json={}))
        done(await town.lin.post(f"/v1/cases/{case_id}/occurrences", json={"note": BETRAYING}))
        done(await town.zhou.post(f"/v1/cases/{case_id}/reveal", json={"reason": "上门核实"}))
        await town.mediation(m.PartyConsented, case_id, mediation_id, side="complainant")
        return case_id

    async def test_the_respondent_is_shown_nothing_that_betrays(self, town: Town):
        filed = town.clock.now()
        case_id = await self.live_through(town)
        shown = await everything_shown_to(town.ma, case_id)
        assert "请关后门" in shown
        for betraying in (
            str(member_of(town.lin)),
            BETRAYING,
            "楼301",
            filed.strftime("%Y-%m-%dT%H:%M"),
            "15:52",
            "2026-03-12",
            "2026-03-16T",
            "上门核实",
            "identity_revealed",
            '"triage"',
        ):
            assert betraying not in shown, betraying

    async def test_days_stand_in_place_of_hours(self, town: Town):
        case_id = await self.live_through(town)
        history = done(await town.ma.get(f"/v1/cases/{case_id}/history"))["items"]
        assert history[0]["on"] == "2026-03-01"
        assert all(step["at"] is None and step["on"] for step in history)
        assert [step["version"] for step in history] == list(range(1, len(history) + 1))
        [message] = done(await town.ma.get(f"/v1/cases/{case_id}/messages"))["items"]
        assert (message["at"], message["on"]) == (None, "2026-03-14")

    async def test_cursors_do_not_tell_when_it_was_filed(self, town: Town):
        for _ in range(2):
            await town.accepted(identity="hidden")
        cursor = done(await town.ma.get("/v1/cases?limit=1"))["next_cursor"]
        moment, _ = json.loads(base64.urlsafe_b64decode(cursor))
        assert datetime.fromisoformat(moment) == town.clock.now(), (
            "the acceptance, a moment the respondent knows"
        )

    async def test_what_happened_before_the_acceptance_is_no_history_of_the_respondents(self, town: Town):
        receipt = await town.file()
        done(await town.lin.post(f"/v1/cases/{receipt['id']}/occurrences", json={}))
        done(await town.zhou.post(f"/v1/cases/{receipt['id']}/accept", json={"shared_summary": "摘要"}))
        history = done(await town.ma.get(f"/v1/cases/{receipt['id']}/history"))["items"]
        assert [step["type"] for step in history] == ["case_filed", "case_accepted"]

    async def test_the_list_shows_the_half_month(self, town: Town):
        await town.accepted(identity="hidden")
        [item] = done(await town.ma.get("/v1/cases"))["items"]
        assert (item["filed_on"], item["filed_on_is_half_month"]) == ("2026-03-01", True)
        [own] = done(await town.lin.get("/v1/cases"))["items"]
        assert (own["filed_on"], own["filed_on_is_half_month"]) == ("2026-03-12", False)

    async def test_the_mediator_works_without_the_name(self, town: Town):
        case_id, mediation_id = await town.in_mediation(identity="hidden")
        await town.mediation(m.MediatorTook, case_id, mediation_id, mediator_id=member_of(town.gu))
        shown = await everything_shown_to(town.gu, case_id)
        assert "低音炮" in shown
        assert str(member_of(town.lin)) not in shown

    async def test_a_look_at_the_name_has_a_reason_that_its_owner_reads(self, town: Town):
        case_id = await town.accepted(identity="hidden")
        assert str(member_of(town.lin)) not in await everything_shown_to(town.zhou, case_id)
        done(await town.zhou.post(f"/v1/cases/{case_id}/reveal", json={"reason": "上门核实需联系"}))
        assert str(member_of(town.lin)) in (await town.zhou.get(f"/v1/cases/{case_id}")).text
        history = done(await town.lin.get(f"/v1/cases/{case_id}/history"))["items"]
        assert "上门核实需联系" in history[-1]["text"]
        [message] = done(await town.lin.get(f"/v1/cases/{case_id}/messages"))["items"]
        assert "上门核实需联系" in message["text"]
        assert (await town.told(case_id))[-1].data.to == (member_of(town.lin),)

    @pytest.mark.parametrize("guess", ["401那个姓孙的吧", "301的林佩珍吧"])
    async def test_a_right_guess_is_answered_like_a_wrong_one(self, town: Town, guess: str):
        case_id = await town.accepted(identity="hidden")
        asked = {"to": "complainant", "text": guess}
        receipt = done(await town.ma.post(f"/v1/cases/{case_id}/messages", json=asked))
        assert "不提供也不确认任何猜测" in receipt["next"]
        assert done(await town.lin.get(f"/v1/cases/{case_id}/messages"))["items"] == []


class TestRoles:
    async def test_the_captain_sees_where_it_stands_and_no_words_or_people(self, town: Town):
        case_id = await go_the_main_path(town)
        shown = done(await town.xu.get(f"/v1/cases/{case_id}"))
        assert shown["role_in_case"] == "building_captain"
        assert (shown["description"], shown["shared_summary"], shown["answer"]) == (None, None, None)
        assert all(party["member_id"] is None for party in shown["parties"])
        assert (await town.xu.get(f"/v1/cases/{case_id}/messages")).status_code == 403
        everything = await everything_shown_to(town.xu, case_id)
        for member in (town.lin, town.ma, town.zhou, town.gu):
            assert str(member_of(member)) not in everything
        assert "低音" not in everything

    async def test_the_mediator_sees_it_from_taking_it_until_passing_it_on(self, town: Town):
        case_id, mediation_id = await town.in_mediation()
        assert (await town.gu.get(f"/v1/cases/{case_id}")).status_code == 404
        await town.mediation(m.MediatorTook, case_id, mediation_id, mediator_id=member_of(town.gu))
        assert done(await town.gu.get(f"/v1/cases/{case_id}"))["role_in_case"] == "mediator"
        await town.mediation(m.MediatorPassed, case_id, mediation_id, passed_id=member_of(town.gu))
        assert (await town.gu.get(f"/v1/cases/{case_id}")).status_code == 404

    async def test_in_a_named_case_the_sides_know_each_other(self, town: Town):
        case_id = await town.accepted()
        shown = done(await town.ma.get(f"/v1/cases/{case_id}"))
        assert {party["member_id"] for party in shown["parties"]} == {
            str(member_of(town.lin)),
            str(member_of(town.ma)),
        }
        assert shown["description"] is None
        assert shown["shared_summary"]

    async def test_the_other_routes_stand_on_every_screen(self, town: Town):
        case_id = await town.accepted()
        for client in (town.lin, town.ma, town.zhou):
            routes = done(await client.get(f"/v1/cases/{case_id}"))["other_routes"]
            assert [route["code"] for route in routes] == ["arbitration", "administrative", "court"]


async def test_no_word_or_member_of_a_party_stands_in_a_case_or_its_hashes(town: Town):
    """Identity has its own table; words stand in the journal's payload alone."""
    case_id = await town.answered(identity="hidden", description=BETRAYING)
    [state] = await town.rows("SELECT row_to_json(one)::text FROM cases AS one WHERE id = $1", UUID(case_id))
    journal = await town.rows(
        "SELECT convert_from(payload, 'UTF8') AS words, actor_id FROM journal WHERE aggregate_id = $1",
        UUID(case_id),
    )
    outbox = await town.rows(
        "SELECT convert_from(payload, 'UTF8') AS told FROM outbox WHERE aggregateid = $1", UUID(case_id)
    )
    for member in (town.lin, town.ma):
        assert str(member_of(member)) not in state[0]
        assert not any(str(member_of(member)) in row["words"] for row in journal)
        assert member_of(member) not in {row["actor_id"] for row in journal}
    assert BETRAYING not in state[0]
    assert any(BETRAYING in row["words"] for row in journal)
    assert not any(BETRAYING in row["told"] for row in outbox)
    assert json.loads(outbox[0]["told"])["reference"]


async def test_the_time_of_a_case_is_the_towns_clock(town: Town):
    town.clock.advance(timedelta(days=1))
    receipt = await town.file()
    assert receipt["due"] == "2026-03-17"
