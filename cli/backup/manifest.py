"""What a backup says of itself, kept beside its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from aiokafka import TopicPartition
from pydantic import BaseModel

from cli.running import NotHere

NAME = "backup.json"


class Place(BaseModel):
    """How far a consumer group had come on a partition."""

    topic: str
    partition: int
    offset: int


class Dumped(BaseModel):
    """One service's database, and its groups' places, noted before the database was."""

    file: str
    sha256: str
    groups: dict[str, list[Place]]

    def offsets(self, group: str) -> dict[TopicPartition, int]:
        places = self.groups.get(group, [])
        return {TopicPartition(place.topic, place.partition): place.offset for place in places}


class Manifest(BaseModel):
    """A whole backup."""

    taken_at: datetime
    services: dict[str, Dumped]


def places(offsets: Mapping[TopicPartition, int]) -> list[Place]:
    return [
        Place(topic=partition.topic, partition=partition.partition, offset=offset)
        for partition, offset in sorted(offsets.items())
    ]


def make_room(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """An empty file for each database, which only the owner may read. Raises NotHere if something is there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotHere(f"{folder} is not empty")
    files = {name: folder / f"{name}.dump" for name in names}
    for file in files.values():
        file.touch(mode=0o600)
    return files


def write(folder: Path, manifest: Manifest) -> int:
    """The last act of a backup: without it the folder holds none. Returns the size of all in bytes."""
    (folder / NAME).write_text(manifest.model_dump_json(indent=2) + "\n")
    return sum(each.stat().st_size for each in folder.iterdir())


def digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read(folder: Path) -> Manifest:
    """The backup in `folder`, whole and unaltered. Raises NotHere."""
    try:
        manifest = Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError:
        raise NotHere(f"{folder} holds no finished backup ({NAME} is missing)") from None
    for dumped in manifest.services.values():
        file = folder / dumped.file
        if not file.exists() or digest(file) != dumped.sha256:
            raise NotHere(f"{file} is missing or is not the file that was written")
    return manifest
