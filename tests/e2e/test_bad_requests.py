"""Whatever a program sends, the service itself answers: no request made of its own description breaks it.

Requests are generated from the OpenAPI documents of the running services, about a case that exists, in the name of
somebody who may do much with it, and from a seed: a run can be repeated.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from cli.demo.telling import Told
from cli.inside import kit_of
from cli.running import BUS_SERVICES, Running
from cli.seeding import token_for

EXAMPLES = 12
HOOKS = Path(__file__).with_name("bad_requests.py")


@pytest.mark.parametrize("service", BUS_SERVICES)
async def test_no_generated_request_is_answered_by_a_server_error(
    service: str, where: Running, told: Told, tmp_path: Path
) -> None:
    async with kit_of("alliance", where) as kit:
        token = await token_for(kit, "zhou@shanbei.example")
    address = where[f"{service.upper()}_URL"]
    shown = await _schemathesis(
        "run",
        f"{address}/openapi.json",
        f"--header=Authorization: Bearer {token}",
        "--checks=not_a_server_error",
        "--phases=fuzzing",
        f"--max-examples={EXAMPLES}",
        "--seed=1",
        "--generation-database=none",
        folder=tmp_path,
        case_id=told.story.case["id"],
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
