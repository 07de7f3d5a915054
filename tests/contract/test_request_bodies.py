"""No form takes a field it does not name: nobody gives themselves a role, or a case a stage, by writing it in."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from fastapi import FastAPI

SERVICES = ("alliance", "complaints", "mediation", "notifications")


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON body an operation takes, its references followed."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            schema = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if schema:
                yield (
                    f"{method.upper()} {path}",
                    schemas.get(schema.get("$ref", "").rsplit("/", 1)[-1], schema),
                )


def forms_within(schema: dict[str, Any], schemas: dict[str, Any], seen: set[str]) -> Iterator[dict[str, Any]]:
    """The schema and all that it is made of."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name not in seen:
            seen.add(name)
            yield from forms_within(schemas[name], schemas, seen)
        return
    if "properties" in schema:
        yield schema
    for part in [*schema.get("properties", {}).values(), *schema.get("anyOf", []), *schema.get("oneOf", [])]:
        yield from forms_within(part, schemas, seen)
    if isinstance(schema.get("items"), dict):
        yield from forms_within(schema["items"], schemas, seen)


@pytest.mark.parametrize("name", SERVICES)
def test_no_form_takes_a_field_it_does_not_name(name: str) -> None:
    app = FastAPI()
    for router in import_module(f"services.{name}.main").SERVICE.routers:
        app.include_router(router)
    document = app.openapi()
    schemas = document["components"]["schemas"]
    found = [
        (operation, form)
        for operation, body in bodies(document)
        for form in forms_within(body, schemas, set())
    ]
    assert found
    assert [
        f"{operation}: {form['title']}"
        for operation, form in found
        if form.get("additionalProperties") is not False
    ] == []
