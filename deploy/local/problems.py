"""What can keep the local system from running, each with a plain sentence for the person at the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class LocalProblem(Exception):
    """Something the person can mend; `str()` is the whole message, no traceback is needed."""


@dataclass(eq=False)
class Missing(LocalProblem):
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} is missing: {self.remedy}"


@dataclass(eq=False)
class PortTaken(LocalProblem):
    port: int
    owner: str

    def __str__(self) -> str:
        return (
            f"port {self.port} ({self.owner}) is taken; "
            f"set SHANGJU_PORT_OFFSET=1000 or stop the program that uses it"
        )


@dataclass(eq=False)
class AlreadyRunning(LocalProblem):
    home: Path
    pid: str

    def __str__(self) -> str:
        return (
            f"shangju already runs in {self.home} (process {self.pid}); stop it first, "
            f"or set SHANGJU_HOME and SHANGJU_PORT_OFFSET to run a second copy"
        )


@dataclass(eq=False)
class DidNotStart(LocalProblem):
    name: str
    reason: str
    log: Path

    def __str__(self) -> str:
        return f"{self.name} did not start: {self.reason}; its log is {self.log}\n{last_lines(self.log)}"


@dataclass(eq=False)
class NotRunning(LocalProblem):
    name: str

    def __str__(self) -> str:
        return f"{self.name} is not running"


@dataclass(eq=False)
class StepFailed(LocalProblem):
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} failed: {self.reason}"


def last_lines(log: Path, *, count: int = 15) -> str:
    if not log.exists():
        return ""
    lines = log.read_text(errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines)
