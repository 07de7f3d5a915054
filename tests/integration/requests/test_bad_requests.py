"""Whatever a program sends, the service itself answers: no request made of its own description breaks it.

Requests are generated from the OpenAPI documents of the running services, about a case that exists, in the name of
somebody who may do much with it, and from a seed: a run can be repeated. They change whatever they may, people's
preferences and an alliance's rules too, so the system is nobody else's.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from cli.inside import kit_of
from cli.running import BUS_SERVICES, Running
from cli.seeding import token_for
from deploy.local.environment import operator_environment
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem

EXAMPLES = 4
HOOKS = Path(__file__).with_name("bad_requests.py")
ENDLESS = "/v1/inbox/stream"
"""An answer that ends when whoever asks has heard enough."""

A_CASE = {
    "category": "noise",
    "subcategory": "bar_music",
    "place_text": "山北路116号",
    "description": "后门天天开到一两点。",
}


@dataclass(frozen=True)
class Target:
    """The system, who asks, and a case of theirs."""

    where: Running
    token: str
    case_id: str


@pytest.fixture(scope="module")
async def target(shared_home: Path) -> AsyncIterator[Target]:
    async with LocalSystem(shared_home / "asked", free_ports()) as system:
        where = Running(operator_environment(system.site))
        async with kit_of("alliance", where) as kit:
            token = await token_for(kit, "zhou@shanbei.example")
        async with httpx.AsyncClient(trust_env=False) as http:
            filed = await http.post(
                f"{where['COMPLAINTS_URL']}/v1/cases",
                json={**A_CASE, "identity": "named"},
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "a-case"},
            )
        yield Target(where, token, filed.raise_for_status().json()["id"])


@pytest.mark.parametrize("service", BUS_SERVICES)
async def test_no_generated_request_is_answered_by_a_server_error(
    service: str, target: Target, tmp_path: Path
) -> None:
    address = target.where[f"{service.upper()}_URL"]
    shown = await _schemathesis(
        "run",
        f"{address}/openapi.json",
        f"--header=Authorization: Bearer {target.token}",
        "--checks=not_a_server_error",
        "--phases=fuzzing",
        f"--exclude-path={ENDLESS}",
        f"--max-examples={EXAMPLES}",
        "--seed=1",
        "--generation-database=none",
        folder=tmp_path,
        case_id=target.case_id,
    )
    assert " passed" in shown, shown


async def _schemathesis(*arguments: str, folder: Path, case_id: str) -> str:
    """What it showed; in `folder` it keeps its notes."""
    known = os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS), "BAD_REQUESTS_ABOUT": case_id}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from schemathesis.cli import schemathesis; schemathesis()",
        *arguments,
        cwd=folder,
        env=known,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    shown, _ = await process.communicate()
    assert process.returncode == 0, shown.decode()
    return shown.decode()
