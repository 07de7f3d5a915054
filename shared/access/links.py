"""Personal links: a capability that two services can make and check without sending it over the bus."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID


def link_token(secret: str, purpose: str, subject: UUID) -> str:
    """The unguessable end of a personal link, e.g. purpose `survey` for a survey's id: `<id>.<mac>`."""
    mac = hmac.digest(secret.encode(), f"{purpose}:{subject}".encode(), hashlib.sha256)[:18]
    return f"{subject.hex}.{base64.urlsafe_b64encode(mac).decode()}"


def subject_of(secret: str, purpose: str, token: str) -> UUID | None:
    """The subject a link stands for, or None when it was not made by us for this purpose."""
    try:
        subject = UUID(hex=token.partition(".")[0])
    except ValueError:
        return None
    expected = link_token(secret, purpose, subject)
    return subject if hmac.compare_digest(expected.encode(), token.encode()) else None
