"""The JSON Schemas of the published language, kept in the repository, and what would break their readers.

`python -m shared.contracts.schemas` writes them and refuses to overwrite one by a schema that would break
its readers; a test refuses a contract that differs from its kept schema.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shared.contracts  # noqa: F401  (fills the registry)
from shared.contracts.envelope import REGISTRY

DIRECTORY = Path(__file__).parent / "schemas"

Schema = Mapping[str, Any]


def generated() -> dict[str, Schema]:
    """Every contract's schema as the code has it now, by type."""
    return {name: contract.model_json_schema() for name, contract in sorted(REGISTRY.items())}


def kept(directory: Path = DIRECTORY) -> dict[str, Schema]:
    """Every contract's schema as the repository keeps it, by type."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))}


def breaking_changes(old: Schema, new: Schema) -> Iterator[str]:
    """Why a reader built for `old` could fail on events written by `new`, or the other way round.

    Fields may be added when optional. Nothing else may change: events of both versions lie on the same
    topic, and are read by services of both versions during every deployment.
    """
    for name, definition in _models(old).items():
        counterpart = _models(new).get(name)
        if counterpart is None:
            yield f"{name or 'contract'} is gone"
            continue
        before, after = definition.get("properties", {}), counterpart.get("properties", {})
        yield from (f"{name}.{field} is gone" for field in before.keys() - after.keys())
        yield from (
            f"{name}.{field} changed"
            for field in before.keys() & after.keys()
            if _meaning(before[field]) != _meaning(after[field])
        )
        newly_required = set(counterpart.get("required", ())) - set(definition.get("required", ()))
        yield from (f"{name}.{field} became required" for field in newly_required)


def _models(schema: Schema) -> dict[str, Schema]:
    return {"": schema, **schema.get("$defs", {})}


def _meaning(field: Any) -> Any:
    """A field's schema without what is only for people."""
    if isinstance(field, Mapping):
        return {
            name: _meaning(value) for name, value in field.items() if name not in {"title", "description"}
        }
    return [_meaning(item) for item in field] if isinstance(field, list) else field


def write(directory: Path = DIRECTORY) -> None:
    """Brings the kept schemas in step with the code. Exits with the reasons when a reader would break."""
    before, now = kept(directory), generated()
    reasons = [f"{name} is gone" for name in before.keys() - now.keys()]
    for name in before.keys() & now.keys():
        reasons += [f"{name}: {reason}" for reason in breaking_changes(before[name], now[name])]
    if reasons:
        sys.exit("this would break readers; make a v2 beside it instead:\n" + "\n".join(reasons))
    directory.mkdir(exist_ok=True)
    for name, schema in now.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True)
        (directory / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    from shared.contracts import asyncapi

    write()
    asyncapi.write()
