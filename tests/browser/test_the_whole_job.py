"""The main job by four people on four phones, from a neighbour's complaint to the figures that everybody can read.

Nobody is given an address: parties go by the links of their mails and by "my matters", coordinator and mediator by
their inbox and their desk; where a way leads nowhere, this fails.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from playwright.async_api import Locator, Page, expect

from cli.demo.telling import World, world_of
from cli.demo.world import at, working_day
from cli.running import Running
from deploy.local.system import LocalSystem
from services.portal.page import LANGUAGE_COOKIE
from shared.texts import LANGUAGES
from tests.browser.lived_in import NEIGHBOUR
from tests.browser.looking import Looker
from tests.browser.person import Person, follow
from tests.browser.test_first_steps import a_picture, the_number_on
from tests.browser.windows import choose

Meet = Callable[..., Awaitable[Person]]

COORDINATOR, MEDIATOR = "zhou@shanbei.example", "gu@shanbei.example"
MEDIATORS_NAME = "顾国强"
PATIENCE_SECONDS = 60
WORDS = "冷柜压缩机整夜响,靠墙的床跟着抖。"
SUMMARY = "夜间冷柜压缩机噪声影响住户休息。"
ANSWER = "压缩机可以垫减震垫,夜里调低一档。"
MINUTES = "双方到场,店方说明设备情况,住户方说明夜间影响,双方愿意各让一步。"
FACTS, TERMS = "夜间冷柜压缩机振动传到楼上。", "双方同意下列事项,互不追究以往。"
PROMISE, MEASURE = "压缩机加装减震垫", "安装照片,夜里室内听不到振动"
DONE = "减震垫已装好,见照片。"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@dataclass(frozen=True)
class Telling:
    """One time that it is told: how the four read, and who of the neighbourhood two of them are."""

    language: str
    scripts: bool
    identity: str
    lives: str
    trades: str
    shop: str


TELLINGS = (
    Telling(
        "zh-CN",
        scripts=True,
        identity="hidden",
        lives="118-5-602@shanbei.example",
        trades="shop-128@shanbei.example",
        shop="山北路128号",
    ),
    Telling(
        "en",
        scripts=False,
        identity="named",
        lives="95-3-302@shanbei.example",
        trades="shop-115@shanbei.example",
        shop="山北路115号",
    ),
)


@dataclass
class Neighbours:
    """Who lives above a shop, who trades there, and the two who help them; and their matter."""

    telling: Telling
    world: World
    resident: Person
    merchant: Person
    coordinator: Person
    mediator: Person
    number: str = ""
    case: str = ""
    met: date = field(default=date.min)
    """The day for which their session is agreed."""

    @property
    def parties(self) -> tuple[tuple[Person, str], ...]:
        """Each with where mail reaches them."""
        return (self.resident, self.telling.lives), (self.merchant, self.telling.trades)

    async def mailed(self, contact: str, path: str) -> str:
        """The path of a link that came to somebody by mail about the matter, as soon as it is there."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                mails = await self.world.mailbox.mails(to=contact)
                texts = [mail.text for mail in reversed(mails) if mail.case_id == self.case]
                links = [link for text in texts for link in LINK.findall(text) if link.startswith(path)]
                if links:
                    return str(links[0])
                await asyncio.sleep(0.2)


@pytest.fixture
async def world(where: Running) -> AsyncIterator[World]:
    async with world_of(where) as world:
        yield world


def form_of(page: Page, step: str) -> Locator:
    return page.locator(f'form[action$="/steps/{step}"]')


async def send(page: Page, step: str) -> None:
    """Sends the form of a step; the page says that it is done and what comes next."""
    await follow(page, form_of(page, step).locator("button:not([type])"))
    await expect(page.locator(".note-done")).to_be_visible()


