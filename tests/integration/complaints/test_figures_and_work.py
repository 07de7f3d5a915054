"""Work records through their door, and the figures over what really happened."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from shared.contracts import mediation as m
from tests.integration.complaints.evidence.bringing import bring
from tests.integration.complaints.test_main_path import go_the_main_path
from tests.integration.complaints.town import Town, done, member_of


async def test_work_is_written_by_those_who_do_it_and_read_by_staff_alone(town: Town):
    # given
    case_id = await town.accepted(identity="hidden")
    record = {"note": "晚上十一点在后天井听了二十分钟。", "methods": ["front_line"], "rungs": ["virtue"]}
    # when
    done(await town.zhou.post(f"/v1/cases/{case_id}/work", json=record))
    # then
    page = done(await town.zhou.get(f"/v1/cases/{case_id}/work"))
    [work] = page["items"]
    assert (work["note"], work["actor_role"]) == (record["note"], "coordinator")
    assert work["methods"] == [{"code": "front_line", "label": "一线工作法"}]
    assert [rung["code"] for rung in page["rungs"]] == ["virtue"]
    assert (await town.lin.get(f"/v1/cases/{case_id}/work")).status_code == 403
    assert (await town.ma.post(f"/v1/cases/{case_id}/work", json=record)).status_code == 403
    assert (await town.sun.get(f"/v1/cases/{case_id}/work")).status_code == 404
    for side in (town.lin, town.ma):
        assert "work_recorded" not in (await side.get(f"/v1/cases/{case_id}/history")).text
    unknown = await town.zhou.post(f"/v1/cases/{case_id}/work", json={**record, "methods": ["magic"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/methods/0")


async def test_the_rates_count_what_happened_and_list_what_they_leave_out(town: Town):
    # given: one case closed as solved, one withdrawn, one that still waits
    closed = await go_the_main_path(town)
    for side in (town.lin, town.ma):
        done(await side.post(f"/v1/cases/{closed}/survey", json={"solved": True, "score": 4}))
    withdrawn = await town.file()
    done(await town.lin.post(f"/v1/cases/{withdrawn['id']}/withdraw", json={}))
    await town.file()
    # when
    figures = done(await town.zhou.get("/v1/figures", params={"by": "category"}))
    # then
    total = figures["total"]
    assert total["cases"] == 3
    assert total["responded"] == {
        "value": 1.0,
        "met": 1,
        "counted": 1,
        "excluded": {"still_running": 1, "withdrawn": 1},
    }
    assert (total["solved"]["met"], total["solved"]["counted"]) == (1, 1)
    assert total["solved"]["excluded"] == {"still_running": 1, "withdrawn": 1}
    assert total["performed"]["counted"] == 1
    assert (total["broken"], total["restored"]) == (1, 0)
    assert [(group["key"], group["figures"]["cases"]) for group in figures["groups"]] == [("noise", 3)]
    # and a neighbour is not shown what three cases are too few for
    seen = done(await town.sun.get("/v1/figures", params={"by": "category"}))
    assert seen["total"] is None
    assert seen["groups"][0]["figures"] is None
    # and a wrong period is named
    wrong = await town.zhou.get("/v1/figures", params={"since": "2026-05-01", "until": "2026-04-01"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "query/since")


async def test_what_was_shown_in_time_is_not_missed_while_the_other_side_says_nothing(town: Town):
    case_id, mediation_id = await town.in_mediation()
    due = (town.clock.now() + timedelta(days=3)).date()
    one = {"commitment_id": uuid4(), "owner_id": member_of(town.ma), "due_on": due}
    in_force = {
        "agreement_id": uuid4(),
        "effective_on": town.clock.now().date(),
        "judicial_until": due,
        "commitments": (m.Promise(**one),),
    }
    await town.mediation(m.AgreementEffective, case_id, mediation_id, **in_force)
    await town.mediation(m.CommitmentProven, case_id, mediation_id, **one, confirm_until=due)
    town.clock.advance(timedelta(days=5))

    async def performed() -> dict[str, object]:
        return done(await town.zhou.get("/v1/figures"))["total"]["performed"]

    await town.mediation(m.CommitmentDue, case_id, mediation_id, **one, proven=True)
    assert ((await performed())["counted"], (await performed())["excluded"]) == (0, {"to_be_confirmed": 1})
    await town.mediation(m.CommitmentDue, case_id, mediation_id, **one, proven=False)
    assert ((await performed())["met"], (await performed())["counted"]) == (0, 1)


async def test_the_table_opens_in_a_spreadsheet(town: Town):
    await town.file()
    table = await town.zhou.get("/v1/figures.csv", params={"by": "month"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]
    assert table.text.startswith("\ufeff分组,件数,响应率")
    assert "2026-03" in table.text


async def test_the_board_is_everybodys_and_counts_no_child_and_no_small_group(town: Town):
    # given: six named cases in noise, one of another category, and one about a child
    for _ in range(6):
        await town.file()
    await town.file(category="sanitation", subcategory="pests")
    child = await town.file(affected_under_14=True)
    consent = {
        "guardian_id": str(member_of(town.lin)),
        "relation": "parent",
        "proof": "known_in_person",
        "purpose": "本案至结案",
    }
    of_child = done(await town.zhou.post(f"/v1/cases/{child['id']}/guardian-consent", json=consent))
    # when: somebody who has not signed in looks
    board = done(await town.http.get(f"/v1/board/{town.alliance_id}"))
    # then
    assert (board["total"]["cases"], board["total"]["open"]) == (7, 7)
    assert [(one["key"], one["figures"]) for one in board["categories"]] == [
        ("noise", None),
        ("sanitation", None),
    ], "the one small group could be reckoned from the total, so the next smallest goes with it"
    assert board["since"] == "2025-04-01"
    table = await town.http.get(f"/v1/board/{town.alliance_id}/table.csv", params={"by": "category"})
    assert "noise,<5" in table.text
    # and when the guardian lets it be counted, and takes that back
    for allowed, counted in ((True, 8), (False, 7)):
        done(await town.lin.post(f"/v1/cases/{of_child['id']}/let-on-board", json={"allowed": allowed}))
        town.clock.advance(timedelta(minutes=1))
        board = done(await town.http.get(f"/v1/board/{town.alliance_id}"))
        assert board["total"]["cases"] == counted
    done(await town.zhou.post(f"/v1/cases/{of_child['id']}/let-on-board", json={"allowed": True}), 403)


async def test_a_matter_in_which_a_picture_shows_a_child_is_on_no_board(town: Town):
    for _ in range(6):
        await town.file()
    shown = (await town.file())["id"]
    before = done(await town.http.get(f"/v1/board/{town.alliance_id}"))["total"]["cases"]
    await bring(town, shown, shows_minor="true")
    town.clock.advance(timedelta(minutes=1))
    after = done(await town.http.get(f"/v1/board/{town.alliance_id}"))["total"]["cases"]
    assert (before, after) == (7, 6)


async def test_the_board_is_reckoned_once_a_minute(town: Town):
    for _ in range(5):
        await town.file()
    first = done(await town.http.get(f"/v1/board/{town.alliance_id}"))
    await town.file()
    kept = done(await town.http.get(f"/v1/board/{town.alliance_id}"))
    town.clock.advance(timedelta(minutes=1))
    fresh = done(await town.http.get(f"/v1/board/{town.alliance_id}"))
    assert [one["total"]["cases"] for one in (first, kept, fresh)] == [5, 5, 6]
    nowhere = done(await town.http.get(f"/v1/board/{uuid4()}"))
    assert (nowhere["total"]["cases"], nowhere["months"]) == (0, [])


async def test_one_place_or_block_is_told_to_staff_alone(town: Town):
    await town.file()
    by_place = done(await town.zhou.get("/v1/figures", params={"by": "place"}))
    assert [group["key"] for group in by_place["groups"]] == [str(town.shop)]
    here = done(await town.zhou.get("/v1/figures", params={"block_id": str(town.block)}))
    elsewhere = done(await town.zhou.get("/v1/figures", params={"block_id": str(uuid4())}))
    assert (here["total"]["cases"], elsewhere["total"]["cases"]) == (1, 0)
    for query in ({"by": "place"}, {"block_id": str(town.block)}):
        assert (await town.lin.get("/v1/figures", params=query)).status_code == 403
