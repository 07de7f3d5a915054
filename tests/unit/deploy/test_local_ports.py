import asyncio
import socket

import pytest

from deploy.local.ports import HOST, Ports, free_ports
from deploy.local.problems import PortTaken


def test_every_port_has_one_owner_and_two_copies_do_not_meet():
    first, second = Ports(0).owners(), Ports(1000).owners()

    assert len(first) == 15
    assert not first.keys() & second.keys()


def test_a_worker_listens_a_hundred_above_its_api():
    assert Ports(0).worker("complaints") == 8102


async def test_a_taken_port_is_named_with_its_owner_and_the_way_out():
    ports = free_ports()
    with socket.create_server((HOST, ports.api("complaints"))), pytest.raises(PortTaken) as problem:
        await ports.require_free()

    assert str(problem.value) == (
        f"port {ports.api('complaints')} (complaints) is taken; "
        "set SHANGJU_PORT_OFFSET=1000 or stop the program that uses it"
    )


async def test_patience_waits_for_the_children_of_a_killed_run():
    ports = free_ports()
    server = socket.create_server((HOST, ports.kafka))

    waiting = asyncio.create_task(ports.require_free(patience_seconds=5))
    await asyncio.sleep(0.2)
    server.close()
    await waiting