async def finds(page: Page, step: str, look: Callable[[], Awaitable[bool]]) -> None:
    """Looks again where the matter is to be found until it leads to the step: word between services takes a moment."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (await look() and await form_of(page, step).count()):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    except TimeoutError as late:
        raise AssertionError(
            f"no {step!r} at {page.url}: {await page.locator('main').inner_text()}"
        ) from late


async def is_asked_for(person: Person, number: str, step: str) -> None:
    """By "my matters", where what waits for somebody comes first and says what is asked of them."""
    page = person.page

    async def look() -> bool:
        await page.goto("/cases")
        card = page.locator("main a.card-you", has_text=number)
        if not await card.count():
            return False
        await expect(card.locator("strong").first).to_be_visible()
        await follow(page, card)
        return True

    await finds(page, step, look)


async def has_it_open(person: Person, number: str, step: str) -> None:
    """By "my matters", where nothing is asked of them and something is theirs to do if they wish."""
    page = person.page

    async def look() -> bool:
        await page.goto("/cases")
        card = page.locator("main a.card", has_text=number)
        if not await card.count():
            return False
        await follow(page, card)
        return True

    await finds(page, step, look)


async def hears_of(person: Person, number: str, step: str) -> None:
    """By the inbox: what is unread first, and from the notice to where it leads."""
    page = person.page

    async def look() -> bool:
        await page.goto("/inbox")
        notice = page.locator("main li :is(a, button)", has_text=number)
        if not await notice.count():
            return False
        await follow(page, notice)
        await follow(page, "main .actions a.button")
        return True

    await finds(page, step, look)


async def leads(mediator: Person, number: str, step: str) -> None:
    """By the mediator's desk."""
    page = mediator.page

    async def look() -> bool:
        await page.goto("/mediations")
        card = page.locator("main a.card", has_text=number)
        if not await card.count():
            return False
        await follow(page, card)
        return True

    await finds(page, step, look)


async def complains(all_: Neighbours) -> None:
    """Writes first, and is asked who they are at the end."""
    page = all_.resident.page
    await page.goto("/")
    await follow(page, 'main a[href="/file"]')
    await follow(page, 'a[href="/file?category=noise"]')
    await page.locator('[name=subcategory][value="fixed_equipment"]').check()
    await page.locator("#place_text").fill(all_.telling.shop)
    await page.locator("#description").fill(WORDS)
    await page.locator(f"[name=identity][value={all_.telling.identity}]").check()
    await follow(page, "button[value=send]")
    await all_.resident.send_code_to(all_.telling.lives)
    await expect(page.locator("#description")).to_have_value(WORDS)
    await follow(page, "button[value=places]")
    await page.get_by_label(all_.telling.shop).check()
    await follow(page, "button[value=send]")
    all_.number = await the_number_on(page)
    all_.case = page.url.split("/")[-2]


async def the_receipt_is_looked_at(all_: Neighbours, system: LocalSystem) -> None:
    """It stands only where something was just filed."""
    window = all_.resident.page.context
    looker = await Looker.in_window(window, "receipt")
    for language in LANGUAGES:
        await choose(window, system, LANGUAGE_COOKIE, language)
        await looker.look(f"/cases/{all_.case}/receipt")
    await window.clear_cookies(name=LANGUAGE_COOKIE)
    assert looker.faults == []


async def is_taken_on(all_: Neighbours) -> None:
    await all_.coordinator.sign_in(COORDINATOR)
    page = all_.coordinator.page
    await hears_of(all_.coordinator, all_.number, "accept")
    await form_of(page, "accept").locator("[name=shared_summary]").fill(SUMMARY)
    await send(page, "accept")


async def is_answered(all_: Neighbours) -> None:
    """The merchant comes by the link of a mail, signs in, and stands before the matter."""
    page = all_.merchant.page
    await page.goto(await all_.mailed(all_.telling.trades, "/cases/"))
    await all_.merchant.send_code_to(all_.telling.trades)
    answer = form_of(page, "answer")
    await answer.locator("[name=kind][value=propose]").check()
    await answer.locator("[name=text]").fill(ANSWER)
    await send(page, "answer")


async def is_mediated(all_: Neighbours) -> None:
    """Both consent and say when they can; somebody without a tie to either is named and takes it."""
    page = all_.coordinator.page
    await hears_of(all_.coordinator, all_.number, "route")
    await form_of(page, "route").locator("[value=mediation]").check()
    await send(page, "route")
    for party in (all_.resident, all_.merchant):
        await is_asked_for(party, all_.number, "consent")
        for day in (working_day(all_.world.today, count) for count in (3, 4, 5)):
            await form_of(party.page, "consent").locator(f"[value='{day}/afternoon']").check()
        await expect(party.page.locator(".note-done")).to_have_count(0)
        await send(party.page, "consent")
    await hears_of(all_.coordinator, all_.number, "nominate")
    mediators = form_of(page, "nominate").locator("[name=mediator_id]")
    gu = await mediators.locator("option", has_text=MEDIATORS_NAME).get_attribute("value")
    await mediators.select_option(gu)
    await send(page, "nominate")


