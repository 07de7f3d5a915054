"""Kafka's jars, fetched once per user and machine."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.children import output_of
from deploy.local.kafka.java import Java, find_java
from deploy.local.problems import Missing
from deploy.local.steps import Launch

VERSION = "4.3.1"
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Installed:
    java: Java
    jars: Path

    @property
    def archive(self) -> Path:
        """Classes as this Java has them in memory after a start: made by `training`, used if there."""
        return self.jars.parent / f"classes-java-{self.java.version}.jsa"

    def command(self, main: str, *arguments: str) -> tuple[str, ...]:
        shared = (f"-XX:SharedArchiveFile={self.archive}",) if self.archive.exists() else ()
        return (
            str(self.java.program),
            *shared,
            "-Xmx512m",
            "-XX:+UseSerialGC",
            f"-Dlog4j2.configurationFile={FOLDER / 'log4j2.xml'}",
            "-cp",
            f"{self.jars}/*",
            main,
            *arguments,
        )


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "shangju" / f"kafka-{VERSION}"


async def install() -> Installed:
    """Jars in the cache and a Java to run them; quick when both are there."""
    java = await find_java()
    jars = cache() / "jars"
    if not jars.exists():
        async with _one_at_a_time():
            if not jars.exists():
                await _fetch(jars)
    return Installed(java, jars)


async def _fetch(jars: Path) -> None:
    """Into a folder beside, then renamed: an interrupted download is never mistaken for a whole one."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("mvn", "Kafka's jars come by Maven, once per machine (`apt-get install maven`)")
    with tempfile.TemporaryDirectory(dir=jars.parent) as folder:
        fetched = Path(folder) / "jars"
        options = ("--batch-mode", "--quiet", "--file", str(FOLDER / "pom.xml"), f"-Djars={fetched}")
        await output_of(Launch((maven, *options)), name="fetching Kafka with Maven")
        fetched.rename(jars)


@asynccontextmanager
async def _one_at_a_time() -> AsyncIterator[None]:
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        yield
