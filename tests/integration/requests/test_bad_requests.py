"""Whatever a program or a person sends, the service itself answers: no request breaks it.

Requests to services are generated from the OpenAPI documents of the running services, about a case that exists, in the
name of somebody who may do much with it; those to pages from the pages' own routes and forms. A seed lets a run be
repeated. They change whatever they may, people's preferences and an alliance's rules too, so the system is nobody
else's.
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
from cli.mailbox import Mailbox
from cli.running import BUS_SERVICES, Running
from cli.seeding import token_for
from deploy.local.environment import operator_environment
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem
from tests.integration.portal.browser import Browser
from tests.integration.requests import bad_pages

COORDINATOR = "zhou@shanbei.example"
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
            token = await token_for(kit, COORDINATOR)
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


async def test_no_page_breaks_whatever_is_typed_into_its_address_and_forms(target: Target) -> None:
    async with httpx.AsyncClient(base_url=target.where["PORTAL_URL"], trust_env=False) as http:
        browser = Browser(http)
        csrf = await sign_in(browser, COORDINATOR, target.where)
        forms = await bad_pages.found_forms(browser, target.case_id)
        trials = [*bad_pages.trials(forms, csrf, target.case_id, seed=1)]

        broken = [str(trial) for trial in trials if await bad_pages.broken_by(trial, http)]

        assert {"/file", "/preferences", "/alliance/calendar"} <= forms.keys()
        assert (await browser.open("/queue")).status == 200, "not signed in to the end"
        assert broken == []


async def sign_in(browser: Browser, contact: str, where: Running) -> str:
    """By the code in the mail. Returns what proves that a form is of this session's pages."""
    async with httpx.AsyncClient(trust_env=False) as http:
        read_code = await Mailbox(where["MAILBOX_URL"], http).code_reader(contact)
        asked = await browser.follow(
            await browser.send(await browser.open("/sign-in"), "/sign-in", contact=contact)
        )
        await browser.send(asked, "/sign-in/code", code=await read_code())
    [csrf] = (await browser.open("/me")).form("/sign-out").fields["csrf"]
    return csrf


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
