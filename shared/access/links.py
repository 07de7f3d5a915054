"""Personal links and secrets: capabilities that can be made and checked again without being kept anywhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

from shared.ids import DIGITS


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


def spoken_secret(secret: str, purpose: str, subject: UUID) -> str:
    """A secret to write down or read aloud, 60 bits: `7K3M-9QX4-CT2F`; made from its subject, kept nowhere."""
    mac = hmac.digest(secret.encode(), f"{purpose}:{subject}".encode(), hashlib.sha256)
    digits = "".join(DIGITS[byte % len(DIGITS)] for byte in mac[:12])
    return "-".join(digits[start : start + 4] for start in (0, 4, 8))


def is_spoken_secret(told: str, secret: str, purpose: str, subject: UUID) -> bool:
    """Whether somebody told the subject's secret; small letters, spaces and dashes make no difference."""
    expected = spoken_secret(secret, purpose, subject)
    return hmac.compare_digest(_bare(told), _bare(expected))


def _bare(text: str) -> bytes:
    return "".join(character for character in text.upper() if character.isalnum()).encode()
