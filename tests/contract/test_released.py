"""What was released stays readable: its documents are read by today's code, and today's by who was built for it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from shared.contracts.envelope import REGISTRY
from shared.contracts.released import DIRECTORY, broken_promises, freeze, releases
from shared.contracts.schemas import Schema, generated

RELEASES = releases()
PROMISED = [(release, name) for release, language in RELEASES.items() for name in language]

FROZEN = {"0.1.0": "ec885c774f3b3cb393f7c1de6f8161f312690ac79706763f5761bbedf8167cb2"}
"""The SHA-256 of each, added when it is released: whoever edits one afterwards breaks a promise and this."""

STRINGS = {
    "uuid": "01900000-0000-7000-8000-000000000001",
    "date": "2026-03-12",
    "date-time": "2026-03-12T04:00:00Z",
    "time": "09:30:00",
}
WORDS = ("a_code", "SJ-7K3M-9QX4-C", "ab" * 32, "某某")
"""One of them fits whatever a contract asks of a string."""


def documents(schema: Schema) -> Iterator[Any]:
    """What may be written under `schema`: with the least, with everything, and with each word it allows."""
    defs = schema.get("$defs", {})
    required = schema.get("required", [])
    yield {name: _values(schema["properties"][name], defs)[0] for name in required}
    everything = {name: _values(field, defs) for name, field in schema["properties"].items()}
    for number in range(max(len(values) for values in everything.values())):
        yield {name: values[min(number, len(values) - 1)] for name, values in everything.items()}


def _values(field: Schema, defs: Schema) -> list[Any]:  # noqa: PLR0911 - one for each kind
    """Values of every kind the field may have."""
    match field:
        case {"$ref": ref}:
            return list(documents({**defs[ref.rpartition("/")[2]], "$defs": defs}))
        case {"anyOf": options}:
            return [value for option in options for value in _values(option, defs)]
        case {"enum": words}:
            return list(words)
        case {"const": word}:
            return [word]
        case {"type": "array", "items": items}:
            return [[], _values(items, defs)]
        case {"type": "boolean"}:
            return [False, True]
        case {"type": "integer"}:
            return [1]
        case {"type": "null"}:
            return [None]
        case {"format": written}:
            return [STRINGS[written]]
        case _:
            return [next(word for word in WORDS if re.search(field.get("pattern", ""), word))]


def holds(read: Any, written: Any) -> bool:
    """Whether all that was written was read, and nothing under another name; what is null says nothing."""
    match written:
        case dict():
            return all(name in read and holds(read[name], value) for name, value in written.items())
        case list():
            return len(read) == len(written) and all(map(holds, read, written))
        case _:
            return bool(read == written)


@pytest.mark.parametrize(("release", "name"), PROMISED)
def test_every_document_of_a_release_is_read_whole_by_todays_code(release, name):
    promised = RELEASES[release][name]
    for document in documents(promised):
        jsonschema.validate(document, promised)
        read = REGISTRY[name].model_validate_json(json.dumps(document))
        assert holds(read.model_dump(mode="json"), document)


@pytest.mark.parametrize(("release", "name"), PROMISED)
def test_what_is_written_today_is_read_by_whoever_was_built_for_a_release(release, name):
    promised = RELEASES[release][name]
    for document in documents(REGISTRY[name].model_json_schema()):
        jsonschema.validate(document, promised)


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_a_release_promised_is_gone_renamed_or_asked_for_more_strictly(release):
    assert list(broken_promises(RELEASES[release], generated())) == []


def test_what_was_frozen_is_as_it_was():
    kept = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in DIRECTORY.iterdir()}
    assert kept == FROZEN


def test_a_release_is_frozen_once(tmp_path):
    freeze("9.9.9", tmp_path)
    assert releases(tmp_path) == {"9.9.9": json.loads(json.dumps(generated()))}
    with pytest.raises(SystemExit, match=r"9\.9\.9 is released"):
        freeze("9.9.9", tmp_path)


def test_nothing_is_released_that_breaks_what_was(tmp_path):
    name, schema = next(iter(generated().items()))
    promised = {name: {**schema, "properties": {**schema["properties"], "was_there": {"type": "string"}}}}
    (tmp_path / "0.0.1.json").write_text(json.dumps(promised | {"cn.shangju.gone.v1": schema}))
    with pytest.raises(SystemExit) as refused:
        freeze("0.0.2", tmp_path)
    assert f"0.0.1, {name}: .was_there is gone" in str(refused.value)
    assert "0.0.1, cn.shangju.gone.v1 is gone" in str(refused.value)
