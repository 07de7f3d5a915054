"""08: a pupil files himself; without a guardian he is party to nothing, and nobody learns who he is."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from PIL import Image

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, inbox, mark, promise, refused, sign, span, stands

WORDS = "理发店门口音响放到晚上九点半,我作业写不完,下个月要考试了。我妈不让我说。我已经跟他们说过了他们笑我。"
CLAIM = "门口的音响昨晚被楼上扔下来的苹果砸坏了,监控我发群里了。"
HIS_WORDS = "是我扔的。他们笑我,我就扔了。我不是故意砸那么准的。"
NEVER = ("赵宇", "小宇", "13岁", "红领巾", "作业写不完", "是我扔的", "妈不让我说")


async def test_a_childs_matter_is_the_guardians_and_nobody_learns_whose_child(story: Story) -> None:
    await story.at("2026-05-21 21:10")
    zhao, dong, zhou, han = await story.people("赵敏", "董浩", "周敏", "韩志明")
    board = await figures(zhou)

    notice = await a_child_files(story, zhao, dong, zhou)
    matter = await the_guardian_consents(story, notice, zhao, dong, zhou)
    claim = await the_shop_answers_with_a_picture(story, matter, zhao, dong, zhou)
    await the_post_is_taken_down(story, claim, zhao, dong, zhou)
    await the_claim_is_answered_and_no_name_told(story, claim, zhao, dong, zhou)
    await the_child_is_heard(story, matter, zhao, dong, zhou)
    await a_closed_session(story, matter, zhao, dong, (zhou, han))
    await all_is_kept(story, matter, zhao, dong)
    await it_is_looked_at_again(story, matter, zhao, dong, zhou)
    await both_are_asked_and_it_closes(story, matter, claim, zhao, dong)
    await what_shows_the_child_is_erased(story, matter, claim, zhou)
    await nothing_told_of_the_child(story, matter, claim, board)


async def a_child_files(story: Story, zhao: Person, dong: Person, zhou: Person) -> Json:
    """On his mother's telephone: kept for the coordinator alone, no case, no party, no hint to anybody."""
    place = await story.place("山北路126号")
    form = {"category": "noise", "subcategory": "street_music", "place_id": place, "description": WORDS}
    receipt: Json = await zhao.post("complaints", "/v1/cases", form | {"affected_under_14": True})
    assert (receipt["stage"], receipt["status"]) == ("hear", "minor")
    assert "监护人" in receipt["next"]
    waiting = (await zhou.get("complaints", "/v1/minor-notices"))["items"]
    assert receipt["reference"] in {one["reference"] for one in waiting}
    await story.rests()
    heard = [one["kind"] for one in await inbox(zhou) if one["case_id"] == receipt["id"]]
    assert heard == ["minor_to_protect"]
    await refused(zhao.get("complaints", f"/v1/cases/{receipt['id']}"), 404)
    no_case = zhou.post("complaints", f"/v1/cases/{receipt['id']}/accept", {"shared_summary": "音响声音大"})
    await refused(no_case, 404)
    alike = {"category": "noise", "subcategory": "street_music", "place_id": place, "description": WORDS}
    similar = await dong.post("complaints", "/v1/cases/similar", alike)
    assert (similar["items"], similar["about"]) == ([], None)
    return receipt


async def the_guardian_consents(
    story: Story, notice: Json, zhao: Person, dong: Person, zhou: Person
) -> Matter:
    await story.at("2026-05-22 16:00")
    consent = {
        "guardian_id": zhao.id,
        "relation": "parent",
        "proof": "known_in_person",
        "purpose": "处理本案,到结案为止",
    }
    case = await zhou.post("complaints", f"/v1/cases/{notice['id']}/guardian-consent", consent)
    matter = Matter(story, case)
    assert (matter.reference, matter.id != notice["id"]) == (notice["reference"], True)
    seen = await matter.seen(zhao)
    assert (seen["role_in_case"], seen["identity"], seen["minor"]) == ("complainant", "hidden", True)
    await refused(zhao.get("complaints", f"/v1/cases/{matter.id}/child-view"), 404)
    await matter.does(zhao, "let-child-follow", allowed=True)
    view = await matter.seen(zhao, "child-view")
    assert "110或12345" in view["help"]
    accepted = await matter.does(zhou, "accept", shared_summary="晚间门口音响声音大")
    stands(accepted, "hear", mediation="2026-06-22")
    await the_board_counts_it_only_if_she_says_so(matter, zhao, dong, zhou)
    return matter


