"""The broker as a daemon: formatted once, started on its data ever after."""

from __future__ import annotations

import base64
import signal
import uuid
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.local.children import output_of
from deploy.local.kafka.install import Installed, install
from deploy.local.ports import HOST
from deploy.local.probes import listens
from deploy.local.steps import Daemon, Launch

DOWNLOAD_PATIENCE_SECONDS = 300.0


class Kafka:
    def __init__(self, home: Path, *, port: int, controller_port: int) -> None:
        self.home = home / "kafka"
        self.port = port
        self.controller_port = controller_port

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    def daemon(self, *, name: str = "kafka") -> Daemon:
        return Daemon(
            name,
            self.launch,
            self._answers,
            orphan_signal=signal.SIGTERM,
            patience_seconds=DOWNLOAD_PATIENCE_SECONDS,
        )

    async def _answers(self) -> bool:
        """The broker is listed in its own cluster; that its port listens is too early."""
        if not await listens(self.port):
            return False
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap, request_timeout_ms=2000)
        try:
            await admin.start()
            cluster = await admin.describe_cluster()
        except (KafkaError, OSError):
            return False
        finally:
            await admin.close()
        return bool(cluster["brokers"])

    async def launch(self) -> Launch:
        installed = await install()
        self.home.mkdir(parents=True, exist_ok=True)
        properties = self.home / "server.properties"
        properties.write_text("".join(f"{key}={value}\n" for key, value in self._properties().items()))
        if not (self.home / "data" / "meta.properties").exists():
            await self._format(installed, properties)
        return Launch(installed.command("kafka.Kafka", str(properties)))

    async def _format(self, installed: Installed, properties: Path) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        tool = ("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", f"--config={properties}")
        await output_of(Launch(installed.command(*tool)), name="formatting Kafka's storage")

    def _properties(self) -> dict[str, str | int]:
        """One node needs no replicas; voters are static, so that the ports may change between two starts.

        A killed broker is let in again only when the session of its former life has run out: hence 6 s, not 9.
        """
        controller = f"{HOST}:{self.controller_port}"
        return {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@{controller}",
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "log.dirs": str(self.home / "data"),
            "auto.create.topics.enable": "false",
            "broker.session.timeout.ms": 6000,
            "broker.heartbeat.interval.ms": 1000,
            "group.initial.rebalance.delay.ms": 0,
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "transaction.state.log.num.partitions": 4,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "share.coordinator.state.topic.num.partitions": 4,
        }
