"""`shangju`: the command line for operators and administrators."""

from __future__ import annotations

import sys

import httpx
from cyclopts import App

from cli.output import complaints
from cli.people import Answered
from cli.running import NotHere
from deploy.local.problems import LocalProblem
from shared.errors import Refused

COMMANDS = (
    ("up", "cli.system:up", "Start everything on this machine and stay until Ctrl-C."),
    ("seed", "cli.system:seed", "Plant the demonstration neighbourhood 山北."),
    ("demo", "cli.demo.command:app", "Tell the main job on the running system, every answer checked."),
    ("trace", "cli.trace:app", "One case across all topics."),
    ("ledger", "cli.ledger.command:app", "A committee's ledgers (台账) become cases."),
    ("verify", "cli.verify.command:app", "Check that nothing was lost, doubled or altered."),
    ("dlq", "cli.dead_letters:app", "Records that a consumer had to set aside."),
    ("replay", "cli.replaying:app", "Tell a service's projections anew from the topics."),
    ("relay", "cli.relay:app", "The outboxes and their relays."),
    ("backup", "cli.backup.command:backup", "Write every service's database to a folder, all of one moment."),
    ("restore", "cli.backup.command:restore", "Make the databases what a backup holds."),
    ("clock", "cli.clock:app", "The clock of a development system."),
    ("token", "cli.system:token", "An access token without a sign-in (development only)."),
    ("keys", "cli.system:keys", "The keys that sign access tokens."),
    ("topics", "cli.topics:app", "The topics of the bus."),
    ("migrate", "cli.system:migrate", "Bring every service's database up to date."),
    ("bench", "cli.bench.command:app", "Measure this machine."),
)
"""Each is imported when it is asked for: a service's wiring takes seconds to load."""

app = App(
    name="shangju",
    help="Shangju (商居): neighbours' complaints, from the first word to a kept promise.",
    version_flags=[],
)
for name, where, words in COMMANDS:
    app.command(where, name=name, help=words)


def main() -> None:
    """Runs the command; what a person can mend is said in a sentence, without a traceback."""
    try:
        app()
    except (NotHere, LocalProblem, Answered) as error:
        sys.exit(_said(str(error)))
    except Refused as error:
        sys.exit(_said(f"refused: {error.code} {error.data or ''}"))
    except (httpx.ConnectError, ConnectionError) as error:
        sys.exit(_said(f"the system does not answer ({type(error).__name__}); `make run` starts it"))


def _said(sentence: str) -> int:
    complaints.print(f"shangju: {sentence}")
    return 1


if __name__ == "__main__":
    main()