async def the_board_counts_it_only_if_she_says_so(
    matter: Matter, zhao: Person, dong: Person, zhou: Person
) -> None:
    """What is not said is no; she says yes, and takes it back. Nobody but she reads it, and nobody says it for her."""
    assert "on_board" not in await matter.seen(zhao)
    await matter.does(zhao, "let-on-board", allowed=True)
    assert (await matter.seen(zhao))["on_board"]
    assert "on_board" not in await matter.seen(zhou)
    await matter.does(zhao, "let-on-board", allowed=False)
    assert "on_board" not in await matter.seen(zhao)
    await refused(matter.does(zhou, "let-on-board", allowed=True), 403)
    await refused(matter.does(dong, "let-on-board", allowed=True), 403)


async def the_shop_answers_with_a_picture(
    story: Story, matter: Matter, zhao: Person, dong: Person, zhou: Person
) -> Matter:
    """A case of its own; the picture of a child is sealed at once and opens to a coordinator with a reason."""
    await story.at("2026-05-25 09:00")
    await matter.is_served(dong)
    stands(await matter.seen(dong), "hear", answer="2026-06-01")
    assert "minor" not in await matter.seen(dong)
    await refused(dong.get("complaints", f"/v1/cases/{matter.id}/child-view"), 404)

    await story.at("2026-05-26 17:30")
    damage = {"category": "sanitation", "subcategory": "other_sanitation", "description": CLAIM}
    answered = await matter.does(dong, "answer", kind="counter_claim", text="音响我会管。", claim=damage)
    claim = Matter(story, answered["counter_claim"])
    picture = await bring(dong, claim)
    [exhibit] = (await claim.seen(zhou, "evidence"))["items"]
    assert (exhibit["shown"], exhibit["readable"]) == ("sealed", False)
    content = f"/v1/cases/{claim.id}/evidence/{picture}/content"
    for reader in (dong, zhou):
        await refused(reader.text("complaints", content), 404)
    await claim.does(zhou, f"evidence/{picture}/open", reason="核实是否涉及未成年人")
    assert await zhou.text("complaints", content)
    await refused(dong.text("complaints", content), 404)
    assert (await claim.seen(zhou))["minor"]
    return claim


async def bring(by: Person, matter: Matter) -> str:
    picture = BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "JPEG")
    said = {"kind": "photo", "shows_minor": "true"}
    answer = await by.send_file("complaints", f"/v1/cases/{matter.id}/evidence", picture.getvalue(), said)
    return str(answer["evidence_id"])


async def the_post_is_taken_down(
    story: Story, claim: Matter, zhao: Person, dong: Person, zhou: Person
) -> None:
    await story.at("2026-05-26 17:52")
    await claim.does(zhou, "takedown", side="complainant")
    assert (await claim.heard(dong))["takedown_asked"] == 1
    assert (await claim.seen(dong))["takedown_asked"]
    await story.at("2026-05-26 18:05")
    await claim.does(dong, "taken-down")
    steps = {one["type"]: one["at"][11:16] for one in (await claim.seen(zhou, "history"))["items"]}
    assert (steps["takedown_asked"], steps["taken_down"]) == ("09:52", "10:05")
    assert (await claim.heard(zhou))["taken_down"] == 1
    await refused(claim.seen(zhao), 404)


