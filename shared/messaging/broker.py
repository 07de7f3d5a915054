"""Whether the bus is there: part of a worker being ready."""

from __future__ import annotations

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from shared.messaging.login import OPEN, Login


async def answers(bootstrap: str, login: Login = OPEN) -> bool:
    """Whether the broker answers a request; a connection alone would not tell a paused one."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=1500, **login.options)
    try:
        await admin.start()
    except KafkaError:
        return False
    finally:
        await admin.close()
    return True