async def a_time_is_found(all_: Neighbours) -> None:
    """The mediator takes it and offers times; both can, and the first is fixed."""
    gu = all_.mediator
    await gu.sign_in(MEDIATOR)
    await hears_of(gu, all_.number, "take")
    asked = gu.page.locator("main li.card", has_text=all_.number)
    await follow(gu.page, asked.locator('form[action$="/steps/take"] button'))
    await expect(gu.page.locator(".note-done")).to_be_visible()
    await leads(gu, all_.number, "slots")
    await expect(form_of(gu.page, "schedule")).to_have_count(0)
    await send(gu.page, "slots")
    for party in (all_.resident, all_.merchant):
        await is_asked_for(party, all_.number, "answers")
        for yes in await form_of(party.page, "answers").locator("[type=radio][value=yes]").all():
            await yes.check()
        await send(party.page, "answers")
        await expect(form_of(party.page, "answers").locator("[value=yes]").first).to_be_checked()
    await leads(gu, all_.number, "schedule")
    await form_of(gu.page, "schedule").locator("[name=slot_id]").select_option(index=1)
    await send(gu.page, "schedule")


async def they_meet(all_: Neighbours) -> None:
    """Each finds the hour in their calendar; whoever leads reads out the rights and writes the minutes."""
    for person in (all_.resident, all_.merchant):
        await person.page.goto("/calendar")
        await expect(person.page.locator("main li", has_text=all_.number).first).to_be_visible()
    page = all_.mediator.page
    day = page.locator("main section", has=page.locator("li", has_text=all_.number))
    await page.goto("/calendar")
    all_.met = date.fromisoformat(str(await day.locator("time").first.get_attribute("datetime")))
    all_.world.wait_until(at(all_.met, 18))
    await page.goto("/mediations")
    await follow(page, page.locator("[aria-labelledby=today] li", has_text=all_.number).locator("a"))
    await expect(page.locator("#rights ~ ul > li").nth(3)).to_be_visible()
    await form_of(page, "minutes").locator("[name=text]").fill(MINUTES)
    await send(page, "minutes")


async def they_agree(all_: Neighbours) -> None:
    """What lacks a day is not drafted; both sign the words of the draft, mediator and committee put their mark."""
    page, draft = all_.mediator.page, form_of(all_.mediator.page, "agreement")
    await draft.locator("[name=form][value=written]").check()
    await draft.locator("[name=facts]").fill(FACTS)
    await draft.locator("[name=terms]").fill(TERMS)
    await draft.locator("[name=promise_what]").first.fill(PROMISE)
    await draft.locator("[name=promise_measure]").first.fill(MEASURE)
    await follow(page, draft.locator("button"))
    await expect(page.locator("[role=alert]").last).to_be_visible()
    due = working_day(all_.met, 3)
    await draft.locator("[name=promise_due_on]").first.fill(due.isoformat())
    await send(page, "agreement")
    for party, contact in all_.parties:
        await is_asked_for(party, all_.number, "sign")
        await signs(party, contact)
    for official in (all_.mediator, all_.coordinator):
        await hears_of(official, all_.number, "mark")
        await send(official.page, "mark")


async def signs(party: Person, contact: str) -> None:
    """Asks for a code for just the words that are shown, and gives it with the signature."""
    page, form = party.page, form_of(party.page, "sign")
    await expect(page.locator("#step-sign")).to_contain_text(PROMISE)
    words = await page.locator("#step-sign .hash").inner_text()
    code = await party.code_after(contact, lambda: follow(page, form_of(page, "sign/code").locator("button")))
    await form.locator("[name=code]").fill(code)
    await form.locator("[name=read]").check()
    await send(page, "sign")
    await expect(page.locator(".hash").first).to_have_text(words)


async def it_is_kept(all_: Neighbours) -> None:
    """Whoever promised shows it, and the other side confirms it."""
    merchant, resident = all_.merchant.page, all_.resident.page
    await is_asked_for(all_.merchant, all_.number, "proof")
    await expect(merchant.locator("#agreement ~ p").first).to_be_visible()
    await form_of(merchant, "proof").locator("[name=text]").fill(DONE)
    await send(merchant, "proof")
    await is_asked_for(all_.resident, all_.number, "confirm")
    await send(resident, "confirm")


