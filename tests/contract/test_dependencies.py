"""No endpoint waits for a thread: FastAPI sends every dependency that is not async to a pool of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import isasyncgenfunction, iscoroutinefunction

import pytest
from fastapi.dependencies.models import Dependant

from tests.support.openapi import endpoints

SERVICES = ("alliance", "complaints", "mediation", "notifications", "portal")


def dependencies(of: Dependant) -> Iterator[Dependant]:
    for dependency in of.dependencies:
        yield dependency
        yield from dependencies(dependency)


@pytest.mark.parametrize("name", SERVICES)
def test_every_endpoint_and_dependency_is_async(name: str) -> None:
    service = import_module(f"services.{name}.main").SERVICE
    routes = [route for router in service.routers for route in endpoints(router)]
    calls = {dependency.call for route in routes for dependency in dependencies(route.dependant)}
    calls |= {route.endpoint for route in routes}
    assert routes
    assert [call for call in calls if not (iscoroutinefunction(call) or isasyncgenfunction(call))] == []
