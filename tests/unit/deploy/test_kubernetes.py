"""The manifests are what the code makes, each is valid, and together they are one system that holds its promises."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from cli.inside import service as wiring
from deploy.kubernetes.__main__ import main
from deploy.kubernetes.files import BASE
from deploy.local.plan import PROCESSES
from deploy.local.ports import Ports
from shared.contracts import topics as names

CITY = BASE.parent / "overlays" / "city"
CRDS = yaml.safe_load((Path(__file__).parent / "crds.yaml").read_text())
KUBERNETES = kubernetes_validate.latest_version()
PODS = [(service, process) for service, processes in PROCESSES.items() for process in processes]

Manifest = dict[str, Any]


def of(file: Path) -> Iterator[Manifest]:
    yield from (one for one in yaml.safe_load_all(file.read_text()) if one)


def resources() -> list[str]:
    listed: list[str] = yaml.safe_load((BASE / "kustomization.yaml").read_text())["resources"]
    return listed


ALL = [one for name in resources() for one in of(BASE / name)]


def called(kind: str) -> dict[str, Manifest]:
    return {one["metadata"]["name"]: one for one in ALL if one["kind"] == kind}


def title(one: Manifest) -> str:
    return f"{one['kind']}-{one['metadata']['name']}"


def require_valid(one: Manifest) -> None:
    """Strictly: a field that nobody knows is a mistake."""
    kind = f"{one['apiVersion']}/{one['kind']}"
    if kind in CRDS:
        jsonschema.validate(one["spec"], {"$defs": CRDS["$defs"], **CRDS[kind]})
        assert one.keys() == {"apiVersion", "kind", "metadata", "spec"}
    else:
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


def test_the_made_files_are_in_step_with_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, f"run `python -m deploy.kubernetes`: {capsys.readouterr().err}"


@pytest.mark.parametrize("manifest", ALL, ids=title)
def test_every_manifest_is_valid(manifest: Manifest) -> None:
    require_valid(manifest)


@pytest.mark.parametrize("spoilt", [{"replica": 2}, {"selector": None}], ids=str)
def test_a_field_nobody_knows_and_one_that_is_missing_are_found(spoilt: Manifest) -> None:
    deployment = called("Deployment")["complaints-api"]
    spec = {name: value for name, value in (deployment["spec"] | spoilt).items() if value is not None}
    with pytest.raises(jsonschema.ValidationError):
        require_valid({**deployment, "spec": spec})


def test_every_file_is_in_the_base_and_no_name_is_given_twice() -> None:
    there = {str(file.relative_to(BASE)) for file in BASE.rglob("*.yaml")} - {"kustomization.yaml"}
    assert there == set(resources())
    assert len({title(one) for one in ALL}) == len(ALL)


def test_what_a_city_applies_is_valid_and_nothing_is_left_of_the_example() -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    built = subprocess.run(
        ["kubectl", "kustomize", str(CITY)], check=True, capture_output=True, text=True
    ).stdout
    found = list(yaml.safe_load_all(built))
    assert len(found) == len(ALL)
    for one in found:
        require_valid(one)
        assert one["kind"] == "Namespace" or one["metadata"]["namespace"] == "shangju"
    images = {each["image"] for one in found for each in containers(one)}
    assert images == {"registry.city.example/shangju:0.1.0"}
    assert "shangju.example\n" not in built.replace("smtp.shangju.example", "")


def test_every_patch_of_the_city_meets_its_target() -> None:
    for patch in yaml.safe_load((CITY / "kustomization.yaml").read_text())["patches"]:
        target = called(patch["target"]["kind"])[patch["target"]["name"]]
        for change in yaml.safe_load(patch["patch"]):
            place: Any = target
            for step in change["path"].split("/")[1:]:
                place = place[int(step)] if isinstance(place, list) else place[step]


def containers(one: Manifest) -> list[Manifest]:
    if one["kind"] != "Deployment":
        return []
    pod = one["spec"]["template"]["spec"]
    return [*pod["initContainers"], *pod["containers"]]


def test_every_process_of_the_plan_runs_and_no_other() -> None:
    assert called("Deployment").keys() == {f"{service}-{process}" for service, process in PODS}
    for service, process in PODS:
        migration, container = containers(called("Deployment")[f"{service}-{process}"])
        assert migration["args"][-2:] == ["migrate", service]
        assert container["args"] == ["python", "-m", f"services.{service}", process]


def test_selectors_ask_for_labels_that_exactly_one_deployment_gives() -> None:
    given = {
        name: one["spec"]["template"]["metadata"]["labels"] for name, one in called("Deployment").items()
    }

    def chosen(wanted: dict[str, str]) -> list[str]:
        return [name for name, labels in given.items() if wanted.items() <= labels.items()]

    for name, one in called("Deployment").items():
        assert chosen(one["spec"]["selector"]["matchLabels"]) == [name]
    for name, one in called("Service").items():
        assert chosen(one["spec"]["selector"]) == [name]
    budgets = {
        name: chosen(one["spec"]["selector"]["matchLabels"])
        for name, one in called("PodDisruptionBudget").items()
    }
    assert budgets == {name: [name] for name in given}
    policies = {
        name: chosen(one["spec"]["podSelector"]["matchLabels"])
        for name, one in called("NetworkPolicy").items()
    }
    assert {name: found for name, found in policies.items() if found == [name]}.keys() == given.keys()
    assert policies["nobody"] == list(given)
    [watched] = called("PodMonitor").values()
    assert chosen(watched["spec"]["selector"]["matchLabels"]) == list(given)


@pytest.mark.parametrize(("service", "process"), PODS)
def test_ports_and_probes_match(service: str, process: str) -> None:
    port = (Ports().api if process == "api" else Ports().worker)(service)
    container = containers(called("Deployment")[f"{service}-{process}"])[1]
    [opened] = container["ports"]
    assert opened == {"name": "http", "containerPort": port}
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[probe]["httpGet"]["port"] == "http"
    [entrance] = called("NetworkPolicy")[f"{service}-{process}"]["spec"]["ingress"]
    assert entrance["ports"] == [{"protocol": "TCP", "port": port}]
    if process == "api":
        [served] = called("Service")[f"{service}-api"]["spec"]["ports"]
        assert served["port"] == port


def told(service: str, process: str) -> dict[str, Any]:
    container = containers(called("Deployment")[f"{service}-{process}"])[1]
    plain = called("ConfigMap")["shangju-settings"]["data"]
    return {**plain, **{each["name"]: each.get("value", each.get("valueFrom")) for each in container["env"]}}


@pytest.mark.parametrize(("service", "process"), PODS)
def test_a_process_is_told_all_it_needs_in_words_its_settings_know(service: str, process: str) -> None:
    settings = wiring(service).settings
    has = told(service, process)
    needed = {name for name, field in settings.model_fields.items() if field.is_required()}
    assert {f"SHANGJU_{name.upper()}" for name in needed} <= has.keys()
    known = {f"SHANGJU_{name.upper()}" for name in settings.model_fields}
    own = {each["name"] for each in containers(called("Deployment")[f"{service}-{process}"])[1]["env"]}
    assert own - {"FORWARDED_ALLOW_IPS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= known
    open_words = {f"SHANGJU_{name.upper()}": "x" for name in ("kafka_password", "link_secret", "key_secret")}
    assert all(isinstance(has[name], dict) for name in open_words.keys() & own)


def test_addresses_in_the_settings_are_those_of_the_services_and_the_bus() -> None:
    data = called("ConfigMap")["shangju-settings"]["data"]
    for name, one in called("Service").items():
        service = name.removesuffix("-api")
        if service != "portal":
            assert (
                data[f"SHANGJU_{service.upper()}_URL"] == f"http://{name}:{one['spec']['ports'][0]['port']}"
            )
    [listener] = called("Kafka")["bus"]["spec"]["kafka"]["listeners"]
    assert data["SHANGJU_KAFKA_BOOTSTRAP"] == f"bus-kafka-bootstrap:{listener['port']}"
    [rule] = called("Ingress")["portal"]["spec"]["rules"]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert (backend["name"], backend["port"]["name"]) == ("portal-api", "http")


def test_every_container_is_confined_and_bounded() -> None:
    for one in called("Deployment").values():
        pod = one["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert not pod["automountServiceAccountToken"]
        for container in containers(one):
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert "memory" in container["resources"]["limits"]


def test_a_worker_of_the_old_release_is_gone_before_one_of_the_new_starts() -> None:
    for name, one in called("Deployment").items():
        assert one["spec"]["strategy"]["type"] == ("Recreate" if name.endswith("worker") else "RollingUpdate")


def test_one_broker_may_be_away_and_no_acknowledged_event_is_on_one_disk_alone() -> None:
    config = called("Kafka")["bus"]["spec"]["kafka"]["config"]
    brokers = called("KafkaNodePool")["brokers"]["spec"]["replicas"]
    assert called("KafkaTopic").keys() == {topic.name for topic in names.TOPICS}
    for topic in called("KafkaTopic").values():
        in_sync = int(topic["spec"]["config"]["min.insync.replicas"])
        assert 1 < in_sync < topic["spec"]["replicas"] <= brokers
    assert 1 < config["min.insync.replicas"] < config["default.replication.factor"] <= brokers
    assert config["offsets.topic.replication.factor"] == 3
    assert config["unclean.leader.election.enable"] is config["auto.create.topics.enable"] is False
    for database in called("Cluster").values():
        assert database["spec"]["postgresql"]["synchronous"]["number"] < database["spec"]["instances"] - 1


def test_the_bus_takes_nobody_without_proof_and_over_no_open_line() -> None:
    for listener in called("Kafka")["bus"]["spec"]["kafka"]["listeners"]:
        assert listener["tls"]
        assert listener["authentication"] == {"type": "scram-sha-512"}
    for user in called("KafkaUser").values():
        assert user["spec"]["authentication"] == {"type": "scram-sha-512"}
        assert user["metadata"]["labels"]["strimzi.io/cluster"] == "bus"
    unbounded = {name for name, user in called("KafkaUser").items() if "authorization" not in user["spec"]}
    assert unbounded == set(called("Kafka")["bus"]["spec"]["kafka"]["authorization"]["superUsers"])


def may(operation: str, topic: str) -> list[str]:
    return [
        name
        for name, user in called("KafkaUser").items()
        for acl in user["spec"].get("authorization", {"acls": ()})["acls"]
        if acl["resource"]["name"] == topic and operation in acl["operations"]
    ]


def test_only_notifications_reads_contacts_and_each_topic_has_one_writer() -> None:
    assert may("Read", names.CONTACTS) == ["notifications"]
    writers = {topic.name: may("Write", topic.name) for topic in names.TOPICS}
    assert writers == {
        names.ALLIANCE: ["alliance"],
        names.CONTACTS: ["alliance"],
        names.COMPLAINTS: ["complaints"],
        names.MEDIATION: ["mediation"],
        names.NOTIFICATIONS: ["notifications"],
    }


def test_workers_grow_by_what_their_groups_have_not_read_and_never_beyond_the_partitions() -> None:
    partitions = min(topic.partitions for topic in names.TOPICS)
    for name, one in called("ScaledObject").items():
        service = name.removesuffix("-worker")
        assert one["spec"]["scaleTargetRef"]["name"] == name
        assert one["spec"]["maxReplicaCount"] <= partitions
        assert "replicas" not in called("Deployment")[name]["spec"]
        read = {trigger["metadata"]["topic"] for trigger in one["spec"]["triggers"]}
        assert read == {topic.name for topic in names.TOPICS if service in may("Read", topic.name)}
        assert {trigger["authenticationRef"]["name"] for trigger in one["spec"]["triggers"]} <= called(
            "TriggerAuthentication"
        ).keys()
    readers = {
        name for name in called("KafkaUser") if any(name in may("Read", topic.name) for topic in names.TOPICS)
    }
    assert {f"{name}-worker" for name in readers} == called("ScaledObject").keys()


def reached(name: str) -> dict[int, list[Manifest]]:
    """From a process: which peers on which port."""
    found: dict[int, list[Manifest]] = {}
    for rule in called("NetworkPolicy")[name]["spec"]["egress"]:
        for port in rule["ports"]:
            found.setdefault(port["port"], []).extend(rule["to"])
    return found


def test_mail_leaves_from_notices_and_from_the_sign_in_code_alone() -> None:
    port = int(called("ConfigMap")["shangju-settings"]["data"]["SHANGJU_SMTP_PORT"])
    mailing = {f"{service}-{process}" for service, process in PODS if port in reached(f"{service}-{process}")}
    assert mailing == {"notifications-worker", "alliance-api"}
    by_settings = {service for service in PROCESSES if "smtp_host" in wiring(service).settings.model_fields}
    assert {name.split("-")[0] for name in mailing} == by_settings


def test_mail_leaves_encrypted_and_only_who_mails_knows_the_login() -> None:
    assert called("ConfigMap")["shangju-settings"]["data"]["SHANGJU_SMTP_SECURITY"] == "tls"
    assert reached("notifications-worker").keys() & {25, 465, 587} == {465, 587}
    for name in ("SHANGJU_SMTP_USERNAME", "SHANGJU_SMTP_PASSWORD"):
        knowing = {f"{service}-{process}" for service, process in PODS if name in told(service, process)}
        assert knowing == {"notifications-worker", "alliance-api"}


@pytest.mark.parametrize(("service", "process"), PODS)
def test_a_process_reaches_its_own_database_and_only_workers_the_bus(service: str, process: str) -> None:
    peers = reached(f"{service}-{process}")
    assert peers[5432] == [{"podSelector": {"matchLabels": {"cnpg.io/cluster": f"{service}-database"}}}]
    assert (9093 in peers) == (process == "worker")
    secret = told(service, process)["SHANGJU_DATABASE_URL"]["secretKeyRef"]
    assert secret == {"name": f"{service}-database-app", "key": "uri"}


def test_a_database_lets_in_its_own_service_alone() -> None:
    assert called("Cluster").keys() == {f"{service}-database" for service in PROCESSES}
    for name in called("Cluster"):
        [own, *_] = called("NetworkPolicy")[name]["spec"]["ingress"]
        asked = [peer["podSelector"]["matchLabels"].get("app.kubernetes.io/name") for peer in own["from"]]
        assert {service for service in asked if service} == {name.removesuffix("-database")}


def test_whoever_fetches_by_a_foreign_address_reaches_nothing_inside() -> None:
    for name in ("notifications-worker", "complaints-api", "complaints-worker"):
        for peer in reached(name)[443]:
            assert {"10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16"} <= set(peer["ipBlock"]["except"])


def test_every_database_is_archived_and_copied_each_night_and_no_longer_kept_than_may_be() -> None:
    [store] = called("ObjectStore").values()
    assert store["spec"]["retentionPolicy"] == "30d"
    assert called("ScheduledBackup").keys() == called("Cluster").keys()
    for name, nightly in called("ScheduledBackup").items():
        [archiver] = called("Cluster")[name]["spec"]["plugins"]
        assert nightly["spec"]["cluster"]["name"] == name
        assert nightly["spec"]["pluginConfiguration"]["name"] == archiver["name"]
        assert archiver["isWALArchiver"]
        assert archiver["parameters"] == {"barmanObjectName": store["metadata"]["name"]}


def test_every_secret_is_made_by_an_operator_or_stands_in_the_guide_with_its_keys() -> None:
    guide = (BASE.parents[2] / "docs" / "operators.md").read_text().splitlines()
    rows = {line.split("`")[1]: line for line in guide if line.startswith("| `shangju-")}
    made = {f"{name}-app" for name in called("Cluster")} | called("KafkaUser").keys()
    [store] = called("ObjectStore").values()
    asked = list(store["spec"]["configuration"]["s3Credentials"].values())
    for service, process in PODS:
        values = told(service, process).values()
        asked += [value["secretKeyRef"] for value in values if isinstance(value, dict)]
    for one in asked:
        assert one["name"] in made or f"`{one['key']}`" in rows[one["name"]]
