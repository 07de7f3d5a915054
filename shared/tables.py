"""The tables that a package ships as YAML: law, words and kinds are rows that people read and review, not code."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml


def table_of(package: str, name: str) -> Any:
    """A package's table as it stands in its file. Read by libyaml: every process reads some as it starts."""
    return yaml.load(resources.files(package).joinpath(name).read_text("utf-8"), Loader=yaml.CSafeLoader)
