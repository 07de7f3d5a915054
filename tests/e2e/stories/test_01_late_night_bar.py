"""01: a bar's back door at night, and a neighbour who is afraid of being known."""

from __future__ import annotations

import json
from typing import NamedTuple

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, mark, promise, refused, sign, span, stands, when
from tests.support import files

BAR = "山北路116号"
WORDS = (
    "楼下酒吧后门天天开到一两点,低音炮咚咚咚的,床都在抖。客人还站在后天井抽烟骂人。我一个老太婆住三楼,"
    "心脏不好,求你们管管。千万别说是我讲的,上趟有人讲了,第二天门口就被倒了一摊垃圾。"
)
SUMMARY = "116号后门夜间低频音乐及人员聚集,影响周边住户休息"
BETRAYING = ("林佩珍", "三楼", "老太婆", "心脏", "上趟", "lin@shanbei.example", "6号301")


class Bar(NamedTuple):
    """The story, its matter and its people."""

    story: Story
    matter: Matter
    lin: Person
    ma: Person
    zhou: Person
    gu: Person


async def test_the_bar_closes_its_door_and_never_learns_who_asked(story: Story) -> None:
    await story.at("2026-03-12 23:52")
    lin, ma, zhou, gu = await story.people("林佩珍", "马腾", "周敏", "顾国强")
    matter = await story.files(
        lin,
        BAR,
        category="noise",
        subcategory="bar_music",
        happening_now=True,
        identity="hidden",
        description=WORDS,
    )
    stands(matter.receipt, "hear", triage="2026-03-16")
    assert await matter.heard(lin) == {"case_received": 1}
    await nobody_else_knows_of_it_yet(matter, ma, zhou)
    await her_photo_says_nothing_of_her(matter, lin, zhou)

    await story.at("2026-03-13 09:20")
    assert (await matter.mailed(zhou))["case_to_check"] == 1
    await zhou_looks_at_the_name(matter, zhou, lin)
    await no_word_of_hers_is_in_the_summary(matter, zhou)
    accepted = await matter.does(zhou, "accept", shared_summary=SUMMARY)
    stands(accepted, "hear", mediation="2026-04-13")

    await story.at("2026-03-13 10:05")
    await matter.is_served(ma)
    seen = await matter.seen(ma)
    stands(seen, "hear", answer="2026-03-20")
    assert (seen["filed_on"], seen["filed_on_is_half_month"]) == ("2026-03-01", True)
    await ma_guesses(matter, ma, lin, zhou)

    await story.at("2026-03-18 11:00")
    answer = await matter.does(
        ma,
        "answer",
        kind="propose",
        text="后门可以十点以后不开,低音我让师傅调一下。但是十二点前前面总要营业的。",
    )
    assert answer["stage"] == "deliberate"
    assert "case_answered" in await matter.heard(lin)

    bar = Bar(story, matter, lin, ma, zhou, gu)
    await they_talk_apart(bar)
    await they_agree(bar)
    await they_keep_it(story, matter, lin, ma, zhou)
    await both_look_back(story, matter, lin, ma, zhou)
    await ma_has_learnt_nothing(story, matter, ma, lin)


async def nobody_else_knows_of_it_yet(matter: Matter, ma: Person, zhou: Person) -> None:
    """Neither the shop, by whatever it asks, nor the coordinator's telephone at night."""
    assert await matter.heard(ma) == {}
    await refused(matter.seen(ma), 404)
    for more in ("history", "messages", "evidence"):
        await refused(matter.seen(ma, more), 404)
    place = await matter.story.place(BAR)
    alike = {"category": "noise", "subcategory": "bar_music", "place_id": place, "description": WORDS}
    assert (await ma.post("complaints", "/v1/cases/similar", alike))["items"] == []
    assert (await matter.heard(zhou), await matter.mailed(zhou)) == ({"case_to_check": 1}, {})


async def no_word_of_hers_is_in_the_summary(matter: Matter, zhou: Person) -> None:
    """What would tell who she is comes back with the words; it is not taken on so."""
    for summary, code, words in (
        ("三楼老太婆说低音炮太响", "betraying_words", {"三楼", "老太婆"}),
        ("低音炮太响,有人心脏不好", "health_not_shared", {"心脏"}),
    ):
        no = await refused(matter.does(zhou, "accept", shared_summary=summary), 422, code)
        assert words <= {*no["words"]}
    stands(await matter.seen(zhou), "hear", "filed")


async def her_photo_says_nothing_of_her(matter: Matter, lin: Person, zhou: Person) -> None:
    """Where it was taken and by which telephone is gone before anybody looks at it."""
    photo, evidence = files.jpeg(), f"/v1/cases/{matter.id}/evidence"
    kept = await lin.send_file("complaints", evidence, photo, {"kind": "photo", "note": "后天井"})
    for reader in (lin, zhou):
        shown = await reader.text("complaints", f"{evidence}/{kept['evidence_id']}/content")
        assert "JFIF" in shown
        for told in ("Exif", "PhoneOfLin", files.PLACE):
            assert told.encode() in photo
            assert told not in shown


