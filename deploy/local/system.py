"""The whole system for the length of a block: for `make run`, for end-to-end and fault tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local import environment
from deploy.local.lock import HomeLock
from deploy.local.plan import whole_plan
from deploy.local.ports import Ports
from deploy.local.site import Site
from deploy.local.steps import Plan
from deploy.local.supervised import Say, Supervised
from deploy.local.supervisor import Supervisor

ORPHANS_PATIENCE_SECONDS = 20.0


class LocalSystem:
    """`async with LocalSystem(home, ports) as system: system.url("complaints")`

    Processes are named `postgres`, `kafka`, `mailbox`, `complaints-api`, `complaints-worker` and so on; each
    can be asked for its `pid` and told to `kill()`, `stop()`, `start()`, `restart()`; `until_ready()` waits.
    """

    def __init__(
        self,
        home: Path,
        ports: Ports,
        *,
        plan: Callable[[Site], Plan] = whole_plan,
        say: Say = lambda _: None,
    ) -> None:
        self.site = Site(home, ports)
        self._lock = HomeLock(home)
        self._supervisor = Supervisor(plan(self.site), logs=self.site.logs, say=say)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Nothing is touched before the home is ours and all ports are free."""
        self._lock.acquire()
        await self.site.ports.require_free(
            patience_seconds=ORPHANS_PATIENCE_SECONDS if self._lock.left_behind else 0.0
        )
        environment.publish(self.site)
        await self._supervisor.up()

    async def stop(self) -> None:
        await self._supervisor.down()
        self._lock.release()

    def kill(self) -> None:
        self._supervisor.kill()

    async def until_given_up(self) -> None:
        await self._supervisor.until_given_up()

    def process(self, name: str) -> Supervised:
        return self._supervisor.processes[name]

    def url(self, service: str) -> str:
        return self.site.url(service)

    def database_url(self, service: str) -> str:
        return self.site.database_url(service)

    @property
    def kafka_bootstrap(self) -> str:
        return self.site.kafka.bootstrap

    @property
    def mailbox_url(self) -> str:
        return self.site.mailbox.url

    @property
    def clock_file(self) -> Path:
        return self.site.clock_file

    @property
    def sign_in_words(self) -> str:
        """What the seed printed."""
        return str(self._supervisor.results.get("seed", ""))
