"""换位思考 through the service's own doors: said, called right by the other, and read by those who were there."""

from __future__ import annotations

from tests.integration.mediation.neighbourhood import Neighbourhood


async def test_each_side_says_what_the_other_needs_and_the_other_calls_it_right(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    await case.do(hill.gu, "exchange", {"complainant": 14, "respondent": 15})
    await case.do(hill.gu, "restatements", {"side": "respondent", "text": "老人要午睡"})
    assert "restatements/answer" in (await case.view(hill.lin))["possible"]
    assert (await case.ask(hill.ma, "restatements/answer", {"right": True})).status_code == 409
    await case.do(hill.lin, "restatements/answer", {"right": True})
    await case.do(hill.gu, "restatements", {"side": "complainant", "text": "客人被浇到要跑掉的"})
    await case.do(hill.ma, "restatements/answer", {"right": True})
    await case.do(hill.gu, "findings", {"point": "伞上的烟洞", "established": False})
    for reader in (hill.lin, hill.ma, hill.gu, hill.zhou):
        assert (await case.view(reader))["dialogue"] == {
            "spoken": [{"side": "complainant", "minutes": 14}, {"side": "respondent", "minutes": 15}],
            "restated": [
                {"side": "respondent", "text": "老人要午睡", "right": True},
                {"side": "complainant", "text": "客人被浇到要跑掉的", "right": True},
            ],
            "findings": [{"point": "伞上的烟洞", "established": False}],
        }


async def test_only_the_mediator_keeps_the_record_and_no_other_finds_it(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    finding = {"point": "伞上的烟洞", "established": False}
    assert (await case.ask(hill.lin, "findings", finding)).status_code == 403
    assert (await case.ask(hill.han, "findings", finding)).status_code == 404
    assert (await case.ask(hill.gu, "findings", {"point": "", "established": False})).status_code == 422


async def test_no_word_of_it_is_told_to_other_services(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    before = await case.types_told()
    await case.do(hill.gu, "restatements", {"side": "respondent", "text": "老人要午睡"})
    await case.do(hill.lin, "restatements/answer", {"right": True})
    assert await case.types_told() == before
