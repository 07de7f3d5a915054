"""A browser without a screen or scripts: opens pages, fills in forms as they stand, follows redirects when told."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx


@dataclass
class FormOnPage:
    """A form with what would be sent if nothing were typed."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._form: FormOnPage | None = None
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        name = found.get("name") or ""
        if tag == "form":
            self._form = FormOnPage(found.get("action") or "", found.get("method") or "get")
            self.forms.append(self._form)
        if self._form is None:
            return
        match tag:
            case "input":
                self._input(self._form, name, found)
            case "textarea":
                self._text = name
                self._add(self._form, name, "")
            case "select":
                self._select = name
                self._form.names.add(name)
            case "option" if "selected" in found and self._select:
                self._add(self._form, self._select, found.get("value") or "")

    def _input(self, form: FormOnPage, name: str, found: dict[str, str | None]) -> None:
        form.names.add(name)
        if found.get("type") not in ("radio", "checkbox") or "checked" in found:
            self._add(form, name, found.get("value") or "")

    def _add(self, form: FormOnPage, name: str, value: str) -> None:
        form.names.add(name)
        form.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "textarea":
                self._text = None
            case "select":
                self._select = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._form is not None and self._text is not None:
            self._form.fields[self._text] = [data]


class Shown:
    """A page as it was answered."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.status = answer.status_code
        reader = _Reader()
        if answer.headers.get("content-type", "").startswith("text/html"):
            reader.feed(answer.text)
        self.forms, self.tags = reader.forms, reader.tags
        self.text = " ".join(" ".join(reader.words).split())

    @property
    def goes_to(self) -> str:
        return self.answer.headers.get("location", "")

    def form(self, action: str) -> FormOnPage:
        return next(form for form in self.forms if form.action == action)

    def has_form(self, action: str) -> bool:
        return any(form.action == action for form in self.forms)


class Browser:
    """One person's browser; `http` keeps the cookies."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def open(self, path: str, **request: Any) -> Shown:
        return Shown(await self.http.get(path, **request))

    async def follow(self, shown: Shown) -> Shown:
        while shown.goes_to:
            shown = await self.open(shown.goes_to.partition("#")[0])
        return shown

    async def send(
        self, shown: Shown, action: str, *, to: str | None = None, **typed: str | list[str]
    ) -> Shown:
        """Sends a form of the page with what was typed over what stood in it; `to` is where one of its buttons
        sends it.
        """
        fields = shown.form(action).fields | {
            name: value if isinstance(value, list) else [value] for name, value in typed.items()
        }
        return await self.post(to or action, fields)

    async def post(self, path: str, fields: dict[str, list[str]], **request: Any) -> Shown:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | request.pop("headers", {})
        body = urlencode(fields, doseq=True)
        return Shown(await self.http.post(path, content=body, headers=headers, **request))
