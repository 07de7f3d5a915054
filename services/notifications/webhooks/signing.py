"""Signatures after Standard Webhooks 1.0: the receiver can tell that it is us and nothing was changed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"


def secret_of(key: str, webhook_id: UUID, generation: int) -> str:
    """A webhook's secret, as its operator enters it at the receiver's; made anew each time, kept nowhere."""
    made = hmac.digest(key.encode(), f"webhook:{webhook_id}:{generation}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(made).decode()


def headers_for(message_id: str, body: str, *, secrets: Sequence[str], now: datetime) -> Mapping[str, str]:
    """What goes with the body; one signature for each secret, so that a new one can be entered in peace."""
    moment = int(now.timestamp())
    signatures = (signature_of(message_id, moment, body, secret) for secret in secrets)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signatures),
    }


def signature_of(message_id: str, moment: int, body: str, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.digest(key, f"{message_id}.{moment}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(mac).decode()}"