async def settles(merchant: Person, contact: str, due: date) -> str:
    """Writes what each would do, and signs just that by a code. What was signed is named by its hash."""
    page, form = merchant.page, form_of(merchant.page, "conclude_settle")
    await form.locator("[name=note]").fill(TERMS)
    await form.locator("[name=promise_what]").first.fill(PROMISE)
    await form.locator("[name=promise_measure]").first.fill(MEASURE)
    await form.locator("[name=promise_due_on]").first.fill(due.isoformat())
    code = await merchant.code_after(contact, lambda: follow(page, form.locator("button[formaction]")))
    words = await form.locator(".hash").inner_text()
    await form.locator("[name=code]").fill(code)
    await follow(page, form.locator("button:not([formaction])"))
    await expect(page.locator(".hash").first).to_have_text(words)
    return words


async def agrees(resident: Person, contact: str, words: str) -> None:
    """Reads the other side's words and signs the very same."""
    page, form = resident.page, form_of(resident.page, "conclude_agree")
    await expect(page.locator("#step-conclude_agree .hash")).to_have_text(words)
    ask = form_of(page, "conclude_agree/code").locator("button")
    await form.locator("[name=code]").fill(await resident.code_after(contact, lambda: follow(page, ask)))
    await form.locator("[name=read]").check()
    await send(page, "conclude_agree")


async def both_say_how_it_went(all_: Neighbours) -> None:
    """By a link of their own in a mail."""
    for person, contact in all_.parties:
        page = person.page
        await page.goto(await all_.mailed(contact, "/survey/"))
        await page.locator("[name=solved][value=yes]").check()
        await page.locator("[name=score][value='5']").check()
        await follow(page, "main form button")
        await expect(page.locator("main h1")).to_be_visible()
    await all_.resident.page.goto(f"/cases/{all_.case}")
    await expect(all_.resident.page.locator(".stages .done")).to_have_count(6)


async def figures_on_the_board(person: Person) -> tuple[int, int]:
    """How many matters in all, and of how many both sides say that they are solved."""
    page = person.page
    await page.goto("/")
    await follow(page, 'nav a[href="/board"]')
    tiles = page.locator("[aria-labelledby=in-all] dd")
    cases = int(await tiles.first.inner_text())
    counted = await tiles.nth(3).locator("span").inner_text()
    return cases, min(map(int, re.findall(r"\d+", counted)))


CHAPTERS = (
    is_taken_on,
    is_answered,
    is_mediated,
    a_time_is_found,
    they_meet,
    they_agree,
    it_is_kept,
    both_say_how_it_went,
)


@pytest.mark.usefixtures("places")  # fewer matters than a board shows would be no board
@pytest.mark.parametrize("telling", TELLINGS, ids=lambda one: one.language)
async def test_four_people_on_four_phones_go_from_a_complaint_to_a_kept_promise(
    telling: Telling, meet: Meet, world: World, system: LocalSystem
) -> None:
    world.wait_until(at(working_day(world.today, 1), 9, 30))
    people = [await meet(language=telling.language, scripts=telling.scripts) for _ in range(4)]
    all_ = Neighbours(telling, world, *people)
    cases, solved = await figures_on_the_board(all_.resident)

    await complains(all_)
    if telling.scripts:
        await the_receipt_is_looked_at(all_, system)
    for chapter in CHAPTERS:
        await chapter(all_)

    assert await figures_on_the_board(all_.merchant) == (cases + 1, solved + 1)


async def test_two_neighbours_settle_it_between_themselves_by_code_and_the_proof_is_seen(
    meet: Meet, world: World, talk_with_the_shop: Callable[[str, str], Awaitable[str]]
) -> None:
    home, shop = NEIGHBOUR, "shop-126@shanbei.example"
    number = await talk_with_the_shop("山北路126号", shop)
    resident, merchant = await meet(scripts=False), await meet(language="en", scripts=False)
    await merchant.sign_in(shop)
    await has_it_open(merchant, number, "conclude_settle")
    words = await settles(merchant, shop, working_day(world.today, 3))
    await resident.sign_in(home)
    await is_asked_for(resident, number, "conclude_agree")
    await agrees(resident, home, words)

    await is_asked_for(merchant, number, "pledges_proof")
    proof = form_of(merchant.page, "pledges_proof")
    await proof.locator("[name=text]").fill(DONE)
    await proof.locator("[name=file]").set_input_files(a_picture("mounts.png"))
    await send(merchant.page, "pledges_proof")
    await is_asked_for(resident, number, "pledges_confirm")
    photo = resident.page.locator("[aria-labelledby=settlement] img.photo")
    await photo.scroll_into_view_if_needed()
    await expect(photo).to_have_js_property("naturalWidth", 640)
    await send(resident.page, "pledges_confirm")
    await expect(resident.page.locator(".stages .done")).to_have_count(5)
