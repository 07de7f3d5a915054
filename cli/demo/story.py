"""The main job, end to end, as four people live it: from the first complaint to a kept promise.

Every step is an ordinary request that its person could make by hand; nothing is done by the seed or by SQL.
The first line of each chapter is what the progress display shows.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from cli.demo.world import World, at, check, eventually, working_day
from cli.mailbox import Mail
from cli.people import Answered, Person
from shared.clock import end_of_day
from shared.ids import is_reference, new_id

SHOP = "山北路116号"
WORDS = (
    "楼下酒吧后门天天开到一两点,低音炮咚咚咚的,床都在抖。客人还站在后天井抽烟。"
    "我一个老太婆住三楼,心脏不好,求你们管管。千万别说是我讲的。"
)
SUMMARY = "116号后门夜间低频音乐及人员聚集,影响周边住户休息。"
SURVEY_LINK = re.compile(r"/surveys?/([0-9a-f]{32}\.[\w-]+)")


class Story:
    """Lin (resident), Ma (merchant), Zhou (coordinator) and Gu (mediator)."""

    lin: Person
    ma: Person
    zhou: Person
    gu: Person

    def __init__(self, world: World) -> None:
        self.world = world
        self.shop_id = ""
        self.case: dict[str, Any] = {}
        self.mediation: dict[str, Any] = {}

    async def everybody_signs_in(self) -> None:
        """四人用邮件验证码登录 · Four people sign in by the codes mailed to them"""
        self.world.wait_until(at(working_day(self.world.today, 1), 9, 30))
        self.lin = await self.world.arrives("lin", "lin@shanbei.example")
        self.ma = await self.world.arrives("ma", "ma@shanbei.example")
        self.zhou = await self.world.arrives("zhou", "zhou@shanbei.example")
        self.gu = await self.world.arrives("gu", "gu@shanbei.example")

    async def lin_complains(self) -> None:
        """听 · Lin files a noise complaint and hides who she is"""
        self.world.wait_until(at(self.world.today, 9, 41))  # a minute in which nobody else does anything
        found = await self.lin.get("alliance", "/v1/places", q=SHOP, kind="shop")
        check(len(found["items"]) == 1, f"one shop is called {SHOP}")
        self.shop_id = found["items"][0]["id"]
        complaint = {
            "category": "noise",
            "subcategory": "bar_music",
            "place_id": self.shop_id,
            "description": WORDS,
            "identity": "hidden",
        }
        key = str(new_id())
        self.case = await self.lin.post("complaints", "/v1/cases", complaint, key=key)
        check(is_reference(self.case["reference"]), "the reference has a right check digit")
        check(
            self.case["stage"] == "hear" and self.case["due"], "stage and the day of the next word are told"
        )
        again = await self.lin.post("complaints", "/v1/cases", complaint, key=key)
        check(again == self.case, "the same request sent twice is one case, answered alike")
        await self._hears(self.lin, "case_received")

    async def zhou_accepts(self) -> None:
        """听 · In the afternoon Zhou takes the case on, in words that betray nobody"""
        self.world.wait_until(at(self.world.today, 14))
        waiting = await self.zhou.get("complaints", "/v1/cases", needs_me=True, place_id=self.shop_id)
        check(
            self.case["id"] in [one["id"] for one in waiting["items"]], "the case waits for the coordinator"
        )
        receipt = await self._on_case(self.zhou, "accept", {"shared_summary": SUMMARY})
        check(receipt["stage"] == "hear", "an accepted case is still being heard")

    async def ma_reads_the_notice(self) -> None:
        """听 · The notice is mailed to Ma; he opens it: served"""
        await eventually(
            self._steps, lambda steps: "notice_delivered" in steps, "the mail is noted in the case"
        )
        notice = await self._hears(self.ma, "case_accepted")
        await self.ma.post("notifications", f"/v1/inbox/{notice['id']}/read")
        await self._hears(self.ma, "answer_awaited")

    async def ma_answers(self) -> None:
        """听 · Ma answers with a proposal"""
        text = "后门可以十点以后不开,低音我让调音师傅调一下。"
        receipt = await self._on_case(self.ma, "answer", {"kind": "propose", "text": text})
        check(receipt["stage"] == "deliberate", "an answered case is deliberated")

    async def zhou_routes_to_mediation(self) -> None:
        """议 · Zhou chooses mediation; both sides are asked"""
        await self._on_case(self.zhou, "route", {"path": "mediation"})
        found = await eventually(
            lambda: self.lin.get("mediation", "/v1/mediations", case_id=self.case["id"]),
            lambda answer: answer["items"],
            "a mediation is opened",
        )
        self.mediation = {"id": found["items"][0]["id"]}

    async def both_consent(self) -> None:
        """议 · Both consent and say when they can"""
        days = [working_day(self.world.today, count) for count in range(2, 8)]
        lins = [{"starts_at": at(day, 13).isoformat(), "ends_at": at(day, 19).isoformat()} for day in days]
        mas = [{"starts_at": at(day, 14).isoformat(), "ends_at": at(day, 18).isoformat()} for day in days]
        await self._on_mediation(self.lin, "consent", {"available": lins})
        answer = await self._on_mediation(self.ma, "consent", {"available": mas})
        check(answer["status"] == "choosing_mediator", "with every party's yes a mediator is looked for")

    async def a_mediator_without_conflict_takes_it(self) -> None:
        """议 · Shen lives above the bar and may not; Gu may, and takes it"""
        mediators = (await self.zhou.get("alliance", "/v1/members", role="mediator"))["items"]
        shen = next(one["id"] for one in mediators if one["display_name"] == "沈怡")
        try:
            await self._on_mediation(self.zhou, "nominate", {"mediator_id": shen})
        except Answered as no:
            check(
                no.code == "conflict_of_interest",
                f"Shen is refused for her conflict of interest, not {no.code}",
            )
        else:
            check(False, "Shen, who lives in the bar's building, is refused")
        await self._on_mediation(self.zhou, "nominate", {"mediator_id": self.gu.id})
        answer = await self._on_mediation(self.gu, "take")
        check(answer["status"] == "scheduling", "a mediation that was taken is scheduled")

    async def a_time_is_found(self) -> None:
        """议 · A time and a room that suit everybody"""
        offered = (await self._on_mediation(self.gu, "slots", {"count": 3}))["slots"]
        check(len(offered) >= 2, "several times suit both sides, the mediator and a room")
        yes = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in offered]
        await self._on_mediation(self.lin, "answers", {"answers": yes})
        await self._on_mediation(self.ma, "answers", {"answers": yes})
        answer = await self._on_mediation(self.gu, "schedule", {"slot_id": offered[0]["slot_id"]})
        await self._check_that_they_do_not_meet()
        check(answer["session"]["sequence"] == 0, "the first invitation has sequence 0")
        self.other_slot = offered[-1]["slot_id"]

    async def the_session_is_moved(self) -> None:
        """议 · Gu moves the session; the invitation changes, its UID does not"""
        before = self.mediation["session"]
        form = {"slot_id": self.other_slot, "reason": "调解员当天临时要去法院,请大家谅解。"}
        after = (await self._on_mediation(self.gu, "reschedule", form))["session"]
        check(after["uid"] == before["uid"] and after["sequence"] == 1, "same UID, sequence 1")
        await self._check_that_they_do_not_meet()
        for person in (self.lin, self.ma, self.gu):
            calendar = await person.text("mediation", self._mediation_path("calendar.ics"))
            check(
                f"UID:{after['uid']}" in calendar and "SEQUENCE:1" in calendar, "the calendar file has moved"
            )

    async def they_meet(self) -> None:
        """议 · Gu meets them one after the other and writes the minutes"""
        self.world.wait_until(_moment(self.mediation["session"]["ends_at"]))
        minutes = "分别会谈,双方到场。马先生说明后门和低音的情况,住户方说明夜间影响,双方愿意各让一步。"
        await self._on_mediation(self.gu, "minutes", {"text": minutes})

    async def they_agree(self) -> None:
        """定 · An agreement with two commitments is written; both sign it by the code that is mailed to them for it"""
        agreement = {
            "form": "written",
            "facts": "116号后门夜间开启,低频音乐影响周边住户休息。",
            "terms": "双方同意下列事项,互不追究以往。",
            "commitments": [
                _promise("后门22:00至次日08:00关闭", "每晚巡查记录无开门", self._in_working_days(3)),
                _promise("低音炮加限幅器", "限幅器设置照片,22:00后室内听不到低音", self._in_working_days(4)),
            ],
        }
        drafted = await self._on_mediation(self.gu, "agreement", agreement)
        content = drafted["agreement"]
        for person in (self.lin, self.ma):
            await person.signs(content)
        signed = (await self.gu.get("mediation", self._mediation_path()))["agreement"]["signatures"]
        check(all(one["by_code"] for one in signed), "each signature was meant: its code was given")

    async def it_takes_effect(self) -> None:
        """定 · Mediator and committee mark it: it takes effect"""
        path = f"/v1/agreements/{self.mediation['agreement']['id']}/mark"
        await self.gu.post("mediation", path)
        await self.zhou.post("mediation", path)
        await self._case_is("act")

    async def ma_keeps_his_word(self) -> None:
        """办 · Ma shows what he did; Lin confirms the door"""
        door, bass = await self._commitments()
        await self._on_commitment(self.ma, door, "proof", {"text": "后门已装闭门器和门磁,附巡查记录。"})
        await self._on_commitment(self.ma, bass, "proof", {"text": "限幅器已装,设置见照片。"})
        await self._on_commitment(self.lin, door, "confirm")
        await self._case_is("supervise")

    async def one_promise_falls_due(self) -> None:
        """督 · The day of the second promise passes unconfirmed: both are reminded"""
        _, bass = await self._commitments()
        self.world.wait_until(end_of_day(date.fromisoformat(bass["due_on"])) + timedelta(hours=9))
        await self._hears(self.lin, "confirmation_overdue")

    async def lin_confirms(self) -> None:
        """督 · Lin confirms the second promise too"""
        _, bass = await self._commitments()
        await self._on_commitment(self.lin, bass, "confirm")
        await self._case_is("review")

    async def both_are_asked(self) -> None:
        """评 · Both answer the survey behind their personal link"""
        for person, score in ((self.lin, 5), (self.ma, 4)):
            url = f"{self.world.where.api('complaints')}/v1/surveys/{await self._survey_token(person)}"
            answer = await self.world.http.post(url, json={"solved": True, "score": score})
            check(answer.status_code in (200, 201), f"the survey is taken: {answer.text}")

    async def the_case_is_closed(self) -> None:
        """评 · The case is closed as solved; its history shows every step"""
        await self._case_is("closed")
        history = await self.history()
        versions = [step["version"] for step in history]
        check(versions == list(range(1, len(versions) + 1)), "the history is without a hole")

    @property
    def chapters(self) -> tuple[Any, ...]:
        return (
            self.everybody_signs_in,
            self.lin_complains,
            self.zhou_accepts,
            self.ma_reads_the_notice,
            self.ma_answers,
            self.zhou_routes_to_mediation,
            self.both_consent,
            self.a_mediator_without_conflict_takes_it,
            self.a_time_is_found,
            self.the_session_is_moved,
            self.they_meet,
            self.they_agree,
            self.it_takes_effect,
            self.ma_keeps_his_word,
            self.one_promise_falls_due,
            self.lin_confirms,
            self.both_are_asked,
            self.the_case_is_closed,
        )

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.lin, self.ma, self.zhou, self.gu)

    async def notices(self, person: Person) -> list[dict[str, Any]]:
        """Everything of this case in somebody's inbox, oldest first."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = await person.get("notifications", "/v1/inbox", **({"cursor": cursor} if cursor else {}))
            items += [item for item in page["items"] if item["case_id"] == self.case["id"]]
            cursor = page["next_cursor"]
            if cursor is None:
                return items[::-1]

    async def history(self) -> list[dict[str, Any]]:
        """The case as its coordinator sees it, step by step."""
        answer = await self.zhou.get("complaints", self._case_path("history"))
        items: list[dict[str, Any]] = answer["items"]
        return items

    async def mails(self, person: Person) -> list[Mail]:
        """Every mail somebody got about this case, oldest first."""
        mails = await self.world.mailbox.mails(to=person.contact)
        return [mail for mail in mails if mail.case_id == self.case["id"]]

    async def _check_that_they_do_not_meet(self) -> None:
        """Lin hides who she is: Ma has left before she comes, and neither is told the other's time."""
        ma, lin = [
            (await person.get("mediation", self._mediation_path()))["session"]
            for person in (self.ma, self.lin)
        ]
        check(
            _moment(ma["ends_at"]) < _moment(lin["starts_at"]), "Ma's talk is over well before Lin's begins"
        )
        check(not ma["parts"] and not lin["parts"], "each is told their own time alone")

    async def _hears(self, person: Person, kind: str) -> dict[str, Any]:
        """The notice of a kind, as soon as it is in somebody's inbox."""

        async def of_kind() -> list[dict[str, Any]]:
            return [item for item in await self.notices(person) if item["kind"] == kind]

        return (await eventually(of_kind, bool, f"{kind} reaches {person.name}"))[-1]

    async def _steps(self) -> list[str]:
        return [step["type"] for step in await self.history()]

    async def _case_is(self, stage: str) -> None:
        await eventually(
            lambda: self.zhou.get("complaints", self._case_path()),
            lambda case: case["stage"] == stage,
            f"the case reaches the stage {stage}",
        )

    async def _commitments(self) -> list[dict[str, Any]]:
        mediation = await self.gu.get("mediation", self._mediation_path())
        return sorted(mediation["agreement"]["commitments"], key=lambda each: str(each["due_on"]))

    async def _survey_token(self, person: Person) -> str:
        """The end of the personal link that comes by mail."""

        async def links() -> list[str]:
            texts = [mail.text for mail in await self.mails(person)]
            return [link[1] for text in texts if (link := SURVEY_LINK.search(text))]

        return (await eventually(links, bool, f"a survey link is mailed to {person.name}"))[-1]

    async def _on_case(self, person: Person, command: str, form: dict[str, Any]) -> dict[str, Any]:
        self.case = await person.post("complaints", self._case_path(command), form)
        return self.case

    async def _on_mediation(
        self, person: Person, command: str, form: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Does it and looks at what became of it."""
        await person.post("mediation", self._mediation_path(command), form)
        self.mediation = await person.get("mediation", self._mediation_path())
        return self.mediation

    async def _on_commitment(
        self, person: Person, commitment: dict[str, Any], command: str, form: dict[str, Any] | None = None
    ) -> None:
        await person.post("mediation", f"/v1/commitments/{commitment['id']}/{command}", form)

    def _case_path(self, *more: str) -> str:
        return "/".join(("/v1/cases", self.case["id"], *more))

    def _mediation_path(self, *more: str) -> str:
        return "/".join(("/v1/mediations", self.mediation["id"], *more))

    def _in_working_days(self, count: int) -> str:
        """Counted like Lin's days to confirm: the fourth lies behind her reminder whatever holidays come."""
        return working_day(self.world.today, count).isoformat()


def _promise(what: str, measure: str, due_on: str) -> dict[str, str]:
    return {"owner_side": "respondent", "what": what, "measure": measure, "due_on": due_on}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
