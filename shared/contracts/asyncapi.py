"""The bus as an AsyncAPI 3 document, made from the contracts and the topics, for readers outside this code.

Its payloads are the kept schemas beside it, so the two cannot disagree. `python -m shared.contracts.schemas`
writes both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

import shared.contracts  # noqa: F401  (fills the registry)
from shared.contracts.envelope import REGISTRY, Contract
from shared.contracts.topics import DAY_MS, TOPICS, Topic

FILE = Path(__file__).parent / "asyncapi.yaml"

DIALECT = "application/schema+json;version=draft-2020-12"

HEADERS = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": {
        "type": "string",
        "format": "uuid",
        "description": "The event's own; the same twice is one event.",
    },
    "ce_type": {"type": "string"},
    "ce_source": {"type": "string", "format": "uri-reference"},
    "ce_subject": {"type": "string", "format": "uuid", "description": "Also the record's key."},
    "ce_time": {"type": "string", "format": "date-time"},
    "content-type": {"type": "string", "const": "application/json"},
    "alliance_id": {"type": "string", "format": "uuid"},
    "aggregate_version": {"type": "string", "description": "Counts the events of one matter."},
    "traceparent": {"type": "string", "description": "W3C trace context; may be absent."},
}


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Shangju",
            "version": "1",
            "description": "CloudEvents 1.0 in binary mode. A contract only grows by optional fields; "
            "nothing on the bus but the contacts names a person.",
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {f"send.{topic.name}": _sending(topic) for topic in TOPICS},
        "components": {
            "messages": {name: _message(name, contract) for name, contract in sorted(REGISTRY.items())},
            "messageTraits": {
                "cloudevent": {"headers": {"type": "object", "properties": HEADERS}},
            },
        },
    }


def events_on(topic: Topic) -> list[str]:
    """The types that a topic carries."""
    return sorted(name for name, contract in REGISTRY.items() if topic.name == contract.TOPIC)


def told(contract: type[Contract]) -> str:
    """What an event of this type says happened."""
    return " ".join((contract.__doc__ or "").split())


def text() -> str:
    """The document as the repository keeps it."""
    dumped: str = yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=110)
    return (
        "# Made by `python -m shared.contracts.schemas` from the contracts and shared/contracts/topics.py.\n"
        + dumped
    )


def write() -> None:
    """Brings the kept document in step with the code."""
    FILE.write_text(text())


def _channel(topic: Topic) -> dict[str, Any]:
    return {
        "address": topic.name,
        "description": _kept(topic),
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in events_on(topic)},
        "bindings": {
            "kafka": {"topic": topic.name, "partitions": topic.partitions, "bindingVersion": "0.5.0"}
        },
    }


def _kept(topic: Topic) -> str:
    if topic.compacted:
        return "Each key's last record is kept; one without a value is an erasure."
    if topic.retention_ms is None:
        return "Kept for ever."
    return f"Kept for {topic.retention_ms // DAY_MS} days."


def _sending(topic: Topic) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{topic.name}"}}


def _message(name: str, contract: type[Contract]) -> dict[str, Any]:
    return {
        "name": name,
        "title": contract.__name__,
        "summary": told(contract),
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
        "payload": {"schemaFormat": DIALECT, "schema": {"$ref": f"schemas/{name}.json"}},
        "bindings": {"kafka": {"key": {"type": "string", "format": "uuid"}, "bindingVersion": "0.5.0"}},
    }
