from pathlib import Path

from deploy.local.environment import development_secrets, service_environment
from deploy.local.plan import whole_plan
from deploy.local.ports import Ports
from deploy.local.site import Site
from deploy.local.steps import Daemon


def a_site(home: Path = Path("/nowhere")) -> Site:
    return Site(home, Ports(0))


def test_every_step_needs_only_steps_of_the_plan_that_stand_before_it():
    seen: set[str] = set()
    for step in whole_plan(a_site()):
        assert set(step.after) <= seen, step.name
        seen.add(step.name)


def test_seed_comes_after_every_process_of_every_service():
    *steps, seed = whole_plan(a_site())

    services = {step.name for step in steps if isinstance(step, Daemon) and step.after}

    assert seed.name == "seed"
    assert set(seed.after) == services | {"forkserver"}
    assert {"complaints-api", "complaints-worker", "portal-api"} <= services


def test_a_service_is_told_its_own_database_and_port(tmp_path: Path):
    told = service_environment(a_site(tmp_path), "mediation")

    assert told["SHANGJU_DATABASE_URL"].endswith("127.0.0.1:5532/shangju_mediation")
    assert told["SHANGJU_HTTP_PORT"] == "8003"
    assert told["SHANGJU_ALLIANCE_URL"] == "http://127.0.0.1:8001"


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path):
    first = development_secrets(tmp_path)

    assert development_secrets(tmp_path) == first
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert all(len(secret) > 40 for secret in first.values())
