"""What happened in the neighbourhood before the walk, so that its pages show what they are for."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from cli.demo.telling import Told, World
from cli.demo.world import at, eventually, working_day
from cli.inside import kit_of
from cli.people import Person
from cli.running import Running
from cli.seeding import token_for
from services.alliance.seed import id_of
from shared.clock import local_day
from tests.browser.pages import PEOPLE

SHOP, BAR, HOUSE = "山北路114号", "山北路116号", "118弄3号"
NEIGHBOUR = "sun@shanbei.example"
NEWCOMERS = {"volunteer": "鲁志愿", "agency_officer": "齐所长", "representative": "邬代表"}
"""Whose roles nobody of the seeded neighbourhood holds, by the names the coordinator enters them under."""
ELDER = "倪秀珍"
PLATFORM = "https://platform.city.example/hook"
"""Of the city, and not there: what it is to be told waits."""
PERSONAL_LINK = re.compile(r"/(survey|unsubscribe)/([\w.-]+)")

Json = dict[str, Any]

PHRASE: Json = {
    "used_in": "message",
    "title_zh": "已收到",
    "text_zh": "您反映的事已收到,三个工作日内答复。",
    "title_en": "It has arrived",
    "text_en": "What you wrote has arrived. You hear from us within three working days.",
}
"""What the alliance says often."""


Acting = Callable[[str], Awaitable[Person]]


@asynccontextmanager
async def acting_in(where: Running, http: httpx.AsyncClient) -> AsyncIterator[Acting]:
    """`person = await acting(contact)`: somebody who uses the APIs without having to sign in."""
    async with kit_of("alliance", where) as kit:

        async def acting(contact: str) -> Person:
            person = Person(contact, contact, where=where, http=http)
            await person.carry(lambda: token_for(kit, contact))
            return person

        yield acting


async def lived_in(world: World, told: Told) -> Mapping[str, str]:
    """Lets people do all of it, and returns what the addresses of their pages are made of."""
    async with acting_in(world.where, world.http) as acting:
        await _welcome(await acting(PEOPLE["coordinator"]))
        people = {role: await acting(contact) for role, contact in PEOPLE.items() if contact}
        platform = await people["operator"].post("notifications", "/v1/webhooks", {"url": PLATFORM})
        known = await _Town(world, acting, people, await acting(NEIGHBOUR)).known()
        stands = {
            "asked": await asks_the_shop(acting, BAR),
            "webhook": platform["id"],
            "covenant": str(id_of("公约")),
        }
        return known | stands | _of_the_story(told)


async def _welcome(zhou: Person) -> None:
    for role, name in NEWCOMERS.items():
        member = {"display_name": name, "email": PEOPLE[role], "grants": [{"role": role}], "occupancies": []}
        await zhou.post("alliance", "/v1/members", member)


async def asks_the_shop(acting: Acting, shop: str) -> str:
    """A complaint that was taken on, and waits for the answer of the shop."""
    sun, zhou = await acting(NEIGHBOUR), await acting(PEOPLE["coordinator"])
    place = (await sun.get("alliance", "/v1/places", q=shop, kind="shop"))["items"][0]["id"]
    told = {
        "category": "noise",
        "subcategory": "shutter_and_furniture",
        "place_id": place,
        "description": "半夜搬桌椅。",
    }
    case = str((await sun.post("complaints", "/v1/cases", told))["id"])
    await zhou.post("complaints", f"/v1/cases/{case}/accept", {"shared_summary": "夜间搬动桌椅。"})
    return case


async def talks_with_the_shop(acting: Acting, shop: str, merchant: str) -> str:
    """The shop answered, and the two are to settle it between themselves; the number they know it by."""
    case = await asks_the_shop(acting, shop)
    told = {"kind": "propose", "text": "我们把桌椅垫上毡子。"}
    await (await acting(merchant)).post("complaints", f"/v1/cases/{case}/answer", told)
    zhou = await acting(PEOPLE["coordinator"])
    await zhou.post("complaints", f"/v1/cases/{case}/route", {"path": "direct"})
    return str((await zhou.get("complaints", f"/v1/cases/{case}"))["reference"])


async def agreed_on_the_spot(acting: Acting, shop: str, now: datetime) -> str:
    """The captain enters what an elder and the shop agreed on an hour ago; the mediator was there."""
    captain, zhou, gu = [await acting(PEOPLE[role]) for role in ("captain", "coordinator", "mediator")]
    [elder] = (await zhou.get("alliance", "/v1/members", q=ELDER))["items"]
    told, talked, agreed = (now - timedelta(minutes=minutes) for minutes in (60, 55, 40))
    due = {"owner_side": "respondent", "what": "花架收进店里", "due_on": local_day(now).isoformat()}
    form: Json = {
        "on_behalf_of": elder["id"],
        "relation": "captain",
        "told_by": "mouth",
        "place_id": (await zhou.get("alliance", "/v1/places", q=shop, kind="shop"))["items"][0]["id"],
        "subcategory": "goods_on_pavement",
        "agreed": {
            "told_at": told.isoformat(),
            "talked_at": talked.isoformat(),
            "agreed_at": agreed.isoformat(),
            "commitments": [due],
        },
        "mediator_id": (await gu.get("alliance", "/v1/me"))["id"],
    }
    return str((await captain.post("complaints", "/v1/oral-agreements", form))["id"])


async def offers_a_change(acting: Acting, shop: str, now: datetime) -> str:
    """The mediator recorded it, and offers other words: they wait for the shop's signature."""
    case, gu = await agreed_on_the_spot(acting, shop, now), await acting(PEOPLE["mediator"])
    found = await eventually(
        lambda: gu.get("mediation", "/v1/mediations", case_id=case),
        lambda answer: answer["items"],
        "what was agreed on the spot waits to be recorded",
    )
    spoken = (await gu.get("complaints", f"/v1/cases/{case}"))["spoken"]
    said = [{"id": one["id"], "what": one["what"]} for one in spoken["promises"]]
    record = {"terms": "门前不堆放。", "commitments": said}
    await gu.post("mediation", f"/v1/agreements/{spoken['agreement_id']}/record", record)
    due = {"owner_side": "respondent", "what": "花架移到天井", "due_on": local_day(now).isoformat()}
    change = {"terms": "花架移到天井。", "commitments": [due]}
    await gu.post("mediation", f"/v1/mediations/{found['items'][0]['id']}/amendment", change)
    return case


