"""The contracts that cross services: they only grow and carry no words of people; CloudEvents SDKs read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
import yaml
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from faststream.specification.asyncapi.v3_0_0.schema import ApplicationSchema

from shared.contracts import asyncapi, complaints, schemas
from shared.contracts.envelope import REGISTRY, Envelope, Undecodable, decode

CASE = UUID("01900000-0000-7000-8000-000000000001")
ALLIANCE = UUID("01900000-0000-7000-8000-000000000002")
NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)


def an_event(**changes) -> Envelope:
    logged = complaints.OccurrenceLogged(
        case_id=CASE,
        alliance_id=ALLIANCE,
        reference="SJ-7K3M-9QX4-C",
        category="noise",
        subcategory="bar_music",
        stage="hear",
        status="open",
    )
    return Envelope(
        **(
            {"id": CASE, "source": "/services/complaints", "time": NOON, "alliance_id": ALLIANCE}
            | {"aggregate_version": 3, "data": logged}
            | changes
        )
    )


def wire(event: Envelope) -> list[tuple[str, bytes]]:
    return [(name, value.encode()) for name, value in event.headers().items()]


def test_the_kept_schemas_are_those_of_the_code():
    assert schemas.kept() == json.loads(json.dumps(schemas.generated())), (
        "contracts changed: run `python -m shared.contracts.schemas` and look at the difference"
    )


def test_the_kept_asyncapi_document_is_that_of_the_code():
    assert asyncapi.FILE.read_text() == asyncapi.text(), "run `python -m shared.contracts.schemas`"


def test_the_asyncapi_document_is_one_and_names_every_event_once():
    document = yaml.safe_load(asyncapi.text())
    ApplicationSchema.model_validate(document)
    named = [name for channel in document["channels"].values() for name in channel["messages"]]
    assert sorted(named) == sorted(REGISTRY) == sorted(document["components"]["messages"])
    for name, message in document["components"]["messages"].items():
        assert (asyncapi.FILE.parent / message["payload"]["schema"]["$ref"]).exists(), name
        assert message["summary"]
    assert set(asyncapi.HEADERS) == {*an_event(traceparent="00-ab-cd-01").headers()}


def test_writing_the_schemas_refuses_to_break_a_reader(tmp_path):
    schemas.write(tmp_path)
    kept = tmp_path / "cn.shangju.complaints.case_filed.v1.json"
    schema = json.loads(kept.read_text())
    schema["properties"]["was_there"] = {"type": "integer"}
    kept.write_text(json.dumps(schema))
    with pytest.raises(SystemExit, match=r"case_filed\.v1: \.was_there is gone"):
        schemas.write(tmp_path)


OLD = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["a"]}


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, ".b is gone"),
        ({"properties": OLD["properties"], "required": ["a", "b"]}, ".b became required"),
        ({"properties": OLD["properties"] | {"a": {"type": "integer"}}, "required": ["a"]}, ".a changed"),
        ({"properties": OLD["properties"] | {"c": {}}, "required": ["a", "c"]}, ".c became required"),
    ],
)
def test_a_breaking_change_is_named(new, why):
    assert list(schemas.breaking_changes(OLD, new)) == [why]


def test_an_added_optional_field_breaks_nobody():
    assert list(schemas.breaking_changes(OLD, OLD | {"properties": OLD["properties"] | {"c": {}}})) == []


CONTACT_FIELDS = {"display_name", "email", "phone"}


def strings_without_a_pattern(schema: dict) -> set[str]:
    """Names of the fields in which a sentence or a name could travel."""
    found = set()
    for model in [schema, *schema.get("$defs", {}).values()]:
        for name, field in model.get("properties", {}).items():
            for option in [field, *field.get("anyOf", []), field.get("items", {})]:
                if option.get("type") == "string" and not option.keys() & {
                    "pattern",
                    "format",
                    "enum",
                    "const",
                }:
                    found.add(name)
    return found


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_no_contract_can_carry_free_text(name):
    allowed = CONTACT_FIELDS if REGISTRY[name].TOPIC == "shangju.contacts.v1" else set()
    assert strings_without_a_pattern(REGISTRY[name].model_json_schema()) <= allowed


def test_the_cloudevents_sdk_reads_our_records():
    event = an_event()
    message = KafkaMessage(headers=dict(wire(event)), key=event.subject.encode(), value=event.value())
    read = from_binary(message, JSONFormat())
    assert (read.get_id(), read.get_type(), read.get_subject(), read.get_time()) == (
        str(CASE),
        "cn.shangju.complaints.occurrence_logged.v1",
        str(CASE),
        NOON,
    )


def test_what_was_written_is_what_is_read():
    event = an_event(traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    assert decode(wire(event), event.value()) == event


def test_a_field_added_by_a_later_version_is_ignored():
    event = an_event()
    grown = json.dumps(json.loads(event.value()) | {"added_later": 1}).encode()
    assert decode(wire(event), grown) == event


def without(name: str) -> list[tuple[str, bytes]]:
    return [(header, value) for header, value in wire(an_event()) if header != name]


def changed(name: str, value: bytes) -> list[tuple[str, bytes]]:
    return [*without(name), (name, value)]


@pytest.mark.parametrize(
    ("headers", "value", "reason"),
    [
        (wire(an_event()), None, "no_value"),
        (wire(an_event()), b"{", "wrong_schema"),
        (wire(an_event()), b'"\xff"', "wrong_schema"),
        (wire(an_event()), b"{}", "wrong_schema"),
        (wire(an_event()), b"[" * 10_000, "wrong_schema"),
        (wire(an_event()), b'{"case_id": NaN}', "wrong_schema"),
        (without("ce_id"), an_event().value(), "missing_header"),
        (without("ce_type"), an_event().value(), "missing_header"),
        (changed("ce_type", b"cn.shangju.complaints.case_filed.v99"), an_event().value(), "unknown_type"),
        (changed("ce_id", b"not-a-uuid"), an_event().value(), "bad_header"),
        (changed("ce_id", b"\xff"), an_event().value(), "bad_header"),
        (changed("aggregate_version", b"x"), an_event().value(), "bad_header"),
    ],
)
def test_poison_has_a_named_reason(headers, value, reason):
    with pytest.raises(Undecodable) as refused:
        decode(headers, value)
    assert refused.value.reason == reason


def test_the_reason_of_poison_quotes_nothing_of_it():
    canary = "林佩珍13800138000"
    with pytest.raises(Undecodable) as refused:
        decode(wire(an_event()), json.dumps({"case_id": canary}).encode())
    assert canary not in str(refused.value)
