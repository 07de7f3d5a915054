"""Alibaba Cloud's short message service (Dysmsapi 2017-05-25, SendSms), signed with ACS3-HMAC-SHA256.

After "Request syntax and signature method V3" of Alibaba Cloud's documentation; its worked example is a test.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from services.notifications.commands import Answer, Yes
from services.notifications.texting.provider import Request, Text, encoded, refusal

ENDPOINT = "https://dysmsapi.aliyuncs.com/"
ALGORITHM = "ACS3-HMAC-SHA256"

NEVER = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "isv.BLACK_KEY_CONTROL_LIMIT", "isv.MOBILE_COUNT_OVER_LIMIT"})
"""Codes that speak of the number; all others are ours to mend, or a limit that passes."""


@dataclass(frozen=True)
class Aliyun:
    """An account, and under which name it signs its texts."""

    key_id: str
    key_secret: str
    sign_name: str
    url: str = ENDPOINT

    def request(self, text: Text, *, now: datetime, nonce: str) -> Request:
        parameters = {
            "OutId": text.mark,
            "PhoneNumbers": text.phone,
            "SignName": self.sign_name,
            "TemplateCode": text.template,
            "TemplateParam": json.dumps({"reference": text.reference}),
        }
        return signed(
            self.url,
            parameters,
            action="SendSms",
            version="2017-05-25",
            now=now,
            nonce=nonce,
            key_id=self.key_id,
            key_secret=self.key_secret,
        )

    def judge(self, answer: Mapping[str, Any]) -> Answer:
        code = answer["Code"]
        return Yes() if code == "OK" else refusal(code, never=NEVER)


def signed(
    url: str,
    parameters: Mapping[str, str],
    *,
    action: str,
    version: str,
    now: datetime,
    nonce: str,
    key_id: str,
    key_secret: str,
) -> Request:
    """A call with its parameters in the address and nothing in the body."""
    address = urlsplit(url)
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in sorted(parameters.items()))
    headers = {
        "host": address.netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": _hash(b""),
        "x-acs-date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names, signature = signature_of("POST", address.path or "/", query, headers, key_secret)
    authorization = f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"
    return Request(f"{url}?{query}", headers | {"authorization": authorization}, b"")


def signature_of(
    method: str, path: str, query: str, headers: Mapping[str, str], key_secret: str
) -> tuple[str, str]:
    """Which headers are signed, and the signature."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join((method, path, query, lines, names, headers["x-acs-content-sha256"]))
    to_sign = f"{ALGORITHM}\n{_hash(canonical.encode())}"
    return names, hmac.new(key_secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
