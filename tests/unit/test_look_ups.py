"""Whoever looks something up says for whom: a look-up that is not told would find everything, as the system does."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import services
from shared.access.actor import SYSTEM, Actor


def those_who_ask() -> Iterator[tuple[str, inspect.Parameter]]:
    """Of every function of the services by whom it is asked, each where it is written."""
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if found.name.endswith("__main__"):
            continue
        for name, function in vars(importlib.import_module(found.name)).items():
            if inspect.isfunction(function) and function.__module__ == found.name:
                for parameter in inspect.signature(function).parameters.values():
                    if parameter.annotation in ("Actor", "Actor | None"):
                        yield f"{found.name}.{name}", parameter


def has_default(parameter: inspect.Parameter) -> bool:
    return parameter.default is not inspect.Parameter.empty


def test_nobody_acts_for_the_system_by_leaving_out_who_asks():
    assert [name for name, parameter in those_who_ask() if has_default(parameter)] == []


@pytest.mark.parametrize(
    "look_up",
    [
        "complaints.storage.cases.read_case",
        "complaints.storage.cases.lock_case",
        "mediation.storage.mediations.lock_mediation",
    ],
)
def test_a_look_up_names_whom_it_is_for(look_up: str):
    [kind] = [parameter.kind for name, parameter in those_who_ask() if name == f"services.{look_up}"]

    assert kind is inspect.Parameter.KEYWORD_ONLY


def test_a_default_would_be_seen():
    def forgetful(case_id: str, by: Actor = SYSTEM) -> None: ...

    assert has_default(inspect.signature(forgetful).parameters["by"])
