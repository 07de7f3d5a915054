"""One start and stop of the broker that leaves an archive of its loaded classes: it halves later starts."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from deploy.local.kafka.broker import Kafka
from deploy.local.kafka.install import install
from deploy.local.ports import free_port
from deploy.local.steps import Launch
from deploy.local.supervised import running


async def train() -> None:
    """Make the archive of this Java unless it exists."""
    installed = await install()
    if installed.archive.exists():
        return
    with tempfile.TemporaryDirectory(dir=installed.jars.parent) as folder:
        home, made = Path(folder), Path(folder) / "classes.jsa"
        kafka = Kafka(home, port=free_port(), controller_port=free_port())

        async def launch() -> Launch:
            java, *rest = (await kafka.launch()).command
            return Launch((java, f"-XX:ArchiveClassesAtExit={made}", *rest))

        async with running(replace(kafka.daemon(), launch=launch), logs=home):
            pass
        if made.exists():
            os.replace(made, installed.archive)
