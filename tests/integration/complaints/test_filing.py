"""Filing on the real database: once per key, refused where it must be, quick, and nobody kept of an anonymous one."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.complaints import use_cases
from services.complaints.api import filing as door
from services.complaints.commands import Filing
from shared.contracts import alliance
from tests.integration.complaints.town import A_NOISY_BAR, Town, a_town, done, member_of


def the_form(town: Town, **more: object) -> dict[str, object]:
    return {**A_NOISY_BAR, "place_id": str(town.shop), **more}


async def cases_in(town: Town) -> int:
    [row] = await town.rows("SELECT count(*) FROM cases WHERE alliance_id = $1", town.alliance_id)
    return row["count"]


class TestOnce:
    async def test_fifty_at_once_under_one_key_are_one_case(self, town: Town):
        sent = [town.lin.post("/v1/cases", json=the_form(town), key="one-tap") for _ in range(50)]
        answers = await asyncio.gather(*sent)
        assert {answer.status_code for answer in answers} <= {201, 409}
        receipts = {answer.text for answer in answers if answer.status_code == 201}
        assert len(receipts) == 1
        assert await cases_in(town) == 1
        again = await town.lin.post("/v1/cases", json=the_form(town), key="one-tap")
        assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
        assert again.text in receipts

    async def test_another_complaint_under_the_same_key_is_refused(self, town: Town):
        done(await town.lin.post("/v1/cases", json=the_form(town), key="k"), 201)
        answer = await town.lin.post("/v1/cases", json=the_form(town, happening_now=True), key="k")
        assert done(answer, 422)["type"] == "/problems/key_reused"
        assert await cases_in(town) == 1

    async def test_somebody_elses_key_is_their_own(self, town: Town):
        mine = done(await town.lin.post("/v1/cases", json=the_form(town), key="k"), 201)
        theirs = done(await town.sun.post("/v1/cases", json=the_form(town), key="k"), 201)
        assert mine["id"] != theirs["id"]

    @pytest.mark.parametrize("identity", ["named", "anonymous"])
    async def test_a_key_is_needed(self, town: Town, identity: str):
        answer = await town.lin.post("/v1/cases", json=the_form(town, identity=identity), key=None)
        assert done(answer, 400)["type"] == "/problems/key_missing"

    async def test_a_reference_that_is_taken_is_drawn_again(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        taken = (await town.file())["reference"]
        drawn = iter([taken, taken, "SJ-0000-0000-0"])
        monkeypatch.setattr(door, "new_reference", lambda: next(drawn))
        assert (await town.file())["reference"] == "SJ-0000-0000-0"
        assert await cases_in(town) == 2


class TestRefused:
    @pytest.mark.parametrize(
        ("wrong", "pointer", "code"),
        [
            ({"category": "music"}, "/category", "unknown_category"),
            ({"subcategory": "jazz"}, "/subcategory", "unknown_subcategory"),
            ({"category": "sanitation"}, "/subcategory", "unknown_subcategory"),
            ({"place_id": str(uuid4())}, "/place_id", "unknown_place"),
            ({"place_id": None}, "/place_id", "place_missing"),
            ({"place_id": "116"}, "/place_id", "field_wrong"),
            ({"respondent_id": str(uuid4())}, "/respondent_id", "unknown_member"),
            ({"description": ""}, "/description", "field_too_short"),
            ({"description": "   "}, "/description", "field_too_short"),
            ({"description": "吵" * 4001}, "/description", "field_too_long"),
            ({"description": "吵\0"}, "/description", "field_wrong"),
            ({"description": None}, "/description", "field_wrong"),
            ({"identity": "secret"}, "/identity", "field_wrong"),
            ({"happening_now": "yes"}, "/happening_now", "field_wrong"),
            ({"occurred_at": "2026-03-12T10:00:00"}, "/occurred_at", "field_wrong"),
            ({"occurred_at": "2027-01-01T00:00:00Z"}, "/occurred_at", "in_the_future"),
            ({"urgent": True}, "/urgent", "field_unknown"),
        ],
        ids=lambda value: json.dumps(value)[:40] if isinstance(value, dict) else None,
    )
    async def test_each_wrong_field_is_named_in_both_languages(self, town: Town, wrong, pointer, code):
        sentences = set()
        for language in ("zh-CN", "en"):
            answer = await town.lin.post(
                "/v1/cases", json=the_form(town, **wrong), headers={"Accept-Language": language}
            )
            problem = done(answer, 422)
            assert answer.headers["content-type"] == "application/problem+json"
            [error] = problem["errors"]
            assert (error["pointer"], error["code"]) == (pointer, code)
            sentences |= {error["detail"], problem["detail"]}
        assert len(sentences) >= 2
        assert await cases_in(town) == 0

    async def test_what_is_missing_is_named(self, town: Town):
        problem = done(await town.lin.post("/v1/cases", json={}), 422)
        assert {error["pointer"] for error in problem["errors"]} == {
            "/category",
            "/subcategory",
            "/description",
        }

    async def test_half_a_character_is_refused(self, town: Town):
        body = json.dumps(the_form(town, description="\ud83d")).encode()
        answer = await town.lin.post("/v1/cases", content=body, headers={"Content-Type": "application/json"})
        assert done(answer, 422)["errors"][0]["pointer"] == "/description"

    async def test_a_broken_body_is_a_400(self, town: Town):
        answer = await town.lin.post("/v1/cases", content=b"{", headers={"Content-Type": "application/json"})
        assert done(answer, 400)["type"] == "/problems/malformed_json"

    async def test_nobody_files_without_signing_in(self, town: Town):
        assert (await town.http.post("/v1/cases", json=the_form(town))).status_code == 401

    async def test_another_alliances_place_is_unknown(self, town: Town, complaints_database: str):
        async with a_town(complaints_database) as elsewhere:
            answer = await town.lin.post("/v1/cases", json=the_form(town, place_id=str(elsewhere.shop)))
        assert done(answer, 422)["errors"][0]["code"] == "unknown_place"


class TestEmergency:
    async def test_help_comes_before_everything_else(self, town: Town):
        receipt = await town.file(category="fire_safety", subcategory="gas_cylinder_indoor")
        assert receipt["emergency"]["call"] == ["119", "110", "120"]
        assert "119" in receipt["emergency"]["text"]
        assert receipt["status"] == "emergency"

    async def test_a_lane_is_blocked_now_or_was(self, town: Town):
        lane = {"category": "fire_safety", "subcategory": "fire_lane_occupied"}
        assert (await town.file(**lane))["emergency"] is None
        assert (await town.file(**lane, happening_now=True))["emergency"]["call"][0] == "119"


class TestOnBehalf:
    async def test_a_coordinator_files_for_a_member(self, town: Town):
        receipt = await town.file(town.zhou, on_behalf_of=str(member_of(town.lin)), channel="phone")
        assert done(await town.lin.get(f"/v1/cases/{receipt['id']}"))["role_in_case"] == "complainant"
        history = done(await town.lin.get(f"/v1/cases/{receipt['id']}/history"))["items"]
        assert history[0]["actor_role"] == "helper"

    async def test_a_resident_files_for_nobody_else(self, town: Town):
        form = the_form(town, on_behalf_of=str(member_of(town.sun)))
        assert (await town.lin.post("/v1/cases", json=form)).status_code == 403

    async def test_for_a_stranger_nobody_files(self, town: Town):
        form = the_form(town, on_behalf_of=str(uuid4()))
        assert (
            done(await town.zhou.post("/v1/cases", json=form), 422)["errors"][0]["pointer"] == "/on_behalf_of"
        )

    async def test_a_line_of_a_paper_ledger_is_a_case(self, town: Town):
        form = {
            **A_NOISY_BAR,
            "place_text": "1254 Bergen St",
            "identity": "anonymous",
            "channel": "ledger",
            "occurred_at": "2016-01-01T00:30:00-05:00",
        }
        receipt = done(await town.zhou.post("/v1/cases", json=form, key="row-1"), 201)
        again = done(await town.zhou.post("/v1/cases", json=form, key="row-1"), 201)
        assert receipt == again
        assert "accept" in receipt["possible"]
        shown = done(await town.zhou.get(f"/v1/cases/{receipt['id']}"))
        assert shown["place_text"] == "1254 Bergen St"

    async def test_an_anonymous_filing_is_for_nobody(self, town: Town):
        form = the_form(town, identity="anonymous", on_behalf_of=str(member_of(town.lin)))
        answer = await town.zhou.post("/v1/cases", json=form)
        assert done(answer, 422)["errors"][0]["code"] == "anonymous_has_nobody"


class TestRespondent:
    async def test_who_trades_there_today_is_asked_to_answer(self, town: Town):
        case_id = await town.accepted()
        assert done(await town.ma.get(f"/v1/cases/{case_id}"))["role_in_case"] == "respondent"

    async def test_who_left_is_not(self, town: Town):
        [row] = await town.rows("SELECT occupancy_id FROM occupancies WHERE place_id = $1", town.shop)
        left = town.clock.now().date() - timedelta(days=1)
        await town.tell(
            alliance.OccupancyEnded(
                member_id=member_of(town.ma),
                alliance_id=town.alliance_id,
                occupancy_id=row["occupancy_id"],
                until_day=left,
            )
        )
        case_id = await town.accepted()
        assert (await town.ma.get(f"/v1/cases/{case_id}")).status_code == 404

    async def test_nobody_complains_of_themselves(self, town: Town):
        form = the_form(town, respondent_id=str(member_of(town.lin)))
        answer = await town.lin.post("/v1/cases", json=form)
        assert done(answer, 422)["errors"][0]["code"] == "respondent_is_complainant"
        receipt = await town.file(town.ma)
        shown = done(await town.ma.get(f"/v1/cases/{receipt['id']}"))
        assert [party["side"] for party in shown["parties"]] == ["complainant"]

    async def test_the_coordinator_may_correct_it(self, town: Town):
        receipt = await town.file()
        form = {"shared_summary": "摘要", "respondent_id": str(member_of(town.sun))}
        done(await town.zhou.post(f"/v1/cases/{receipt['id']}/accept", json=form))
        assert (await town.ma.get(f"/v1/cases/{receipt['id']}")).status_code == 404
        assert (await town.sun.get(f"/v1/cases/{receipt['id']}")).status_code == 200

    async def test_the_complainant_cannot_be_named(self, town: Town):
        receipt = await town.file(identity="hidden")
        form = {"shared_summary": "摘要", "respondent_id": str(member_of(town.lin))}
        answer = await town.zhou.post(f"/v1/cases/{receipt['id']}/accept", json=form)
        assert done(answer, 422)["errors"][0]["code"] == "unknown_member"


class TestAnonymous:
    async def test_no_table_keeps_who_filed(self, town: Town):
        await town.file(identity="anonymous")
        tables = await town.rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        found = set()
        for [table] in tables:
            rows = await town.rows(f'SELECT row_to_json(one)::text FROM "{table}" AS one')
            if any(str(member_of(town.lin)) in row[0] for row in rows):
                found.add(table)
        assert found == {"members"}, "the projection of the alliance's members, and nothing else"

    async def test_the_same_key_finds_the_same_answer(self, town: Town):
        form = the_form(town, identity="anonymous")
        first = await town.lin.post("/v1/cases", json=form, key="mine")
        again = await town.lin.post("/v1/cases", json=form, key="mine")
        other = await town.sun.post("/v1/cases", json=form, key="mine")
        assert first.text == again.text
        assert done(first, 201)["id"] != done(other, 201)["id"]

    async def test_the_receipt_is_the_only_handle(self, town: Town):
        receipt = await town.file(identity="anonymous")
        assert receipt["possible"] == []
        assert (await town.lin.get(f"/v1/cases/{receipt['id']}")).status_code == 404
        assert done(await town.lin.get("/v1/cases"))["items"] == []

    async def test_nobody_is_told_of_as_complainant(self, town: Town):
        case_id = await town.answered(identity="anonymous")
        for event in await town.told(case_id):
            assert "complainant" not in {party.side for party in event.data.parties}


async def test_filing_is_one_question_and_one_statement(town: Town):
    """The second on its connection: with the first the driver learns the types."""
    async with town.http.kit.database.transaction() as tx:
        for number in (1, 2):
            asked: list[str] = []
            filing = a_filing(town, reference=f"SJ-1111-1111-{number}")
            with tx.query_logger(lambda record, asked=asked: asked.append(record.query)):
                await use_cases.file_case(tx, filing, town.lin.actor, town.clock.now())
    assert [query.split()[0] for query in asked] == ["SELECT", "WITH"]
    assert await cases_in(town) == 2


def a_filing(town: Town, *, reference: str) -> Filing:
    return Filing(
        case_id=uuid4(),
        reference=reference,
        category="noise",
        subcategory="bar_music",
        place_id=town.shop,
        place_text=None,
        respondent_id=None,
        description="吵",
        occurred_at=None,
        happening_now=False,
        identity="named",
        on_behalf_of=None,
        channel="web",
    )


async def test_a_cases_id_does_not_tell_when_it_was_filed(town: Town):
    assert UUID((await town.file())["id"]).version == 4
