"""自愿承诺 over HTTP: offered by who refused mediation, wanted or not, kept or not; no agreement anywhere."""

from __future__ import annotations

from uuid import uuid4

from shared.contracts import alliance
from shared.contracts.complaints import PledgeAnswered
from tests.integration.complaints.town import Town, done

PLEDGE = {"what": "22:00至07:00报警器不响", "due_on": "2026-03-31"}


async def a_pledge(town: Town, **filed: str) -> tuple[str, str]:
    """Mediation is refused, and 马 offers something by himself."""
    case_id = await town.accepted(**filed)
    assert done(await town.ma.post(f"/v1/cases/{case_id}/refuse-mediation", json={}))["stage"] == "closed"
    receipt = done(await town.ma.post(f"/v1/cases/{case_id}/pledges", json=PLEDGE))
    assert (receipt["stage"], receipt["status"]) == ("closed", "ended_without_agreement")
    [pledge] = done(await town.lin.get(f"/v1/cases/{case_id}"))["pledges"]
    return case_id, f"/v1/cases/{case_id}/pledges/{pledge['id']}"


async def kinds(town: Town, case_id: str) -> list[str]:
    return [event.type.split(".")[-2] for event in await town.told(case_id)]


async def test_a_pledge_that_is_kept(town: Town):
    case_id, pledge = await a_pledge(town, identity="hidden")
    wanted = done(await town.lin.post(f"{pledge}/answer", json={"wanted": True}))
    assert (wanted["stage"], wanted["status"]) == ("act", "pledged")
    assert wanted["clock"] == {"name": "pledge", "until": "2026-03-31"}
    proven = done(await town.ma.post(f"{pledge}/proof", json={"text": "关了"}))
    assert (proven["stage"], proven["clock"]["name"]) == ("supervise", "confirm_done")
    disputed = done(await town.lin.post(f"{pledge}/dispute", json={"reason": "五号楼还听得到"}))
    assert disputed["clock"]["name"] == "pledge"
    # then the words of a hidden complainant are not for the other side
    for reader, words in ((town.ma, None), (town.lin, "五号楼还听得到"), (town.zhou, "五号楼还听得到")):
        [shown] = done(await reader.get(f"/v1/cases/{case_id}"))["pledges"]
        assert (shown["status"], shown["dispute"], shown["yours"]) == ("disputed", words, reader is town.ma)
    # when it is shown again
    done(await town.ma.post(f"{pledge}/proof", json={"text": "换了静音的"}))
    assert done(await town.lin.post(f"{pledge}/confirm", json={}))["stage"] == "review"
    told = await kinds(town, case_id)
    assert [kind for kind in told if kind.startswith("pledge")] == [
        "pledge_offered",
        "pledge_answered",
        "pledge_proven",
        "pledge_disputed",
        "pledge_proven",
        "pledge_confirmed",
    ]
    events = "".join(str(event.data) for event in await town.told(case_id))
    assert not [words for words in (PLEDGE["what"], "静音", "五号楼") if words in events]


async def test_a_pledge_that_is_missed_is_told_as_a_fact_and_nobody_is_called_in(town: Town):
    case_id, pledge = await a_pledge(town)
    done(await town.lin.post(f"{pledge}/answer", json={"wanted": True}))
    before = await kinds(town, case_id)
    await town.later(days=40)
    assert (await kinds(town, case_id))[len(before) :] == ["pledge_missed"]
    seen = done(await town.ma.get(f"/v1/cases/{case_id}"))
    assert (seen["stage"], seen["pledges"][0]["missed"]) == ("supervise", True)
    assert "不是协议" in seen["next"]
    ended = done(await town.lin.post(f"/v1/cases/{case_id}/conclude", json={"result": "no_agreement"}))
    assert (ended["stage"], ended["status"]) == ("closed", "ended_without_agreement")


async def test_a_pledge_nobody_wants_leaves_the_case_closed(town: Town):
    _, pledge = await a_pledge(town)
    assert done(await town.lin.post(f"{pledge}/answer", json={"wanted": False}))["stage"] == "closed"
    assert (await town.ma.post(f"{pledge}/proof", json={"text": "关了"})).status_code == 409


async def test_it_is_each_sides_own_step_and_strangers_find_nothing(town: Town):
    case_id, pledge = await a_pledge(town)
    yes = {"wanted": True}
    assert (await town.ma.post(f"{pledge}/answer", json=yes)).status_code == 403
    assert (await town.zhou.post(f"{pledge}/answer", json=yes)).status_code == 403
    assert (await town.sun.post(f"{pledge}/answer", json=yes)).status_code == 404
    assert (await town.lin.post(f"/v1/cases/{case_id}/pledges", json=PLEDGE)).status_code == 403
    unknown = f"/v1/cases/{case_id}/pledges/{uuid4()}/answer"
    assert (await town.lin.post(unknown, json=yes)).status_code == 404
    wrong = done(await town.lin.post(f"{pledge}/answer", json={"wanted": "maybe"}), 422)
    assert wrong["errors"][0]["pointer"] == "/wanted"


