"""Photos and a voice note chosen while a filing is written: put aside until it is sent, opened by its form alone."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from starlette.datastructures import UploadFile

from services.portal import storage
from services.portal.forms import Form
from services.portal.gateway import Away, FieldError, Problem
from services.portal.page import Page
from services.portal.sessions import Ticket

FIELD, DROPPED, SHOWS_MINOR = "attached", "drop", "shows_minor"
KINDS = {"photos": "photo", "voice": "audio"}
"""The fields of the form that take files, and as what evidence each is brought."""

MOST_ATTACHED = 5
KEPT_FOR = timedelta(days=3)
MOST_KEPT, MOST_KEPT_BYTES = 20, 200 * 1024 * 1024
"""What one person may have put aside at once: with the next, the oldest go, of a form that was left."""
_LONGEST_NAME = 80
_CLEANED, _REFUSED = "/v1/evidence/cleaned", "files_refused"


@dataclass(frozen=True)
class Attached:
    """A file put aside; its handle stands in the form and opens it."""

    handle: str
    kind: str
    name: str
    size: int
    shows_minor: bool


async def taken(page: Page, form: Form) -> tuple[Form, Problem | Away | None]:
    """The form with a handle for each file that was chosen, and why the others are not among them.

    The service that will get them looks at each at once: what it would not take is said before anything is sent.
    """
    dropped, handles = form[DROPPED], form.all(FIELD)
    if dropped in handles:
        handles.remove(dropped)
        await _forget(page, dropped)
    errors: dict[str, list[str]] = {}
    for field, kind in KINDS.items():
        for file in form.files(field):
            try:
                handles.append(await _put_aside(page, kind, file, form, room=MOST_ATTACHED - len(handles)))
            except Problem as problem:
                errors.setdefault(field, []).append(f"{_name(file)}: {_reason(problem)}")
            except Away as away:
                return form, away
    without = form.without_files(**{FIELD: handles})
    if not errors:
        return without, None
    said = tuple(FieldError(f"/{field}", " ".join(sentences)) for field, sentences in errors.items())
    return without, Problem(422, _REFUSED, page.say("look_at_marked"), said)


async def in_form(page: Page, form: Form, *, sent_too: bool = False) -> list[Attached]:
    """What was put aside for it and can go along: what went with a filing before does not.

    With `sent_too` that as well: the very same form may be sent again, and its answer speaks of the same files.
    """
    tickets = {ticket.id: ticket for handle in form.all(FIELD) if (ticket := Ticket.read(handle))}
    async with page.visitor.database.reading() as connection:
        labels = await storage.file_labels(connection, [*tickets], page.now, sent_too=sent_too)
    return [_read(ticket, labels[id]) for id, ticket in tickets.items() if id in labels]


async def lay_before(page: Page, case: UUID, files: Sequence[Attached]) -> int:
    """Brings them to the case that was just filed, each once however often it is sent, and keeps none of those.

    How many lie there now: what went to a case that was filed before from the same form, lies there and not here.
    """
    return sum([await _bring(page, case, one) for one in files])


async def _put_aside(page: Page, kind: str, file: UploadFile, form: Form, *, room: int) -> str:
    if room <= 0:
        raise Problem(422, _REFUSED, page.say("file_attached_most", most=MOST_ATTACHED))
    clean = await page.exchange("complaints", _CLEANED, {"kind": kind}, file)
    ticket = Ticket.new()
    one = Attached(ticket.cookie, kind, _name(file), len(clean), form.says(SHOWS_MINOR))
    label: dict[str, Any] = {name: value for name, value in asdict(one).items() if name != "handle"}
    owner = _owner(page)
    async with page.visitor.database.transaction() as tx:
        await storage.keep_file(
            tx,
            ticket.id,
            owner=owner,
            label=ticket.lock(json.dumps(label).encode()),
            content=ticket.lock(clean),
            expires_at=page.now + KEPT_FOR,
        )
        await storage.forget_oldest_files(tx, owner, most=MOST_KEPT, most_bytes=MOST_KEPT_BYTES)
    return one.handle


def _owner(page: Page) -> bytes:
    """The same for all that one person puts aside; without our secret it leads to nobody."""
    assert page.session.person is not None  # noqa: S101
    secret = page.settings.link_secret.get_secret_value()
    return hmac.digest(secret.encode(), f"kept_files:{page.session.person.id}".encode(), "sha256")


async def _forget(page: Page, handle: str) -> None:
    if (ticket := Ticket.read(handle)) is not None:
        async with page.visitor.database.transaction() as tx:
            await storage.forget_file(tx, ticket.id)


async def _bring(page: Page, case: UUID, one: Attached) -> bool:
    ticket = Ticket.read(one.handle)
    assert ticket is not None  # noqa: S101
    async with page.visitor.database.reading() as connection:
        locked, brought_to = await storage.file_content(connection, ticket.id)
    if not locked:
        return brought_to == case
    said = {"kind": one.kind, "shows_minor": one.shows_minor}
    try:
        await page.send(
            "complaints",
            f"/v1/cases/{case}/evidence",
            said,
            key=ticket.id.hex()[:32],
            file=UploadFile(BytesIO(ticket.unlock(locked))),
        )
    except (Problem, Away):
        return False
    async with page.visitor.database.transaction() as tx:
        await storage.empty_file(tx, ticket.id, brought_to=case)
    return True


def _read(ticket: Ticket, label: bytes) -> Attached:
    return Attached(ticket.cookie, **json.loads(ticket.unlock(label)))


def _name(file: UploadFile) -> str:
    return (file.filename or "")[-_LONGEST_NAME:]


def _reason(problem: Problem) -> str:
    return " ".join(error.detail for error in problem.errors) or problem.detail