async def the_claim_is_answered_and_no_name_told(
    story: Story, claim: Matter, zhao: Person, dong: Person, zhou: Person
) -> None:
    """Whoever stays hidden there is named as nobody's respondent here; the coordinator asks them and passes it on."""
    await story.at("2026-05-27 10:00")
    summary = {"shared_summary": "门口音响受损"}
    named = claim.does(zhou, "accept", **summary, respondent_id=zhao.id)
    await refused(named, 422, "would_betray")
    await claim.does(zhou, "accept", **summary)
    said = {"kind": "propose", "slip": "visit", "received_on": "2026-05-27"}
    telling = "我儿子13岁,作业写不完,下个月要考试了,他知道错了。"
    await refused(claim.does(zhou, "enter-answer", **said, text=telling), 422, "betraying_words")
    await claim.does(zhou, "enter-answer", **said, text="愿意承担一半修理费,想当面说。")
    seen = await claim.seen(dong)
    assert seen["answer"] == {"kind": "propose", "text": "愿意承担一半修理费,想当面说。"}
    assert (await claim.heard(dong))["case_answered"] == 1
    assert {one["member_id"] for one in seen["parties"]} == {dong.id}
    await refused(claim.seen(zhao), 404)
    assert await claim.heard(zhao) == {}


async def the_child_is_heard(story: Story, matter: Matter, zhao: Person, dong: Person, zhou: Person) -> None:
    """With his mother beside him; his words are sealed, and stand in no history and no answer."""
    await story.at("2026-05-27 17:00")
    alone = {"words": HIS_WORDS, "present": ["coordinator"]}
    await refused(matter.does(zhou, "child-heard", **alone), 422, "nobody_beside_the_child")
    await refused(matter.does(zhao, "child-heard", **alone), 403)
    present = ["guardian", "coordinator", "volunteer"]
    await matter.does(zhou, "child-heard", words=HIS_WORDS, present=present)
    assert "child_heard" in await matter.steps(zhou)
    assert "child_heard" not in await matter.steps(zhao)
    [sealed] = (await matter.seen(zhou, "evidence"))["items"]
    assert (sealed["kind"], sealed["shown"]) == ("child_words", "sealed")
    for reader in (zhao, dong):
        assert (await matter.seen(reader, "evidence"))["items"] == []
    await matter.does(zhou, f"evidence/{sealed['id']}/open", reason="准备会谈")
    content = f"/v1/cases/{matter.id}/evidence/{sealed['id']}/content"
    assert await zhou.text("complaints", content) == HIS_WORDS


async def a_closed_session(
    story: Story, matter: Matter, zhao: Person, dong: Person, officials: tuple[Person, Person]
) -> None:
    """No open one is offered; the minutes speak of 住户方子女 and of nothing that tells which child."""
    zhou, han = officials
    await story.at("2026-05-29 10:00")
    await matter.does(zhou, "route", path="mediation")
    for party in (zhao, dong):
        rights = (await matter.mediation(party))["rights"]
        assert not [right for right in rights if "公开或者" in right]
        assert [right for right in rights if "不公开" in right]
        await matter.mediates(party, "consent", available=[span("2026-06-03", "15:00", "19:00")])
    closed = await matter.mediation(dong)
    assert "openness" not in closed["possible"]
    assert closed["openness"] == {"open": False, "may_be_open": False, "yours": None}
    await refused(matter.mediates(dong, "openness", open=True), 409, "closed_sessions_alone")
    await matter.mediates(zhou, "nominate", mediator_id=han.id)
    await matter.mediates(han, "take", relation="none")
    slot = (await matter.mediates(han, "slots"))["slots"][0]
    for party in (zhao, dong):
        await matter.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    await matter.mediates(han, "schedule", slot_id=slot["slot_id"])

    await story.at("2026-06-03 20:00")
    await refused(matter.mediates(han, "minutes", text="13岁的孩子写了道歉信。"), 422, "tells_of_a_child")
    await matter.mediates(han, "minutes", text="住户方子女写了道歉信,志愿者代读。店主说他也不该笑。")
    drafted = await matter.mediates(
        han,
        "agreement",
        form="written",
        facts="晚间门口音响影响楼上休息;音响受损。",
        terms="双方同意下列事项,住户方子女的姓名不写入任何材料。",
        commitments=[
            promise("respondent", "音响收进店里,6月30日前20点关,以后21点关", "2026-06-03"),
            promise("complainant", "承担音响修理费一半260元", "2026-06-12"),
            promise("respondent", "删除录像的所有副本并书面说明", "2026-06-05"),
            promise("complainant", "窗上装防护网", "2026-06-15"),
        ],
    )
    content = drafted["agreement"]
    await sign(content, zhao, dong)
    await mark(content, han, zhou)
    await story.rests()
    stands(await matter.seen(zhao), "act", "in_force", commitments="2026-06-15")


