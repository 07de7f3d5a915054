"""Tencent Cloud's short message service (sms 2021-01-11, SendSms), signed with TC3-HMAC-SHA256.

After "Signature v3" of Tencent Cloud's documentation; its worked example is a test.
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

from services.notifications.commands import Answer, NoWord, Yes
from services.notifications.texting.provider import Request, Text, reason_of, refusal

ENDPOINT = "https://sms.tencentcloudapi.com/"
ALGORITHM = "TC3-HMAC-SHA256"
SERVICE = "sms"
CONTENT_TYPE = "application/json; charset=utf-8"
SIGNED = "content-type;host;x-tc-action"

NEVER = frozenset({"InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist"})
"""Codes that speak of the number; all others are ours to mend, or a limit that passes."""


@dataclass(frozen=True)
class Tencent:
    """An account with one application, and under which name it signs its texts."""

    secret_id: str
    secret_key: str
    app_id: str
    sign_name: str
    url: str = ENDPOINT
    region: str = "ap-guangzhou"

    def request(self, text: Text, *, now: datetime, nonce: str) -> Request:
        """The scheme knows no nonce: a request is good for the minutes around its timestamp."""
        body = {
            "PhoneNumberSet": [f"+86{text.phone}"],
            "SmsSdkAppId": self.app_id,
            "SignName": self.sign_name,
            "TemplateId": text.template,
            "TemplateParamSet": [text.reference],
            "SessionContext": text.mark,
        }
        host, content = urlsplit(self.url).netloc, json.dumps(body).encode()
        moment = int(now.timestamp())
        signature = signature_of(
            content, host=host, service=SERVICE, action="SendSms", moment=moment, secret_key=self.secret_key
        )
        credential = f"{self.secret_id}/{_scope(moment, SERVICE)}"
        headers = {
            "authorization": (
                f"{ALGORITHM} Credential={credential}, SignedHeaders={SIGNED}, Signature={signature}"
            ),
            "content-type": CONTENT_TYPE,
            "host": host,
            "x-tc-action": "SendSms",
            "x-tc-region": self.region,
            "x-tc-timestamp": str(moment),
            "x-tc-version": "2021-01-11",
        }
        return Request(self.url, headers, content)

    def judge(self, answer: Mapping[str, Any]) -> Answer:
        response = answer["Response"]
        code = str(response["Error"]["Code"] if "Error" in response else response["SendStatusSet"][0]["Code"])
        if code.startswith("InternalError"):
            return NoWord(reason_of(code))
        return Yes() if code == "Ok" else refusal(code, never=NEVER)


def signature_of(
    content: bytes, *, host: str, service: str, action: str, moment: int, secret_key: str
) -> str:
    """The signature of a posted JSON body."""
    lines = f"content-type:{CONTENT_TYPE}\nhost:{host}\nx-tc-action:{action.lower()}\n"
    canonical = "\n".join(("POST", "/", "", lines, SIGNED, hashlib.sha256(content).hexdigest()))
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    scope = _scope(moment, service)
    key = f"TC3{secret_key}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    return _mac(key, "\n".join((ALGORITHM, str(moment), scope, hashed))).hex()


def _scope(moment: int, service: str) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}/{service}/tc3_request"


def _mac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