async def zhou_looks_at_the_name(matter: Matter, zhou: Person, lin: Person) -> None:
    """She sees a mark, not a name; a look needs a reason, and the reason is told."""
    seen = await matter.seen(zhou)
    assert seen["identity"] == "hidden"
    assert lin.id not in json.dumps(seen)
    await refused(matter.does(zhou, "reveal"), 422)
    assert lin.id not in json.dumps(await matter.seen(zhou))
    await matter.does(zhou, "reveal", reason="上门核实需联系")
    assert lin.id in json.dumps(await matter.seen(zhou))
    told = await matter.seen(lin, "messages")
    assert any("上门核实需联系" in message["text"] for message in told["items"])


async def ma_guesses(matter: Matter, ma: Person, lin: Person, zhou: Person) -> None:
    """Right or wrong, a guess gets the same answer, and reaches nobody but the coordinator."""
    wrong = await matter.does(
        ma, "messages", to="complainant", text="谁投诉的?401那个姓孙的吧,他去年就来吵过。"
    )
    right = await matter.does(ma, "messages", to="complainant", text="是301的林阿姨吧?")
    assert wrong | {"proof": None} == right | {"proof": None}
    assert "平台不提供也不确认任何猜测" in wrong["next"]
    assert (await matter.seen(ma))["households"] is None
    [filed] = [one for one in (await matter.seen(ma, "history"))["items"] if one["type"] == "case_filed"]
    assert filed["at"] is None
    assert "03-12" not in json.dumps(await matter.seen(ma, "history"))
    assert (await matter.seen(ma, "evidence"))["items"] == []
    from_ma = [one for one in (await matter.seen(zhou, "messages"))["items"] if one["sender"] == "respondent"]
    assert [message["held"] for message in from_ma] == [True, True]
    assert not [one for one in (await matter.seen(lin, "messages"))["items"] if one["sender"] == "respondent"]


async def they_talk_apart(bar: Bar) -> None:
    """Both consent; Gu hears each alone, at times at which they do not meet."""
    story, matter, lin, ma, zhou, gu = bar
    await matter.does(zhou, "route", path="mediation")
    days = ("2026-03-23", "2026-03-24")
    await matter.mediates(
        lin, "consent", separate=True, available=[span(day, "13:00", "18:00") for day in days]
    )
    await story.at("2026-03-19 09:00")
    await matter.mediates(ma, "consent", available=[span(day, "13:00", "18:00") for day in days])
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")
    offered = (await matter.mediates(gu, "slots"))["slots"]
    on_tuesday = next(slot["slot_id"] for slot in offered if slot["starts_at"].startswith("2026-03-24"))
    yes = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in offered]
    await matter.mediates(lin, "answers", answers=yes)
    await matter.mediates(ma, "answers", answers=yes)
    await matter.mediates(gu, "schedule", slot_id=on_tuesday)
    his, hers = (await matter.mediation(ma))["session"], (await matter.mediation(lin))["session"]
    assert his["ends_at"] < hers["starts_at"]
    for person in (lin, ma):
        [invitation] = [mail.calendar for mail in await matter.mails(person) if mail.calendar]
        assert "METHOD:REQUEST" in invitation
        assert lin.name not in invitation

    await story.at("2026-03-24 17:00")
    await matter.mediates(gu, "minutes", text="分别会谈,双方到场,各自说明情况。")
    await matter.mediates(gu, "caucus-notes", side="complainant", text="住户担心被报复,心脏不好。")
    notes = f"/v1/mediations/{matter.mediation_id}/caucus-notes"
    assert len((await gu.get("mediation", notes))["items"]) == 1
    for other in (lin, ma, zhou):
        await refused(other.get("mediation", notes), 404)


async def they_agree(bar: Bar) -> None:
    """All signatures and both marks: it is in force the same day."""
    story, matter, lin, ma, zhou, gu = bar
    drafted = await matter.mediates(
        gu,
        "agreement",
        form="written",
        facts="116号后门夜间开启,低频音乐影响周边住户休息。",
        terms="双方同意下列事项。",
        commitments=[
            promise("respondent", "后门22:00至次日08:00关闭,天井张贴提示", "2026-03-25"),
            promise("respondent", "低音炮加限幅器,拍摄设置照片", "2026-03-27"),
            promise("respondent", "22:00后劝客人离开天井,记录四周", "2026-04-21"),
            promise("complainant", "再有情况先在平台反映,不发群里", "2026-04-21"),
        ],
    )
    content = drafted["agreement"]
    await sign(content, lin, ma)
    await refused(ma.post("mediation", f"/v1/agreements/{content['id']}/mark"), 403)
    await mark(content, gu, zhou)
    await story.rests()
    stands(await matter.seen(lin), "act", commitments="2026-04-21")
    assert (await matter.mediation(ma))["agreement"]["effective_on"] == "2026-03-24"
    for party in (lin, ma):
        asked = party.post("mediation", f"/v1/agreements/{content['id']}/confirm-in-court")
        await refused(asked, 409, "no_court_while_hidden")


