"""`shangju topics`: the bus's topics as the contracts name them, and who may write and read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cyclopts import App

from cli.inside import subscriptions_of
from cli.output import console, print_plain
from cli.running import BUS_SERVICES, Running, running
from cli.verify.flow import owner
from shared.contracts.topics import TOPICS
from shared.messaging import topics
from shared.messaging.login import login_of

app = App(name="topics")


@dataclass(frozen=True)
class Rights:
    """What one service's user may do on the bus."""

    user: str
    writes: tuple[str, ...]
    reads: tuple[str, ...]
    groups: tuple[str, ...]


@app.command
async def apply(*, replication: int = 1) -> None:
    """Create the topics that are missing; what exists is left as it is, and told of where it is not as declared.

    Parameters
    ----------
    replication
        On how many brokers each is kept: 3 in production.
    """
    where = running()
    made = await topics.apply(where.kafka_bootstrap, replication=replication, login=login_of(where.broker))
    console.print(f"created {', '.join(made)}" if made else "all topics are there")


@app.command
async def acls() -> None:
    """Print what each service may do on the bus, as arguments for Kafka's own kafka-acls, one call a line."""
    for rights in await rights_of_services(running()):
        for line in arguments(rights):
            print_plain(line)


async def rights_of_services(where: Running) -> list[Rights]:
    """From the code itself: a service writes its own topics, and reads what its consumers subscribe to."""
    found = []
    for name in BUS_SERVICES:
        subscriptions = await subscriptions_of(name, where)
        found.append(
            Rights(
                name,
                writes=tuple(topic.name for topic in TOPICS if owner(topic) == name),
                reads=tuple(dict.fromkeys(topic for one in subscriptions for topic in one.topics)),
                groups=tuple(one.group for one in subscriptions),
            )
        )
    return found


def arguments(rights: Rights) -> Iterator[str]:
    """A producer may also describe what it writes, a consumer what it reads."""
    user = f"--add --allow-principal User:{rights.user}"
    yield f"{user} --producer {_each('--topic', rights.writes)}"
    if rights.groups:
        yield f"{user} --consumer {_each('--topic', rights.reads)} {_each('--group', rights.groups)}"


def _each(option: str, names: tuple[str, ...]) -> str:
    return " ".join(f"{option} {name}" for name in names)
