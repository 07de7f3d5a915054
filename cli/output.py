"""How commands speak: tables and progress on a terminal, JSON where a program reads."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Without colour or wrapping, so that it can be piped."""
    json.dump(value, sys.stdout, default=_plain, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_plain(text: str) -> None:
    """Just this, as it is."""
    sys.stdout.write(f"{text}\n")


def _plain(value: Any) -> Any:
    match value:
        case UUID() | Path():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")
