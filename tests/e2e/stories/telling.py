"""What a story is told with: its time, its people by their names, its matter, and what each of them has heard.

A story sets the clock to each of its moments (`await story.at("2026-03-12 23:52")`), lets people do what the public
APIs offer, and expects answers, stages, days and notices. Before it looks at what followed elsewhere it lets all come
to rest: `await story.rests()`, which `at`, `heard` and `mails` do by themselves.

The people, shops and flats are those of the seeded neighbourhood 山北; stories share it and never each other's matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.mailbox import Mail, Mailbox
from cli.people import Answered, Person
from cli.running import Running
from cli.seeding import token_for
from shared.access.door import Kit
from shared.clock import SHANGHAI
from tests.e2e.stories.stillness import Stillness
from tests.support.intents import proof_from

Json = dict[str, Any]


def when(text: str) -> datetime:
    """A moment in Shanghai: `2026-03-12 23:52`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def set_clock(file: Path, moment: datetime) -> None:
    """Every process of the system lives at that moment from now on.

    People's clocks only move forward; a story begins on its own day, whichever story was told before it.
    """
    offset = moment - datetime.now(UTC)
    fresh = file.with_suffix(".new")
    fresh.write_text(str(offset.total_seconds()))
    fresh.replace(file)


@dataclass(frozen=True)
class Stage:
    """The running system the stories are told on."""

    where: Running
    clock_file: Path
    http: httpx.AsyncClient
    kit: Kit
    stillness: Stillness


@dataclass
class Story:
    """One story: `async with` nothing, begin with `at`."""

    stage: Stage
    _people: dict[str, Person] = field(default_factory=dict)

    async def at(self, moment: str) -> None:
        """Time passes until then, and all that falls due on the way happens."""
        set_clock(self.stage.clock_file, when(moment))
        await self.rests()

    async def rests(self) -> None:
        """Whatever was set in motion has come to its end."""
        await self.stage.stillness.reached()

    async def person(self, name: str) -> Person:
        """Somebody of 山北 by name: 林佩珍, or by contact: ops@shanbei.example; signed in."""
        if name not in self._people:
            contact = name if "@" in name else await self._contact_of(name)
            self._people[name] = await self._signed_in(name, contact)
        return self._people[name]

    async def people(self, *names: str) -> list[Person]:
        return [await self.person(name) for name in names]

    async def newcomer(self, name: str, contact: str, role: str, *occupancies: Json) -> Person:
        """Somebody whom the coordinator enters into the register, whom every service has heard of, and who signs in."""
        zhou = await self.person("zhou@shanbei.example")
        member = {
            "display_name": name,
            "email": contact,
            "grants": [{"role": role}],
            "occupancies": [*occupancies],
        }
        await zhou.post("alliance", "/v1/members", member)
        self._people[name] = await self._signed_in(name, contact)
        await self.rests()
        return self._people[name]

    async def place(self, name: str) -> str:
        """The id of a place by its address: 山北路116号, 118弄6号301."""
        zhou = await self.person("zhou@shanbei.example")
        found = (await zhou.get("alliance", "/v1/places", q=name))["items"]
        [place] = [one for one in found if one["name"] == name or one["name"].startswith(f"{name} ")]
        return str(place["id"])

    async def asks_with_the_last_visit(self, day: str) -> None:
        """The committee's choice for whatever is performed on that day; the day after it is as shipped again.

        For stories share the alliance, and not all of them chose so.
        """
        zhou = await self.person("zhou@shanbei.example")
        for choice, since in (("last_visit", day), ("performance", day_after(day))):
            rule = {"value": choice, "effective_from": since}
            await zhou.put("complaints", "/v1/rules/survey_after", rule)

    async def files(self, by: Person, place: str | None = None, **form: Any) -> Matter:
        """Somebody complains; `place` is an address of the register."""
        if place:
            form["place_id"] = await self.place(place)
        return Matter(self, await by.post("complaints", "/v1/cases", form))

    async def _contact_of(self, name: str) -> str:
        zhou = await self.person("zhou@shanbei.example")
        found = (await zhou.get("alliance", "/v1/members", q=name))["items"]
        [member_id] = [one["id"] for one in found if one["display_name"] == name]
        return str((await zhou.get("alliance", f"/v1/members/{member_id}"))["email"])

    async def _signed_in(self, name: str, contact: str) -> Person:
        person = Person(name, contact, where=self.stage.where, http=self.stage.http)
        await person.carry(lambda: token_for(self.stage.kit, contact))
        person.id = (await person.get("alliance", "/v1/me"))["id"]
        person.proves = lambda named: proof_from(self.stage.kit, person.id, named)
        return person