async def they_keep_it(story: Story, matter: Matter, lin: Person, ma: Person, zhou: Person) -> None:
    """Each promise is proven by the one and confirmed by the other; Ma sees the day, not the hour."""
    door, bass, yard, first_here = (await matter.mediation(lin))["agreement"]["commitments"]
    await story.at("2026-03-27 15:00")
    for one in (door, bass):
        await ma.post("mediation", f"/v1/commitments/{one['id']}/proof", {"text": "见照片。"})
    await refused(ma.post("mediation", f"/v1/commitments/{door['id']}/confirm"), 403)
    await the_police_are_told(story, matter, lin, ma, zhou)
    await story.at("2026-03-30 20:00")
    for one in (door, bass):
        await lin.post("mediation", f"/v1/commitments/{one['id']}/confirm")
    await story.rests()
    stands(await matter.seen(lin), "supervise")
    confirmed = [
        one for one in (await matter.seen(ma, "history"))["items"] if one["type"] == "commitment_confirmed"
    ]
    assert [(one["on"], one["at"]) for one in confirmed] == [("2026-03-30", None)] * 2

    await story.asks_with_the_last_visit("2026-04-21")
    await story.at("2026-04-21 10:00")
    await ma.post("mediation", f"/v1/commitments/{yard['id']}/proof", {"text": "四周记录。"})
    await lin.post("mediation", f"/v1/commitments/{yard['id']}/confirm")
    await lin.post("mediation", f"/v1/commitments/{first_here['id']}/proof", {"text": "没有发群。"})
    await ma.post("mediation", f"/v1/commitments/{first_here['id']}/confirm")
    await story.rests()


async def the_police_are_told(story: Story, matter: Matter, lin: Person, ma: Person, zhou: Person) -> None:
    """Garbage lies before a neighbour's door: recorded as reported; nobody is accused, and no side reads it."""
    await story.at("2026-03-29 23:40")
    before = await matter.seen(zhou)
    report = {"what": "有住户门口被倒垃圾,疑似报复", "at": when("2026-03-29 23:35").isoformat()}
    await refused(matter.does(ma, "police-report", **report), 403)
    await matter.does(zhou, "police-report", **report, reference="沪公受2026-0329")
    [told] = (await matter.seen(zhou))["police"]["reports"]
    assert (told["what"], told["reference"]) == (report["what"], "沪公受2026-0329")
    assert "police_reported" in await matter.steps(zhou)
    after = await matter.seen(zhou)
    assert (after["stage"], after["clocks"]) == (before["stage"], before["clocks"])
    for side in (lin, ma):
        assert "police_reported" not in await matter.steps(side)
        assert (await matter.seen(side))["police"] is None


async def both_look_back(story: Story, matter: Matter, lin: Person, ma: Person, zhou: Person) -> None:
    """After two visits and not before, both say it is solved, and the matter is closed."""
    stands(await matter.seen(lin), "supervise", "to_be_visited", last_visit="2026-05-21")
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-04-28", "2026-05-21"]
    await story.at("2026-04-28 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    for person in (lin, ma):
        assert "survey_asked" not in await matter.heard(person)
    await story.at("2026-05-21 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-05-28")
    for person, score in ((lin, 4), (ma, 3)):
        assert (await matter.heard(person))["survey_asked"] == 1
        await matter.does(person, "survey", solved=True, score=score)
    await story.rests()
    stands(await matter.seen(zhou), "closed", "solved")
    await the_board_points_at_nobody(matter, zhou)


async def the_board_points_at_nobody(matter: Matter, zhou: Person) -> None:
    """Figures alone, and none of fewer than five matters; whoever works on them sees the single ones too."""
    alliance = (await zhou.get("alliance", "/v1/me"))["alliance_id"]
    board = await zhou.get("complaints", f"/v1/board/{alliance}")
    groups = [group for by in ("months", "categories", "blocks") for group in board[by]]
    assert groups
    assert all(one["figures"] is None or one["figures"]["cases"] >= 5 for one in groups)
    written = json.dumps(board, ensure_ascii=False)
    assert not [word for word in (*BETRAYING, matter.id, matter.reference, BAR) if word in written]
    query = {"since": "2026-03-12", "until": "2026-03-12", "by": "subcategory"}
    inside = (await zhou.get("complaints", "/v1/figures", **query))["groups"]
    assert [one["figures"]["solved"]["met"] for one in inside if one["key"] == "bar_music"] == [1]


async def ma_has_learnt_nothing(story: Story, matter: Matter, ma: Person, lin: Person) -> None:
    """In no answer, notice or mail of the whole matter is there a word or an id that betrays her."""
    shown = [await matter.seen(ma, *more) for more in ((), ("history",), ("messages",))]
    shown.append(await matter.mediation(ma))
    mails = await matter.mails(ma)
    everything = json.dumps(shown, ensure_ascii=False) + "".join(
        mail.subject + mail.text + mail.html for mail in mails
    )
    own_words = "是301的林阿姨吧?"
    for secret in (*BETRAYING, lin.id):
        assert secret not in everything.replace(own_words, ""), secret
    for reader in (lin, ma):
        subjects = {mail.subject for mail in await matter.mails(reader)}
        assert subjects == {f"您有一条办理进展 {matter.reference}"}
