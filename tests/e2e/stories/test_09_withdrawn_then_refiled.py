"""09: a complaint is withdrawn for a private promise that does not last, and filed again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from cli.inside import database_of
from cli.mailbox import Mailbox
from cli.people import Person
from cli.running import BUS_SERVICES
from cli.verify import chains
from shared.contracts import topics
from shared.errors import NotFound
from shared.persistence.database import Database
from tests.e2e.stories.telling import Matter, Story, mark, promise, refused, sign, span, stands
from tests.support import files

STORE = "山北路130号"
WORDS = "对面便利店新换的LED招牌白得像白天,还会闪,窗帘都挡不住。"
AGAIN = "骗人!就暗了三天,国庆又调回去,还加了跑马灯。这次我不撤了。"
PRIVATE = "老板答应调暗了,先撤了,邻居嘛"
SUMMARY = "130号招牌夜间亮度及闪烁影响对面住户休息"
THE_SIGN = {"category": "other", "subcategory": "signboard_light"}
PHOTO = "卧室窗口拍的,手机"
PHOTOS = "控制器加密码锁,每月1日拍一张定时器照片"
NEW_YEARS_DAYS = [{"day": f"2027-01-0{day}", "kind": "rests"} for day in (1, 2, 3)]


async def test_a_second_filing_goes_its_own_way_and_the_first_is_never_called_solved(story: Story) -> None:
    await story.at("2026-09-14 22:40")
    shen, gong, fang, zhou, gu = await story.people("沈国华", "龚芸", "方凯", "周敏", "顾国强")
    first = await story.files(shen, STORE, description=WORDS, **THE_SIGN)
    stands(first.receipt, "hear", "filed", triage="2026-09-16")
    said = {"kind": "photo", "note": PHOTO}
    await shen.send_file("complaints", f"/v1/cases/{first.id}/evidence", files.jpeg(), said)

    await story.at("2026-09-16 09:00")
    stands(await first.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-10-16")
    await first.is_served(fang)
    stands(await first.seen(fang), "hear", answer="2026-09-22")

    await story.at("2026-09-21 09:10")
    await shen_withdraws(first, shen, fang, zhou)

    await story.at("2026-10-08 21:00")
    foreign = {**THE_SIGN, "place_text": STORE, "description": AGAIN, "continues": first.reference}
    await refused(gong.post("complaints", "/v1/cases", foreign), 422, "unknown_case")
    again = {"description": AGAIN, "continues": first.reference, "carry_over": True}
    second = await story.files(shen, STORE, **again, **THE_SIGN)
    assert second.reference != first.reference
    stands(second.receipt, "hear", "filed", triage="2026-10-10")
    assert await second.heard(fang) == {}
    await refused(second.seen(fang), 404)
    assert second.id not in {one["id"] for one in (await fang.get("complaints", "/v1/cases"))["items"]}
    assert (await second.seen(zhou))["continues"]["status"] == "withdrawn"
    assert (await second.seen(zhou))["refiled"] == {"days": 24, "days_since_withdrawal": 17}
    assert (await second.seen(shen))["refiled"] is None
    await what_was_brought_before_lies_here_too(first, second, shen, zhou)

    await story.at("2026-10-09 09:00")
    stands(await second.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-11-09")
    await second.is_served(fang)
    stands(await second.seen(fang), "hear", answer="2026-10-15")
    await fang_says_it_was_settled(second, shen, fang)
    await gong_joins_and_the_sign_is_looked_at(story, second, gong, fang, zhou)
    await they_agree(story, second, (shen, gong, fang), zhou, gu)
    await step_by_step_it_is_kept(story, second, shen, gong, fang)
    await a_visit_in_a_year_without_calendar(story, second, shen, zhou)
    await how_it_went(story, second, (shen, gong, fang), zhou)
    stands(await first.seen(shen), "closed", "withdrawn")
    await one_conflict_filed_twice(first, second, shen, fang, zhou)
    await shen_has_himself_erased(story, (first, second), shen, fang, zhou)


async def what_was_brought_before_lies_here_too(
    first: Matter, second: Matter, shen: Person, zhou: Person
) -> None:
    """By his tick, and as withheld as it was: the first case keeps its own."""
    for reader in (shen, zhou):
        [photo] = (await second.seen(reader, "evidence"))["items"]
        assert (photo["carried"], photo["shown"], photo["note"]) == (True, "withheld", PHOTO)
        assert (await second.seen(reader))["earlier_words"] == WORDS
    assert [one["shown"] for one in (await first.seen(shen, "evidence"))["items"]] == ["withheld"]
    assert "evidence_to_look_at" not in await second.heard(zhou)


async def shen_withdraws(matter: Matter, shen: Person, fang: Person, zhou: Person) -> None:
    """Free and without loss; why, and whether he was pressed, is not the other side's to read."""
    said = await matter.does(shen, "withdraw", reason="settled_privately", pressured=False, note=PRIVATE)
    assert "也可以随时重新提出" in said["next"]
    stands(await matter.seen(shen), "closed", "withdrawn")
    assert {(await matter.seen(one))["ended_in"] for one in (shen, fang, zhou)} == {"hear"}
    running = {one["name"] for one in (await matter.seen(shen))["clocks"] if one["state"] == "running"}
    assert running <= {"reopen"}
    assert (await matter.heard(fang))["case_withdrawn"] == 1
    assert (await matter.seen(zhou))["withdrawal"]["pressured"] is False
    assert (await matter.seen(shen))["withdrawal"]["pressured"] is None
    shown = json.dumps([await matter.seen(fang), await matter.seen(fang, "history")], ensure_ascii=False)
    for hidden in (PRIVATE, "settled_privately"):
        assert hidden not in shown + "".join(mail.text for mail in await matter.mails(fang))
    assert "survey_asked" not in await matter.heard(shen)


