"""No component without its place on the living style page."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from services.portal.rendering import environment

NOTHING_TO_SEE = frozenset({"once", "proofs", "voice"})
"""Fields that nobody sees, and what its script shows beside a file that can be sent."""


def calls_in(node: nodes.Node) -> set[str]:
    """The macros of the components that are called under it."""
    called = set()
    for call in node.find_all(nodes.Call):
        match call.node:
            case nodes.Getattr(node=nodes.Name(name="parts"), attr=name) | nodes.Name(name=name):
                called.add(name)
    return called


def parsed(template: str) -> nodes.Template:
    loader = environment().loader
    assert loader is not None
    source, _, _ = loader.get_source(environment(), template)
    return environment().parse(source)


def drawn(called: set[str], macros: Mapping[str, nodes.Macro]) -> set[str]:
    """These and the ones they are made of."""
    found: set[str] = set()
    while called:
        name = called.pop()
        if name in macros and name not in found:
            found.add(name)
            called |= calls_in(macros[name])
    return found


def test_every_component_is_shown() -> None:
    macros = {macro.name: macro for macro in parsed("parts.html").find_all(nodes.Macro)}
    shown = drawn(calls_in(parsed("style.html")), macros)

    assert macros.keys() - shown == NOTHING_TO_SEE
