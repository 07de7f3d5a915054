"""docker-compose.yml describes the system that `make run` starts: same processes, same names told to them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.environment import operator_environment, service_environment
from deploy.local.plan import PROCESSES
from deploy.local.ports import Ports
from deploy.local.settings import ROOT
from deploy.local.site import Site

FILE = ROOT / "docker-compose.yml"
PROCESS_NAMES = [(service, process) for service, processes in PROCESSES.items() for process in processes]


@pytest.fixture(scope="module")
def containers() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return services


@pytest.mark.parametrize(("service", "process"), PROCESS_NAMES)
def test_every_process_has_a_container_that_is_told_the_same_names(
    containers: dict[str, Any], tmp_path: Path, service: str, process: str
):
    container = containers[f"{service}-{process}"]

    told = service_environment(Site(tmp_path, Ports(0)), service)

    assert container["command"] == ["python", "-m", f"services.{service}", process]
    assert container["environment"].keys() == told.keys()
    assert container["environment"]["SHANGJU_HTTP_PORT"] == told["SHANGJU_HTTP_PORT"]
    assert container["environment"]["SHANGJU_DATABASE_URL"].endswith(f"/shangju_{service}")
    assert "healthcheck" in container


def test_the_seed_is_told_what_the_command_line_is_told(containers: dict[str, Any], tmp_path: Path):
    told = operator_environment(Site(tmp_path, Ports(0)))

    assert containers["seed"]["environment"].keys() == told.keys()
    assert set(containers["seed"]["depends_on"]) == {f"{name}-{process}" for name, process in PROCESS_NAMES}


def test_there_is_no_container_without_a_place_in_the_plan(containers: dict[str, Any]):
    processes = {f"{service}-{process}" for service, process in PROCESS_NAMES}

    tools = {name for name, container in containers.items() if container.get("profiles") == ["tools"]}

    assert tools == {"prometheus", "grafana", "kafbat", "lag-exporter"}
    assert containers.keys() - processes - tools == {
        "postgres",
        "kafka",
        "mailbox",
        "databases",
        "topics",
        "seed",
    }


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True)


def compose_command() -> list[str] | None:
    plugin = ["docker", "compose"]
    if shutil.which("docker") and run(*plugin, "version").returncode == 0:
        return plugin
    return ["docker-compose"] if shutil.which("docker-compose") else None


def test_docker_compose_accepts_the_file():
    command = compose_command()
    if command is None:
        pytest.skip("docker compose is not installed")

    checked = run(*command, "-f", str(FILE), "config")

    assert checked.returncode == 0, checked.stderr