async def all_is_kept(story: Story, matter: Matter, zhao: Person, dong: Person) -> None:
    await story.asks_with_the_last_visit("2026-06-16")
    await story.at("2026-06-16 10:00")
    for one in (await matter.mediation(zhao))["agreement"]["commitments"]:
        owner, other = (dong, zhao) if one["owner_side"] == "respondent" else (zhao, dong)
        await owner.post("mediation", f"/v1/commitments/{one['id']}/proof", {"text": "办好了"})
        await other.post("mediation", f"/v1/commitments/{one['id']}/confirm")
    await story.rests()
    seen = await matter.seen(zhao)
    stands(seen, "supervise", "to_be_visited", last_visit="2026-07-16")
    assert [one["due"] for one in seen["visits"]] == ["2026-06-23", "2026-07-16"]
    assert (await matter.seen(zhao, "child-view"))["stage"] == "supervise"


async def it_is_looked_at_again(
    story: Story, matter: Matter, zhao: Person, dong: Person, zhou: Person
) -> None:
    """Nobody is asked how it went before the last visit, which asks for no word of the child."""
    await story.at("2026-06-23 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    for party in (zhao, dong):
        assert (await matter.heard(party))["survey_asked"] == 0
    await story.at("2026-07-16 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-07-23")
    for party in (zhao, dong):
        assert (await matter.heard(party))["survey_asked"] == 1
    assert (await matter.seen(zhao, "child-view"))["stage"] == "review"


async def both_are_asked_and_it_closes(
    story: Story, matter: Matter, claim: Matter, zhao: Person, dong: Person
) -> None:
    """The damage was settled with it: the shop lets its own complaint go."""
    await story.at("2026-07-23 18:00")
    await claim.does(dong, "withdraw", reason="settled_privately")
    await matter.does(zhao, "survey", solved=True, score=5)
    stands(await matter.does(dong, "survey", solved=True, score=5), "closed", "solved")


async def what_shows_the_child_is_erased(story: Story, matter: Matter, claim: Matter, zhou: Person) -> None:
    """30 days after the closing, not before; the history stays whole and the journal proves it."""
    await story.at("2026-08-21 23:59")
    for one in (matter, claim):
        assert [item["shown"] for item in (await one.seen(zhou, "evidence"))["items"]] == ["sealed"]
    await story.at("2026-08-22 00:01")
    for one in (matter, claim):
        assert [item["shown"] for item in (await one.seen(zhou, "evidence"))["items"]] == ["erased"]
        told = {step["type"]: step["text"] for step in (await one.seen(zhou, "history"))["items"]}
        assert "一份涉及未成年人的材料已按期删除" in told["evidence_erased"]
    [gone] = (await matter.seen(zhou, "evidence"))["items"]
    await refused(zhou.text("complaints", f"/v1/cases/{matter.id}/evidence/{gone['id']}/content"), 404)
    versions = [step["version"] for step in (await matter.seen(zhou, "history"))["items"]]
    assert versions == list(range(1, len(versions) + 1))


async def figures(zhou: Person) -> Any:
    alliance = (await zhou.get("alliance", "/v1/me"))["alliance_id"]
    return await zhou.get("complaints", f"/v1/board/{alliance}")


async def nothing_told_of_the_child(story: Story, matter: Matter, claim: Matter, board: Any) -> None:
    """In no notice, mail, answer, minutes or pack of the shop, and on no public page."""
    zhao, dong, zhou = await story.people("赵敏", "董浩", "周敏")
    answers = [
        await matter.seen(dong),
        await matter.seen(dong, "history"),
        await matter.seen(dong, "messages"),
        await matter.mediation(dong),
        await claim.seen(dong),
        await claim.seen(dong, "history"),
        *[mail.text for one in (matter, claim) for mail in await one.mails(dong)],
    ]
    shown = json.dumps(answers, ensure_ascii=False)
    assert [word for word in (*NEVER, zhao.id, "赵敏") if word in shown] == []
    mailed = "".join(mail.text for mail in await matter.mails(zhao))
    assert [word for word in NEVER if word in mailed] == []
    assert matter.reference not in json.dumps(await figures(zhou))
    assert set(board) == set(await figures(zhou))
