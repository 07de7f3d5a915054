"""The events of the bus for whoever wants to read them: a page and files, from here alone."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from services.portal.door import PageRoute
from services.portal.page import ThePage
from shared.contracts import asyncapi, schemas
from shared.contracts.envelope import REGISTRY
from shared.contracts.topics import DAY_MS, TOPICS, Topic
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

SCHEMAS = schemas.generated()


@router.get("/events")
async def show(page: ThePage) -> Response:
    """Every topic with its events and their fields."""
    return page.html("events.html", topics=[_topic(topic) for topic in TOPICS])


@router.get("/events/asyncapi.yaml")
async def document() -> Response:
    """The same for machines; its schemas are beside it."""
    return PlainTextResponse(asyncapi.text(), media_type="application/yaml")


@router.get("/events/schemas/{type}.json")
async def schema(type: str) -> Response:
    """One event's JSON Schema."""
    if type not in SCHEMAS:
        raise NotFound
    return JSONResponse(SCHEMAS[type])


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.name,
        "compacted": topic.compacted,
        "days": topic.retention_ms and topic.retention_ms // DAY_MS,
        "events": [_event(name) for name in asyncapi.events_on(topic)],
    }


def _event(name: str) -> dict[str, Any]:
    needed = SCHEMAS[name].get("required", ())
    return {
        "type": name,
        "told": asyncapi.told(REGISTRY[name]),
        "fields": [
            (field, kind_of(is_like), field in needed)
            for field, is_like in SCHEMAS[name]["properties"].items()
        ],
    }


def kind_of(is_like: dict[str, Any]) -> str:
    """A field's JSON Schema in a few words of it: `uuid`, `date`, `a | b`, `Party[]`."""
    match is_like:
        case {"$ref": str(where)}:
            return where.rpartition("/")[2]
        case {"anyOf": list(several)}:
            return " | ".join(kind_of(one) for one in several if one.get("type") != "null")
        case {"enum": list(words)} | {"const": str() as words}:
            return words if isinstance(words, str) else " | ".join(words)
        case {"type": "array", "items": dict(item)}:
            return f"{kind_of(item)}[]"
    return str(is_like.get("format") or is_like.get("type", "object"))
