"""Steps around the main path: refusals, messages, clocks, referral, joining, ends and reopening."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.access.links import link_token
from shared.clock import local_day
from shared.contracts import mediation as m
from shared.contracts import notifications as n
from shared.errors import NotFound
from tests.integration.complaints.test_main_path import go_the_main_path, mediation_runs, notice_is_read
from tests.integration.complaints.town import Town, done, member_of


async def shown(client: Any, case_id: str) -> dict[str, Any]:
    return done(await client.get(f"/v1/cases/{case_id}"))


class TestWrongStage:
    async def test_the_refusal_says_where_the_case_stands_and_what_the_caller_can_do(self, town: Town):
        case_id = await town.answered()
        answer = await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "摘要"})
        problem = done(answer, 409)
        assert problem["type"] == "/problems/not_now"
        assert problem["stage"] == "deliberate"
        assert {"messages", "occurrences", "refer", "route"} <= set(problem["possible"])
        assert not {"accept", "answer"} & set(problem["possible"])
        assert "议" in problem["detail"]

    async def test_of_others_steps_it_says_nothing(self, town: Town):
        case_id = await town.answered(identity="hidden")
        again = {"kind": "agree", "text": "好"}
        problem = done(await town.ma.post(f"/v1/cases/{case_id}/answer", json=again), 409)
        assert problem["possible"] == ["evidence", "extension", "messages"]

    async def test_two_coordinators_at_once_accept_once(self, town: Town):
        case_id = (await town.file())["id"]
        accept = f"/v1/cases/{case_id}/accept"
        await asyncio.gather(*(shown(town.zhou, case_id) for _ in range(5)))  # opens five connections
        answers = await asyncio.gather(
            *(town.zhou.post(accept, json={"shared_summary": "摘要"}) for _ in range(5))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]


class TestService:
    async def test_a_mail_nobody_opens_counts_after_a_day(self, town: Town):
        case_id = await town.accepted()
        await delivered(town, case_id)
        await town.later(hours=23)
        assert (await shown(town.lin, case_id))["status"] == "accepted"
        await town.later(hours=1)
        assert (await shown(town.lin, case_id))["status"] == "served"

    async def test_reading_it_serves_at_once_and_the_mail_changes_nothing(self, town: Town):
        case_id = await town.accepted()
        await delivered(town, case_id)
        await notice_is_read(town, case_id)
        due = (await shown(town.lin, case_id))["due"]
        await town.later(hours=30)
        await delivered(town, case_id)
        await notice_is_read(town, case_id)
        assert (await shown(town.lin, case_id))["due"] == due

    @pytest.mark.parametrize("wrong", [{"kind": "case_taken_on"}, {"recipient_id": uuid4()}])
    async def test_another_notice_or_reader_serves_nothing(self, town: Town, wrong: dict):
        case_id = await town.accepted()
        told = notice(town, case_id) | wrong
        await town.tell(n.NoticeRead(**told))
        assert (await shown(town.lin, case_id))["status"] == "accepted"

    @pytest.mark.parametrize("wrong", [{"result": "failed"}, {"result": "unknown"}, {"channel": "inbox"}])
    async def test_a_mail_that_did_not_arrive_serves_nothing(self, town: Town, wrong: dict):
        case_id = await town.accepted()
        await delivered(town, case_id, **wrong)
        await town.later(hours=48)
        assert (await shown(town.lin, case_id))["status"] == "accepted"

    async def test_a_text_counts_a_day_after_the_provider_took_it(self, town: Town):
        case_id = await town.accepted()
        await town.tell(n.NoticeTexted(**notice(town, case_id), result="accepted"))
        await town.later(hours=23)
        assert (await shown(town.lin, case_id))["status"] == "accepted"
        await town.later(hours=1)
        assert (await shown(town.lin, case_id))["status"] == "served"
        assert await service_of(town, case_id) == "text"

    @pytest.mark.parametrize("result", ["failed", "unknown"])
    async def test_a_text_that_may_not_have_arrived_serves_nothing(self, town: Town, result: str):
        case_id = await town.accepted()
        await town.tell(n.NoticeTexted(**notice(town, case_id), result=result))
        await town.later(hours=48)
        assert (await shown(town.lin, case_id))["status"] == "accepted"

    async def test_a_signed_slip_serves_from_the_day_it_was_signed_and_once(self, town: Town):
        case_id = await town.accepted()
        today = local_day(town.clock.now())
        await delivered(town, case_id)
        await town.later(hours=20)
        signed = n.NoticeBrought(**notice(town, case_id), on=today, result="signed")
        await town.tell(signed)
        seen = await shown(town.lin, case_id)
        [clock] = [one for one in seen["clocks"] if one["name"] == "answer"]
        assert (seen["status"], clock["since"]) == ("served", today.isoformat())
        await town.tell(signed)
        await town.later(hours=30)
        assert (await shown(town.lin, case_id))["due"] == seen["due"]
        assert await service_of(town, case_id) == "paper"

    @pytest.mark.parametrize("result", ["handed", "not_at_home", "refused", "moved_away"])
    async def test_without_a_signed_slip_a_visit_serves_nothing(self, town: Town, result: str):
        case_id = await town.accepted()
        today = local_day(town.clock.now())
        await town.tell(n.NoticeBrought(**notice(town, case_id), on=today, result=result))
        await town.later(hours=48)
        assert (await shown(town.lin, case_id))["status"] == "accepted"

    async def test_by_visit_the_coordinator_serves(self, town: Town):
        case_id = await town.accepted()
        receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/serve", json={"how": "visit"}))
        assert receipt["clock"] == {"name": "answer", "until": "2026-03-20"}

    async def test_a_silent_respondent_does_not_stop_the_case(self, town: Town):
        case_id = await town.accepted()
        await notice_is_read(town, case_id)
        await town.later(days=8)
        silent = await shown(town.lin, case_id)
        assert (silent["stage"], silent["answer"]) == ("deliberate", {"kind": "silent", "text": None})


def notice(town: Town, case_id: str) -> dict[str, Any]:
    return {
        "case_id": UUID(case_id),
        "alliance_id": town.alliance_id,
        "notice_id": uuid4(),
        "recipient_id": member_of(town.ma),
        "kind": "case_accepted",
    }


async def delivered(town: Town, case_id: str, **more: Any) -> None:
    await town.tell(
        n.NoticeDelivered(**{**notice(town, case_id), "channel": "mail", "result": "accepted", **more})
    )


async def service_of(town: Town, case_id: str) -> str:
    """How the notice reached the respondent, of the one service in the journal."""
    [served] = await town.rows(
        "SELECT convert_from(payload, 'UTF8')::jsonb ->> 'how' AS how FROM journal"
        " WHERE aggregate_id = $1 AND type = 'NoticeServed'",
        UUID(case_id),
    )
    return str(served["how"])


class TestClocks:
    async def test_a_late_timer_never_shows_a_wrong_state(self, town: Town):
        case_id = await town.accepted()
        await notice_is_read(town, case_id)
        town.clock.advance(timedelta(days=8))
        clocks = {clock["name"]: clock["state"] for clock in (await shown(town.lin, case_id))["clocks"]}
        assert clocks["answer"] == "missed"

    async def test_a_missed_day_is_told_once(self, town: Town):
        case_id = (await town.file())["id"]
        await town.later(days=4)
        await town.later(days=4)
        missed = [event for event in await town.told(case_id) if event.type.endswith("clock_missed.v1")]
        assert [event.data.clock for event in missed] == ["contact", "triage"]
        assert (await shown(town.zhou, case_id))["due"] == "2026-03-16"

    async def test_days_with_an_authority_do_not_count(self, town: Town):
        case_id = await town.answered()
        receipt = done(
            await town.zhou.post(
                f"/v1/cases/{case_id}/refer", json={"authority": "fire_rescue", "note": "请查"}
            )
        )
        assert (receipt["stage"], receipt["status"]) == ("deliberate", "paused")
        assert receipt["clock"] == {"name": "referral", "until": "2026-04-03"}
        await town.later(days=20)
        receipt = done(
            await town.zhou.post(f"/v1/cases/{case_id}/return", json={"result": "ordered", "note": "已改"})
        )
        assert receipt["clock"] == {"name": "mediation", "until": "2026-05-06"}
        sent = [
            event.data
            for event in await town.told(case_id)
            if event.type.split(".")[3] in ("case_referred", "case_returned")
        ]
        assert (sent[0].authority, sent[1].result) == ("fire_rescue", "ordered")

    async def test_the_pause_cancels_its_timer_and_the_return_sets_it_anew(self, town: Town):
        case_id = await town.answered()
        done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json={"authority": "police", "note": "请查"}))
        assert await open_timers(town, case_id) == {"referral", "warning", "chase"}
        done(await town.zhou.post(f"/v1/cases/{case_id}/return", json={"result": "no_finding", "note": "无"}))
        assert await open_timers(town, case_id) == {"mediation", "warning", "escalation"}

    async def test_a_day_that_was_missed_once_is_watched_again_after_a_reopening(self, town: Town):
        case_id, mediation_id = await town.in_mediation()
        await town.later(days=40)
        await town.mediation(m.MediationFailed, case_id, mediation_id, reason="no_agreement")
        done(await town.lin.post(f"/v1/cases/{case_id}/reopen", json={"reason": "愿意再谈"}))
        assert await open_timers(town, case_id) == {"mediation", "warning", "escalation"}

    async def test_an_unknown_authority_is_refused(self, town: Town):
        case_id = await town.answered()
        form = {"authority": "nobody", "note": "请查"}
        answer = await town.zhou.post(f"/v1/cases/{case_id}/refer", json=form)
        assert done(answer, 422)["errors"][0]["pointer"] == "/authority"


async def open_timers(town: Town, case_id: str) -> set[str]:
    rows = await town.rows(
        "SELECT kind FROM timers WHERE aggregate_id = $1 AND fired_at IS NULL", UUID(case_id)
    )
    return {row["kind"] for row in rows}


class TestMessages:
    async def test_the_facilitators_gate(self, town: Town):
        case_id = await town.accepted()
        receipt = done(
            await town.ma.post(f"/v1/cases/{case_id}/messages", json={"to": "complainant", "text": "见面谈"})
        )
        assert receipt["next"]
        messages = f"/v1/cases/{case_id}/messages"
        assert done(await town.lin.get(messages))["items"] == []
        [held] = done(await town.zhou.get(messages))["items"]
        assert held["held"]
        assert held["id"] in {item["id"] for item in done(await town.ma.get(messages))["items"]}
        assert case_id in {
            item["id"] for item in done(await town.zhou.get("/v1/cases?needs_me=true"))["items"]
        }

        done(await town.zhou.post(f"{messages}/{held['id']}/release", json={}))
        [read] = done(await town.lin.get(messages))["items"]
        assert (read["text"], read["sender"], read["held"]) == ("见面谈", "respondent", False)
        [waiting, passed_on] = [
            e.data for e in await town.told(case_id) if e.type.endswith("message_sent.v1")
        ]
        assert (waiting.to, passed_on.to) == ((member_of(town.zhou),), (member_of(town.lin),))

    async def test_a_message_is_released_once(self, town: Town):
        case_id = await town.accepted()
        messages = f"/v1/cases/{case_id}/messages"
        done(await town.ma.post(messages, json={"to": "complainant", "text": "见面谈"}))
        [held] = done(await town.zhou.get(messages))["items"]
        release = f"{messages}/{held['id']}/release"
        done(await town.zhou.post(release, json={}))
        assert (await town.zhou.post(release, json={})).status_code == 409

    async def test_only_the_coordinator_releases(self, town: Town):
        case_id = await town.accepted()
        messages = f"/v1/cases/{case_id}/messages"
        done(await town.ma.post(messages, json={"to": "complainant", "text": "见面谈"}))
        [held] = done(await town.ma.get(messages))["items"]
        assert (await town.ma.post(f"{messages}/{held['id']}/release", json={})).status_code == 403


class TestEnds:
    async def test_declining_gives_a_reason_and_the_next_address(self, town: Town):
        case_id = (await town.file())["id"]
        form = {"reason": "with_an_authority", "next_address": "hotline_12345", "note": "城管已在处理"}
        receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/decline", json=form))
        assert (receipt["stage"], receipt["status"]) == ("closed", "declined")
        history = done(await town.lin.get(f"/v1/cases/{case_id}/history"))["items"]
        assert "12345" in history[1]["text"]
        assert (await town.ma.get(f"/v1/cases/{case_id}")).status_code == 404

    async def test_a_joined_case_shows_where_its_lead_stands(self, town: Town):
        lead, joined = await town.accepted(), (await town.file(town.sun))["id"]
        receipt = done(await town.zhou.post(f"/v1/cases/{joined}/join", json={"lead_case_id": lead}))
        assert (receipt["stage"], receipt["status"]) == ("hear", "joined")
        assert (await shown(town.sun, joined))["lead"]["status"] == "accepted"
        assert (await shown(town.sun, lead))["role_in_case"] == "joined"

    async def test_what_cannot_lead(self, town: Town):
        case_id, other = (await town.file())["id"], (await town.file(town.sun))["id"]
        done(await town.zhou.post(f"/v1/cases/{other}/decline", json=A_REFUSAL))
        for lead in (case_id, other, str(uuid4())):
            answer = await town.zhou.post(f"/v1/cases/{case_id}/join", json={"lead_case_id": lead})
            assert done(answer, 422)["errors"][0]["code"] == "cannot_lead"

    async def test_withdrawing_is_not_solving(self, town: Town):
        case_id = await town.accepted()
        receipt = done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        assert (receipt["stage"], receipt["status"]) == ("closed", "withdrawn")
        assert await open_timers(town, case_id) == set()
        sent = [event.type.split(".")[3] for event in await town.told(case_id)]
        assert sent[-2:] == ["case_withdrawn", "case_closed"]

    async def test_a_refused_mediation_ends_it_and_it_can_be_taken_up_again(self, town: Town):
        case_id, mediation_id = await town.in_mediation()
        await town.mediation(m.MediationRefused, case_id, mediation_id)
        ended = await shown(town.lin, case_id)
        assert (ended["stage"], ended["status"]) == ("closed", "ended_without_agreement")
        receipt = done(await town.lin.post(f"/v1/cases/{case_id}/reopen", json={"reason": "愿意再谈"}))
        assert (receipt["stage"], receipt["status"]) == ("deliberate", "answered")

    async def test_after_fifteen_working_days_it_stays_closed(self, town: Town):
        case_id, mediation_id = await town.in_mediation()
        await town.mediation(m.MediationFailed, case_id, mediation_id, reason="no_agreement")
        await town.later(days=23)
        answer = await town.lin.post(f"/v1/cases/{case_id}/reopen", json={"reason": "又来了"})
        assert done(answer, 409)["possible"] == []


A_REFUSAL = {"reason": "outside_the_area", "next_address": "hotline_12345"}


class TestForeignFacts:
    async def test_told_twice_they_change_nothing(self, town: Town):
        case_id = await go_the_main_path(town)
        mediation_id = UUID((await shown(town.lin, case_id))["mediation"]["id"])
        before = await town.rows("SELECT version FROM cases WHERE id = $1", UUID(case_id))
        await town.mediation(m.CommitmentsPerformed, case_id, mediation_id, agreement_id=uuid4())
        await town.mediation(m.AgreementDrafted, case_id, mediation_id, agreement_id=uuid4(), form="oral")
        assert await town.rows("SELECT version FROM cases WHERE id = $1", UUID(case_id)) == before

    async def test_after_the_closing_they_change_nothing(self, town: Town):
        case_id, mediation_id = await town.in_mediation()
        done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        await town.mediation(m.MediationRefused, case_id, mediation_id)
        await notice_is_read(town, case_id)
        assert (await shown(town.lin, case_id))["status"] == "withdrawn"

    async def test_of_a_case_that_never_was_they_are_set_aside(self, town: Town):
        with pytest.raises(NotFound):
            await town.mediation(m.ConsentCompleted, str(uuid4()), uuid4())


class TestSurvey:
    async def test_whoever_does_not_answer_is_not_waited_for(self, town: Town):
        case_id = await go_the_main_path(town)
        done(await town.lin.post(f"/v1/cases/{case_id}/survey", json={"solved": True, "score": 5}))
        await town.later(days=8)
        assert (await shown(town.lin, case_id))["status"] == "solved"

    @pytest.mark.parametrize("wrong", [{"score": 6}, {"score": 0}, {"score": True}, {"solved": "yes"}, {}])
    async def test_a_wrong_answer_is_refused(self, town: Town, wrong: dict):
        case_id = await go_the_main_path(town)
        form = {"solved": True, "score": 5, **wrong} if wrong else {}
        assert (await town.lin.post(f"/v1/cases/{case_id}/survey", json=form)).status_code == 422

    @pytest.mark.parametrize("token", ["x", "00" * 16 + ".AAAA", "é", "0" * 100])
    async def test_a_made_up_link_opens_nothing(self, town: Town, token: str):
        assert (await town.http.get(f"/v1/surveys/{token}")).status_code == 404
        form = {"solved": True, "score": 5}
        assert (await town.http.post(f"/v1/surveys/{token}", json=form)).status_code == 404

    async def test_a_link_answers_once(self, town: Town):
        case_id = await go_the_main_path(town)
        [own] = (await shown(town.lin, case_id))["surveys"]
        link = f"/v1/surveys/{link_token('tests-link-secret', 'survey', UUID(own['id']))}"
        done(await town.http.post(link, json={"solved": False, "score": 2, "comment": "还是吵"}, key=None))
        again = await town.http.post(link, json={"solved": True, "score": 5}, key=None)
        assert done(again, 409)["possible"] == []
        assert not done(await town.http.get(link))["open"]

    async def test_the_link_of_an_earlier_round_answers_nothing(self, town: Town):
        case_id = await go_the_main_path(town)
        [earlier] = (await shown(town.lin, case_id))["surveys"]
        await town.later(days=8)
        done(await town.lin.post(f"/v1/cases/{case_id}/reopen", json={"reason": "又响了"}))
        done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
        await mediation_runs(town, case_id, uuid4())
        assert (await shown(town.lin, case_id))["stage"] == "review"
        link = f"/v1/surveys/{link_token('tests-link-secret', 'survey', UUID(earlier['id']))}"
        assert (await town.http.post(link, json={"solved": True, "score": 5}, key=None)).status_code == 409


class TestLists:
    async def test_pages_follow_each_other_without_gap_or_repeat(self, town: Town):
        filed = []
        for _ in range(5):
            filed.append((await town.file())["id"])
            town.clock.advance(timedelta(minutes=1))
        seen, cursor = [], ""
        while cursor is not None:
            page = done(await town.zhou.get(f"/v1/cases?limit=2{cursor and '&cursor=' + cursor}"))
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert seen == filed[::-1]

    async def test_filters(self, town: Town):
        noise = await town.accepted()
        waste = (await town.file(category="sanitation", subcategory="kitchen_waste"))["id"]

        async def found(query: str, client=town.zhou) -> set[str]:
            return {item["id"] for item in done(await client.get(f"/v1/cases?{query}"))["items"]}

        assert await found("") == {noise, waste}
        assert await found("category=sanitation") == {waste}
        assert await found("stage=hear") == {noise, waste}
        assert await found("stage=closed") == set()
        assert await found(f"place_id={town.shop}") == {noise, waste}
        assert await found(f"place_id={uuid4()}") == set()
        assert await found("needs_me=true") == {waste}
        assert await found("needs_me=true", town.ma) == {noise}
        assert await found("mine=true") == set()
        assert await found("mine=true", town.lin) == {noise, waste}
        assert await found("", town.xu) == {noise, waste}
        assert await found("", town.sun) == set()
        assert await found("", town.gu) == set()

    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "===",
            "AAAA",
            "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMCAwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=",
        ],
    )
    async def test_a_made_up_cursor_is_refused(self, town: Town, cursor: str):
        problem = done(await town.zhou.get("/v1/cases", params={"cursor": cursor}), 422)
        assert problem["errors"][0]["pointer"] == "query/cursor"

    @pytest.mark.parametrize("query", ["stage=talk", "limit=0", "limit=1000", "category=%00", "place_id=116"])
    async def test_a_wrong_filter_is_refused(self, town: Town, query: str):
        assert (await town.zhou.get(f"/v1/cases?{query}")).status_code == 422


async def test_what_one_may_choose_from_is_named_in_the_callers_language(town: Town):
    chinese = done(await town.http.get("/v1/categories"))
    english = done(await town.http.get("/v1/categories", headers={"Accept-Language": "en"}))
    assert sum(len(category["subcategories"]) for category in chinese["categories"]) == 41
    assert (chinese["categories"][0]["label"], english["categories"][0]["label"]) == ("噪声", "Noise")
    assert {one["code"] for one in chinese["decline_reasons"]} >= {"with_an_authority"}
