"""What every page works with: who looks, in which language, and how to ask the services for them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from fastapi import Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from services.portal import rendering
from services.portal.forms import CSRF_FIELD, Form, Mistakes, by_field, page_of_form
from services.portal.gateway import Away, Caller, Gateway, Problem, StreamEvent
from services.portal.marks import Marks
from services.portal.sessions import Draft, Session, Ticket
from services.portal.settings import Settings
from services.portal.visitor import Visitor
from shared.access.door import Kit
from shared.clock import local_day
from shared.texts import LANGUAGES, Language, negotiate

LANGUAGE_COOKIE = "shangju_language"
TYPE_COOKIE = "shangju_type"
TYPE_SIZES = ("18", "22", "26", "30")
"""Large type, in points."""

USUAL_TYPE = "usual"


ANYBODY = "anybody"
SIGNED_IN = "signed_in"


Segment = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$")]
"""A part of an address that goes into a service's as it is: nothing in it leads to another one."""


@dataclass(frozen=True)
class MenuItem:
    """A page in the menu, and for which roles it is."""

    path: str
    text: str
    roles: tuple[str, ...]


MENU = (
    MenuItem("/file", "file_it", (ANYBODY,)),
    MenuItem("/cases", "menu_cases", (SIGNED_IN,)),
    MenuItem("/calendar", "menu_calendar", (SIGNED_IN,)),
    MenuItem("/board", "menu_board", (ANYBODY,)),
    MenuItem("/inbox", "menu_inbox", (SIGNED_IN,)),
    MenuItem("/queue", "menu_queue", ("coordinator",)),
    MenuItem("/overdue", "menu_overdue", ("coordinator",)),
    MenuItem("/health", "menu_health", ("coordinator", "operator", "representative")),
    MenuItem("/mediations", "menu_mediations", ("mediator", "court_liaison")),
    MenuItem("/oral", "menu_oral", ("building_captain",)),
    MenuItem("/referrals", "menu_referrals", ("agency_officer", "court_liaison")),
    MenuItem("/visits", "menu_visits", ("coordinator", "building_captain", "volunteer")),
    MenuItem("/building", "menu_building", ("building_captain",)),
    MenuItem("/by-hand", "menu_by_hand", ("coordinator", "building_captain")),
    MenuItem("/children", "menu_children", ("coordinator",)),
    MenuItem("/mediators", "menu_mediators", ("coordinator",)),
    MenuItem("/robots", "menu_robots", ("coordinator", "operator")),
    MenuItem("/webhooks", "menu_webhooks", ("operator",)),
    MenuItem("/posters", "menu_posters", ("coordinator", "operator")),
    MenuItem("/alliance", "menu_alliance", ("coordinator", "operator")),
)


@dataclass(frozen=True)
class Trouble:
    """Why a form is shown again, with what was typed; all empty when it is shown for the first time."""

    status: int = 200
    sentence: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    """The key to send it under: the same for as long as it is the same form, unless that one is spent."""


class SignInNeeded(Exception):
    """The page is for somebody; what was sent to it is kept meanwhile."""


class StaleForm(Exception):
    """The form comes from a page given to another session, e.g. before signing in in another tab."""


class FilesTooLarge(Exception):
    """More came in files than we take; what was typed beside them is read."""


class ForeignForm(Exception):
    """The form was sent by a page of another site."""


