"""The Java virtual machine of this computer."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from deploy.local.children import output_of
from deploy.local.problems import Missing
from deploy.local.steps import Launch

OLDEST_JAVA = 17
REMEDY = f"Kafka needs Java {OLDEST_JAVA} or newer (`apt-get install openjdk-17-jre-headless`)"


@dataclass(frozen=True)
class Java:
    program: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


async def find_java() -> Java:
    """Java of JAVA_HOME or of the path, new enough for a Kafka 4 broker."""
    java_home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=f"{java_home}/bin") if java_home else shutil.which("java")
    if program is None:
        raise Missing("java", REMEDY)
    java = Java(Path(program), _version(await output_of(Launch((program, "--version")), name="java")))
    if java.major < OLDEST_JAVA:
        raise Missing(f"a new Java (version {java.version} was found)", REMEDY)
    return java


def _version(words: str) -> str:
    match = re.match(r"\S+ (\d[\w.]*)", words)
    return match.group(1) if match else "0"
