"""One supervisor per home: a file lock that the kernel gives back however the holder ends."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from deploy.local.problems import AlreadyRunning

STOP_SECONDS = 60.0


class HomeLock:
    """Holds the supervisor's pid while it runs; one left behind tells that the last was killed."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = home / "lock"
        self._fd: int | None = None
        self.left_behind = False

    def acquire(self) -> None:
        """Raises AlreadyRunning when another supervisor holds this home."""
        self._home.mkdir(parents=True, exist_ok=True)
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            raise AlreadyRunning(self._home, self._path.read_text().strip()) from None
        self._fd = fd
        self.left_behind = self._path.read_text() != ""
        self._path.write_text(f"{os.getpid()}\n")

    def release(self) -> None:
        if self._fd is not None:
            self._path.write_text("")
            os.close(self._fd)
            self._fd = None


def stop_holder(home: Path) -> bool:
    """Ask a running supervisor of this home to stop and wait for it; False when none runs."""
    lock = HomeLock(home)
    try:
        lock.acquire()
    except AlreadyRunning as running:
        with suppress(ProcessLookupError):
            os.kill(int(running.pid), signal.SIGTERM)
        _wait_for(lock)
        return True
    lock.release()
    return False


def _wait_for(lock: HomeLock) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while True:
        try:
            lock.acquire()
        except AlreadyRunning:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            lock.release()
            return
