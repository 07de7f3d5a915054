"""A person is erased from the cases they were in: not while one runs, then wholly, and the history still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.contracts import alliance
from shared.persistence import journal
from tests.integration.complaints.test_inquiries import a_house
from tests.integration.complaints.town import A_NOISY_BAR, FILED_AT, Town, done, member_of

PRIVATE = "二楼的我整夜睡不着"


async def ask(
    town: Town, kind: type[alliance.ErasureAsked | alliance.ErasureGranted], erasure_id: UUID | None = None
) -> UUID:
    erasure_id = erasure_id or uuid4()
    await town.tell(kind(member_id=member_of(town.lin), alliance_id=town.alliance_id, erasure_id=erasure_id))
    return erasure_id


async def said(town: Town) -> dict[str, Any]:
    """What was answered last."""
    return (await town.told(str(member_of(town.lin))))[-1].data.model_dump()


async def everywhere(town: Town) -> str:
    tables = await town.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    rows = [await town.rows(f"SELECT * FROM {table['table_name']}") for table in tables]
    values = [value for found in rows for row in found for value in row.values()]
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values
    )


async def test_a_case_that_runs_or_may_be_taken_up_again_stands_against_it_and_keeps_its_words(town: Town):
    receipt = await town.file(description=PRIVATE)
    await ask(town, alliance.ErasureAsked)
    assert (await said(town))["obligations"] == (
        {"ground": "open_case", "reference": receipt["reference"], "until": None},
    )
    done(await town.lin.post(f"/v1/cases/{receipt['id']}/withdraw", json={}))
    await ask(town, alliance.ErasureAsked)
    [left] = (await said(town))["obligations"]
    assert left["ground"] == "may_be_reopened"
    assert left["until"] is not None

    await ask(town, alliance.ErasureGranted)

    assert {one["ground"] for one in (await said(town))["kept"]} == {"proof_of_history", "open_case"}
    assert done(await town.lin.get(f"/v1/cases/{receipt['id']}"))["description"] == PRIVATE
    await town.later(days=60)
    assert (await said(town))["erased"] != ()
    assert PRIVATE not in await everywhere(town)


async def test_whoever_is_erased_leaves_no_word_and_nobody_is_behind_them(town: Town):
    case_id = await town.answered(description=PRIVATE)
    done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={"note": PRIVATE}))
    town.clock.advance(timedelta(days=60))
    await ask(town, alliance.ErasureAsked)
    assert (await said(town))["obligations"] == ()

    await ask(town, alliance.ErasureGranted)

    report = await said(town)
    assert {one["what"]: one["count"] for one in report["erased"]} == {"matters": 1, "words": 2}
    dump = await everywhere(town)
    assert PRIVATE not in dump
    assert str(member_of(town.lin)) not in "\n".join(
        str(row) for row in await town.rows("SELECT * FROM parties")
    )
    [row] = await town.rows("SELECT version, head FROM cases WHERE id = $1", UUID(case_id))
    rows = await town.rows("SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", UUID(case_id))
    entries = [journal.from_row(one) for one in rows]
    assert any(one.payload is None for one in entries)
    assert journal.verify(entries, expected_version=row["version"], expected_head=row["head"]) is None

    for path in ("", "/history"):
        shown = await town.ma.get(f"/v1/cases/{case_id}{path}")
        assert shown.status_code == 200, shown.text
    assert done(await town.ma.get(f"/v1/cases/{case_id}"))["answer"]["text"] == "十点以后关后门。"
    assert (await town.lin.get(f"/v1/cases/{case_id}")).status_code == 404
    assert done(await town.zhou.get(f"/v1/cases/{case_id}"))["description"] == ""
    figures = await town.zhou.get("/v1/figures", params={"since": "2026-03-01", "until": "2026-06-30"})
    assert figures.status_code == 200, figures.text


async def test_whoever_is_erased_is_gone_again_when_the_register_is_told_anew(town: Town):
    await town.register(town.lin)
    erasure_id = await ask(town, alliance.ErasureGranted)
    await town.register(town.lin)

    await ask(town, alliance.ErasureGranted, erasure_id)

    assert await town.rows("SELECT FROM members WHERE member_id = $1", member_of(town.lin)) == []
    assert (await said(town))["erased"] == ()


async def test_what_a_neighbour_answered_goes_when_the_matter_it_was_about_has_ended(town: Town):
    house = await a_house(town)
    await house.ask()
    await house.says(house.daughter, PRIVATE)
    her = member_of(house.daughter)

    await town.tell(alliance.ErasureGranted(member_id=her, alliance_id=town.alliance_id, erasure_id=uuid4()))

    first = (await town.told(str(her)))[-1].data.model_dump()
    assert {one["what"]: one["ground"] for one in first["kept"]}["answers"] == "open_case"
    assert PRIVATE in [one["text"] for one in await house.answers(town.zhou)]
    done(await town.ma.post(f"/v1/cases/{house.case_id}/withdraw", json={}))
    await town.later(days=1)
    then = (await town.told(str(her)))[-1].data.model_dump()
    assert {one["what"]: one["count"] for one in then["erased"]} == {"answers": 1}
    assert "answers" not in [one["what"] for one in then["kept"]]
    assert PRIVATE not in await everywhere(town)


async def test_of_a_matter_one_may_not_know_of_nothing_is_said(town: Town):
    await town.file()
    ma = {"member_id": member_of(town.ma), "alliance_id": town.alliance_id, "erasure_id": uuid4()}
    await town.tell(alliance.ErasureAsked(**ma))
    [answer] = await town.told(str(member_of(town.ma)))
    assert answer.data.model_dump()["obligations"] == ()
    assert A_NOISY_BAR["description"] not in str(answer)
    assert town.clock.now() == FILED_AT