async def fang_says_it_was_settled(matter: Matter, shen: Person, fang: Person) -> None:
    """His answer is his position and closes nothing: both read that withdrawn is not settled. Of the first filing he
    reads no word.
    """
    answer = await matter.does(fang, "answer", kind="dispute", text="上次不是已经解决了吗?他自己撤的!")
    assert answer["stage"] == "deliberate"
    assert [(await matter.seen(one))["anew"] for one in (fang, shen)] == [True, True]
    assert (await matter.seen(fang))["continues"] is None
    assert (await matter.seen(fang))["refiled"] is None
    assert (await matter.seen(fang))["conflict"] is None
    assert (await matter.seen(fang))["earlier_words"] is None
    assert (await matter.seen(fang, "evidence"))["items"] == []


async def gong_joins_and_the_sign_is_looked_at(
    story: Story, matter: Matter, gong: Person, fang: Person, zhou: Person
) -> None:
    """She is the one who sleeps by day; what is seen at night is read by those who look after the case."""
    await story.at("2026-10-13 10:00")
    await matter.does(zhou, "add-party", member_id=gong.id, side="complainant", capacity="neighbour")
    assert (await matter.seen(gong))["role_in_case"] == "complainant"
    await story.at("2026-10-18 22:15")
    seen = {"present": "联络员", "found": "招牌亮着,跑马灯开着", "done": "拍照记录"}
    await matter.does(zhou, "site-visits", **seen)
    [visit] = (await matter.seen(zhou))["site_visits"]
    assert visit["found"] == seen["found"]
    assert (await matter.seen(fang))["site_visits"] == []


