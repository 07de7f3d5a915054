"""Tells the story, then holds what everybody was told against what they should have been told."""

from __future__ import annotations

import asyncio
import inspect
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from cli.demo.expected import expected
from cli.demo.story import Story
from cli.demo.world import PATIENCE_SECONDS, World, check
from cli.mailbox import Mail, Mailbox
from cli.people import Person, http_client
from cli.running import Running

SETTLING_SECONDS = 2.0
"""A notice sent twice would come within this time after the last one expected."""

SECRETS = ("林佩珍", "6号301", "lin@shanbei.example", "老太婆", "心脏")
"""What would tell the merchant who complained, beside her id."""

Step = Callable[[str], AbstractContextManager[None]]
"""Shows a chapter for as long as it is told."""


@dataclass(frozen=True)
class Heard:
    """What reached one person about the case."""

    person: Person
    notices: Sequence[dict[str, Any]]
    mails: Sequence[Mail]

    @property
    def kinds(self) -> Counter[str]:
        return Counter(notice["kind"] for notice in self.notices)

    @property
    def mailed(self) -> Counter[str]:
        """Mails by the kind of the notice they carry."""
        kind_of = {notice["id"]: notice["kind"] for notice in self.notices}
        return Counter(kind_of.get(mail.notice_id, "not in the inbox") for mail in self.mails)

    @property
    def as_expected(self) -> bool:
        due = expected(self.person.name)
        return self.kinds == due and self.mailed == due


@dataclass(frozen=True)
class Told:
    """The story as it went."""

    story: Story
    history: Sequence[dict[str, Any]]
    heard: Sequence[Heard]
    all_mails: Sequence[Mail]
    """Of the case, whoever got them."""


@asynccontextmanager
async def world_of(where: Running) -> AsyncIterator[World]:
    async with http_client(language="zh-CN") as http:
        yield World(where, http, Mailbox(where["MAILBOX_URL"], http), where.development_clock)


async def tell(world: World, *, step: Step) -> Told:
    """The whole story. Raises Unexpected or Answered at the first step that goes otherwise."""
    story = Story(world)
    for chapter in story.chapters:
        with step(inspect.getdoc(chapter) or ""):
            await chapter()
    heard = await _everything_heard(story)
    for one in heard:
        check(one.as_expected, f"{one.person.name} hears what concerns them, once each: {differences(one)}")
    await _check_that_nothing_betrays(story, heard)
    mails = await world.mailbox.mails()
    return Told(
        story, await story.history(), heard, [mail for mail in mails if mail.case_id == story.case["id"]]
    )


def differences(heard: Heard) -> dict[str, str]:
    """Kind → expected, in the inbox, by mail; only where they differ."""
    due, inbox, mail = expected(heard.person.name), heard.kinds, heard.mailed
    return {
        kind: f"expected {due[kind]}, inbox {inbox[kind]}, mail {mail[kind]}"
        for kind in sorted({*due, *inbox, *mail})
        if not due[kind] == inbox[kind] == mail[kind]
    }


async def _everything_heard(story: Story) -> list[Heard]:
    """Once all that is expected has come, and a little later, so that a second copy would be seen too."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not all(one.as_expected for one in await _heard(story)):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    except TimeoutError:
        return await _heard(story)
    await asyncio.sleep(SETTLING_SECONDS)
    return await _heard(story)


async def _heard(story: Story) -> list[Heard]:
    return [Heard(person, await story.notices(person), await story.mails(person)) for person in story.people]


async def _check_that_nothing_betrays(story: Story, heard: Sequence[Heard]) -> None:
    """Everything the merchant can read, searched for everything that names the resident."""
    readable = await _all_that_can_be_read(story, next(one for one in heard if one.person is story.ma))
    filed = (await story.lin.get("complaints", f"/v1/cases/{story.case['id']}/history"))["items"][0]
    minute_of_filing = filed["at"][:16]
    for secret in (*SECRETS, story.lin.id, story.lin.id.replace("-", ""), minute_of_filing):
        check(secret not in readable, f"the merchant reads nothing of {secret!r}")


async def _all_that_can_be_read(story: Story, heard: Heard) -> str:
    ma, case, mediation = story.ma, f"/v1/cases/{story.case['id']}", f"/v1/mediations/{story.mediation['id']}"
    answers = [
        await ma.text("complaints", path)
        for path in (case, f"{case}/history", f"{case}/messages", "/v1/cases?limit=100")
    ]
    answers += [
        await ma.text("mediation", path)
        for path in (mediation, f"{mediation}/calendar.ics", "/v1/mediations")
    ]
    answers += [await ma.text("notifications", path) for path in ("/v1/inbox", "/v1/preferences")]
    answers += [
        f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.headers}\n{mail.attachments}"
        for mail in heard.mails
    ]
    return "\n".join(answers)
