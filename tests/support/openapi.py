"""Requests made of a service's own description: every operation, with a body that fits its schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

_OF_FORMAT = {
    "uuid": str(UUID(int=7)),
    "date": "2026-03-20",
    "date-time": "2026-03-20T04:00:00Z",
    "time": "12:00:00",
    "email": "a@shanbei.example",
    "binary": "",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    body: Any
    """What to send as JSON; None where the operation takes none."""
    query: dict[str, Any]
    takes_file: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def endpoints(of: APIRouter) -> Iterator[APIRoute]:
    """All that a router answers, those of the routers it includes too."""
    for route in of.routes:
        if isinstance(route, APIRoute):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from endpoints(included)


def operations(app: FastAPI) -> Iterator[Operation]:
    """All that the service offers."""
    document = app.openapi()
    schemas = document.get("components", {}).get("schemas", {})
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            asked = content.get("application/json", {}).get("schema")
            query = {
                one["name"]: fitting(one["schema"], schemas)
                for one in said.get("parameters", [])
                if one["in"] == "query" and one.get("required")
            }
            yield Operation(
                method.upper(),
                path,
                None if asked is None else fitting(asked, schemas),
                query,
                takes_file="multipart/form-data" in content,
            )


def fitting(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:  # noqa: PLR0911
    """The smallest value of a schema as pydantic writes them: required fields alone, the first alternative."""
    match schema:
        case {"$ref": reference}:
            return fitting(schemas[reference.rsplit("/", 1)[-1]], schemas)
        case {"const": value} | {"enum": [value, *_]} | {"default": value}:
            return value
        case {"anyOf": [first, *_]} | {"oneOf": [first, *_]} | {"allOf": [first, *_]}:
            return fitting(first, schemas)
        case {"type": "object"}:
            required = schema.get("required", [])
            return {name: fitting(schema["properties"][name], schemas) for name in required}
        case {"type": "array"}:
            return [fitting(schema["items"], schemas)] * schema.get("minItems", 0)
        case {"type": "string"}:
            return _OF_FORMAT.get(schema.get("format", ""), "a" * max(1, schema.get("minLength", 1)))
        case {"type": "integer"} | {"type": "number"}:
            return int(schema.get("minimum", 1))
        case {"type": "boolean"}:
            return True
    raise AssertionError(f"no value is known for {schema}")