async def they_agree(
    story: Story, matter: Matter, parties: tuple[Person, ...], zhou: Person, gu: Person
) -> None:
    """All three agree to mediation, and to four promises; the third is kept in two steps."""
    await story.at("2026-10-14 10:00")
    await matter.does(zhou, "route", path="mediation")
    for party in parties:
        await matter.mediates(party, "consent", available=[span("2026-10-19", "10:30", "12:00")])
    stands(await matter.seen(parties[0]), "deliberate", mediation="2026-11-09")
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")
    [slot] = (await matter.mediates(gu, "slots"))["slots"]
    for party in parties:
        await matter.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    fixed = await matter.mediates(gu, "schedule", slot_id=slot["slot_id"])
    assert fixed["session"]["starts_at"].startswith("2026-10-19T02:30")

    await story.at("2026-10-19 12:00")
    await matter.mediates(gu, "minutes", text="方凯现场打开控制器,三档亮度和定时器都在。")
    await a_fitter_comes_once_for_nothing(matter, parties, zhou)
    photos = promise("respondent", PHOTOS, "2026-12-01") | {"steps": ["2026-11-01", "2026-12-01"]}
    drafted = await matter.mediates(
        gu,
        "agreement",
        form="written",
        facts="130号招牌夜间过亮,影响对面住户休息。",
        terms="双方同意下列事项。",
        commitments=[
            promise("respondent", "19:00起亮度调到1档,跑马灯不再开", "2026-10-20"),
            promise("respondent", "23:00至06:00关招牌,门灯保留", "2026-10-20"),
            photos,
            promise("complainant", "有情况先在平台说,不打品牌热线", "2026-12-01"),
        ],
    )
    await sign(drafted["agreement"], *parties)
    await mark(drafted["agreement"], gu, zhou)
    await story.rests()
    stands(await matter.seen(parties[0]), "act", commitments="2026-12-01")
    steps = [one["step"] for one in await promised(matter, parties[2])]
    assert steps == [
        None,
        None,
        {"number": 1, "of": 2, "performed": 0},
        {"number": 2, "of": 2, "performed": 0},
        None,
    ]


async def a_fitter_comes_once_for_nothing(matter: Matter, parties: tuple[Person, ...], zhou: Person) -> None:
    """From the service list, to the shop that does not know its controller; nobody else reads of it."""
    *others, fang = parties
    [his] = [one["party_id"] for one in (await matter.seen(zhou))["parties"] if one["side"] == "respondent"]
    await matter.does(zhou, "services", offered_to=his, service="sign_fitter")
    [offered] = (await matter.seen(fang))["services"]
    assert "首次免费" in offered["what"]
    await matter.does(fang, f"services/{offered['id']}/answer", taken=True)
    assert (await matter.heard(zhou))["service_taken"] == 1
    assert [(await matter.seen(one))["services"] for one in others] == [[], []]


async def step_by_step_it_is_kept(
    story: Story, matter: Matter, shen: Person, gong: Person, fang: Person
) -> None:
    """Each photo has its day, which no Sunday moves; a reminder before it, by day, and none for what is done."""
    brightness, night, november, december, platform = [one["id"] for one in await promised(matter, fang)]
    await story.at("2026-10-20 18:00")
    for one in (brightness, night):
        await proves(fang, one)
    await story.at("2026-10-22 10:00")
    for one in (brightness, night):
        await confirms(gong, one)
    stands(await matter.seen(shen), "supervise")

    await story.at("2026-10-30 07:59")
    assert await reminders(matter, fang, shen, gong) == [0, 0, 0]
    await story.at("2026-10-30 08:00")
    assert await reminders(matter, fang, shen, gong) == [1, 0, 0]

    await story.at("2026-11-01 15:00")
    await proves(fang, november)
    await story.at("2026-11-02 09:00")
    await confirms(shen, november)
    assert (await promised(matter, shen))[3]["step"] == {"number": 2, "of": 2, "performed": 1}
    assert "commitment_overdue" not in await matter.heard(fang)
    stands(await matter.seen(shen), "supervise")

    await story.at("2026-11-28 20:00")
    await proves(shen, platform)
    await story.at("2026-11-29 07:59")
    assert await reminders(matter, fang, shen, gong) == [1, 0, 0]
    await story.at("2026-11-29 08:00")
    assert await reminders(matter, fang, shen, gong) == [2, 0, 0]
    await confirms(fang, platform)

    await story.at("2026-12-01 18:00")
    await proves(fang, december)
    assert (await promised(matter, shen))[3]["late_days"] == 0
    await story.at("2026-12-02 09:00")
    await story.asks_with_the_last_visit("2026-12-02")
    await confirms(gong, december)
    await story.rests()
    assert await reminders(matter, fang, shen, gong) == [2, 0, 0]


