"""A shop without an account is reached by visit and paper, answers on a slip, and may join by the paper's code."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.complaints.town import Town, done, member_of
from tests.support import files


async def an_unreached_shop(town: Town) -> str:
    """A case at a place where nobody known to the platform trades."""
    receipt = done(
        await town.lin.post(
            "/v1/cases",
            json={
                "category": "noise",
                "subcategory": "ebike_alarm",
                "description": "新开的外卖站,报警器一夜叫到天亮。",
                "place_text": "126号新开的外卖站",
                "identity": "hidden",
            },
        ),
        201,
    )
    form = {"shared_summary": "126号电动车报警器夜间鸣响"}
    done(await town.zhou.post(f"/v1/cases/{receipt['id']}/accept", json=form))
    return str(receipt["id"])


async def test_a_paper_notice_says_what_matters_and_betrays_nobody(town: Town):
    case_id = await an_unreached_shop(town)
    notice = done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))
    text = "".join(notice["lines"])
    assert "126号电动车报警器夜间鸣响" in text
    assert "自愿" in text
    assert "不收费" in text
    assert notice["code"] in text
    assert "一夜叫到天亮" not in text
    assert (await town.lin.get(f"/v1/cases/{case_id}/paper-notice")).status_code == 403
    assert (await town.sun.get(f"/v1/cases/{case_id}/paper-notice")).status_code == 404


async def test_only_a_signed_slip_serves_and_the_answer_counts_from_its_day(town: Town):
    case_id = await an_unreached_shop(town)
    for outcome, status in (("closed", "accepted"), ("handed_unsigned", "accepted"), ("signed", "served")):
        form = {"outcome": outcome, "note": "上门"}
        assert done(await town.zhou.post(f"/v1/cases/{case_id}/attempts", json=form))["status"] == status
    # when the slip says no, five days before it is entered
    await town.later(days=5)
    photo = {"data": {"kind": "photo"}, "files": {"file": ("slip.jpg", files.jpeg(), "image/jpeg")}}
    slip = done(await town.zhou.post(f"/v1/cases/{case_id}/evidence", **photo), 201)["evidence_id"]
    entered = {"kind": "refuse", "text": "没空开会", "slip": "paper", "received_on": "2026-03-13"}
    entered |= {"evidence_ids": [slip]}
    receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/enter-answer", json=entered))
    came = {"slip": "paper", "received_on": "2026-03-13"}
    for reader, shown in ((town.zhou, [slip]), (town.lin, [])):
        seen = done(await reader.get(f"/v1/cases/{case_id}"))["answer_entered"]
        assert seen == came | {"evidence_ids": shown}
    assert (await town.lin.get(f"/v1/cases/{case_id}/evidence/{slip}/content")).status_code == 404
    # then mediation cannot begin, and nobody is to blame
    assert (receipt["stage"], receipt["status"]) == ("closed", "ended_without_agreement")
    history = done(await town.lin.get(f"/v1/cases/{case_id}/history"))["items"]
    assert [step["type"] for step in history][-3:] == ["answer_entered", "mediation_declined", "case_closed"]
    assert len(done(await town.lin.get(f"/v1/cases/{case_id}"))["other_routes"]) == 3
    # and on paper they are told so, and that they may think otherwise
    paper = done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))
    assert "您可随时改变主意；不影响您的其他权利。" in "".join(paper["lines"])
    assert not [line for line in paper["lines"] if "期限" in line or "照常办理" in line]


async def test_while_an_authority_has_it_the_paper_says_that_it_goes_on_there(town: Town):
    case_id = await an_unreached_shop(town)
    form = {"authority": "fire_rescue", "note": "门洞充电", "part": "unlawful"}
    done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json=form))
    entered = {"kind": "refuse", "text": "没空", "slip": "paper", "received_on": "2026-03-12"}
    done(await town.zhou.post(f"/v1/cases/{case_id}/enter-answer", json=entered))
    paper = done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))
    assert "照常办理" in "".join(paper["lines"])
    assert paper["code"] in "".join(paper["lines"])


async def test_the_code_makes_its_holder_the_respondent_once(town: Town):
    case_id = await an_unreached_shop(town)
    notice = done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))
    claim = {"reference": notice["reference"], "code": notice["code"].lower()}
    # given wrong guesses and the complainant's own try
    wrong = await town.ma.post("/v1/claims", json={**claim, "code": "0000-0000-0000"})
    absent = await town.ma.post("/v1/claims", json={"reference": "SJ-0000-0000-0", "code": "x"})
    assert (wrong.status_code, wrong.json()) == (absent.status_code, absent.json()) == (404, absent.json())
    assert (await town.lin.post("/v1/claims", json=claim)).status_code == 404
    # when the shop uses it
    assert done(await town.ma.post("/v1/claims", json=claim))["id"] == case_id
    # then it answers for itself
    seen = done(await town.ma.get(f"/v1/cases/{case_id}"))
    assert seen["role_in_case"] == "respondent"
    assert str(member_of(town.lin)) not in str(seen)
    done(await town.ma.post(f"/v1/cases/{case_id}/answer", json={"kind": "agree", "text": "我关掉。"}))
    # and the code is spent
    assert (await town.sun.post("/v1/claims", json=claim)).status_code in (404, 409)
    assert done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))["code"] is None


async def test_guessing_ends_after_five_tries(town: Town):
    case_id = await an_unreached_shop(town)
    notice = done(await town.zhou.get(f"/v1/cases/{case_id}/paper-notice"))
    for _ in range(5):
        guess = {"reference": notice["reference"], "code": str(uuid4())[:12]}
        assert (await town.ma.post("/v1/claims", json=guess)).status_code == 404
    claim = {"reference": notice["reference"], "code": notice["code"]}
    assert (await town.ma.post("/v1/claims", json=claim)).status_code == 404
    await town.later(minutes=15)
    assert done(await town.ma.post("/v1/claims", json=claim))["id"] == case_id


async def test_a_day_that_cannot_be_is_named(town: Town):
    case_id = await an_unreached_shop(town)
    early = {"kind": "agree", "text": "好", "slip": "phone", "received_on": "2026-03-01"}
    answer = done(await town.zhou.post(f"/v1/cases/{case_id}/enter-answer", json=early), 422)
    assert (answer["errors"][0]["pointer"], answer["errors"][0]["code"]) == (
        "/received_on",
        "before_acceptance",
    )