class Page:
    """One request for a page."""

    def __init__(self, request: Request, visitor: Visitor) -> None:
        kit: Kit = request.app.state.kit
        assert isinstance(kit.settings, Settings)  # noqa: S101
        self.request = request
        self.visitor = visitor
        self.settings = kit.settings
        self.gateway: Gateway = request.app.state.gateway
        self.language = language_of(request)
        self.type_size = type_size_of(request)
        self.now = kit.clock.now()
        self.today = local_day(self.now)
        self.away: set[str] = set()
        self.marks = Marks()
        self.took_up = False

    @property
    def session(self) -> Session:
        return self.visitor.session

    async def get(self, service: str, path: str, **query: str | None) -> Any:
        """What the service shows this person. Raises Problem, Away, SignInNeeded."""
        asked = {name: value for name, value in query.items() if value is not None}
        return await self._ask(service, path, query=asked)

    async def get_if_there(self, service: str, path: str, **query: str | None) -> Any:
        """The same, or None while the service is away: the page says so and shows the rest."""
        try:
            return await self.get(service, path, **query)
        except Away:
            self.away.add(service)
            return None

    async def send(
        self,
        service: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        method: str = "POST",
        file: UploadFile | None = None,
    ) -> Any:
        """A write in this person's name; `key` makes sending it twice harmless."""
        return await self._ask(service, path, method=method, body=body, key=key, file=file)

    async def open(self, service: str, path: str) -> httpx.Response:
        """A file as the service shows it to this person. Raises Problem, Away, SignInNeeded."""
        answer: httpx.Response = await self._as_this_person(
            lambda caller: self.gateway.open(caller, service, path)
        )
        return answer

    async def exchange(self, service: str, path: str, body: Any, file: UploadFile) -> bytes:
        """What the service makes of a file. Raises Problem, Away, SignInNeeded."""
        made: bytes = await self._as_this_person(
            lambda caller: self.gateway.exchange(caller, service, path, body, file)
        )
        return made

    async def listen(self, service: str, path: str, *, seen: str | None) -> AsyncGenerator[StreamEvent, None]:
        """What the service tells this person as it happens. Raises Problem, Away, SignInNeeded."""

        async def begin(caller: Caller) -> AsyncGenerator[StreamEvent, None]:
            return self.gateway.listen(caller, service, path, seen=seen)

        async with aclosing(await self._as_this_person(begin)) as events:
            async for event in events:
                yield event

    async def serves(self) -> bool:
        """Whether a page that stays open may go on asking this process."""
        return not self.request.app.state.stopping()

    async def _ask(self, service: str, path: str, **request: Any) -> Any:
        return await self._as_this_person(lambda caller: self.gateway.ask(caller, service, path, **request))

    async def _as_this_person(self, ask: Callable[[Caller], Awaitable[Any]]) -> Any:
        token = await self.visitor.access_token(self.gateway, self.caller())
        if token is None and self.session.person is not None:
            await self.visitor.sign_out()
            raise SignInNeeded
        try:
            return await ask(self.caller(token))
        except Problem as problem:
            if problem.status == 401 and token is not None:
                await self.visitor.sign_out()
            if problem.code == "not_signed_in":
                raise SignInNeeded from problem
            raise

    def caller(self, token: str | None = None) -> Caller:
        """On whose behalf this page asks."""
        client = self.request.client
        return Caller(self.language, token, client.host if client else None)

    def html(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """The template with what every page knows.

        Above a form shown again stand the ways to its marked fields; where those are is known once they are drawn,
        so such a page is drawn twice.
        """
        known = {
            "page": self,
            "language": self.language,
            "today": self.today,
            "plain": self.type_size is not None,
            "session": self.session,
            "new_key": lambda: uuid4().hex,
        }
        drawn = rendering.render(template, known | context)
        if self.marks.drawn:
            drawn = rendering.render(template, known | context)
        return HTMLResponse(drawn, status)

    def form(self, template: str, *, trouble: Trouble, **context: Any) -> HTMLResponse:
        """A page with a form to send once. The browser may keep it while the person is signed in.

        So the back button shows the very form that was sent, under the same key, and sending it again does
        nothing; signing out clears what was kept.
        """
        shown = self.html(template, status=trouble.status, trouble=trouble, **context)
        shown.headers["Cache-Control"] = "private, no-cache"
        return shown

    def go(self, path: str) -> RedirectResponse:
        """On to another page; going back does not send the form again."""
        return RedirectResponse(path, 303)

    def say(self, code: str, **data: Any) -> str:
        """A sentence of the catalogue."""
        return rendering.sentence(code, self.language, plain=self.type_size is not None, **data)

    def word(self, kind: str, code: str) -> str:
        """A service's code in words."""
        return rendering.say(kind, code, self.language)

    def trouble(self, error: Mistakes | Problem | Away | None, key: str = "") -> Trouble:
        """What to say beside and above a form that could not be sent on."""
        match error:
            case None:
                return Trouble(key=key)
            case Mistakes():
                errors = {name: self.say(code) for name, code in error.codes.items()}
                return Trouble(422, self.say("look_at_marked"), errors, key)
            case Away():
                return Trouble(503, self.say("away_try_again"), key=key)
            case Problem(code="key_reused"):
                return Trouble(error.status, self.say("sent_already"))
            case Problem():
                return Trouble(error.status, error.detail, by_field(error.errors), key)

    def draft_for(self, path: str) -> Form | None:
        """The form that was typed for `path` before signing in, if one waits."""
        draft = self.session.draft
        return Form(draft.fields) if draft is not None and draft.path == path else None

    def take_up(self) -> tuple[str, Form | None]:
        """What was typed into a form of this very page before signing in, once, and the last word of where it goes.

        It is kept until the page is made: a service that is away just then loses no word.
        """
        draft = self.session.draft
        if draft is None or page_of_form(draft.path) != self.request.url.path:
            return "", None
        self.took_up = True
        return draft.path.rsplit("/", 1)[-1], Form(draft.fields)

    @property
    def taken_up_of(self) -> str:
        """What the form that was taken up is about, where several of its like stand on one page."""
        return self.session.draft.path.split("/")[2] if self.took_up and self.session.draft else ""

    async def let_go(self) -> None:
        """The page holds now what it took up."""
        if self.took_up:
            await self.visitor.keep(draft=None)

    async def keep_draft(self, form: Form) -> None:
        """Keeps what was typed until somebody is signed in."""
        await self.visitor.keep(draft=Draft(self.request.url.path, form.typed))

    @property
    def path(self) -> str:
        """This page's own address, for coming back to it."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def back(self) -> str:
        """Where to return to after choosing the language: a page that can be asked for again."""
        return self.path if self.request.method == "GET" else page_of_form(self.request.url.path)

    @property
    def menu(self) -> list[MenuItem]:
        """The pages to offer this person."""
        held = self.session.roles | ({ANYBODY, SIGNED_IN} if self.session.signed_in else {ANYBODY})
        return [item for item in MENU if held & {*item.roles}]

    @property
    def type_steps(self) -> dict[str, str]:
        """What the type can become from here, by the word for it."""
        if self.type_size is None:
            return {"type_large": TYPE_SIZES[0]}
        here = TYPE_SIZES.index(self.type_size)
        around = {"type_smaller": here - 1, "type_larger": here + 1}
        steps = {word: TYPE_SIZES[step] for word, step in around.items() if 0 <= step < len(TYPE_SIZES)}
        return steps | {"type_usual": USUAL_TYPE}

    @property
    def other_language(self) -> Language:
        return "en" if self.language == "zh-CN" else "zh-CN"


def language_of(request: Request) -> Language:
    """The language chosen on our pages, else the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    found = next((language for language in LANGUAGES if language == chosen), None)
    return found or negotiate(request.headers.get("accept-language"))


def type_size_of(request: Request) -> str | None:
    """The large type chosen on our pages, None for the usual one."""
    chosen = request.cookies.get(TYPE_COOKIE)
    return chosen if chosen in TYPE_SIZES else None


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this origin; browsers accept that over https alone.

    Over http on one machine, copies of the system on other ports must not share it.
    """
    return "__Host-shangju" if settings.environment == "production" else f"shangju_{settings.http_port}"


async def open_page(request: Request) -> Page:
    """The page for this request."""
    kit: Kit = request.app.state.kit
    assert isinstance(kit.settings, Settings)  # noqa: S101
    ticket = Ticket.read(request.cookies.get(cookie_name(kit.settings)))
    visitor = Visitor(kit.database, kit.clock.now(), ticket)
    await visitor.arrive()
    page = Page(request, visitor)
    request.state.page = page
    return page


async def open_own_page(page: Annotated[Page, Depends(open_page)]) -> Page:
    """The same, for somebody signed in. Raises SignInNeeded."""
    if not page.session.signed_in:
        raise SignInNeeded
    return page


async def sent_form(page: Annotated[Page, Depends(open_page)]) -> Form:
    """The form, if it was sent from a page we gave this browser. Raises ForeignForm, StaleForm, FilesTooLarge."""
    if _is_foreign(page.request.headers):
        raise ForeignForm
    form = await Form.of(
        page.request, file_bytes=page.settings.upload_bytes, takes_files=page.session.signed_in
    )
    page.request.state.form = form
    if not page.visitor.sent(form[CSRF_FIELD]):
        raise StaleForm
    if form.files_too_large:
        raise FilesTooLarge
    return form


def _is_foreign(headers: Mapping[str, str]) -> bool:
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return True
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


ThePage = Annotated[Page, Depends(open_page)]
OwnPage = Annotated[Page, Depends(open_own_page)]
SentForm = Annotated[Form, Depends(sent_form)]