class Matter:
    """One case, and what people do with it."""

    def __init__(self, story: Story, receipt: Json) -> None:
        self.story = story
        self.receipt = receipt
        self.id: str = receipt["id"]
        self.reference: str = receipt["reference"]
        self.mediation_id = ""

    async def does(self, by: Person, command: str, **form: Any) -> Json:
        """A command on the case: `does(zhou, "accept", shared_summary="…")`; the receipt."""
        answer: Json = await by.post("complaints", f"/v1/cases/{self.id}/{command}", form)
        return answer

    async def seen(self, by: Person, *more: str) -> Json:
        """The case, or what is under it (`history`, `messages`), as that person sees it."""
        answer: Json = await by.get("complaints", "/".join(("/v1/cases", self.id, *more)))
        return answer

    async def steps(self, by: Person) -> list[str]:
        return [step["type"] for step in (await self.seen(by, "history"))["items"]]

    async def is_served(self, on: Person, kind: str = "case_accepted") -> None:
        """They open the notice in their inbox: that serves it (送达)."""
        await self.story.rests()
        [notice] = [one for one in await self._notices(on) if one["kind"] == kind]
        await on.post("notifications", f"/v1/inbox/{notice['id']}/read")
        await self.story.rests()

    async def mediates(self, by: Person, command: str, **form: Any) -> Json:
        """A command on the mediation, and what the one who asked sees of it then."""
        await by.post("mediation", await self._mediation_path(by, command), form)
        return await self.mediation(by)

    async def mediation(self, by: Person) -> Json:
        answer: Json = await by.get("mediation", await self._mediation_path(by))
        return answer

    async def heard(self, by: Person) -> Counter[str]:
        """The kinds of notices in somebody's inbox about this matter."""
        await self.story.rests()
        return Counter(one["kind"] for one in await self._notices(by))

    async def mails(self, to: Person) -> list[Mail]:
        """Every mail somebody got about this matter, oldest first."""
        await self.story.rests()
        stage = self.story.stage
        mails = await Mailbox(stage.where["MAILBOX_URL"], stage.http).mails(to=to.contact)
        return [mail for mail in mails if mail.case_id == self.id]

    async def mailed(self, to: Person) -> Counter[str]:
        """The kinds of notices that went out to somebody by mail; at night what they have heard waits."""
        kinds = {one["id"]: one["kind"] for one in await self._notices(to)}
        return Counter(kinds[mail.notice_id] for mail in await self.mails(to))

    async def _notices(self, of: Person) -> list[Json]:
        return [one for one in await inbox(of) if one["case_id"] == self.id][::-1]

    async def _mediation_path(self, by: Person, *more: str) -> str:
        if not self.mediation_id:
            await self.story.rests()
            found = await by.get("mediation", "/v1/mediations", case_id=self.id)
            self.mediation_id = found["items"][0]["id"]
        return "/".join(("/v1/mediations", self.mediation_id, *more))


async def inbox(of: Person) -> list[Json]:
    """All that was told to somebody, the latest first, whichever story told it."""
    items: list[Json] = []
    query: Json = {"limit": 100}
    while True:
        page = await of.get("notifications", "/v1/inbox", **query)
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        query["cursor"] = page["next_cursor"]


async def sign(agreement: Json, *parties: Person) -> None:
    """Each of them puts their name under these very words; an amendment is signed like an agreement."""
    for party in parties:
        await party.signs(agreement)


async def mark(agreement: Json, *officials: Person) -> None:
    """Mediator and committee put their mark beside the signatures."""
    for official in officials:
        await official.post("mediation", f"/v1/agreements/{agreement['id']}/mark")


def stands(said: Json, stage: str, status: str | None = None, /, **clock: str) -> None:
    """The answer names that stage (and status), and the clock with its last day: `triage="2026-03-16"`."""
    assert said["stage"] == stage, said
    if status:
        assert said["status"] == status, said
    shown = [said["clock"]] if said.get("clock") else said.get("clocks", [])
    days = {one["name"]: one["until"] for one in shown}
    assert clock.items() <= days.items(), said


async def refused(asked: Awaitable[Any], status: int, code: str | None = None) -> Json:
    """The problem document of a request that is answered with that status, and code if one is named."""
    with pytest.raises(Answered) as said:
        await asked
    no = said.value
    assert no.status == status, no
    assert code in (None, no.code, *(error["code"] for error in no.problem.get("errors", []))), no
    return no.problem


def span(day: str, start: str, end: str) -> Json:
    """A time on a day, for availabilities: `span("2026-03-24", "14:00", "16:00")`."""
    return {"starts_at": when(f"{day} {start}").isoformat(), "ends_at": when(f"{day} {end}").isoformat()}


def day_after(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def promise(who: str, what: str, due_on: str, measure: str = "照片或现场查看") -> Json:
    """A commitment of one side: `promise("respondent", "后门22:00至08:00关闭", "2026-03-25")`."""
    return {"owner_side": who, "what": what, "measure": measure, "due_on": due_on}
