from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from services.portal.main import SERVICE
from services.portal.settings import Settings
from tests.integration.portal.conftest import Portal
from tests.support.http import client_of, settings_for


async def test_a_request_reaches_its_service_with_token_and_key(portal: Portal) -> None:
    portal.services.says("POST /complaints/v1/cases", {"id": "1"}, 201)

    answer = await portal.client.http.post(
        "/api/complaints/v1/cases?x=%E5%A4%9C",
        json={"category": "noise"},
        headers={"Authorization": "Bearer t0ken", "Idempotency-Key": "k", "Accept-Language": "zh-CN"},
    )

    [sent] = portal.services.times("POST /complaints/v1/cases")
    assert (answer.status_code, answer.json()) == (201, {"id": "1"})
    assert sent.json == {"category": "noise"}
    assert sent.query == "x=%E5%A4%9C"
    assert sent.token == "t0ken"
    assert sent.headers["idempotency-key"] == "k"
    assert sent.headers["accept-language"] == "zh-CN"
    assert sent.headers["x-forwarded-for"] == "127.0.0.1"


async def test_a_file_is_handed_on_while_it_arrives(portal: Portal) -> None:
    path = "/v1/cases/1/evidence"
    portal.services.says(f"POST /complaints{path}", {"id": "1"}, 201)
    headers = {"content-type": "multipart/form-data; boundary=x"}

    async def film() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield bytes(1024 * 1024)

    answer = await portal.client.http.post(f"/api/complaints{path}", content=film(), headers=headers)
    [sent] = portal.services.times(f"POST /complaints{path}")
    assert answer.status_code == 201
    assert len(sent.body) == 3 * 1024 * 1024
    assert sent.headers["content-type"] == headers["content-type"]

    elsewhere = await portal.client.http.post(
        "/api/complaints/v1/cases/1/messages", content=film(), headers=headers
    )
    assert elsewhere.status_code == 413


async def test_nothing_of_the_browsers_session_passes(portal: Portal) -> None:
    await portal.sign_in("resident")

    await portal.client.http.get("/api/alliance/v1/me")

    sent = portal.services.times("GET /alliance/v1/me")[-1]
    assert "cookie" not in sent.headers
    assert "authorization" not in sent.headers


async def test_hop_by_hop_headers_end_here(portal: Portal) -> None:
    await portal.client.http.get(
        "/api/alliance/v1/me",
        headers={"Connection": "x-mine", "X-Mine": "1", "TE": "trailers", "X-Forwarded-For": "6.6.6.6"},
    )

    sent = portal.services.times("GET /alliance/v1/me")[-1]
    assert not {"x-mine", "te"} & sent.headers.keys()
    assert sent.headers["x-forwarded-for"] == "127.0.0.1"


async def test_a_problem_passes_as_it_is(portal: Portal) -> None:
    portal.services.refuses("GET /complaints/v1/cases", 409, "not_now", "Not now.")

    answer = await portal.client.http.get("/api/complaints/v1/cases")

    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"] == "/problems/not_now"


@pytest.mark.parametrize(
    "path",
    [
        "/api/portal/v1/x",
        "/api/evil/v1/x",
        "/api/alliance/metrics",
        "/api/alliance/health/ready",
        "/api/alliance/v1/../metrics",
        "/api/alliance/v1/%2e%2e/metrics",
        "/api/alliance//v1/me",
        "/api/alliance@evil.example/v1/me",
    ],
)
async def test_nothing_else_is_reached(portal: Portal, path: str) -> None:
    before = len(portal.services.asked)

    answer = await portal.client.http.send(_raw(portal, path))

    assert answer.status_code == 404
    assert len(portal.services.asked) == before


async def test_a_body_above_one_mebibyte_is_refused(portal: Portal) -> None:
    answer = await portal.client.http.post("/api/complaints/v1/cases", content=b"x" * (1024 * 1024 + 1))

    assert answer.status_code == 413
    assert not portal.services.times("POST /complaints/v1/cases")


async def test_a_service_that_is_down_is_said_to_be(portal: Portal, portal_database: str) -> None:
    nobody = "http://127.0.0.1:1"
    settings = settings_for(
        Settings, portal_database, complaints_url=nobody, mediation_url=nobody, notifications_url=nobody
    )
    async with client_of(SERVICE, settings) as client:
        answer = await client.http.get("/api/complaints/v1/cases", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["type"] == "/problems/unavailable"


def _raw(portal: Portal, path: str) -> httpx.Request:
    request = portal.client.http.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    return request
