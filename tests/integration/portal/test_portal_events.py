"""The catalogue of events: for people in their language, for machines as AsyncAPI with its schemas."""

from __future__ import annotations

import yaml

from shared.contracts.envelope import REGISTRY
from tests.integration.portal.conftest import Portal


async def test_every_event_is_shown_with_its_fields(portal: Portal) -> None:
    html = (await portal.browser.open("/events")).answer.text
    assert {name for name in REGISTRY if f'id="{name}"' not in html} == set()
    assert "<dt>case_id</dt><dd>uuid</dd>" in html
    assert "<dd>Party[]</dd>" in html


async def test_the_document_leads_to_schemas_that_are_there(portal: Portal) -> None:
    document = yaml.safe_load((await portal.browser.open("/events/asyncapi.yaml")).answer.text)
    messages = document["components"]["messages"]
    assert messages.keys() == REGISTRY.keys()
    payload = messages["cn.shangju.complaints.case_filed.v1"]["payload"]["schema"]["$ref"]
    schema = (await portal.browser.open(f"/events/{payload}")).answer.json()
    assert "case_id" in schema["properties"]
    assert (await portal.browser.open("/events/schemas/nothing.json")).answer.status_code == 404