async def a_visit_in_a_year_without_calendar(
    story: Story, matter: Matter, shen: Person, zhou: Person
) -> None:
    """New Year's Day is named as provisional, and nobody is asked how it went before the last visit was made."""
    first, second = (await matter.seen(shen))["visits"]
    assert (first["due"], "provisional" in first) == ("2026-12-09", False)
    assert (second["due"], second["provisional"]) == ("2027-01-01", True)
    stands(await matter.seen(shen), "supervise", "to_be_visited", last_visit="2027-01-01")
    await story.at("2026-12-09 15:00")
    assert (await matter.heard(zhou))["return_visit_due"] == 1
    await matter.does(zhou, "return-visits", lasting=True, note="灯已调暗,23点后只有门灯")

    await story.at("2026-12-20 10:00")
    await zhou.put("alliance", "/v1/calendar", {"year": 2027, "days": NEW_YEARS_DAYS})
    await story.rests()
    [_, known] = (await matter.seen(shen))["visits"]
    assert (known["due"], "provisional" in known) == ("2027-01-04", False)
    stands(await matter.seen(shen), "supervise", "to_be_visited", last_visit="2027-01-04")

    await story.at("2027-01-01 12:00")
    assert (await matter.heard(zhou))["return_visit_due"] == 1
    assert "survey_asked" not in await matter.heard(shen)
    await story.at("2027-01-04 10:00")
    assert (await matter.heard(zhou))["return_visit_due"] == 2
    await matter.does(zhou, "return-visits", lasting=True)


async def how_it_went(story: Story, matter: Matter, parties: tuple[Person, ...], zhou: Person) -> None:
    """Each of them is asked once, after the last visit."""
    await story.rests()
    stands(await matter.seen(zhou), "review", survey="2027-01-11")
    await story.at("2027-01-05 09:00")
    for party in parties:
        assert (await matter.heard(party))["survey_asked"] == 1
        await matter.does(party, "survey", solved=True, score=5)
    stands(await matter.seen(zhou), "closed", "solved")


async def one_conflict_filed_twice(
    first: Matter, second: Matter, shen: Person, fang: Person, zhou: Person
) -> None:
    """The withdrawn filing is counted as one, and as no success; nobody was asked about it."""
    for matter in (first, second):
        card = (await matter.seen(zhou))["conflict"]
        assert card["filings"] == 2
        assert [(one["id"], one["status"]) for one in card["cases"]] == [
            (first.id, "withdrawn"),
            (second.id, "solved"),
        ]
    assert "survey_asked" not in await first.heard(shen)
    period = {"since": "2026-09-14", "until": "2026-10-08", "by": "subcategory"}
    groups = (await zhou.get("complaints", "/v1/figures", **period))["groups"]
    [signs] = [one["figures"] for one in groups if one["key"] == "signboard_light"]
    assert (signs["cases"], signs["conflicts"]) == (2, 1)
    for rate in ("solved", "satisfied"):
        assert (signs[rate]["met"], signs[rate]["counted"]) == (1, 1)
        assert signs[rate]["excluded"] == {"withdrawn": 1}
    shown = json.dumps(
        [await one.seen(fang, *more) for one in (first, second) for more in ((), ("history",))],
        ensure_ascii=False,
    )
    for hidden in (PRIVATE, "settled_privately", PHOTO, WORDS):
        assert hidden not in shown


async def promised(matter: Matter, by: Person) -> list[dict[str, Any]]:
    commitments: list[dict[str, Any]] = (await matter.mediation(by))["agreement"]["commitments"]
    return commitments


