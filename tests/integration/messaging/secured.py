"""A broker that lets nobody in unproven, encrypts, and allows each user what it was told: as in production."""

from __future__ import annotations

from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.local.children import output_of
from deploy.local.kafka import Kafka
from deploy.local.kafka.install import Installed
from deploy.local.steps import Launch
from shared.messaging.login import Login
from tests.support.certificate import certify

JAAS = "org.apache.kafka.common.security.scram.ScramLoginModule required"


class Secured(Kafka):
    """Users' passwords are their names with `-secret`."""

    users = ("admin", "alliance", "complaints", "mediation", "notifications")

    @property
    def authority(self) -> Path:
        return self.home / "authority.pem"

    def login(self, user: str) -> Login:
        return Login(user, f"{user}-secret", tls=True, authority=self.authority)

    def as_admin(self) -> Path:
        """The admin's settings for Kafka's own tools."""
        file = self.home / "admin.properties"
        file.write_text(
            "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n"
            f'sasl.jaas.config={JAAS} username="admin" password="admin-secret";\n'
            f"ssl.truststore.type=PEM\nssl.truststore.location={self.authority}\n"
        )
        return file

    async def _answers(self) -> bool:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap, **self.login("admin").options)
        try:
            await admin.start()
            return bool((await admin.describe_cluster())["brokers"])
        except (KafkaError, OSError):
            return False
        finally:
            await admin.close()

    async def _format(self, installed: Installed, properties: Path) -> None:
        certify(self.home, server="broker.pem")
        words = [f"--add-scram=SCRAM-SHA-512=[name={user},password={user}-secret]" for user in self.users]
        tool = ("kafka.tools.StorageTool", "format", "--cluster-id=AAAAAAAAQACAAAAAAAAAAQ")
        launch = Launch(installed.command(*tool, f"--config={properties}", *words))
        await output_of(launch, name="formatting Kafka's storage")

    def _properties(self) -> dict[str, str | int]:
        controller = f"127.0.0.1:{self.controller_port}"
        return super()._properties() | {
            "listeners": f"SASL_SSL://{self.bootstrap},CONTROLLER://{controller}",
            "advertised.listeners": f"SASL_SSL://{self.bootstrap}",
            "listener.security.protocol.map": "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "SASL_SSL",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
                f'{JAAS} username="admin" password="admin-secret";'
            ),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self.home / "broker.pem"),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.authority),
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:admin;User:ANONYMOUS",
        }
