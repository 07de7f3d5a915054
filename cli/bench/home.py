"""Where a system lives that is thrown away after it was measured."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import postgres


@contextmanager
def short_lived_home() -> Iterator[Path]:
    """Short, for PostgreSQL's sockets, and open to its system user if we are root."""
    home = Path(tempfile.mkdtemp(prefix="sj-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        postgres.remove(home)
        shutil.rmtree(home, ignore_errors=True)