def _of_the_story(told: Told) -> Mapping[str, str]:
    lin = next(one for one in told.heard if one.person is told.story.lin)
    links = dict(link.groups() for mail in lin.mails for link in PERSONAL_LINK.finditer(mail.text))
    return links | {
        "kept": told.story.case["id"],
        "notice": lin.notices[0]["id"],
        "mediator": told.story.gu.id,
    }


class _Town:
    def __init__(self, world: World, acting: Acting, people: Mapping[str, Person], sun: Person) -> None:
        self.world, self.acting, self.people, self.sun = world, acting, people, sun

    async def known(self) -> dict[str, str]:
        zhou = self.people["coordinator"]
        await self._is_referred()
        await zhou.put("complaints", f"/v1/phrases/{uuid4()}", PHRASE)
        return {
            "alliance": (await zhou.get("alliance", "/v1/me"))["alliance_id"],
            "shop": await self._place(SHOP),
            "bar": await self._place(BAR),
            "house": await self._place(HOUSE),
            "open": await self._is_being_mediated(),
            "emergency": await self._emergency(),
            "childs": await self._childs(),
            "oral": await agreed_on_the_spot(self.acting, SHOP, self.world.clock.now()),
            "to_sign": await offers_a_change(self.acting, BAR, self.world.clock.now()),
            "on_paper": await self._served_on_paper(),
            "surveyed": await self._settled(),
            "pledged": await self._pledged(),
            "at_counter": await self._pledged_at_the_counter(),
        }

    async def _place(self, name: str) -> str:
        found = (await self.sun.get("alliance", "/v1/places", q=name))["items"]
        return next(
            str(one["id"]) for one in found if one["name"] == name or one["name"].startswith(f"{name} ")
        )

    async def _files(self, by: Person, category: str, subcategory: str, **more: Any) -> str:
        form = {"category": category, "subcategory": subcategory, "description": "请来看一看。"} | more
        return str((await by.post("complaints", "/v1/cases", form))["id"])

    async def _does(self, role: str, case: str, command: str, **form: Any) -> None:
        await self.people[role].post("complaints", f"/v1/cases/{case}/{command}", form)

    async def _is_being_mediated(self) -> str:
        """Sun and the bar's owner have times to choose from."""
        case = await self._accepted()
        await self._does("merchant", case, "answer", kind="propose", text="十点以后关后门。")
        await self._does("coordinator", case, "route", path="mediation")
        found = await eventually(
            lambda: self.sun.get("mediation", "/v1/mediations", case_id=case),
            lambda answer: answer["items"],
            "a mediation is opened",
        )
        mediation = f"/v1/mediations/{found['items'][0]['id']}"
        day = working_day(self.world.today, 4)
        free = {"available": [{"starts_at": at(day, 13).isoformat(), "ends_at": at(day, 18).isoformat()}]}
        gu, zhou = self.people["mediator"], self.people["coordinator"]
        for party in (self.sun, self.people["merchant"]):
            await party.post("mediation", f"{mediation}/consent", free)
        gu_id = (await gu.get("alliance", "/v1/me"))["id"]
        await zhou.post("mediation", f"{mediation}/nominate", {"mediator_id": gu_id})
        await gu.post("mediation", f"{mediation}/take")
        await gu.post("mediation", f"{mediation}/slots", {"count": 2})
        return case

    async def _emergency(self) -> str:
        place = await self._place(SHOP)
        return await self._files(
            self.sun, "fire_safety", "gas_cylinder_indoor", place_id=place, happening_now=True
        )

    async def _is_referred(self) -> None:
        """What lies with an authority whose officer has received nothing of it yet."""
        case = await self._files(self.sun, "sanitation", "food_safety", place_id=await self._place(SHOP))
        await self._does("coordinator", case, "accept", shared_summary="熟食存放不当。")
        await self._does("coordinator", case, "refer", authority="market_supervision", note="请核查。")

    async def _childs(self) -> str:
        """One child's matter goes on with the guardian's consent; another waits for it."""
        guardian, place = self.people["guardian"], await self._place("山北路126号")
        told = {"place_id": place, "affected_under_14": True}
        await self._files(guardian, "sanitation", "other_sanitation", **told)
        notice = await self._files(guardian, "noise", "street_music", **told)
        consent = {
            "guardian_id": (await guardian.get("alliance", "/v1/me"))["id"],
            "relation": "parent",
            "proof": "known_in_person",
            "purpose": "处理本案,到结案为止",
        }
        path = f"/v1/cases/{notice}/guardian-consent"
        case = str((await self.people["coordinator"].post("complaints", path, consent))["id"])
        await self._does("guardian", case, "let-child-follow", allowed=True)
        return case

    async def _accepted(self, **more: Any) -> str:
        place_id = await self._place(BAR)
        case = await self._files(self.sun, "noise", "bar_music", place_id=place_id, **more)
        await self._does("coordinator", case, "accept", shared_summary="后门夜间低音影响休息。")
        return case

    async def _settled(self) -> str:
        """Both are asked how it went, and may answer on paper. An authority had it meanwhile."""
        told = {"noise_source": "music", "hours": {"from": "22:00", "to": "02:00"}, "vulnerable": ["infant"]}
        case = await self._accepted(details=told, happening_now=True)
        await self._does("merchant", case, "answer", kind="propose", text="十点以后关后门。")
        await self.sun.post("complaints", f"/v1/cases/{case}/occurrences", {"note": "昨晚又放到一点半。"})
        measured: Json = {
            "measured_at": (self.world.clock.now() - timedelta(hours=2)).isoformat(),
            "source": "sound_system",
            "point": "boundary",
            "level_db": 61.2,
            "background_db": 52.0,
            "boundary_m": 2,
            "seconds": 60,
            "steady": True,
            "instrument": "meter_type_1",
        }
        await self._does("coordinator", case, "readings", **measured, measured_by="agency")
        await self._does("coordinator", case, "refer", authority="police", note="请查夜间噪声。")
        await self._does("coordinator", case, "return", result="ordered", note="已告诫。")
        await self._does("coordinator", case, "route", path="direct")
        await self._does("coordinator", case, "conclude", result="settled")
        return case

    async def _pledged(self) -> str:
        """The shop refuses mediation, and promises something by itself that Sun wants."""
        case = await self._accepted()
        await self._does("merchant", case, "refuse-mediation")
        due = working_day(self.world.today, 10).isoformat()
        await self._does("merchant", case, "pledges", what="十点以后关后门。", due_on=due)
        [pledge] = (await self.sun.get("complaints", f"/v1/cases/{case}"))["pledges"]
        await self.sun.post("complaints", f"/v1/cases/{case}/pledges/{pledge['id']}/answer", {"wanted": True})
        parties = (await self.people["coordinator"].get("complaints", f"/v1/cases/{case}"))["parties"]
        [shop] = [one["party_id"] for one in parties if one["side"] == "respondent"]
        await self._does("coordinator", case, "services", offered_to=shop, service="sound_insulation_advice")
        return case

    async def _pledged_at_the_counter(self) -> str:
        """By somebody without an account, who refused on paper before."""
        case, today = await self._served_on_paper(), self.world.today.isoformat()
        refused = {"kind": "refuse", "text": "没空开会。", "slip": "paper", "received_on": today}
        await self._does("coordinator", case, "enter-answer", **refused)
        due = working_day(self.world.today, 10).isoformat()
        said = {"what": "报警器夜里不响。", "due_on": due, "slip": "counter", "received_on": today}
        await self._does("coordinator", case, "enter-pledge", **said)
        return case

    async def _served_on_paper(self) -> str:
        case = await self._files(self.sun, "noise", "ebike_alarm", place_text="126号新开的外卖站")
        await self._does("coordinator", case, "accept", shared_summary="夜间报警器。")
        return case
