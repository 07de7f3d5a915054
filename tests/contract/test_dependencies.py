"""What we stand on: no endpoint waits for a thread, and no pinned package is one that is known to be broken into."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import requires
from inspect import isasyncgenfunction, iscoroutinefunction
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support import advisories
from tests.support.openapi import endpoints

SERVICES = ("alliance", "complaints", "mediation", "notifications", "portal")


def dependencies(of: Dependant) -> Iterator[Dependant]:
    for dependency in of.dependencies:
        yield dependency
        yield from dependencies(dependency)


PINNED = advisories.pins(advisories.PINS.read_text().splitlines())


@pytest.mark.parametrize("name", SERVICES)
def test_every_endpoint_and_dependency_is_async(name: str) -> None:
    """FastAPI sends every dependency that is not async to a pool of threads."""
    service = import_module(f"services.{name}.main").SERVICE
    routes = [route for router in service.routers for route in endpoints(router)]
    calls = {dependency.call for route in routes for dependency in dependencies(route.dependant)}
    calls |= {route.endpoint for route in routes}
    assert routes
    assert [call for call in calls if not (iscoroutinefunction(call) or isasyncgenfunction(call))] == []


def test_nothing_is_known_to_be_wrong_with_a_pinned_package() -> None:
    assert len(PINNED) > 90
    assert advisories.findings(PINNED, advisories.kept()) == []


def test_every_advisory_that_is_kept_is_about_a_package_of_ours_and_would_be_found_in_an_older_one() -> None:
    for advisory in advisories.kept():
        [part] = advisory["affected"]
        [one] = part["ranges"]
        name, first = part["package"]["name"], one["events"][0]["introduced"]
        assert name in PINNED, "it says nothing of anything we use"
        assert advisories.findings({name: Version(first)}, [advisory])


@pytest.mark.parametrize("name", PINNED)
def test_what_a_pinned_package_needs_is_pinned_too(name: str) -> None:
    """A package beside the pins would be looked up by nobody."""
    needs = [Requirement(line) for line in requires(name) or ()]
    needed = {
        canonicalize_name(one.name) for one in needs if not one.marker or one.marker.evaluate({"extra": ""})
    }
    assert needed <= PINNED.keys()


def test_an_export_that_was_carried_in_is_read_too(tmp_path: Path) -> None:
    about = {"package": {"ecosystem": "PyPI", "name": "Under_Score"}}
    ranges = [{"type": "GIT", "events": []}, {"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}]}]
    fixed = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "3.0"}]}]
    records = (
        {"id": "never fixed", "affected": [{**about, "ranges": ranges}]},
        {"id": "fixed since", "affected": [{**about, "ranges": fixed}]},
        {"id": "by name", "affected": [{**about, "versions": ["2.5"]}]},
        {"id": "a mistake", "affected": [{**about, "ranges": ranges}], "withdrawn": "2026-01-01T00:00:00Z"},
        {"id": "of another", "affected": [{"package": {"name": "other"}, "ranges": ranges}]},
    )
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for record in records:
            archive.writestr(f"{record['id']}.json", json.dumps(record))

    found = advisories.findings({"under-score": Version("2.5")}, advisories.exported(tmp_path / "all.zip"))

    assert found == ["under-score 2.5: never fixed", "under-score 2.5: by name"]
