"""The mailbox as the supervisor sees it."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy.local.ports import HOST
from deploy.local.probes import http_ready
from deploy.local.steps import Daemon, Launch


class Mailbox:
    def __init__(self, home: Path, *, smtp_port: int, http_port: int) -> None:
        self.folder = home / "mail"
        self.smtp_port = smtp_port
        self.http_port = http_port

    @property
    def smtp_host(self) -> str:
        return HOST

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.http_port}"

    def daemon(self, *, name: str = "mailbox") -> Daemon:
        return Daemon(name, self._launch, http_ready(self.http_port))

    async def _launch(self) -> Launch:
        ports = ("--smtp-port", str(self.smtp_port), "--http-port", str(self.http_port))
        program = (sys.executable, "-m", "deploy.local.mailbox")
        return Launch((*program, "--folder", str(self.folder), *ports))
