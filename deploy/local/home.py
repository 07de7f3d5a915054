"""Where a system lives that is thrown away after it was measured or tested."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import postgres


@contextmanager
def short_home() -> Iterator[Path]:
    """As PostgreSQL likes it: a short path, for sockets, that its system user may enter if we are root."""
    home = Path(tempfile.mkdtemp(prefix="sj-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        postgres.remove(home)
        shutil.rmtree(home, ignore_errors=True)
