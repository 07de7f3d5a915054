"""Letters on disk: one .eml file each, complete before the sender hears that we have it."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import lru_cache
from pathlib import Path

ENVELOPE_HEADERS = ("return-path", "delivered-to", "x-mailbox-received")


@dataclass(frozen=True)
class Letter:
    """One stored mail: what the envelope said and where the content lies. Ids sort by time of receipt."""

    id: str
    sender: str
    recipients: tuple[str, ...]
    received_at: str
    path: Path

    def is_for(self, address: str) -> bool:
        return address.casefold() in (recipient.casefold() for recipient in self.recipients)

    def message(self) -> EmailMessage:
        return _parse(self.path)


class Letters:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._letters = {path.stem: _open_envelope(path) for path in sorted(folder.glob("*.eml"))}

    async def put(self, content: bytes, *, sender: str, recipients: Iterable[str]) -> Letter:
        """Keep a mail for good: it is on the disk, under its name, when this returns."""
        now = datetime.now(UTC)
        letter_id = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        letter = Letter(
            letter_id, sender, tuple(recipients), now.isoformat(), self._folder / f"{letter_id}.eml"
        )
        await asyncio.to_thread(_write_durably, letter.path, _envelope(letter) + content)
        self._letters[letter_id] = letter
        return letter

    def newest_first(self, *, to: str | None = None, after: str | None = None) -> Iterator[Letter]:
        for letter in sorted(self._letters.values(), key=lambda each: each.id, reverse=True):
            if after is not None and letter.id <= after:
                return
            if to is None or letter.is_for(to):
                yield letter

    def get(self, letter_id: str) -> Letter | None:
        return self._letters.get(letter_id)

    def clear(self) -> None:
        for letter in self._letters.values():
            letter.path.unlink(missing_ok=True)
        self._letters.clear()


def _envelope(letter: Letter) -> bytes:
    lines = [f"Return-Path: <{letter.sender}>"]
    lines += [f"Delivered-To: {recipient}" for recipient in letter.recipients]
    lines += [f"X-Mailbox-Received: {letter.received_at}"]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _open_envelope(path: Path) -> Letter:
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=policy.default).parse(file)
    return Letter(
        id=path.stem,
        sender=str(headers["return-path"]).strip("<>"),
        recipients=tuple(str(value) for value in headers.get_all("delivered-to", [])),
        received_at=str(headers["x-mailbox-received"]),
        path=path,
    )


def _write_durably(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@lru_cache(maxsize=1000)
def _parse(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