async def reminders(matter: Matter, *people: Person) -> list[int]:
    """How often each was reminded of a day to come."""
    return [(await matter.heard(one))["commitment_soon_due"] for one in people]


async def proves(by: Person, commitment_id: str) -> None:
    await by.post("mediation", f"/v1/commitments/{commitment_id}/proof", {"text": "照片一张"})


async def confirms(by: Person, commitment_id: str) -> None:
    await by.post("mediation", f"/v1/commitments/{commitment_id}/confirm")


async def shen_has_himself_erased(
    story: Story, matters: tuple[Matter, Matter], shen: Person, fang: Person, zhou: Person
) -> None:
    """Not while it could be taken up again; then everywhere, with a receipt, and the history still verifies."""
    refusal = await erasure_of(shen, story)
    assert (refusal["status"], {one["ground"] for one in refusal["obligations"]}) == (
        "refused",
        {"may_be_reopened"},
    )
    assert {one["reference"] for one in refusal["obligations"]} == {matters[1].reference}

    await story.at("2027-02-10 10:00")
    member_id = (await shen.get("alliance", "/v1/me"))["id"]
    receipt = await erasure_of(shen, story)

    assert (receipt["status"], receipt["waits_for"]) == ("completed", [])
    parts = {part["service"]: part for part in receipt["parts"]}
    gone = {one["what"]: one["count"] for one in parts["complaints"]["erased"]}
    assert (gone["matters"], gone["evidence"]) == (2, 2)
    [file] = [one for one in parts["mediation"]["kept"] if one["what"] == "mediation_file"]
    assert (file["ground"], file["until"][:4]) == ("mediation_archive", "2029")
    stands(await matters[1].seen(fang), "closed", "solved")
    for matter in matters:
        shown = await matter.seen(zhou)
        assert (shown["description"], shown["earlier_words"] or "") == ("", "")
    with pytest.raises(NotFound):
        await shen.get("alliance", "/v1/me")
    for service in BUS_SERVICES:
        async with database_of(service, story.stage.where) as database:
            assert (await chains.check(service, database)).breaks == []
            assert await left_of(database, shen, WORDS, AGAIN, PRIVATE, PHOTO) == []
    assert await address_forgotten_after(story, member_id) < timedelta(minutes=1)


async def address_forgotten_after(story: Story, member_id: str) -> timedelta:
    """From when the alliance recorded the empty word on the contacts topic until notifications acted on it."""
    async with database_of("alliance", story.stage.where) as database, database.reading() as connection:
        said = await connection.fetchrow(
            """
            SELECT id, created_at FROM outbox
            WHERE topic = $1 AND aggregateid = $2::uuid
            ORDER BY position DESC
            LIMIT 1
            """,
            topics.CONTACTS,
            member_id,
        )
    async with database_of("notifications", story.stage.where) as database, database.reading() as connection:
        done = await connection.fetchval("SELECT handled_at FROM inbox WHERE event_id = $1", said["id"])
    return done - said["created_at"]


async def erasure_of(person: Person, story: Story) -> dict[str, Any]:
    """They ask, confirm by the code in the mail, and look the outcome up by the number they got."""
    mailbox = Mailbox(story.stage.where["MAILBOX_URL"], story.stage.http)
    read_code = await mailbox.code_reader(person.contact)
    await person.post("alliance", "/v1/me/erasure/codes")
    asked = await person.post("alliance", "/v1/me/erasure", {"code": await read_code()})
    await story.rests()
    found: dict[str, Any] = await person.post("alliance", "/v1/erasures/lookups", {"number": asked["number"]})
    return found


async def left_of(database: Database, person: Person, *said: str) -> list[str]:
    """What still stands somewhere of somebody's address and words."""
    async with database.reading() as connection:
        tables = await connection.fetch(
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        rows = [await connection.fetch(f"SELECT * FROM {table['name']}") for table in tables]
    values = (value for found in rows for row in found for value in row.values())
    text = "".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in values)
    return [one for one in (person.contact, *said) if one in text]