async def a_refusal_on_paper(town: Town) -> str:
    """The address of a matter about a shop of the building whose people are not on the platform."""
    place = uuid4()
    await town.tell(
        alliance.PlaceRegistered(
            alliance_id=town.alliance_id,
            place_id=place,
            kind="shop",
            block_id=town.block,
            building_id=town.building,
        )
    )
    filed = await town.file(place_id=str(place))
    case = f"/v1/cases/{filed['id']}"
    done(await town.zhou.post(f"{case}/accept", json={"shared_summary": "电动车报警器夜间鸣响"}))
    entered = {"kind": "refuse", "text": "没空", "slip": "counter", "received_on": "2026-03-12"}
    assert done(await town.zhou.post(f"{case}/enter-answer", json=entered))["stage"] == "closed"
    return case


async def test_a_captain_writes_down_what_somebody_without_an_account_pledges(town: Town):
    case = await a_refusal_on_paper(town)
    form = PLEDGE | {"slip": "counter", "received_on": "2026-03-12"}
    done(await town.xu.post(f"{case}/enter-pledge", json=form))
    for reader in (town.lin, town.zhou, town.xu):
        [shown] = done(await reader.get(case))["pledges"]
        entered = {"slip": "counter", "received_on": "2026-03-12", "by": "building_captain"}
        assert (shown["what"], shown["status"], shown["entered"]) == (PLEDGE["what"], "offered", entered)
    steps = done(await town.lin.get(f"{case}/history"))["items"]
    assert "2026年3月12日被投诉一方到窗口自愿承诺" in steps[-1]["text"]
    # when the complainant wants it, nobody on the platform can be told but who brings the word
    [pledge] = done(await town.lin.get(case))["pledges"]
    done(await town.lin.post(f"{case}/pledges/{pledge['id']}/answer", json={"wanted": True}))
    [answered] = [one.data for one in await town.told(case[-36:]) if isinstance(one.data, PledgeAnswered)]
    assert (answered.to, answered.to_be_brought) == ((), True)
    paper = "".join(done(await town.xu.get(f"{case}/pledge-receipt"))["lines"])
    assert not [word for word in (PLEDGE["what"], "楼组长", "对方愿意接受", "不是协议") if word not in paper]
    done(await town.xu.post(f"{case}/pledges/{pledge['id']}/proof", json={"text": "来说关了"}))
    assert done(await town.lin.post(f"{case}/pledges/{pledge['id']}/confirm", json={}))["stage"] == "review"


async def test_nobody_else_writes_a_pledge_down_and_nobody_for_whom_has_an_account(town: Town):
    case = await a_refusal_on_paper(town)
    form = PLEDGE | {"slip": "paper", "received_on": "2026-03-12"}
    for person, status in ((town.lin, 403), (town.sun, 404), (town.gu, 404)):
        assert (await person.post(f"{case}/enter-pledge", json=form)).status_code == status
        assert (await person.get(f"{case}/pledge-receipt")).status_code == status
    wrong = done(await town.zhou.post(f"{case}/enter-pledge", json=form | {"slip": "dream"}), 422)
    assert wrong["errors"][0]["pointer"] == "/slip"
    known = await town.accepted()
    done(await town.ma.post(f"/v1/cases/{known}/refuse-mediation", json={}))
    assert (await town.zhou.post(f"/v1/cases/{known}/enter-pledge", json=form)).status_code == 409


async def test_who_refused_on_paper_may_come_later_by_the_code_and_pledge(town: Town):
    receipt = done(
        await town.lin.post(
            "/v1/cases",
            json={
                "category": "noise",
                "subcategory": "ebike_alarm",
                "description": "报警器一夜叫到天亮。",
                "place_text": "126号新开的外卖站",
            },
        ),
        201,
    )
    case = f"/v1/cases/{receipt['id']}"
    done(await town.zhou.post(f"{case}/accept", json={"shared_summary": "电动车报警器夜间鸣响"}))
    entered = {"kind": "refuse", "text": "没空", "slip": "paper", "received_on": "2026-03-12"}
    assert done(await town.zhou.post(f"{case}/enter-answer", json=entered))["stage"] == "closed"
    code = done(await town.zhou.get(f"{case}/paper-notice"))["code"]
    shop = await town.newcomer("merchant")
    claimed = {"reference": receipt["reference"], "code": code}
    done(await shop.post("/v1/claims", json=claimed))
    done(await shop.post(f"{case}/pledges", json=PLEDGE))
    assert [one["status"] for one in done(await town.lin.get(case))["pledges"]] == ["offered"]
