"""`shangju` as an operator types it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cli.running import Running
from deploy.local.settings import ROOT


def shangju(where: Running, *arguments: str | Path, code: int = 0) -> str:
    """What a command says; `code` is the exit code it must end with."""
    environment = {**where.environment, "COLUMNS": "160", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli.main", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout if code == 0 else ended.stdout + ended.stderr


def printed(where: Running, *arguments: str | Path, code: int = 0) -> Any:
    """The same of a command that speaks JSON."""
    return json.loads(shangju(where, *arguments, "--json", code=code))
