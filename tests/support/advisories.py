"""The pinned packages against what is known to be wrong with their versions, without a network.

    python -m tests.support.advisories            # against the list kept here
    python -m tests.support.advisories all.zip    # against an export of osv.dev that was carried in

The list is as good as the day it was last looked through (it says which). The export for Python lies at
https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip and has the same format.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from deploy.local.settings import ROOT

KEPT = Path(__file__).with_name("advisories.json")
PINS = ROOT / "constraints.txt"

Advisory = Mapping[str, Any]
"""One record in the OSV format; of its fields those about packages, ranges and versions are read."""


def pins(lines: Iterable[str]) -> dict[str, Version]:
    """Version by package, as constraints.txt has them."""
    named = [line.strip().partition("==") for line in lines]
    return {canonicalize_name(name): Version(version) for name, sign, version in named if sign}


def kept() -> list[Advisory]:
    """Those of the list in this repository."""
    found: list[Advisory] = json.loads(KEPT.read_text())["advisories"]
    return found


def exported(path: Path) -> Iterator[Advisory]:
    """Those of an export of osv.dev."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield json.loads(archive.read(name))


def findings(pinned: Mapping[str, Version], advisories: Iterable[Advisory]) -> list[str]:
    """What is known of the very versions that are pinned; withdrawn ones are not counted."""
    return [
        f"{name} {pinned[name]}: {advisory['id']}"
        for advisory in advisories
        if "withdrawn" not in advisory
        for part in advisory.get("affected", ())
        if (name := canonicalize_name(part.get("package", {}).get("name", ""))) in pinned
        and _is_affected(pinned[name], part)
    ]


def _is_affected(version: Version, part: Mapping[str, Any]) -> bool:
    ranges = [one["events"] for one in part.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return str(version) in part.get("versions", ()) or any(_within(version, events) for events in ranges)


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Events stand in the order of their versions: each turns it on or off. Versions nobody can read say nothing."""
    within = False
    for event in events:
        [(kind, text)] = event.items()
        with suppress(InvalidVersion):
            at = Version(text)
            match kind:
                case "introduced":
                    within = within or version >= at
                case "fixed":
                    within = within and version < at
                case "last_affected":
                    within = within and version <= at
    return within


def main(arguments: list[str]) -> int:
    """Prints what it found; 1 if anything."""
    advisories = exported(Path(arguments[0])) if arguments else kept()
    found = findings(pins(PINS.read_text().splitlines()), advisories)
    print("\n".join(found) or "nothing is known of the pinned versions")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
