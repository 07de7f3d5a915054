"""How each platform's group robot is asked, signed as it demands, and what its answer means. Pure.

All three answer 200 to whatever they refuse, with a code in the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from services.notifications.commands import Answer, No, NotYet, Yes
from services.notifications.texting.provider import Request, encoded

Platform = Literal["wecom", "feishu", "dingtalk"]

PLATFORMS: tuple[Platform, ...] = get_args(Platform)
SIGNING: tuple[Platform, ...] = ("feishu", "dingtalk")
"""Which of them sign; WeCom's address is all the proof there is."""

HOSTS: Mapping[Platform, str] = {
    "wecom": "qyapi.weixin.qq.com",
    "feishu": "open.feishu.cn",
    "dingtalk": "oapi.dingtalk.com",
}

GONE = "robot_gone"
"""The reason that ends the robot with its message: nobody has it any more."""

_NEVER: Mapping[Platform, frozenset[int]] = {
    "wecom": frozenset({93000}),
    "feishu": frozenset({19001}),
    "dingtalk": frozenset({300001, 300005}),
}
"""Codes for a robot that was taken out of its group; all others are a limit that passes, or ours to mend."""

JSON = {"content-type": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Line:
    """How one robot is reached: the address its group shows to administrators, and the secret to sign with."""

    platform: Platform
    url: str
    secret: str


def request(line: Line, text: str, now: datetime) -> Request:
    """The request that says `text` in the group; `now` is the machine's time, which a signature names."""
    return _REQUESTS[line.platform](line, text, now)


def _wecom(line: Line, text: str, _: datetime) -> Request:
    return Request(line.url, JSON, _body({"msgtype": "text", "text": {"content": text}}))


def _feishu(line: Line, text: str, now: datetime) -> Request:
    moment = str(int(now.timestamp()))
    signed = {"timestamp": moment, "sign": feishu_signature(moment, line.secret)}
    return Request(line.url, JSON, _body({**signed, "msg_type": "text", "content": {"text": text}}))


def _dingtalk(line: Line, text: str, now: datetime) -> Request:
    moment = str(int(now.timestamp() * 1000))
    signature = encoded(dingtalk_signature(moment, line.secret))
    url = f"{line.url}&timestamp={moment}&sign={signature}"
    return Request(url, JSON, _body({"msgtype": "text", "text": {"content": text}}))


_REQUESTS: Mapping[Platform, Callable[[Line, str, datetime], Request]] = {
    "wecom": _wecom,
    "feishu": _feishu,
    "dingtalk": _dingtalk,
}


def feishu_signature(moment: str, secret: str) -> str:
    """Seconds and secret are the key, and nothing is the message."""
    return base64.b64encode(hmac.digest(f"{moment}\n{secret}".encode(), b"", hashlib.sha256)).decode()


def dingtalk_signature(moment: str, secret: str) -> str:
    """The secret is the key, milliseconds and secret are the message."""
    mac = hmac.digest(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(mac).decode()


def judge(platform: Platform, answer: Mapping[str, Any]) -> Answer:
    """What an answer in JSON means. Raises LookupError, TypeError, ValueError where it says nothing we know."""
    code = int(answer["code"] if platform == "feishu" else answer["errcode"])
    if code == 0:
        return Yes()
    return No(GONE) if code in _NEVER[platform] else NotYet(f"robot_{code}")


def _body(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
