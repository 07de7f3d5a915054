"""The three platforms on one socket: checks each signature, counts what each group heard, and misbehaves when told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from deploy.local.ports import free_port
from services.notifications.robots.platforms import (
    PLATFORMS,
    Platform,
    dingtalk_signature,
    feishu_signature,
)

from .text_provider import Act, Asked, listening, read_request, says

SECRET = "SEC-of-the-group"
PATHS: Mapping[str, Platform] = {
    "/cgi-bin/webhook/send": "wecom",
    "/open-apis/bot/v2/hook/k": "feishu",
    "/robot/send": "dingtalk",
}
QUERIES = {"wecom": "?key=k", "feishu": "", "dingtalk": "?access_token=k"}


def code(platform: Platform, number: int) -> Act:
    """An answer with that code, which is all these platforms ever say."""
    name = "code" if platform == "feishu" else "errcode"
    return says("200 OK", json.dumps({name: number}).encode(), took=number == 0)


@dataclass
class GroupRobots:
    """`acts` hold what to do at the next messages; then they are said in the group."""

    port: int = field(default_factory=free_port)
    heard: list[str] = field(default_factory=list)
    asked: int = 0
    bad: int = 0
    acts: list[Act] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        hosts = ",".join(f"{platform}=127.0.0.1:{self.port}" for platform in PLATFORMS)
        return {"webhook_networks": "127.0.0.0/8", "robot_hosts": hosts}

    def form(self, platform: Platform, **more: str) -> dict[str, str]:
        path = next(path for path, spoken in PATHS.items() if spoken == platform)
        url = f"http://127.0.0.1:{self.port}{path}{QUERIES[platform]}"
        return {"platform": platform, "name": "值班群", "url": url, "secret": SECRET} | more

    @asynccontextmanager
    async def open(self) -> AsyncIterator[GroupRobots]:
        async with listening(self._answer, self.port):
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        with suppress(ConnectionError):
            asked = await read_request(reader)
            self.asked += 1
            platform = PATHS[urlsplit(asked.address).path]
            body = json.loads(asked.body)
            if not self._is_signed(platform, asked, body):
                self.bad += 1
            act = self.acts.pop(0) if self.acts else code(platform, 0)
            if await act(writer):
                self.heard.append(
                    body["content"]["text"] if platform == "feishu" else body["text"]["content"]
                )
        writer.close()
        self.at_once -= 1

    def _is_signed(self, platform: Platform, asked: Asked, body: dict[str, Any]) -> bool:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.address).query).items()}
        match platform:
            case "wecom":
                return query == {"key": "k"}
            case "feishu":
                return bool(body["sign"] == feishu_signature(body["timestamp"], SECRET))
        signed = query["sign"] == dingtalk_signature(query["timestamp"], SECRET)
        return signed and query["access_token"] == "k"
