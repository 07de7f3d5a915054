"""What a person or a test wants to know of a mail: its texts, its headers, what is attached."""

from __future__ import annotations

import codecs
from email.message import EmailMessage
from functools import lru_cache
from typing import Any

from deploy.local.mailbox.letters import ENVELOPE_HEADERS, Letter


def summary(letter: Letter) -> dict[str, Any]:
    message = letter.message()
    return {
        "id": letter.id,
        "received_at": letter.received_at,
        "from": str(message.get("from", letter.sender)),
        "to": list(letter.recipients),
        "subject": str(message.get("subject", "")),
    }


@lru_cache(maxsize=1000)
def whole(letter: Letter) -> dict[str, Any]:
    """Kept, for whoever waits for a mail asks for all of them again and again."""
    message = letter.message()
    return summary(letter) | {
        "text": body(message, "plain"),
        "html": body(message, "html"),
        "headers": headers(message),
        "attachments": [_described(part) for part in attached(message)],
    }


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return text_of(part) if isinstance(part, EmailMessage) else ""


def headers(message: EmailMessage) -> dict[str, str]:
    """As they came; a header that came more than once is joined by line breaks."""
    names = dict.fromkeys(name for name in message if name.lower() not in ENVELOPE_HEADERS)
    return {name: "\n".join(str(value) for value in message.get_all(name, [])) for name in names}


def attached(message: EmailMessage) -> list[EmailMessage]:
    """Every leaf that is not the text or the HTML: files, and invitations inside an alternative."""
    shown = [id(message.get_body((kind,))) for kind in ("plain", "html")]
    leaves = (part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart())
    return [part for part in leaves if id(part) not in shown]


def text_of(part: EmailMessage) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        codecs.lookup(charset)
    except LookupError:
        charset = "utf-8"
    return payload(part).decode(charset, "replace")


def payload(part: EmailMessage) -> bytes:
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _described(part: EmailMessage) -> dict[str, Any]:
    return {
        "filename": part.get_filename(""),
        "content_type": str(part.get("content-type", "text/plain")),
        "size": len(payload(part)),
        "text": text_of(part) if part.get_content_maintype() == "text" else None,
    }
